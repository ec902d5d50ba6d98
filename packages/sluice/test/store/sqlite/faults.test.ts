// A fault at every statement, and at the commit before and after it came to pass: whoever is told that it
// failed has changed nothing unless the commit came to pass, and the books add up each time.

import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { done, refused, seededRandom } from "../../../src/base/index.ts";
import { createBatcher } from "../../../src/store/batch/index.ts";
import { MemoryLedger } from "../../../src/store/memory/index.ts";
import { migrate } from "../../../src/store/sqlite/file/migrations.ts";
import { SqliteLedger } from "../../../src/store/sqlite/ledger/ledger.ts";
import { LedgerWork } from "../../../src/store/sqlite/ledger/work.ts";
import {
  type Command,
  commandNumbers,
  type Submit,
  type Work,
} from "../../../src/store/sqlite/thread/commands.ts";
import type { Queries } from "../../../src/store/sqlite/thread/queries.ts";
import { Reader } from "../../../src/store/sqlite/thread/reader.ts";
import { Transactions } from "../../../src/store/sqlite/thread/transactions.ts";
import { type LedgerCommand, RandomCommands } from "../ledger-commands.ts";
import { type Fault, FaultyDatabase } from "./faulty-database.ts";
import { scratchFolder } from "./scratch-files.ts";

const rounds = 600;
const settings = { barredHoldsMax: 10_000, rememberExpiredMs: 86_400_000 };

let scratch: ReturnType<typeof scratchFolder>;
beforeEach(() => {
  scratch = scratchFolder();
});
afterEach(() => scratch.remove());

/** The ledger without its threads, on a database that fails when it is told to. */
function openFaulty() {
  const file = join(scratch.folder, "sluice.db");
  const faulty = new FaultyDatabase(file);
  faulty.database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF");
  migrate(faulty.database, file);
  const work = new LedgerWork(faulty.database, { ...settings, keptMax: 20 });
  const methods = Object.fromEntries(
    Object.keys(commandNumbers).map((name) => [
      name,
      (...told: unknown[]) => Reflect.apply(Reflect.get(work, name), work, told),
    ]),
  );
  const transactions = new Transactions(faulty.database, methods as unknown as Work, work);
  const batcher = createBatcher<Command, unknown>({
    engine: {
      async run(batch) {
        const [values, errors] = transactions.run(batch);
        return values.map((value, at) => (errors?.has(at) ? refused(errors.get(at)) : done(value)));
      },
    },
  });
  const submit = (name: keyof Work, ...told: unknown[]) =>
    batcher.submit([commandNumbers[name], ...told]);
  const reader = new Reader({
    role: "reader",
    database: { file, busyMs: 100, cacheBytes: 1_000_000 },
  });
  const queries = {
    ask: async (name: keyof Reader, ...told: unknown[]) =>
      Reflect.apply(Reflect.get(reader, name), reader, told),
  };
  const ledger = new SqliteLedger(submit as Submit, queries as unknown as Queries);
  const close = () => {
    reader.close();
    faulty.database.close();
  };
  return { faulty, ledger, close };
}

type Opened = ReturnType<typeof openFaulty>;

async function onModel(commands: readonly LedgerCommand[], model: MemoryLedger) {
  const answers: unknown[] = [];
  for (const { run } of commands) answers.push(await run(model));
  return answers;
}

const inOneBatch = (commands: readonly LedgerCommand[], { ledger }: Opened) =>
  Promise.all(commands.map(({ run }) => run(ledger)));

/** What callers hear of a command that was not done, or not known to be. */
const isFailure = (answer: unknown) =>
  typeof answer === "string" && /^throws (disk|bug)/.test(answer);
const isReading = ({ what }: LedgerCommand) => /^(balance|recall|job)/.test(what);

/** One batch with a fault, and where it failed the same batch again, as callers who try again would. */
async function strike(
  opened: Opened,
  model: MemoryLedger,
  commands: readonly LedgerCommand[],
  fault: Fault,
  n: number,
): Promise<string | undefined> {
  opened.faulty.plan(n, fault);
  const answers = await inOneBatch(commands, opened);
  const { struck } = opened.faulty;
  opened.faulty.plan(Number.POSITIVE_INFINITY, fault);
  const where = `${fault.kind} ${fault.moment} statement ${n}, ${struck}`;
  // It was done all the same, and then once more: by the callers, or by itself.
  if (struck === "COMMIT" && fault.moment === "after") await onModel(commands, model);
  const expected = await onModel(commands, model);
  if (answers.some(isFailure)) {
    for (const [at, command] of commands.entries()) {
      if (isFailure(answers[at]) || isReading(command)) continue;
      // It was wrong before it came to the file.
      expect(answers[at], where).toContain("is a whole number of credits");
    }
    expect(await inOneBatch(commands, opened), where).toEqual(expected);
  } else expect(answers, where).toEqual(expected);
  // A fault that nobody foresaw is met by doing each command by itself.
  if (fault.kind === "bug" && answers.length > 2)
    expect(answers.some(isFailure), where).toBe(false);
  expect(await opened.ledger.audit(), where).toEqual([]);
  return struck;
}

const faults: readonly Fault[] = [
  { kind: "disk", moment: "before" },
  { kind: "disk", moment: "after" },
  { kind: "bug", moment: "before" },
  { kind: "bug", moment: "after" },
];

describe.each(faults)("a fault of the $kind $moment a statement", (fault) => {
  it("wherever it strikes, does nothing by half", async () => {
    const opened = openFaulty();
    const random = seededRandom(`${fault.kind} ${fault.moment}`);
    const commands = new RandomCommands(random, 4);
    const model = new MemoryLedger();
    const struck = new Set<string>();
    for (let round = 0; round < rounds; round++) {
      const some = Array.from({ length: 1 + random.integer(12) }, () => commands.next());
      const statement = await strike(opened, model, some, fault, random.integer(20));
      struck.add(statement?.split(" ").slice(0, 3).join(" ") ?? "none");
    }
    for (const accountId of commands.accounts) {
      const all = { limit: 1_000_000 };
      const entries = await opened.ledger.entries(accountId, all);
      expect(entries).toEqual(model.entries(accountId, all));
    }
    expect([...struck]).toEqual(
      expect.arrayContaining([
        "BEGIN IMMEDIATE",
        "INSERT OR REPLACE",
        "COMMIT",
        "INSERT INTO hold",
        "INSERT INTO entry",
        "INSERT INTO job",
      ]),
    );
    opened.close();
  }, 60_000);
});
