// What can be out, and how: as faults of a scenario, and in words.

import type { Fault } from "sluice/sim";
import { StartError } from "../../../start-error.ts";
import { span } from "../../print/words.ts";

export const PARTS = ["api", "limits", "ledger", "directory", "network"] as const;
export type OutPart = (typeof PARTS)[number];
export const HOWS = ["down", "hung", "mute", "slow", "failing", "lossy"] as const;
export type How = (typeof HOWS)[number];

/** As people say it, with what each is for. */
const NAMES: Readonly<Record<OutPart, string>> = {
  api: "the API behind the gate",
  limits: "the store of the rate limits",
  ledger: "the store of the credits",
  directory: "the store of the keys",
  network: "the network to callers",
};

const WAYS: Readonly<Record<OutPart, readonly How[]>> = {
  api: ["down", "hung", "mute", "slow", "failing"],
  limits: ["down", "hung", "mute", "slow"],
  ledger: ["down", "hung", "mute", "slow"],
  directory: ["down", "hung", "mute", "slow"],
  network: ["down", "lossy"],
};

export interface Trouble {
  readonly part: OutPart;
  readonly how: How;
  readonly percent: number;
  readonly slowByMs: number;
  readonly fromMs: number;
  readonly lengthMs: number;
}

/** @throws StartError for what the part cannot be */
export function checkTrouble(part: OutPart, how: How): void {
  const ways = WAYS[part];
  if (ways.includes(how)) return;
  throw new StartError(`--part ${part} cannot be ${how}: say --how ${ways.join(", or --how ")}.`);
}

export function faultOf({ part, how, percent, slowByMs, fromMs, lengthMs }: Trouble): Fault {
  const time = { fromMs, lengthMs };
  if (part === "network") {
    return { kind: "loss", percent: how === "down" ? 100 : percent, ...time };
  }
  const behind = part === "api" ? "upstream" : part;
  switch (how) {
    case "slow":
      return { kind: "slow", part: behind, moreMs: slowByMs, ...time };
    case "failing":
      return { kind: "failing", part: "upstream", percent, ...time };
    case "hung":
    case "mute":
      return { kind: how, part: behind, ...time };
    default:
      return { kind: "refused", part: behind, ...time };
  }
}

/** What happens, as a part of a sentence: `the store of the credits is down for 30 s`. */
export function troubleInWords({ part, how, percent, slowByMs, lengthMs }: Trouble): string {
  const states: Readonly<Record<How, string>> = {
    down: "is down",
    hung: "hangs, and answers when it is over",
    mute: "works, but its answers get lost",
    slow: `is ${span(slowByMs)} slower`,
    failing: `fails ${percent} times in a hundred`,
    lossy: `loses ${percent} of a hundred messages`,
  };
  return `${NAMES[part]} ${states[how]}, for ${span(lengthMs)}`;
}
