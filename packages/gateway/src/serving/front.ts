// The front: which API a call is for, by its path, and what to say to everything else.

import { targetBelow } from "sluice/adapter/node";
import type { Awaitable } from "sluice/base";
import type { Answer, Call } from "sluice/gate";
import { no } from "../internal/json-answer.ts";
import { CallBelow } from "./call-below.ts";
import type { ServedApi } from "./served-api.ts";

/** Answers paths that are no API's, or leaves them. */
export type Pages = (call: Call) => Awaitable<Answer> | undefined;

/** What is beside the APIs. */
export interface Beside {
  /** Asked before any API: they must keep to paths that no API claims. */
  readonly pages: Pages;
  /** Answers what neither a page nor an API does. @default a 404 that says where the APIs are */
  readonly nothingHere?: ((call: Call) => Answer) | undefined;
}

export interface Front {
  readonly answer: (call: Call) => Promise<Answer>;
  /** Whether a GET of this target may become a WebSocket. */
  readonly mayUpgrade: (target: string) => boolean;
}

export function createFront(apis: readonly ServedApi[], { pages, ...beside }: Beside): Front {
  const find = apiFinder(apis);
  const { nothingHere = sayWhere(apis) } = beside;
  const [only] = apis;
  const answerBelow = (call: Call) => {
    const found = find(call.target);
    if (found === undefined) return Promise.resolve(nothingHere(call));
    return found.api.answer(new CallBelow(call, found.target));
  };
  const apiAnswer = apis.length === 1 && only?.mount === "" ? only.answer : answerBelow;
  return {
    answer(call) {
      const page = pages(call);
      return page === undefined ? apiAnswer(call) : Promise.resolve(page);
    },
    mayUpgrade(target) {
      const found = find(target);
      return found?.api.mayUpgrade(found.target) === true;
    },
  };
}

/** The API for a target, and what of it is left below its mount. */
function apiFinder(apis: readonly ServedApi[]) {
  // The longest mount first: one may lie below another.
  const byLength = apis.toSorted((a, b) => b.mount.length - a.mount.length);
  return (target: string) => {
    for (const api of byLength) {
      const below = targetBelow(api.mount, target);
      if (below !== undefined) return { api, target: below };
    }
    return undefined;
  };
}

function sayWhere(apis: readonly ServedApi[]): () => Answer {
  const mounts = apis.map(({ mount }) => mount).toSorted();
  const error = `Nothing is here. What there is, is below ${mounts.join(" and ")}.`;
  return () => no(404, error);
}
