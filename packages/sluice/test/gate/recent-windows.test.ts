/** Windows read back from the log: after a restart no key has more places than it had before. */
import { describe, expect, it } from "vitest";
import { recentWindows } from "../../src/gate/index.ts";
import { createMemoryStores, MemoryLimits } from "../../src/store/memory/index.ts";
import { acme } from "./fixtures/acme.ts";
import { secrets } from "./fixtures/people.ts";
import { createRig } from "./fixtures/rig.ts";
import { studio } from "./fixtures/studio.ts";

const hello = { path: "/v1/hello", key: secrets.pro };

describe("the windows that the log knows of", () => {
  it("hold every place that was taken, with its age, and none that was refused", async () => {
    const { send, clock, stores } = await createRig();
    for (let i = 0; i < 20; i++) {
      await send(hello);
      await clock.advance(100);
    }
    expect((await send(hello)).status).toBe(429);
    const taken = await recentWindows(acme, stores.log, clock.wallMs());
    expect(taken).toHaveLength(20);
    expect(taken[0]).toEqual({ id: "requests:key_pro", windowMs: 60_000, cost: 1, ageMs: 2_000 });
    expect(taken.at(-1)?.ageMs).toBe(100);
  });

  it("count what was refused after it had its place, and leave out what never got one", async () => {
    const { send, clock, stores } = await createRig();
    await send({ ...hello, path: "/v1/nowhere" });
    await send({ ...hello, key: undefined });
    const taken = await recentWindows(acme, stores.log, clock.wallMs());
    expect(taken.map(({ id }) => id)).toEqual(["requests:key_pro"]);
  });

  it("make a new store refuse what the old one would have refused", async () => {
    const { send, clock, stores } = await createRig();
    for (let i = 0; i < 20; i++) await send(hello);
    await clock.advance(30_000);
    const limits = new MemoryLimits();
    const claim = { id: "requests:key_pro", limit: 20, windowMs: 60_000, cost: 1 };
    for (const { id, windowMs, cost, ageMs } of await recentWindows(
      acme,
      stores.log,
      clock.wallMs(),
    )) {
      limits.admit({ windows: [{ id, windowMs, cost, limit: 1_000_000 }], slots: [] }, -ageMs);
    }
    const refused = limits.admit({ windows: [claim], slots: [] }, 0);
    expect(refused).toMatchObject({ admitted: false, retryAfterMs: 30_000 });
  });

  it("count once where several APIs share a log, and only for the API that was asked", async () => {
    const { send, clock, stores } = await createRig();
    await send(hello);
    await send({ ...hello, path: "/v1/nowhere" });
    const both = await recentWindows([acme, studio], stores.log, clock.wallMs());
    expect(both.map(({ id }) => id)).toEqual(["requests:key_pro", "requests:key_pro"]);
    expect(await recentWindows(studio, stores.log, clock.wallMs())).toEqual([]);
  });

  it("count for every API that may have been meant by a row that does not know its own", async () => {
    const { send, clock, stores, row } = await createRig();
    const nowhere = row(await send({ ...hello, path: "/v1/nowhere" }));
    const { log } = createMemoryStores();
    log.append({ ...nowhere, api: "" });
    const taken = await recentWindows(studio, log, clock.wallMs());
    expect(taken.map(({ id }) => id)).toEqual(["requests:key_pro"]);
    expect(await recentWindows(studio, stores.log, clock.wallMs())).toEqual([]);
  });

  it("forget what is older than its window", async () => {
    const { send, clock, stores } = await createRig();
    await send(hello);
    await clock.advance(60_000);
    expect(await recentWindows(acme, stores.log, clock.wallMs())).toEqual([]);
  });
});
