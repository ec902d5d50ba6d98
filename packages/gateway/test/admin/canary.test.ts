// Secrets leave in the one answer that makes them: no other answer, row, change or stored answer has them.

import { describe, expect, it } from "vitest";
import { adminWire } from "../../src/admin/contract/index.ts";
import type { Operation } from "./fixtures/input.ts";
import type { Heard, World } from "./fixtures/world.ts";
import { kindsOfStores, useWorlds } from "./fixtures/worlds.ts";

const reads = (Object.keys(adminWire.operations) as Operation[]).filter(
  (operation) => adminWire.operations[operation].method === "GET",
);

/** Everything that has a secret is made, each under an idempotency key. */
async function makeSecrets({ ask, ids, clock }: World) {
  const params = { accountId: ids.account };
  const made: { operation: Operation; heard: Heard; repeat: () => Promise<Heard> }[] = [];
  const wanted = [
    ["createKey", { params, body: { name: "canary", api: "Acme" } }],
    ["rotateKey", { params: { ...params, keyId: ids.key }, body: { overlapMs: 60_000 } }],
    ["createToken", { body: { name: "canary", role: "owner" } }],
    ["rotateWarningSecret", { params }],
    ["createSignIn", {}],
  ] as const;
  for (const [operation, input] of wanted) {
    await clock.advance(1_000);
    const send = () => ask(operation, input, undefined, { "idempotency-key": `once-${operation}` });
    made.push({ operation, heard: await send(), repeat: send });
  }
  return made;
}

describe.each(kindsOfStores)("over %s", (kind) => {
  const open = useWorlds();

  it("no answer, row or change has a secret that another answer has shown", async () => {
    const world = await open(kind);
    const made = await makeSecrets(world);
    const secrets = [
      ...made.map(({ heard }) => (heard.body.secret ?? heard.body.code) as string),
      ...Object.values(world.tokens),
      world.customerKey,
      world.admin.token,
    ];
    expect(new Set(secrets).size).toBe(10);
    await world.call("/v1/hello", { key: secrets[0] ?? "" });
    await world.logged(await world.call("/v1/renders", { body: { prompt: "x" } }));
    const texts: string[] = [];
    for (const operation of reads) {
      const sample = world.sample(operation);
      const query = sample.query && "limit" in sample.query ? { query: { limit: 90 } } : {};
      const { status, text } = await world.ask(operation, { ...sample, ...query });
      expect([operation, status]).toEqual([operation, 200]);
      texts.push(text);
    }
    const { directory, log, ledger, notices } = world.stores;
    texts.push(JSON.stringify(await log.find({ limit: 1_000 })));
    texts.push(JSON.stringify(await directory.changes({ limit: 1_000 })));
    texts.push(JSON.stringify(await directory.keysOf("sluice_admin", { limit: 100 })));
    texts.push(JSON.stringify(await ledger.entries(world.ids.account, { limit: 100 })));
    texts.push(JSON.stringify(await notices.warnings({ limit: 100 })));
    texts.push(JSON.stringify(await world.admin.gate.keys));
    for (const secret of secrets) {
      for (const text of texts) expect(text).not.toContain(secret);
    }
  });

  it("whoever repeats the call that made a secret hears that its answer is gone", async () => {
    const world = await open(kind);
    for (const { operation, heard, repeat } of await makeSecrets(world)) {
      expect([operation, heard.status < 300]).toEqual([operation, true]);
      const again = await repeat();
      expect([operation, again.status, again.body.code]).toEqual([
        operation,
        409,
        "replay_unavailable",
      ]);
      expect(again.text).not.toContain(heard.body.secret);
    }
  });

  it("any other call that is repeated with its idempotency key is answered as before, and done once", async () => {
    const { ask } = await open(kind);
    const body = { name: "Twice", plan: "pro" };
    const send = () => ask("createAccount", { body }, undefined, { "idempotency-key": "one" });
    const [first, again] = [await send(), await send()];
    expect([first.status, again.text]).toEqual([201, first.text]);
    expect((await ask("listAccounts", { query: { search: "Twice" } })).body.data).toHaveLength(1);
  });
});
