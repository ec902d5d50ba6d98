// The contract of the API behind every proxy, for ours: key, plan and an exact window on every operation; where it is
// charged, each call costs a credit, reserved and settled. The limits are far above what a load can reach.

import { type AnyApi, defineApi, defineWire, fixed, monthly, standard } from "sluice";
import { BODY_BYTES, PATHS } from "../src/gateway/answers.ts";
import { REQUESTS_A_SECOND } from "../src/gateway/setup.ts";

/** What all paths of the API begin with. */
export const BASE_PATH = "/v1";

/** More than any load spends in a month. */
const CREDITS = 1_000_000_000;

/** @param basePath elsewhere, the paths of the API are free for open paths */
export function gatewayApi(isCharged: boolean, basePath = BASE_PATH): AnyApi {
  const below = (path: string) => path.slice(BASE_PATH.length);
  const wire = defineWire({
    ...standard.wire,
    about: { title: "Bench" },
    basePath,
    key: {
      prefixes: { live: "bench_live_" },
      alphabet: "hex",
      length: 32,
      places: [{ header: "X-API-Key" }, { bearer: true }],
    },
    plans: ["free", "paid"],
    windows: {
      requests: { per: "key", limit: { free: 60, paid: REQUESTS_A_SECOND }, windowMs: 1_000 },
    },
    operations: {
      listItems: { method: "GET", path: below(PATHS.items), summary: "Lists the items." },
      watch: {
        method: "GET",
        path: below(PATHS.events),
        summary: "Says what happens.",
        stream: { completion: { event: "done" } },
      },
      download: { method: "GET", path: below(PATHS.download), summary: "Hands over a file." },
      upload: { method: "POST", path: below(PATHS.upload), summary: "Takes a file." },
    },
  });
  const paid = { plans: ["paid"] as const, ...(isCharged && { price: fixed(1) }) };
  return defineApi(
    wire,
    {
      plans: {
        free: { title: "Free" },
        paid: { title: "Paid", allowance: { credits: CREDITS, reset: monthly } },
      },
      operations: {
        listItems: paid,
        watch: paid,
        download: paid,
        upload: { ...paid, passesBody: true, bodyBytesMax: 2 * BODY_BYTES },
      },
    },
    standard.pages,
  );
}
