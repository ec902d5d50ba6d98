// How long warnings are kept: 90 days after their period, in every store.

import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { VirtualClock } from "../../src/base/index.ts";
import { WARNINGS_KEPT_MS } from "../../src/gate/stores.ts";
import { MemoryNotices } from "../../src/store/memory/index.ts";
import { openSqliteStores } from "../../src/store/sqlite/index.ts";
import { forgetsOldWarnings, resetAtMs } from "./forgotten-warnings.ts";
import { openStores, useServer } from "./postgres/database.ts";
import { scratchFolder } from "./sqlite/scratch-files.ts";

describe("warnings of periods long past", () => {
  const { database } = useServer();

  it("are forgotten in memory by whoever raises others", async () => {
    const notices = new MemoryNotices();
    const clock = new VirtualClock(Date.UTC(2_026, 0, 2));
    let more = 0;
    // Each that is added looks at two others; those here are old when they come.
    const raiseSome = async () => {
      for (let added = 0; added < 20; added++) {
        notices.raise({
          id: `more ${more++}`,
          accountId: "acct_2",
          subject: { kind: "credits" },
          periodStartMs: 0,
          resetAtMs: 1,
          percent: 50,
          used: 5,
          cap: 10,
          atMs: clock.wallMs(),
          url: undefined,
        });
      }
    };
    const theirs = {
      raise: notices.raise.bind(notices),
      take: notices.take.bind(notices),
      warnings: () => notices.warnings({ accountId: "acct_1", limit: 100 }),
    };
    await forgetsOldWarnings({ ...notices, ...theirs } as never, clock, raiseSome);
    expect(notices.warnings({ limit: 1_000 }).length).toBeLessThan(60);
  });

  it("are forgotten in SQLite each minute", async () => {
    const { folder, remove } = scratchFolder();
    const clock = new VirtualClock(resetAtMs + WARNINGS_KEPT_MS - 110_000);
    const stores = await openSqliteStores({ file: join(folder, "sluice.db"), clock });
    await forgetsOldWarnings(stores.notices, clock, () => clock.advance(60_000));
    await stores.close();
    remove();
  });

  it("are forgotten in PostgreSQL each minute", async () => {
    const clock = new VirtualClock(resetAtMs + WARNINGS_KEPT_MS - 110_000);
    const opened = await openStores(database(), { clock });
    await forgetsOldWarnings(opened.stores.notices, clock, () => clock.advance(60_000));
    await opened.close();
  });
});
