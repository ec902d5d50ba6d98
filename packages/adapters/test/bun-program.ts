// For Bun: Press behind the adapter fetch, in a process of its own. Prints its port and its keys.

import { createFetchHandler } from "sluice/adapter/fetch";
import { VirtualClock } from "sluice/base";
import { createMemoryStores } from "sluice/store/memory";
import { createWorld } from "./contract.ts";
import { plainUpstream } from "./plain-upstream.ts";

interface Bun {
  serve(options: { port: number; hostname: string; fetch: unknown }): { readonly port: number };
}

const upstream = plainUpstream(() => undefined);
const { gate, keys } = await createWorld(createMemoryStores(), upstream, new VirtualClock());
const fetch = createFetchHandler(gate, { addressOf: () => "127.0.0.1" });
const { Bun: bun } = globalThis as unknown as { Bun: Bun };
const { port } = bun.serve({ port: 0, hostname: "127.0.0.1", fetch });
console.log(JSON.stringify({ port, keys }));
