// Which call a request is for: callers write it into the address, the network takes it out again and puts it into a header, so
// that no contract's query is touched; and an answer shows it in its body.

import type { Answer } from "../../gate/index.ts";

/** Added to the query, on the caller's side only. */
export const CALL = "sim";
export const CALL_HEADER = "x-sim-call";
/** The member of an answer. */
export const SHOWN = "sim_call";

const BEHIND = new RegExp(`[?&]${CALL}=([^&]*)$`);

export function callQuery(operation: string, call: string): Readonly<Record<string, string>> {
  return { [CALL]: `${operation}~${call}` };
}

/** An address that such a query is the end of. */
export function readTarget(target: string): {
  readonly target: string;
  readonly operation: string;
  readonly call: string;
} {
  const found = BEHIND.exec(target);
  if (found === null) return { target, operation: "", call: "" };
  const said = decodeURIComponent((found[1] as string).replaceAll("+", " "));
  const split = said.indexOf("~");
  return {
    target: target.slice(0, found.index),
    operation: said.slice(0, split),
    call: said.slice(split + 1),
  };
}

/** Whose answer it says that it is; undefined for one without a body. */
export function shownIn({ body }: Answer): { call?: string; account?: string } | undefined {
  const text = String(body);
  if (text === "") return undefined;
  const said = JSON.parse(text) as { readonly [SHOWN]?: { call?: string; account?: string } };
  return said[SHOWN] ?? {};
}
