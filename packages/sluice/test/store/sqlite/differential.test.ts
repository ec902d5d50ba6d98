// Same traces, same answers: what the model in memory answers, the file answers, command by command and
// batch by batch, whatever is in a batch and whenever the file is closed and opened again.

import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/base/index.ts";
import type { Ledger } from "../../../src/gate/stores.ts";
import { MemoryLedger } from "../../../src/store/memory/index.ts";
import { openSqliteStores } from "../../../src/store/sqlite/index.ts";
import { type LedgerCommand, RandomCommands } from "../ledger-commands.ts";
import { scratchFolder } from "./scratch-files.ts";

const batches = 400;

describe("the ledger on a file and the one in memory", () => {
  it.each(["one", "two", "three"])(
    "answer alike, seed %s",
    async (seed) => {
      const { folder, remove } = scratchFolder();
      const random = seededRandom(seed);
      const commands = new RandomCommands(random, 1 + random.integer(12));
      const model = new MemoryLedger();
      const open = () => openSqliteStores({ file: join(folder, "sluice.db") });
      let stores = await open();
      for (let batch = 0; batch < batches; batch++) {
        const size = random.pick([1, 1, 2, 10, 40]);
        const some = Array.from({ length: size }, () => commands.next());
        await compare(some, stores.ledger, model, `seed ${seed}, batch ${batch}`);
        if (random.integer(60) !== 0) continue;
        await stores.close();
        stores = await open();
      }
      for (const accountId of commands.accounts) {
        const all = { limit: 1_000_000 };
        const entries = await stores.ledger.entries(accountId, all);
        expect(entries).toEqual(model.entries(accountId, all));
      }
      expect(model.audit()).toEqual([]);
      expect(await stores.audit()).toEqual([]);
      await stores.close();
      remove();
    },
    60_000,
  );
});

/** All at once on the file, so in one batch; one after the other in the model. */
async function compare(
  commands: readonly LedgerCommand[],
  ledger: Ledger,
  model: Ledger,
  where: string,
): Promise<void> {
  const answers = await Promise.all(commands.map(({ run }) => run(ledger)));
  for (const [at, { what, run }] of commands.entries()) {
    expect(answers[at], `${where}, command ${at}: ${what}`).toEqual(await run(model));
  }
}
