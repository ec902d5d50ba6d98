// The page as a gateway serves it: at its path on the public listener, whatever the mounts are, and only where it is on.

import { until } from "@sluice-internal/both-ways/until";
import { describe, expect, it } from "vitest";
import { apiAt, running, settingsFor, startPlain } from "../fixtures/bureau.ts";

const status = { path: "/how/it-is", title: "Bureau", hidden: ["send"] };

async function served(mount = "") {
  const { url: upstream } = await startPlain();
  const api = apiAt(upstream, { mount });
  return { api, ...(await running(settingsFor([api], { status }))) };
}

describe("a gateway with a status page", () => {
  it("tells of its own requests, without a key, a row or a place for whoever reads it", async () => {
    const { url, ask, gateway } = await served("/v1");
    for (let i = 0; i < 3; i++) expect((await ask("/v1/search")).status).toBe(200);
    const rows = () => gateway.stores.log.find({ limit: 9 });
    await until(async () => (await rows()).length === 3);
    const page = await fetch(`${url}/how/it-is`);
    expect([page.status, page.headers.has("x-ratelimit-limit")]).toEqual([200, false]);
    expect(await page.text()).toContain('href="it-is.css"');
    for (const kind of [".css", ".atom"]) {
      expect((await fetch(`${url}/how/it-is${kind}`)).status).toBe(200);
    }
    const { state, apis } = (await (await fetch(`${url}/how/it-is.json?x`)).json()) as {
      state: string;
      apis: { operations: { name: string; requests: number }[] }[];
    };
    expect(state).toBe("ok");
    const counted = apis[0]?.operations.map(({ name, requests }) => [name, requests]);
    expect(counted).toEqual([
      ["buy", 0],
      ["search", 3],
      ["read", 0],
    ]);
    expect((await fetch(`${url}/how/it-is/`)).url).toBe(`${url}/how/it-is`);
    expect((await fetch(`${url}/how/it-is`, { method: "POST" })).status).toBe(405);
    const head = await fetch(`${url}/how/it-is`, { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
    expect(await rows()).toHaveLength(3);
  });

  it("leaves every other path to its API, and its own, too, once it is off", async () => {
    const { url, api, ask, gateway } = await served();
    for (const path of ["/how", "/how/it-is.html", "/how/it-is/more", "/how/it-isnt"]) {
      expect([path, (await fetch(`${url}${path}`)).status]).toEqual([path, 401]);
    }
    gateway.reload(settingsFor([api]));
    expect((await fetch(`${url}/how/it-is`)).status).toBe(401);
    expect(((await (await ask("/how/it-is")).json()) as { url: string }).url).toBe("/how/it-is");
    gateway.reload(settingsFor([api], { status }));
    expect((await fetch(`${url}/how/it-is`)).status).toBe(200);
  });
});
