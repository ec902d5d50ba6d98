// What all pages beside the APIs have in common: paths of their own, and that what makes them is loaded when somebody first
// comes there. Most gateways answer calls, and nothing else, most of the time.

import type { Awaitable } from "sluice/base";
import type { Answer, Call } from "sluice/gate";
import { pathOf } from "../internal/json-answer.ts";
import type { Pages } from "../serving/front.ts";

export type AnswerPage = (call: Call) => Awaitable<Answer>;

/** @param open loads what answers these paths; once. */
export function pagesWhenAsked(paths: ReadonlySet<string>, open: () => Promise<AnswerPage>): Pages {
  let opened: Promise<AnswerPage> | undefined;
  const answer = async (call: Call) => {
    opened ??= open();
    return (await opened)(call);
  };
  return (call) => (paths.has(pathOf(call)) ? answer(call) : undefined);
}

/** The first of them that knows the path answers. */
export function firstOf(all: readonly Pages[]): Pages {
  return (call) => {
    for (const pages of all) {
      const answer = pages(call);
      if (answer !== undefined) return answer;
    }
    return undefined;
  };
}
