// The file itself: whose it may be, and what happens to work that fails.

import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { openMaveraRecords, UnusableFileError } from "../../upstream/file/index.ts";
import { newFile, openUntilDone } from "./records-file.ts";
import { newSession } from "./session.ts";

function change(file: string, sql: string): void {
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
}

test("a file of a newer program is refused with advice, and stays as it is", () => {
  const file = newFile();
  openMaveraRecords(file).close();
  change(file, "PRAGMA user_version = 2");
  const before = readFileSync(file);
  expect(() => openMaveraRecords(file)).toThrow(UnusableFileError);
  expect(() => openMaveraRecords(file)).toThrow(
    /has version 2 of the records, this program knows 1/,
  );
  expect(readFileSync(file).equals(before)).toBe(true);
});

test("the records of another API are refused with advice, and stay as they are", () => {
  const file = newFile();
  openMaveraRecords(file).close();
  // "MENT", as another API on such files calls its own.
  change(file, "PRAGMA application_id = 0x4d454e54");
  const before = readFileSync(file);
  expect(() => openMaveraRecords(file)).toThrow(
    `${file} is the database of another program: name another file, or move this one away`,
  );
  expect(readFileSync(file).equals(before)).toBe(true);
});

test("a file that is open twice shows to each what the other has done", () => {
  const file = newFile();
  const records = openUntilDone(file);
  const persona = newSession({ records }).upstream.addPersona("acct_1", { name: "Ada" });
  const other = openUntilDone(file);
  expect(other.personas.find("acct_1", persona.id)).toEqual(persona);
  expect(other.opening).toBe(records.opening + 1);
});

test("work that throws has changed nothing", () => {
  const records = openUntilDone(newFile());
  const { upstream } = newSession({ records });
  let id = "";
  const work = () =>
    records.write(() => {
      id = upstream.addPersona("acct_1", { name: "Ada" }).id;
      throw new Error("in the midst");
    });
  expect(work).toThrow("in the midst");
  expect(records.personas.find("acct_1", id)).toBeUndefined();
});

test("a job whose insert was taken back never runs", async () => {
  const records = openUntilDone(newFile());
  const told: unknown[] = [];
  const session = newSession({
    records: {
      ...records,
      write: (work) =>
        records.write(() => {
          const outcome = work();
          if (records.jobs.unheard().length > 0) throw new Error("the disk is full");
          return outcome;
        }),
    },
    onJobEnd: async (end) => void told.push(end),
  });
  await expect(session.post("/focus-groups", {})).rejects.toThrow("the disk is full");
  await session.clock.runUntilIdle();
  expect(told).toEqual([]);
});

test("closing again does nothing", () => {
  const records = openMaveraRecords(newFile());
  records.close();
  records.close();
  expect(() => records.jobs.unheard()).toThrow();
});
