/** The page that a refusal links to is there. Asked of whatever serves the documents, so only where that is wanted. */
import { helpUrl } from "sluice";
import { type ApiPromise, findingOf } from "../promise.ts";

/** Asks for the head of a page, wherever it leads: its status. */
export type AskPage = (url: string) => Promise<number>;

export function helpPages(askPage: AskPage): ApiPromise {
  return {
    id: "errors.help-pages",
    group: "Errors",
    says: "The page of every code is there.",
    needs: [{ may: "links" }],
    isMade: ({ wire }) => wire.about.docs !== undefined && wire.headers.help === true,
    async probe(session) {
      const { wire } = session.target.api;
      const codes = Object.keys(wire.codes);
      const faults = [];
      for (const code of codes) {
        const url = helpUrl(wire, code);
        const found = await session.askPage(askPage, url);
        if (found !== 200)
          faults.push({ exchange: undefined, expected: `200 at ${url}`, found: String(found) });
      }
      return findingOf(faults, codes.length);
    },
  };
}
