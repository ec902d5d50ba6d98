// What can become of a warning, and what an address may say of the list.

import type { Tone } from "../../../parts/mark.tsx";
import type { Listed } from "../../admin.ts";

export type State = Listed<"listWarnings">["state"];

export const states: Readonly<Record<State, { readonly says: string; readonly tone: Tone }>> = {
  waiting: { says: "waiting", tone: "accent" },
  delivered: { says: "delivered", tone: "good" },
  given_up: { says: "given up", tone: "bad" },
  gone: { says: "receiver gone", tone: "bad" },
  listed: { says: "listed only", tone: "plain" },
};

export interface WebhookSearch {
  readonly account?: string;
  readonly state?: State;
}

export function webhookSearch(given: Readonly<Record<string, unknown>>): WebhookSearch {
  const { account, state } = given;
  const known = (Object.keys(states) as State[]).find((one) => one === state);
  return {
    ...(typeof account === "string" && account !== "" && { account }),
    ...(known !== undefined && { state: known }),
  };
}
