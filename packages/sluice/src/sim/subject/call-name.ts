// Which call a request is for: callers write it into the address, the network takes it out again and puts it into a header, so
// that no contract's query is touched; and an answer shows it in its body.

import type { Answer } from "../../gate/index.ts";

/** Added to the query, on the caller's side only. */
export const CALL = "sim";
export const CALL_HEADER = "x-sim-call";
/** The query that asks how a job stands. */
export const JOB = "job";
/** The member of an answer. */
export const SHOWN = "sim_call";

export function callQuery(operation: string, call: string): Readonly<Record<string, string>> {
  return { [CALL]: `${operation}~${call}` };
}

/** An address that such a query is the end of. */
export function readTarget(target: string): {
  readonly target: string;
  readonly operation: string;
  readonly call: string;
} {
  const begins = target.lastIndexOf(`${CALL}=`);
  if (begins < 1) return { target, operation: "", call: "" };
  const written = target.slice(begins + CALL.length + 1);
  const said = ENCODED.test(written) ? decodeURIComponent(written.replaceAll("+", " ")) : written;
  const split = said.indexOf("~");
  return {
    // Without the `?` or `&` before it.
    target: target.slice(0, begins - 1),
    operation: said.slice(0, split),
    call: said.slice(split + 1),
  };
}

const ENCODED = /[+%]/;

/** The same of each event of an answer that streamed. */
export function shownInEvents(text: string): readonly { call?: string; account?: string }[] {
  return text.split("\n").flatMap((line) => {
    if (!line.startsWith(`data: {"${SHOWN}"`)) return [];
    const { [SHOWN]: shown } = JSON.parse(line.slice(6)) as { [SHOWN]: object };
    return [shown];
  });
}

/** Whose answer it says that it is; undefined for one without a body. */
export function shownIn({ body }: Answer): { call?: string; account?: string } | undefined {
  const text = String(body);
  if (text === "") return undefined;
  const said = JSON.parse(text) as { readonly [SHOWN]?: { call?: string; account?: string } };
  return said[SHOWN] ?? {};
}
