// The admin API as a gateway serves it: on the internal listener, through a reload, and to the end.

import { createClient } from "sluice/client";
import { describe, expect, it } from "vitest";
import { type admin, adminWire } from "../../src/admin/contract/index.ts";
import { StartError } from "../../src/index.ts";
import {
  apiAt,
  bureau,
  type Running,
  running,
  settingsFor,
  startPlain,
} from "../fixtures/bureau.ts";

async function gateway(more: Parameters<typeof settingsFor>[1] = {}): Promise<Running> {
  const plain = await startPlain();
  return running(settingsFor([apiAt(plain.url)], more));
}

function clientOf({ admin: found }: Running) {
  if (found === undefined) throw new Error("it has an admin API");
  return createClient<typeof admin>(adminWire, { apiKey: found.token, baseUrl: found.url });
}

describe("a gateway", () => {
  it("serves it beside health and the ends of jobs, to our own client, and to nobody on the public listener", async () => {
    const served = await gateway();
    const client = clientOf(served);
    expect(await client.call("whoAmI", {})).toMatchObject({
      isLocal: true,
      token: { role: "owner" },
    });
    const { data } = await client.call("listApis", { query: { limit: 1 } });
    expect(data).toMatchObject([{ title: "Bureau" }]);
    const { status } = await served.ask("/admin/v1/whoami");
    expect(status).toBe(200);
    const upstream = (await (await served.ask("/admin/v1/whoami")).json()) as { url: string };
    expect(upstream.url).toBe("/admin/v1/whoami");
    expect((await fetch(`${served.internalUrl}/healthz`)).status).toBe(200);
    expect((await fetch(`${served.internalUrl}/admin/v1/whoami`)).status).toBe(401);
    expect((await fetch(`${served.internalUrl}/admin/v1`)).status).toBe(401);
    expect((await fetch(`${served.internalUrl}/admin`)).status).toBe(404);
    client.close();
  });

  it("finds and explains a request of its own, by the id that its caller got", async () => {
    const served = await gateway();
    const client = clientOf(served);
    const refused = await fetch(`${served.url}/x`, { headers: { "X-API-Key": "nonsense" } });
    const requestId = refused.headers.get("x-request-id") ?? "";
    const { told, refusal } = await client.call("explainRequest", { params: { requestId } });
    expect([told.status, told.body]).toEqual([refused.status, await refused.text()]);
    expect(refusal).toMatchObject({ step: "identify", condition: "malformed_key" });
    client.close();
  });

  it("tells live what its gates answer, and ends the telling in order when it stops", async () => {
    const served = await gateway();
    const client = clientOf(served);
    const events = client.stream("watchLive", {});
    const first = events.next();
    await expect.poll(() => served.ask("/x").then(({ status }) => status)).toBe(200);
    const names = [(await first).value?.name];
    const closing = served.gateway.close();
    for await (const { name } of events) names.push(name);
    expect(names[0]).toBe("second");
    expect(names.at(-1)).toBe("end");
    expect((await closing).failures).toEqual([]);
    client.close();
  });

  it("stops in time although somebody watches and takes nothing", async () => {
    const served = await gateway();
    const response = await fetch(`${served.admin?.url}/live`, {
      headers: { authorization: `Bearer ${served.admin?.token}` },
    });
    expect(response.status).toBe(200);
    expect((await served.gateway.close()).failures).toEqual([]);
    await response.body?.cancel().catch(() => undefined);
  });

  it("goes on with its token through a reload, and knows the contracts that hold from then on", async () => {
    const plain = await startPlain();
    const served = await running(settingsFor([apiAt(plain.url)]));
    const client = clientOf(served);
    const limitOf = async () => {
      const [plan] = (await client.call("listPlans", {})).data;
      return Object.values(plan?.windows ?? {})[0]?.limit;
    };
    const before = await limitOf();
    served.gateway.reload(settingsFor([apiAt(plain.url, { api: bureau({ limit: 7 }) })]));
    expect([before, await limitOf()]).toEqual([1_000_000, 7]);
    client.close();
  });

  it("has none where it is off, or where there is no internal listener", async () => {
    const off = await gateway({ admin: false });
    expect([off.admin, (await fetch(`${off.internalUrl}/admin/v1/whoami`)).status]).toEqual([
      undefined,
      404,
    ]);
    const listeners = { public: { host: "127.0.0.1", port: 0 }, internal: undefined };
    expect((await gateway({ listeners })).admin).toBeUndefined();
  });

  it("does not start, and does not reload, with two contracts of one title", async () => {
    const two = [
      apiAt("http://127.0.0.1:1", { mount: "/a" }),
      apiAt("http://127.0.0.1:1", { mount: "/b" }),
    ];
    await expect(running(settingsFor(two))).rejects.toThrow(StartError);
    const served = await gateway();
    expect(() => served.gateway.reload(settingsFor(two))).toThrow(
      'two contracts have the title "Bureau"',
    );
    expect((await served.ask("/x")).status).toBe(200);
    const client = clientOf(served);
    expect((await client.call("listApis", {})).data).toHaveLength(1);
    client.close();
  });
});
