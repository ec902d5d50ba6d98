// Mavera as its makers run it: the plain API on a port of its own, which tells the gateway of the ends of its jobs.

import { join } from "node:path";
import { reportJobEnd } from "@sluice/gateway/verify";
import { createMaveraUpstream, type MaveraUpstream } from "@sluice-apis/mavera/upstream";
import { openMaveraRecords } from "@sluice-apis/mavera/upstream-file";
import { type SharedSecret, servePlain } from "@sluice-apis/plain-server";
import { systemClock, systemRandom } from "sluice/base";

export interface PlainMavera {
  readonly url: string;
  readonly upstream: MaveraUpstream;
  /** Goes on with the jobs of the process before. Their ends are told to a gateway's internal listener. */
  resume(gatewayUrl: string): void;
  /** Stops the jobs where they are, and answers nobody any more. */
  close(): Promise<void>;
}

export async function openMavera(home: string, shared: SharedSecret): Promise<PlainMavera> {
  const records = openMaveraRecords(join(home, "mavera.db"));
  let gatewayUrl = "";
  const upstream = createMaveraUpstream({
    clock: systemClock,
    random: systemRandom,
    records,
    async onJobEnd({ requestId, outcome: { kind, ...cost } }) {
      // A report that comes twice, or too late, changes nothing.
      await reportJobEnd({
        gatewayUrl,
        secretId: shared.id,
        secret: shared.secret,
        requestId,
        outcome: { outcome: kind, ...cost },
      });
    },
  });
  const server = await servePlain(upstream.fetch, shared);
  return {
    url: server.url,
    upstream,
    resume(url) {
      gatewayUrl = url;
      upstream.resume();
    },
    async close() {
      upstream.close();
      await server.close();
      records.close();
    },
  };
}
