/** What is logged of an error does not hold the key. */
import { inspect } from "node:util";
import { KEY, type Peer } from "../../client/peer.ts";
import { connectionFailure } from "../../client/scripted-fetch.ts";
import { virtually } from "../../client/stage.ts";
import { finding } from "../finding.ts";
import type { ClientRow } from "../row.ts";

const LIMIT_MS = 3_600_000;

export const keyInError: ClientRow = {
  name: "the key in an error",
  asked: "Neither console.error nor JSON.stringify of an error shows the key.",
  trace: "A call is answered 401, another one by nobody; both errors are printed in both ways.",
  note: "Where a library only wraps a function, the error of the 401 is the one that its user writes.",
  async judge(peer) {
    const errors = [await errorOf(peer, 401), await errorOf(peer, 0)];
    const leaks = errors.flatMap((error) => [
      ...(inspect(error).includes(KEY) ? ["console.error"] : []),
      ...(jsonOf(error).includes(KEY) ? ["JSON"] : []),
    ]);
    const where = [...new Set(leaks)].join(" and ");
    return finding(leaks.length === 0, leaks.length === 0 ? "not shown" : `in ${where}`);
  },
};

function errorOf(peer: Peer, status: number): Promise<unknown> {
  return virtually(LIMIT_MS, async ({ serve }) => {
    const { fetch } = serve(() =>
      status > 0 ? { status } : { status, throws: connectionFailure("ECONNREFUSED") },
    );
    const sender = await peer.open({ fetch });
    const error: unknown = await sender.send({ method: "GET", headers: {} }).catch((e) => e);
    sender.close?.();
    return error;
  });
}

/** What cannot be written as JSON shows nothing there. */
function jsonOf(error: unknown): string {
  try {
    return JSON.stringify(error) ?? "";
  } catch {
    return "";
  }
}
