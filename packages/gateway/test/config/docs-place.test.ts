// Where documents are served: where nobody else answers, unless the configuration names the place, which then must be free.

import { afterEach, describe, expect, it } from "vitest";
import { type Gateway, openGateway } from "../../src/index.ts";
import { type Change, changed, load } from "./small.ts";

const docsWith = async (...changes: Change[]) =>
  (await load(changed(changes))).settings.apis[0]?.docs;
const operation = (path: string) => ({ method: "GET", path, summary: "Reads." });

describe("documents", () => {
  it("are at /docs where nothing else is, and where the configuration says", async () => {
    expect(await docsWith()).toEqual({ path: "/docs" });
    expect(await docsWith(["docs", true])).toEqual({ path: "/docs" });
    expect(await docsWith(["docs", { path: "/help/errors" }])).toEqual({ path: "/help/errors" });
    expect(await docsWith(["docs", false])).toBeUndefined();
  });

  const taken: readonly (readonly [string, Change])[] = [
    ["an open path", ["open", ["/docs/{rest*}"]]],
    ["an open path of one page", ["open", ["GET /docs/{page}"]]],
    ["an operation", ["contract.operations.docs", operation("/docs")]],
    ["an operation below", ["contract.operations.docs", operation("/docs/{id}")]],
    ["an operation of all that is left", ["contract.operations.rest", operation("/{rest*}")]],
  ];
  it.each(taken)(
    "leave the path to %s, and say so to whoever wants them there",
    async (_, change) => {
      const base: Change = ["contract.basePath", undefined];
      expect(await docsWith(base, change)).toBeUndefined();
      await expect(docsWith(change, ["docs", true])).rejects.toThrow(/at \/docs already/);
      expect(await docsWith(change, ["docs", false])).toBeUndefined();
    },
  );

  it("are not served in place of the gateway's health, nor at what is no path", async () => {
    await expect(docsWith(["docs", { path: "/healthz" }])).rejects.toThrow(/health is at/);
    await expect(docsWith(["docs", { path: "docs/" }])).rejects.toThrow(/docs\.path/);
    await expect(docsWith(["docs", "/docs"])).rejects.toThrow(/true or false, or an object/);
  });
});

let gateway: Gateway | undefined;
afterEach(() => gateway?.close());

describe("a gateway", () => {
  it("serves them below the mount without a key, and its log knows nothing of it", async () => {
    const { settings } = await load(
      changed([
        ["mount", "/acme"],
        ["stores", { kind: "memory" }],
        ["listeners", { public: { port: 0 }, internal: { port: 0 } }],
        ["logs", "none"],
      ]),
    );
    gateway = await openGateway(settings);
    const { url } = await gateway.listen();
    const page = await fetch(`${url}/acme/docs/errors/`, { headers: { accept: "text/html" } });
    expect(page.status).toBe(200);
    expect(page.headers.has("x-ratelimit-limit")).toBe(false);
    expect((await fetch(`${url}/docs/`)).status).toBe(404);
    const [api] = settings.apis;
    expect((await fetch(`${url}/acme${api?.api.wire.basePath}/nothing`)).status).toBe(401);
    const rows = await gateway.stores.log.find({ limit: 10 });
    expect(rows.map(({ status }) => status)).toEqual([401]);
  });
});
