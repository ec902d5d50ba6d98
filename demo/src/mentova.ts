// Mentova as its makers run it: the plain API on a port of its own.

import { join } from "node:path";
import { createMentovaUpstream, type MentovaUpstream } from "@sluice-apis/mentova/upstream";
import { openMentovaRecords } from "@sluice-apis/mentova/upstream-file";
import { type SharedSecret, servePlain } from "@sluice-apis/plain-server";
import { systemClock, systemRandom } from "sluice/base";

export interface PlainMentova {
  readonly url: string;
  readonly upstream: MentovaUpstream;
  close(): Promise<void>;
}

export async function openMentova(home: string, shared: SharedSecret): Promise<PlainMentova> {
  const records = openMentovaRecords(join(home, "mentova.db"));
  const upstream = createMentovaUpstream({ clock: systemClock, random: systemRandom, records });
  const server = await servePlain(upstream.fetch, shared);
  return {
    url: server.url,
    upstream,
    async close() {
      await server.close();
      records.close();
    },
  };
}
