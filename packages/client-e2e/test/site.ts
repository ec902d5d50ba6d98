// A page and Mavera on one origin, as an application has them, and the page on another one, from which Mavera may be called: the
// page's script is the client as a bundler ships it.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { answers } from "@sluice-apis/mavera/answers";
import { mavera } from "@sluice-apis/mavera/contract";
import { createMaveraUpstream } from "@sluice-apis/mavera/upstream";
import { rolldown } from "rolldown";
import { withCors } from "sluice/adapter/cors";
import { createNodeListener } from "sluice/adapter/node";
import { systemClock, systemRandom } from "sluice/base";
import { type Account, createGate, fetchUpstream } from "sluice/gate";
import { createMemoryStores } from "sluice/store/memory";

export interface Site {
  readonly origin: string;
  /** The same page, of an origin that is not the API's. */
  readonly otherOrigin: string;
  readonly baseUrl: string;
  /** Of an account that can pay, and of one whose subscription has lapsed. */
  readonly keys: { readonly payer: string; readonly lapsed: string };
  /** What the API was sent, by what became of it. */
  statuses(): readonly number[];
  close(): void;
}

const MOUNT = "/mavera";
const by = "test";

/** The page's script, for a browser: nothing in it may need anything else. */
export async function bundlePage(): Promise<string> {
  const bundle = await rolldown({
    input: fileURLToPath(new URL("page.ts", import.meta.url)),
    platform: "browser",
    resolve: { conditionNames: ["sluice-source", "import", "browser", "default"] },
    // The contract's server half stands in the same entry, and reads files; the page uses the wire alone.
    external: /^node:/,
    treeshake: { moduleSideEffects: false },
  });
  const { output } = await bundle.generate({ format: "iife" });
  await bundle.close();
  return output[0].code;
}

export async function startSite(script: string): Promise<Site> {
  const shared = { clock: systemClock, random: systemRandom };
  const stores = createMemoryStores();
  const upstream = createMaveraUpstream(shared);
  const gate = createGate(mavera, {
    ...shared,
    stores,
    answers,
    upstream: fetchUpstream(upstream.fetch),
    pepper: systemRandom.bytes(32),
  });
  const keyOf = async (id: string, subscription: Account["subscription"]) => {
    const account = { id, name: id, plan: "starter", subscription };
    await stores.directory.putAccount(account, { by, atMs: systemClock.wallMs() });
    return (await gate.keys.create({ accountId: id, name: id, by })).secret;
  };
  const keys = { payer: await keyOf("payer", "active"), lapsed: await keyOf("lapsed", "inactive") };
  let api: ReturnType<typeof createNodeListener> | undefined;
  const files: Readonly<Record<string, readonly [type: string, text: string]>> = {
    "/": ["text/html", '<!doctype html><title>Page</title><script src="/page.js"></script>'],
    "/page.js": ["text/javascript", script],
  };
  const server = createServer((request, response) => {
    const { url = "/" } = request;
    if (url.startsWith(`${MOUNT}/`)) {
      api?.(request, response);
      return;
    }
    const [type, text] = files[url] ?? ["text/plain", ""];
    response.writeHead(text === "" ? 404 : 200, { "content-type": type }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const [origin, otherOrigin] = [`http://127.0.0.1:${port}`, `http://localhost:${port}`];
  api = createNodeListener(withCors(gate, { origins: [otherOrigin] }), { mount: MOUNT });
  return {
    origin,
    otherOrigin,
    baseUrl: `${origin}${MOUNT}${mavera.wire.basePath}`,
    keys,
    statuses: () => stores.log.find({ limit: 100 }).map(({ status }) => status),
    close() {
      server.close();
      server.closeAllConnections();
      upstream.close();
      gate.close();
    },
  };
}
