// What is said of a call that was not refused, of what a call cost, and of rows from before the contract was changed.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { explain, type HoldRecord, type LogRow } from "../../src/gate/index.ts";
import { acme } from "./fixtures/acme.ts";
import { drive } from "./fixtures/drive.ts";
import { flawOf, provoke } from "./fixtures/explained.ts";
import { FakeCall } from "./fixtures/fake-call.ts";
import { useInstantDigests } from "./fixtures/instant-digests.ts";
import { CHANGE, key, secretFor, secrets } from "./fixtures/people.ts";
import { createRig } from "./fixtures/rig.ts";

beforeEach(useInstantDigests);
afterEach(() => vi.restoreAllMocks());

describe("the explanation of a call that was not refused", () => {
  const render = { path: "/v1/renders", key: secrets.pro, body: { prompt: "a cat" } };
  const withKey = { ...render, headers: { "Idempotency-Key": "a" } };

  it("says what it cost, and does not make up the API's own words", async () => {
    const rig = await createRig();
    const { told, cost, sentences, refusedBy } = explain(acme, rig.row(await rig.send(render)));
    expect(told).toMatchObject({ status: 201, code: undefined, body: undefined });
    expect(told.bodyMissing).toContain("keeps no bodies");
    expect(cost).toMatchObject({ state: "charged", credits: 10 });
    expect(refusedBy).toBeUndefined();
    expect(sentences.slice(1)).toEqual(["It went through: 201.", "It cost 10 credits."]);
    expect(sentences[0]).toMatch(
      /^At \S+ \S+ UTC account pro sent POST \/renders \(render\) with key key_pro, from \S+\.$/,
    );
  });

  it("says that a stored answer was sent again, free of charge", async () => {
    const rig = await createRig();
    await rig.send(withKey);
    const received = await rig.send(withKey);
    const { told, sentences } = explain(acme, rig.row(received));
    expect(told.headers["Idempotent-Replayed"]).toBe(received.header("Idempotent-Replayed"));
    expect(told.body).toBeUndefined();
    expect(told.bodyMissing).toContain("stored answer");
    expect(sentences.slice(1)).toEqual([
      "It came with an idempotency key that was known, so the stored answer was sent again: 201.",
      "It cost nothing.",
    ]);
  });

  it("says that the caller has left, and that nobody was told anything", async () => {
    const rig = await createRig();
    const call = new FakeCall({ path: "/v1/chat", key: secrets.pro, body: { prompt: "hi" } });
    call.onRead = async () => {
      await rig.clock.sleep(40);
      call.abort();
    };
    const received = await drive(rig.clock, rig.pass(call));
    const { told, sentences } = explain(acme, rig.row(received));
    expect(told).toMatchObject({ status: undefined, body: undefined, headers: {} });
    expect(sentences[1]).toBe(
      'The caller left after 40 ms, before the answer, in the step "validate".',
    );
  });

  it("says that an older secret was used, or that its time was over", async () => {
    const rig = await createRig();
    const { keys } = rig.gate;
    const { key: made, secret } = await keys.create({ accountId: "pro", name: "old", by: "me" });
    await keys.rotate(made.id, { overlapMs: 60_000, by: "me" });
    const send = async () => rig.row(await rig.send({ path: "/v1/hello", key: secret }));
    const during = explain(acme, await send());
    expect(during.who).toMatchObject({ keyId: made.id, isOlderSecret: true });
    expect(during.sentences).toContain(
      "The key was used with an older secret, which is being replaced.",
    );
    await rig.clock.advance(60_000);
    const after = explain(acme, await send());
    expect(after.who).toMatchObject({ keyId: made.id, accountId: "pro", isOlderSecret: true });
    expect(after.sentences[1]).toBe(
      `Its key ${made.id} was used with an older secret, which was replaced and whose time was over.`,
    );
    const found = rig.stores.log.find({ keyId: made.id, isOlderSecret: true, limit: 9 });
    expect(found.map(({ status }) => status)).toEqual([401, 200]);
  });
});

describe("what a call cost", () => {
  const hold: HoldRecord = {
    ...{ id: "r", accountId: "pro", operation: "render", keyId: "key_pro", amount: 10 },
    ...{ charged: 0, overage: 0, state: "open", isJob: false, madeAtMs: 1, endedAtMs: undefined },
  };
  const cases: readonly (readonly [Partial<HoldRecord>, string, RegExp])[] = [
    [{ isJob: true }, "held", /^10 credits were set aside for the job .* when the job ends\.$/],
    [{}, "held", /^10 credits are still set aside: .* nothing is taken\.$/],
    [{ state: "settled", charged: 1 }, "charged", /^It cost 1 credit\.$/],
    [
      { state: "settled", charged: 10, overage: 4 },
      "charged",
      /^It cost 10 credits\. It came to 4 more/,
    ],
    [{ state: "settled" }, "nothing", /^It cost nothing\.$/],
    [{ state: "released" }, "nothing", /^It cost nothing\.$/],
    [{ state: "expired" }, "expired", /^10 credits were set aside, and given back/],
    [{ amount: 0 }, "nothing", /^It cost nothing\.$/],
  ];

  it.each(cases)("is what the ledger says of its hold: %j is %s", async (changed, state, words) => {
    const rig = await createRig();
    const row: LogRow = {
      ...rig.row(await rig.send({ path: "/v1/hello", key: secrets.pro })),
      held: 10,
    };
    const { cost, sentences } = explain(acme, row, { ...hold, ...changed });
    expect(cost.state).toBe(state);
    expect(sentences.at(-1)).toMatch(words);
  });
});

describe("a contract that has changed since", () => {
  it("leaves out the body of a code that it no longer has", async () => {
    const { row } = await provoke(flawOf("not_found"));
    const { told, sentences } = explain(acme, { ...row, code: "gone" });
    expect(told).toMatchObject({ status: 404, code: "gone", body: undefined });
    expect(told.bodyMissing).toBe("The contract no longer has the code gone.");
    expect(sentences.join("\n")).toContain("The caller was told 404 gone.");
  });

  it("explains a window, an operation and an account that are gone", async () => {
    const { row } = await provoke(flawOf("rate_limited"));
    const { refusedBy, sentences } = explain(acme, { ...row, by: "past:key_9", operation: "gone" });
    expect(refusedBy).toBe("rate window past of account pro: 20 of 20");
    expect(sentences.join("\n")).toContain('"past" of account pro was full: 20 of 20 requests.');
  });
});

it("a key that pays for somebody else's workspace is explained", async () => {
  const rig = await createRig();
  await rig.stores.directory.putKey(key("odd", secretFor("odd"), { accountId: "pro" }), CHANGE);
  const received = await rig.send({ path: "/v1/hello", key: secretFor("odd") });
  const row: LogRow = {
    ...{ ...rig.row(received), status: 403, code: "forbidden", condition: "forbidden" },
    ...{ endedAt: "validate", ending: "refused", by: "workspace" },
  };
  expect(explain(acme, row).sentences[1]).toBe(
    "Its key key_odd belongs to a workspace, and the request names another one to pay.",
  );
});
