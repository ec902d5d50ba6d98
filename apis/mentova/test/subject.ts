// Mentova as the suites see it that both APIs share.

import type { Subject } from "@sluice-internal/both-ways/subject";
import { type MentovaCode, mentova, wire } from "../contract/index.ts";
import { askEverything } from "./every-operation.ts";
import { type LiveApi, startApi, startMs } from "./live-api.ts";
import { provocations, servers } from "./provocations.ts";
import type { Reply } from "./reply.ts";
import { startTroublesomeApi } from "./troublesome.ts";

export const subject: Subject<MentovaCode, Reply, LiveApi> = {
  api: mentova,
  codes: Object.keys(wire.codes) as MentovaCode[],
  startMs,
  reads: "GET /brands",
  streams: {},
  keyOf: ({ keys }) => keys.agency,
  start: startApi,
  async provoke(code, how) {
    const { api, held } = await startTroublesomeApi({ ...servers[code], ...how });
    const { what, raw, ...asked } = await provocations[code](api, held);
    const reply = await (raw?.() ?? api.send(what, asked));
    return { live: api, reply, release: () => held.release() };
  },
  askEverything,
};
