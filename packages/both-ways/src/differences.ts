// Everything in which the two ways may differ, and why. Tests take from here what they expect; nothing else is allowed to.

import type { Way } from "./serve.ts";
import { wayOfTests } from "./way-of-tests.ts";

interface Difference extends Readonly<Record<Way, object>> {
  readonly because: string;
}

const differences = {
  thrownByPlainApi: {
    embedded: { ending: "fault" },
    proxied: { ending: "refused" },
    because:
      "What a handler throws is caught here as an exception; a server that it is thrown in answers 500. " +
      "Callers read the same, operators read what happened.",
  },
  brokenBeforeItBegan: {
    embedded: { status: 500, code: "internal_error" },
    proxied: { status: 503, code: "service_unavailable" },
    because:
      "A body that breaks in this process is a bug. A connection that breaks is a crash, a restart or a cable, " +
      "which passes: the caller is told to come back.",
  },
  longAnswer: {
    embedded: { leavesWithItsHead: false },
    proxied: { leavesWithItsHead: true },
    because:
      "A gateway hands on an answer of unknown length as it comes, a web handler's beginning is waited for. One that " +
      "breaks before that much has come breaks the connection there, and is an error here. Neither is charged.",
  },
} as const satisfies Readonly<Record<string, Difference>>;

/** What to expect where the ways differ. */
export function expectedOf<Name extends keyof typeof differences>(
  name: Name,
  way: Way = wayOfTests,
): (typeof differences)[Name][Way] {
  return differences[name][way] as (typeof differences)[Name][Way];
}
