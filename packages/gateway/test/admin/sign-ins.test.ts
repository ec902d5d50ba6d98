// Links that sign in to the console: whoever has a token asks for one, and what it opens is that token's, once.

import { createClient } from "sluice/client";
import { beforeAll, describe, expect, it } from "vitest";
import { type admin, adminWire } from "../../src/admin/contract/index.ts";
import { buildConsole } from "../fixtures/built-console.ts";
import { apiAt, running, settingsFor, startPlain } from "../fixtures/bureau.ts";

async function gateway(more: Parameters<typeof settingsFor>[1] = {}) {
  const plain = await startPlain();
  const { admin: found, internalUrl } = await running(settingsFor([apiAt(plain.url)], more));
  const client = (apiKey = found?.token ?? "") =>
    createClient<typeof admin>(adminWire, { apiKey, baseUrl: found?.url ?? "" });
  const enter = (code: string) =>
    fetch(`${internalUrl}/console/session`, {
      method: "POST",
      headers: { "sec-fetch-site": "same-origin" },
      body: JSON.stringify({ code }),
    });
  const whoAmI = async (entered: Response) => {
    const [cookie = ""] = (entered.headers.get("set-cookie") ?? "").split(";");
    const headers = { cookie, "sec-fetch-site": "same-origin" };
    const answer = await fetch(`${internalUrl}/console/api/admin/v1/whoami`, { headers });
    const { token } = (await answer.json()) as { readonly token?: object };
    return { status: answer.status, token };
  };
  return { client, enter, whoAmI };
}

beforeAll(() => buildConsole(), 60_000);

describe("a sign-in link", () => {
  it("lets in once, as the token that asked for it, until that is revoked", async () => {
    const { client, enter, whoAmI } = await gateway({ console: true });
    const owner = client();
    const made = await owner.call("createToken", { body: { name: "Grace", role: "support" } });
    const grace = client(made.secret);
    const { code, path, expiresAtMs } = await grace.call("createSignIn", {});
    expect(path).toBe(`/console/sign-in#${code}`);
    expect(expiresAtMs).toBeGreaterThan(Date.now());

    const entered = await enter(code);
    expect(entered.status).toBe(200);
    expect((await whoAmI(entered)).token).toMatchObject({ name: "Grace", role: "support" });
    expect((await enter(code)).status).toBe(401);

    await owner.call("revokeToken", { params: { tokenId: made.token.id } });
    expect((await whoAmI(entered)).status).toBe(401);
  });

  it("is of no use to a token that was revoked before it was followed", async () => {
    const { client, enter, whoAmI } = await gateway({ console: true });
    const { token, secret } = await client().call("createToken", {
      body: { name: "Grace", role: "owner" },
    });
    const { code } = await client(secret).call("createSignIn", {});
    await client().call("revokeToken", { params: { tokenId: token.id } });
    expect((await whoAmI(await enter(code))).status).toBe(401);
  });

  it("is not made where there is no console", async () => {
    const { client } = await gateway({ console: false });
    await expect(client().call("createSignIn", {})).rejects.toMatchObject({ code: "not_serving" });
  });
});
