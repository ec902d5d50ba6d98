/** What a code's advice means in words: whether to retry and how long to wait, who has to act, what it costs. */
import type { Action, CodeEntry } from "../../contract/index.ts";
import { duration } from "./words.ts";

export interface Advice {
  readonly retryable: boolean;
  /** `Yes, after 60 seconds`: for tables. */
  readonly retry: string;
  /** How long, in a sentence or two. */
  readonly wait: string;
  /** Whether answers with this code carry `Retry-After`. */
  readonly retryAfter: "always" | "never" | "sometimes";
  /** Who has to do what, in a few words. */
  readonly action: string;
  /** Whether a call that failed this way was charged. */
  readonly cost: string;
}

const ACTIONS_IN_WORDS: Readonly<Record<Action, string>> = {
  wait: "Your program waits",
  top_up: "The account's owner adds credits or raises the budget",
  upgrade: "The account's owner upgrades the plan",
  fix_request: "You change the request",
  rotate_key: "You replace the key",
  contact: "You ask the account's owner, or support",
};

export function adviceOn(entry: CodeEntry, alwaysWaits: boolean): Advice {
  const { retry, retryAfter } = entry;
  const carries = retryAfter !== undefined || alwaysWaits;
  return {
    retryable: retry !== "never",
    retry: shortRetry(entry, carries),
    wait: longRetry(entry, carries),
    retryAfter: carries ? "always" : retry === "never" ? "never" : "sometimes",
    action: ACTIONS_IN_WORDS[entry.action],
    cost:
      entry.charged === "unknown"
        ? "Almost always nothing: it can be charged only if the failure came after the work"
        : "Nothing",
  };
}

function shortRetry({ retry, retryAfter }: CodeEntry, carries: boolean): string {
  if (retry === "never") return "No";
  if (retryAfter !== undefined && "alwaysMs" in retryAfter) {
    return `Yes, after ${duration(retryAfter.alwaysMs)}`;
  }
  if (retry === "wait") return "Yes, after `Retry-After`";
  return carries ? "Yes, with backoff, after `Retry-After` at least" : "Yes, with backoff";
}

function longRetry({ retry, retryAfter, action }: CodeEntry, carries: boolean): string {
  if (retry === "never") {
    return `Do not retry: ${UNTIL[action]}`;
  }
  if (retryAfter !== undefined && "alwaysMs" in retryAfter) {
    const wait = duration(retryAfter.alwaysMs);
    return `Retry after ${wait}: \`Retry-After\` always says so. A shorter wait may be refused again.`;
  }
  if (retry === "wait") {
    return (
      "Retry once `Retry-After` has passed: it says in whole seconds when the same request can pass. " +
      "Add a little randomness, so that not all of your programs come back in the same moment."
    );
  }
  const lower = carries ? " Never come back before `Retry-After` has passed." : "";
  return (
    "Retry, and wait longer each time: up to 1 second, then 2, then 4, a random part of it each time." +
    `${lower} Give up after a few attempts.`
  );
}

const UNTIL: Readonly<Record<Action, string>> = {
  wait: "the same request is refused again until time has passed.",
  top_up: "the same request is refused again until the credits or the budget allow it.",
  upgrade: "the same request is refused again until the plan allows it.",
  fix_request: "the same request is refused again. Change it first.",
  rotate_key: "the same key is refused again. Replace it first.",
  contact: "the same request is refused again until somebody changes the key or the account.",
};
