// Which stores answer, and how fast: each is asked something small, all at once, and none is waited for longer than a moment.

import { type Clock, isPromise } from "sluice/base";
import * as schemas from "../contract/schemas/apis.ts";
import type { Desk } from "../desk/desk.ts";
import { adminAccountId } from "../desk/reserved.ts";
import { type AdminHandlers, answer } from "./answer.ts";

const patienceMs = 2_000;
const nothing = "00000000-0000-7000-8000-000000000000";

export function healthHandlers(desk: Desk): Pick<AdminHandlers, "getHealth"> {
  const { directory, limits, ledger, log, notices } = desk.stores;
  const looks = {
    directory: () => directory.account(adminAccountId),
    limits: () => limitsAnswer(limits.partlyDown),
    ledger: () => ledger.hold(nothing),
    log: () => log.explain(nothing),
    notices: () => notices.incident(nothing),
  };
  return {
    async getHealth() {
      const names = Object.keys(looks) as (keyof typeof looks)[];
      return answer(schemas.health, {
        stores: await Promise.all(names.map((name) => look(name, looks[name], desk.clock))),
        logRowsDropped: log.dropped(),
        isServing: desk.live !== undefined,
      });
    },
  };
}

function limitsAnswer(partlyDown: boolean | undefined): void {
  if (partlyDown === true)
    throw new Error("a part of it does not answer; what it counts is counted here alone");
}

async function look<Name extends string>(name: Name, ask: () => unknown, clock: Clock) {
  const startMs = clock.monotonicMs();
  const why = await reasonWhyNot(ask, clock);
  const tookMs = clock.monotonicMs() - startMs;
  return { name, status: why === null ? "ok" : "failing", tookMs, why } as const;
}

/** In our own words: a driver's may hold addresses and passwords. */
function reasonWhyNot(ask: () => unknown, clock: Clock): Promise<string | null> {
  return new Promise((resolve) => {
    const cancel = clock.after(patienceMs, () => resolve(`no answer within ${patienceMs} ms`));
    const conclude = (why: string | null) => {
      cancel();
      resolve(why);
    };
    try {
      const answered = ask();
      if (!isPromise(answered)) return conclude(null);
      answered.then(
        () => conclude(null),
        () => conclude("it does not answer; the gateway's log says why"),
      );
    } catch (error) {
      conclude(
        error instanceof Error && error.name === "Error" ? error.message : "it does not answer",
      );
    }
  });
}
