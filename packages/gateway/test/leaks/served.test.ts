// The receiver as a gateway serves it: at its path on the public listener, beside the APIs, and only where it is switched on.

import { createClient } from "sluice/client";
import type { Account } from "sluice/gate";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { adminWire, type admin as contract } from "../../src/admin/contract/index.ts";
import { openStores, signingSecret } from "../../src/index.ts";
import { apiAt, bureau, running, settingsFor, startPlain } from "../fixtures/bureau.ts";
import { openReceiver } from "../warnings/fixtures/receiver.ts";
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
  const opened = await openStores({ kind: "memory" });
  const settings = settingsFor([api], { ...leaksWith(onLeak), warnings: { allowPrivate: true } });
  const gate = await running(settings, { opened });
  const report = (tokens: readonly string[]) => {
    const body = JSON.stringify(tokens.map((token) => reportOf(token)));
    const headers = { "content-type": "application/json", ...signedHeaders(body, github) };
    return fetch(`${gate.url}${path}`, { method: "POST", headers, body });
  };
  return { ...gate, api, report, pepper: opened.pepper };
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

describe("a gateway whose account has a webhook", () => {
  it("tells it of a public key in the format of its warnings, signed, and without the key", async () => {
    const receiver = await openReceiver();
    const { gateway, report, key, pepper } = await served("quarantine");
    const { directory } = gateway.stores;
    const account = (await directory.account("acct_1")) as Account;
    const warnings = { url: receiver.url, secretVersion: 1 };
    await directory.putAccount({ ...account, warnings }, { by: "test", atMs: 0 });
    await report([key, key]);
    await expect.poll(() => receiver.received.length).toBe(1);
    const { body = "", headers = {} } = receiver.received[0] ?? {};
    const [stored] = await directory.keysOf("acct_1", { limit: 1 });
    const { id } = JSON.parse(body).data as { readonly id: string };
    expect(JSON.parse(body)).toEqual({
      type: "key.leaked",
      timestamp: expect.stringMatching(/^20.*Z$/),
      data: {
        ...{ id, accountId: "acct_1", keyId: stored?.id, secret: "newest" },
        ...{ keyPrefix: stored?.prefix, keyLastFour: stored?.lastFour },
        ...{ source: "content", foundAt: reportOf(key).url, outcome: "key_expires_soon" },
        endsAt: new Date(stored?.expiresAtMs ?? 0).toISOString(),
      },
    });
    expect(headers["webhook-id" as never]).toBe(id);
    const webhook = new Webhook(signingSecret(pepper, "acct_1", 1));
    expect(webhook.verify(body, headers)).toEqual(JSON.parse(body));
    expect(body).not.toContain(key);
    await receiver.close();
  });
});

describe("a token of operators that is public", () => {
  const whoAmI = (url: string, token: string) =>
    fetch(`${url}/whoami`, { headers: { authorization: `Bearer ${token}` } });

  it("opens nothing any more, whether it is kept or of this process only", async () => {
    const { admin, report } = await served("note");
    const { url = "", token: local = "" } = admin ?? {};
    const client = createClient<typeof contract>(adminWire, { apiKey: local, baseUrl: url });
    const { secret } = await client.call("createToken", { body: { name: "desk", role: "owner" } });
    client.close();
    for (const token of [secret, local]) {
      expect((await whoAmI(url, token)).status).toBe(200);
      for (const again of [false, true]) {
        const answered = (await (await report([token])).json()) as readonly { label: string }[];
        expect([again, answered[0]?.label]).toEqual([again, "true_positive"]);
        expect((await whoAmI(url, token)).status).toBe(401);
      }
    }
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
