// Whether this gateway is alive, and whether it is ready: in a word for anybody, with the reasons for the operator.

import type { Answer, Call } from "sluice/gate";
import type { Readiness } from "../lifecycle/readiness.ts";
import { json, pathOf, readOnly } from "./json-answer.ts";

/** It is looked at again soon: nobody knows how long it will take. */
const comeBackHeaders = ["Retry-After", "1"];
const uncached = ["Cache-Control", "no-store"];

/** Alive: it answers, that is all. */
function alive(): Answer {
  return json(200, { status: "ok" }, uncached);
}

/** @param withChecks whether it says what is wrong. */
async function ready(readiness: Readiness, withChecks: boolean): Promise<Answer> {
  const { status, checks } = await readiness.report();
  const body = withChecks ? { status, checks } : { status };
  if (status === "ready") return json(200, body, uncached);
  return json(503, body, [...comeBackHeaders, ...uncached]);
}

/** The answer to `/healthz` and `/readyz` with everything that is known; undefined for other paths. */
export function answerHealth(
  call: Call,
  readiness: Readiness,
  withChecks = true,
): Promise<Answer> | undefined {
  switch (pathOf(call)) {
    case "/healthz":
      return readOnly(call, async () => alive());
    case "/readyz":
      return readOnly(call, () => ready(readiness, withChecks));
    default:
      return undefined;
  }
}

/**
 * The same at the public door, without the reasons, in front of everything else there.
 * @param isTaken whether an API has a path of this name by itself, which then wins.
 */
export function createPublicHealth(
  readiness: Readiness,
  isTaken: (path: string) => boolean,
): (call: Call) => Promise<Answer> | undefined {
  const taken = new Set(["/healthz", "/readyz"].filter(isTaken));
  return (call) => {
    // Most paths are told apart by a letter.
    const second = call.target.charCodeAt(1);
    if (second !== 0x68 && second !== 0x72) return undefined;
    return taken.has(pathOf(call)) ? undefined : answerHealth(call, readiness, false);
  };
}
