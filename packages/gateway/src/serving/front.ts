// The front: which API a call is for, by its path, and what to say to everything else.

import type { Awaitable } from "sluice/base";
import type { Answer, Call } from "sluice/gate";
import { CallBelow, targetBelow } from "./call-below.ts";
import type { ServedApi } from "./served-api.ts";

/** Answers paths that are no API's, or leaves them. */
export type Pages = (call: Call) => Awaitable<Answer> | undefined;

export type Front = (call: Call) => Promise<Answer>;

/** @param pages asked before any API: they must keep to paths that no API claims. */
export function createFront(apis: readonly ServedApi[], pages: Pages): Front {
  const apiOf = findApi(apis);
  return (call) => {
    const page = pages(call);
    return page === undefined ? apiOf(call) : Promise.resolve(page);
  };
}

function findApi(apis: readonly ServedApi[]): Front {
  const [only] = apis;
  if (apis.length === 1 && only?.mount === "") return only.answer;
  // The longest mount first: one may lie below another.
  const byLength = apis.toSorted((a, b) => b.mount.length - a.mount.length);
  return (call) => {
    for (const api of byLength) {
      const target = targetBelow(api.mount, call.target);
      if (target !== undefined) return api.answer(new CallBelow(call, target));
    }
    return Promise.resolve(nothingHere());
  };
}

function nothingHere(): Answer {
  const body = JSON.stringify({ status: 404, message: "Nothing is here. GET / tells what is." });
  return { status: 404, headers: ["Content-Type", "application/json"], body };
}
