// The front: which API a call is for, by its path, and what to say to everything else.

import { type Refuser, targetBelow } from "sluice/adapter/node";
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

export interface Front extends Refuser {
  readonly answer: (call: Call) => Promise<Answer>;
  /** Whether a GET of this target may become a WebSocket. */
  readonly mayUpgrade: (target: string) => boolean;
}

/** @param first its envelope speaks where no API is known. */
export function createFront(
  first: ServedApi,
  others: readonly ServedApi[],
  { pages, ...beside }: Beside,
): Front {
  const apis = [first, ...others];
  const find = apiFinder(apis);
  const { nothingHere = sayWhere(apis) } = beside;
  const answerBelow = (call: Call) => {
    const found = find(call.target);
    if (found === undefined) return Promise.resolve(nothingHere(call));
    return found.api.answer(new CallBelow(call, found.target));
  };
  const apiAnswer = others.length === 0 && first.mount === "" ? first.answer : answerBelow;
  return {
    answer(call) {
      const page = pages(call);
      return page === undefined ? apiAnswer(call) : Promise.resolve(page);
    },
    mayUpgrade(target) {
      const found = find(target);
      return found?.api.mayUpgrade(found.target) === true;
    },
    unreadable(condition, address, target) {
      const speaker = (target === undefined ? undefined : find(target)?.api) ?? first;
      return speaker.gate.unreadable(condition, address);
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
