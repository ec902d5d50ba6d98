// What becomes of keys that GitHub reports: each policy, keys of all kinds, reports that come again, and what is written down.

import { createHash } from "node:crypto";
import type { LeakSubject } from "sluice/gate";
import { describe, expect, it } from "vitest";
import { kindsOfStores, quarantineMs, reportOf, useWorlds } from "./fixtures/world.ts";

describe.each(kindsOfStores)("over %s", (kind) => {
  const open = useWorlds();

  it("a key that is public is revoked at once, and the log of changes says by whom and where it was found", async () => {
    const { newKey, post, leaksOf, stores, told, clock } = await open(kind);
    const { key, secret } = await newKey();
    const { status, text, headers } = await post([reportOf(secret)]);
    expect(status).toBe(200);
    expect(JSON.parse(text)).toEqual([
      {
        token_hash: createHash("sha256").update(secret).digest("hex"),
        token_type: "acme_live_key",
        label: "true_positive",
      },
    ]);
    expect(headers["cache-control"]).toBe("no-store");
    const { revokedAtMs } = (await stores.directory.key(key.id)) ?? {};
    expect(revokedAtMs).toBe(clock.wallMs());
    const { url } = reportOf(secret);
    expect(await leaksOf(key.id)).toEqual([
      { url, source: "content", secret: "newest", what: "key revoked" },
    ]);
    expect(told).toEqual([`The key ${key.id} of the account acc_a is public: key revoked`]);
  });

  it("keys of two APIs, live and test, are told from what was never a key, in the order of the report", async () => {
    const { newKey, post, stores } = await open(kind);
    const made = [await newKey(), await newKey("acme", "test"), await newKey("beta")];
    const [a = "", b = "", c = ""] = made.map(({ secret }) => secret);
    const never = `${a.slice(0, -1)}${a.endsWith("x") ? "y" : "x"}`;
    const { labels } = await post(
      [a, never, b, "", 'x"', "acme_live_short", c].map((t) => reportOf(t)),
    );
    const [yes, no] = ["true_positive", "false_positive"];
    // What has no token is no report.
    expect(labels).toEqual([yes, no, yes, no, no, yes]);
    for (const { key } of made) {
      expect((await stores.directory.key(key.id))?.revokedAtMs).toBeDefined();
    }
  });

  it("the same report again changes nothing and writes nothing", async () => {
    for (const onLeak of ["revoke", "quarantine", "note"] as const) {
      const { newKey, post, stores, told, clock } = await open(kind, { onLeak });
      const { key, secret } = await newKey();
      const reports = [reportOf(secret), reportOf(secret)];
      const first = await post(reports);
      const after = await stores.directory.key(key.id);
      const changes = await stores.directory.changes({ limit: 100 });
      for (const waitMs of [0, 1_000, 2 * quarantineMs]) {
        await clock.advance(waitMs);
        expect((await post(reports)).text).toBe(first.text);
      }
      expect(await stores.directory.key(key.id)).toEqual(after);
      expect(await stores.directory.changes({ limit: 100 })).toEqual(changes);
      expect(told).toHaveLength(1);
    }
  });

  it("two reports at once of one key revoke it once, and both places are written down", async () => {
    const { newKey, post, leaksOf, stores } = await open(kind);
    const { key, secret } = await newKey();
    const urls = ["https://github.com/a", "https://github.com/b"];
    await Promise.all(urls.map((url) => post([reportOf(secret, { url })])));
    const leaks = await leaksOf(key.id);
    expect(leaks.map(({ url }) => url).toSorted()).toEqual(urls);
    expect(leaks.map(({ what }) => what)).toEqual(["key revoked", "key was revoked before"]);
    const changes = await stores.directory.changes({ kind: "key", id: key.id, limit: 10 });
    // Made, revoked, and two notes.
    expect(changes).toHaveLength(4);
  });

  it("in quarantine a key goes on for a while, and never longer than it would have", async () => {
    const { newKey, post, stores, clock, leaksOf, desks } = await open(kind, {
      onLeak: "quarantine",
    });
    const { key, secret } = await newKey();
    await post([reportOf(secret)]);
    const untilMs = clock.wallMs() + quarantineMs;
    expect((await stores.directory.key(key.id))?.expiresAtMs).toBe(untilMs);
    await clock.advance(1_000);
    await post([reportOf(secret, { url: "https://github.com/b" })]);
    expect((await stores.directory.key(key.id))?.expiresAtMs).toBe(untilMs);
    const whats = (await leaksOf(key.id)).map(({ what }) => what);
    expect(whats).toEqual(["key expires soon", "key was to expire anyway"]);
    const soonMs = clock.wallMs() + 60_000;
    const spec = { accountId: "acc_a", name: "short", expiresAtMs: soonMs, by: "test" };
    const short = await desks.acme.create(spec);
    await post([reportOf(short.secret)]);
    expect((await stores.directory.key(short.key.id))?.expiresAtMs).toBe(soonMs);
    await clock.advance(120_000);
    await post([reportOf(short.secret, { url: "" })]);
    expect((await leaksOf(short.key.id)).at(-1)?.what).toBe("key had expired");
  });

  it("a note leaves the key as it is", async () => {
    const { newKey, post, stores, leaksOf } = await open(kind, { onLeak: "note" });
    const { key, secret } = await newKey();
    const before = await stores.directory.key(key.id);
    expect((await post([reportOf(secret)])).labels).toEqual(["true_positive"]);
    expect(await stores.directory.key(key.id)).toEqual(before);
    expect((await leaksOf(key.id)).map(({ what }) => what)).toEqual(["noted"]);
  });

  it("of a key that is being rotated only the secret that leaked ends", async () => {
    const overlapMs = 86_400_000;
    for (const [onLeak, what, lastsMs] of [
      ["revoke", "older secret ended", 0],
      ["quarantine", "older secret ends soon", quarantineMs],
      ["note", "noted", overlapMs],
    ] as const) {
      const { newKey, post, stores, desks, clock, leaksOf } = await open(kind, { onLeak });
      const { key, secret } = await newKey();
      await desks.acme.rotate(key.id, { overlapMs, by: "test" });
      expect((await post([reportOf(secret)])).labels).toEqual(["true_positive"]);
      const after = await stores.directory.key(key.id);
      expect(after).toMatchObject({ overlapUntilMs: clock.wallMs() + lastsMs });
      expect([after?.revokedAtMs, after?.expiresAtMs]).toEqual([undefined, undefined]);
      expect(await leaksOf(key.id)).toMatchObject([{ secret: "older", what }]);
      await clock.advance(overlapMs);
      await post([reportOf(secret, { url: "https://github.com/later" })]);
      expect((await leaksOf(key.id)).at(-1)).toMatchObject({ what: "older secret had ended" });
    }
  });

  it("a key that was revoked before is a true positive, and stays as it is", async () => {
    const { newKey, post, stores, desks, clock, leaksOf } = await open(kind);
    const { key, secret } = await newKey();
    const revoked = await desks.acme.revoke(key.id, "test");
    await clock.advance(5_000);
    expect((await post([reportOf(secret)])).labels).toEqual(["true_positive"]);
    expect(await stores.directory.key(key.id)).toEqual(revoked);
    expect(await leaksOf(key.id)).toMatchObject([{ what: "key was revoked before" }]);
  });

  it("of a key that is on a thousand pages twenty are written down", async () => {
    const { newKey, post, leaksOf } = await open(kind);
    const { key, secret } = await newKey();
    const reports = Array.from({ length: 60 }, (_, i) =>
      reportOf(secret, { url: `https://a/${i}` }),
    );
    expect((await post(reports)).labels).toHaveLength(60);
    expect(await leaksOf(key.id)).toHaveLength(20);
  });

  it("the account is told, once for each place, by its own webhook", async () => {
    const hook = "https://hooks.test/a";
    const { newKey, post, raised, wakes, clock } = await open(kind, { hook });
    const { key, secret } = await newKey();
    const [first, second] = [reportOf(secret), reportOf(secret, { url: "https://github.com/b" })];
    for (const reports of [[first], [first, second], [second]]) await post(reports);
    const { id: keyId, prefix: keyPrefix, lastFour: keyLastFour } = key;
    const leak = { kind: "leak", keyId, keyPrefix, keyLastFour, secret: "newest" };
    expect(await raised()).toMatchObject([
      {
        ...{ accountId: "acc_a", url: hook, state: "waiting", dueMs: clock.wallMs() },
        subject: { ...leak, foundAt: first.url, done: "key revoked", endsAtMs: clock.wallMs() },
      },
      { subject: { ...leak, foundAt: second.url, done: "key was revoked before" } },
    ]);
    expect(wakes()).toBe(2);
  });

  it("the account is told until when the secret goes on, if it does", async () => {
    for (const [onLeak, lastsMs] of [
      ["quarantine", quarantineMs],
      ["note", undefined],
    ] as const) {
      const { newKey, post, raised, clock, desks } = await open(kind, { onLeak });
      const [{ secret }, rotated] = [await newKey(), await newKey()];
      await desks.acme.rotate(rotated.key.id, { overlapMs: 1_000, by: "test" });
      await post([reportOf(secret, { url: "" }), reportOf(rotated.secret)]);
      const endsAtMs = lastsMs === undefined ? undefined : clock.wallMs() + lastsMs;
      const [newest, older] = await raised();
      const leaks = [newest, older].map((one) => one?.subject as LeakSubject);
      expect(leaks.map((leak) => [leak.secret, leak.endsAtMs])).toEqual([
        ["newest", endsAtMs],
        ["older", clock.wallMs() + 1_000],
      ]);
      expect(leaks.map(({ foundAt }) => foundAt)).toEqual([undefined, reportOf("").url]);
    }
  });

  it("an account that has named no place, or a gateway that warns nobody, has it in the list", async () => {
    for (const options of [{}, { hook: "https://hooks.test/a", isQuiet: true }]) {
      const { newKey, post, raised } = await open(kind, options);
      await post([reportOf((await newKey()).secret)]);
      expect((await raised()).map(({ state, url }) => [state, url])).toEqual([
        ["listed", undefined],
      ]);
    }
  });

  it("a token of operators is revoked whatever the settings say, and no account is told", async () => {
    const { newKey, post, stores, told, raised, leaksOf, clock } = await open(kind, {
      onLeak: "note",
    });
    const { key, secret } = await newKey("admin");
    expect((await post([reportOf(secret)])).labels).toEqual(["true_positive"]);
    expect((await stores.directory.key(key.id))?.revokedAtMs).toBe(clock.wallMs());
    expect(await leaksOf(key.id)).toMatchObject([{ what: "key revoked" }]);
    expect([told, await raised()]).toEqual([
      [`The token ${key.id} of operators is public: key revoked`],
      [],
    ]);
  });

  it("what could not be told is told when the report comes again", async () => {
    const { newKey, post, stores, raised, leaksOf } = await open(kind);
    const { key, secret } = await newKey();
    const { raise } = stores.notices;
    Object.assign(stores.notices, {
      raise: () => {
        throw new Error("away");
      },
    });
    expect((await post([reportOf(secret)])).status).toBe(503);
    expect((await stores.directory.key(key.id))?.revokedAtMs).toBeDefined();
    expect(await leaksOf(key.id)).toEqual([]);
    Object.assign(stores.notices, { raise });
    expect((await post([reportOf(secret)])).status).toBe(200);
    expect([(await raised()).length, (await leaksOf(key.id)).length]).toEqual([1, 1]);
  });

  it("no token is in an answer, in what the operator hears, or in a record", async () => {
    const { newKey, post, stores, told, faults, raised } = await open(kind, {
      onLeak: "quarantine",
    });
    const { key, secret } = await newKey();
    const { secret: other } = await newKey("beta", "test");
    const near = `${secret.slice(0, -2)}ZZ`;
    const url = `https://github.com/a/blob/1/${secret}.env?x=${other}`;
    const reports = [secret, other, near].map((token) => reportOf(token, { url, source: secret }));
    const answers = [await post(reports), await post(`${JSON.stringify(reports)}]`)];
    expect(answers.map(({ status }) => status)).toEqual([200, 400]);
    const texts = [
      ...answers.map(({ text, headers }) => text + JSON.stringify(headers)),
      ...told,
      JSON.stringify(faults),
      JSON.stringify(await stores.directory.changes({ limit: 100 })),
      JSON.stringify(await stores.directory.key(key.id)),
      JSON.stringify(await stores.log.find({ limit: 100 })),
      JSON.stringify(await raised()),
    ];
    for (const text of texts) {
      for (const token of [secret, other, near]) expect(text).not.toContain(token);
    }
    expect(texts.join()).toContain("https://github.com/a/blob/1/acme_live_...");
  });
});
