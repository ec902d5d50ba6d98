// Same traces, same answers: what the model in memory answers, the database answers, command by command and batch by
// batch, whatever is in a batch.

import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/base/index.ts";
import type { Entry, Ledger } from "../../../src/gate/stores.ts";
import { MemoryLedger } from "../../../src/store/memory/index.ts";
import { type LedgerCommand, RandomCommands } from "../ledger-commands.ts";
import { openStores, useServer } from "./database.ts";

const batches = 150;

describe("the ledger on PostgreSQL and the one in memory", () => {
  const { database } = useServer();

  it.each(["one", "two", "three"])(
    "answer alike, seed %s",
    async (seed) => {
      const random = seededRandom(seed);
      const commands = new RandomCommands(random, 1 + random.integer(12));
      const model = new MemoryLedger();
      // In one partition commands of different accounts keep their order too.
      const { stores, close } = await openStores(database(), { ledger: { partitions: 1 } });
      for (let batch = 0; batch < batches; batch++) {
        const size = random.pick([1, 1, 2, 10, 40]);
        const some = Array.from({ length: size }, () => commands.next());
        await compare(some, stores.ledger, model, `seed ${seed}, batch ${batch}`);
      }
      for (const accountId of commands.accounts) {
        const all = { limit: 1_000_000 };
        const entries = await stores.ledger.entries(accountId, all);
        expect(entries.map(story)).toEqual(model.entries(accountId, all).map(story));
        // Numbered by account, where the model numbers them all together.
        const numbers = entries.map(({ sequence }) => sequence).toReversed();
        expect(numbers).toEqual(entries.map((_, at) => at + 1));
      }
      expect(await stores.audit()).toEqual([]);
      await close();
    },
    60_000,
  );
});

function story({ sequence: _, ...entry }: Entry) {
  return entry;
}

/** All at once on the database, so in one batch; one after the other in the model. */
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
