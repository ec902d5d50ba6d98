// The file itself: whose it may be, what stays in it, and what happens to work that fails.

import { readFileSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { openMentovaRecords, UnusableFileError } from "../../upstream/file/index.ts";
import { newFile, openUntilDone } from "./records-file.ts";
import { newSession } from "./session.ts";

function change(file: string, sql: string): void {
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
}

test("a file of a newer program is refused with advice, and stays as it is", () => {
  const file = newFile();
  openMentovaRecords(file).close();
  change(file, "PRAGMA user_version = 2");
  const before = readFileSync(file);
  expect(() => openMentovaRecords(file)).toThrow(UnusableFileError);
  expect(() => openMentovaRecords(file)).toThrow(
    /has version 2 of the records, this program knows 1 and older: start the newer program again/,
  );
  expect(readFileSync(file).equals(before)).toBe(true);
});

test.each(["CREATE TABLE mine (id TEXT)", "PRAGMA user_version = 1", "PRAGMA user_version = 9"])(
  "a database of another program (%s) is refused with advice, and stays as it is",
  (sql) => {
    const file = newFile();
    change(file, sql);
    const before = readFileSync(file);
    expect(() => openMentovaRecords(file)).toThrow(
      `${file} is the database of another program: name another file, or move this one away`,
    );
    expect(readFileSync(file).equals(before)).toBe(true);
  },
);

test("a file that is no database is refused, and stays as it is", () => {
  const file = newFile();
  const text = "The quarterly figures.\n".repeat(100);
  writeFileSync(file, text);
  expect(() => openMentovaRecords(file)).toThrow("file is not a database");
  expect(readFileSync(file, "utf8")).toBe(text);
});

test("a file that is open twice shows to each what the other has done", () => {
  const file = newFile();
  const records = openUntilDone(file);
  const { upstream } = newSession({ records });
  const brand = upstream.addBrand("acct_1", { name: "Acme" });
  const other = openUntilDone(file);
  expect(other.brands.find("acct_1", brand.id)?.brand).toEqual(brand);
  expect(other.opening).toBe(records.opening + 1);
});

test("work that throws has changed nothing", () => {
  const records = openUntilDone(newFile());
  const { upstream } = newSession({ records });
  const work = () =>
    records.write(() => {
      upstream.addBrand("acct_1", { name: "Acme" });
      throw new Error("in the midst");
    });
  expect(work).toThrow("in the midst");
  expect(records.brands.count("acct_1")).toBe(0);
  upstream.addBrand("acct_1", { name: "Acme" });
  expect(records.brands.count("acct_1")).toBe(1);
});

test("work that would go on later is refused, and has changed nothing", () => {
  const records = openUntilDone(newFile());
  const { upstream } = newSession({ records });
  const work = () =>
    records.write(() => Promise.resolve(upstream.addBrand("acct_1", { name: "Acme" })));
  expect(work).toThrow("synchronous");
  expect(records.brands.count("acct_1")).toBe(0);
});

test("work that only reads cannot come to write", () => {
  const records = openUntilDone(newFile());
  expect(() => records.read(() => records.write(() => 1))).toThrow("only reads");
});

test("a deleted brand leaves nothing of itself in the file but its id", async () => {
  const file = newFile();
  const session = newSession({ records: openUntilDone(file) });
  const { upstream } = session;
  const { id } = upstream.addBrand("acct_1", { name: "Acme" });
  const { id: topicId } = upstream.addTopic("acct_1", id, { seed: "shoes" });
  upstream.addAvatar("acct_1", id, { name: "Ada" });
  upstream.addCampaign("acct_1", id, { topicId });
  await session.delete(`/brands/${id}`);
  const database = new DatabaseSync(file, { readOnly: true });
  const left = ["brand", "topic", "campaign", "avatar", "opportunity"].flatMap((table) =>
    database.prepare(`SELECT * FROM ${table}`).all(),
  );
  database.close();
  expect(left).toEqual([]);
});

test("closing again does nothing", () => {
  const records = openMentovaRecords(newFile());
  records.close();
  records.close();
  expect(() => records.brands.count("acct_1")).toThrow();
});
