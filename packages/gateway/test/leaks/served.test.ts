// The receiver as a gateway serves it: at its path on the public listener, beside the APIs, and only where it is switched on.

import { describe, expect, it } from "vitest";
import { apiAt, bureau, running, settingsFor, startPlain } from "../fixtures/bureau.ts";
import { newSigningKey, signedHeaders } from "./fixtures/github.ts";
import { reportOf } from "./fixtures/world.ts";

const github = newSigningKey("github-1");
const path = "/leaks/github";

function leaksWith(onLeak: "revoke" | "quarantine" | "note") {
  return { leaks: { path, onLeak, quarantineMs: 3_600_000, pinnedKeys: [github] } };
}

async function served(onLeak: "revoke" | "quarantine" | "note", mount = "") {
  const { url: upstream } = await startPlain();
  const api = apiAt(upstream, { mount });
  const gate = await running(settingsFor([api], leaksWith(onLeak)));
  const report = (tokens: readonly string[]) => {
    const body = JSON.stringify(tokens.map((token) => reportOf(token)));
    const headers = { "content-type": "application/json", ...signedHeaders(body, github) };
    return fetch(`${gate.url}${path}`, { method: "POST", headers, body });
  };
  return { ...gate, api, report };
}

describe("a gateway that hears of leaks", () => {
  it("lets a key that is public not pass any more", async () => {
    const { ask, report, key } = await served("revoke");
    expect((await ask("/a")).status).toBe(200);
    const response = await report([key, "bureau_unknown"]);
    expect(response.status).toBe(200);
    const labels = (await response.json()) as readonly { readonly label: string }[];
    expect(labels.map(({ label }) => label)).toEqual(["true_positive", "false_positive"]);
    const after = await ask("/a");
    expect(after.status).toBe(401);
    expect(await after.json()).toMatchObject({ error: { code: "revoked_key" } });
  });

  it("lets one in quarantine pass for now", async () => {
    const { ask, report, key, gateway } = await served("quarantine");
    await report([key]);
    expect((await ask("/a")).status).toBe(200);
    const [stored] = await gateway.stores.directory.keysOf("acct_1", { limit: 1 });
    expect(stored?.expiresAtMs).toBeGreaterThan(Date.now());
  });

  it("answers at its path whatever the mounts are, and takes no row, no key and no place for it", async () => {
    const { url, report, gateway } = await served("note", "/v1");
    expect((await report([])).status).toBe(200);
    expect((await fetch(`${url}${path}`)).status).toBe(405);
    expect((await fetch(`${url}${path}/more`, { method: "POST" })).status).toBe(404);
    expect((await fetch(`${url}${path}?a`, { method: "POST" })).status).toBe(401);
    expect(await gateway.stores.log.find({ limit: 9 })).toEqual([]);
  });

  it("does so from a reload on, and until one", async () => {
    const { gateway, api, report, ask, key } = await served("note");
    gateway.reload(settingsFor([api], leaksWith("revoke")));
    await report([key]);
    expect((await ask("/a")).status).toBe(401);
    gateway.reload(settingsFor([api]));
    // Bureau has a path of any name, and refuses whoever has no key.
    const refused = await report([key]);
    expect(await refused.json()).toMatchObject({ error: { code: "missing_key" } });
  });
});

describe("a gateway", () => {
  it("that was not told to leaves the path to its API", async () => {
    const { url: upstream } = await startPlain();
    const { ask } = await running(settingsFor([apiAt(upstream, { api: bureau() })]));
    const response = await ask(path);
    expect([response.status, ((await response.json()) as { url: string }).url]).toEqual([
      200,
      path,
    ]);
  });
});
