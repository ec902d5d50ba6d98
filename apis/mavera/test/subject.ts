// Mavera as the suites see it that both APIs share.

import type { Subject } from "@sluice-internal/both-ways/subject";
import { type MaveraCode, mavera, wire } from "../contract/index.ts";
import { askEverything } from "./every-operation.ts";
import { type LiveApi, startApi, startMs } from "./live-api.ts";
import { provocations, servers } from "./provocations.ts";
import type { Reply } from "./reply.ts";
import { streamings } from "./streaming.ts";
import { startTroublesomeApi } from "./troublesome.ts";

export const subject: Subject<MaveraCode, Reply, LiveApi> = {
  api: mavera,
  codes: Object.keys(wire.codes) as MaveraCode[],
  startMs,
  reads: "GET /personas",
  streams: streamings,
  keyOf: ({ keys }) => keys.enterprise,
  start: startApi,
  async provoke(code, how) {
    const troublesome = await startTroublesomeApi({ ...servers[code], ...how });
    const { api, held } = troublesome;
    const { what, raw, ...asked } = await provocations[code](troublesome);
    const reply = await (raw?.() ?? api.send(what, { key: api.keys.test, ...asked }));
    return { live: api, reply, release: () => held.release() };
  },
  askEverything,
};
