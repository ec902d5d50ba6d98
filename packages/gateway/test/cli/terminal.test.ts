// `sluice init` for somebody who sits at a terminal.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { commandLine, newFolder } from "./fixtures/command.ts";
import { inTerminal } from "./fixtures/terminal.ts";

vi.setConfig({ testTimeout: 60_000 });

const DOWN = "\u001b[B";
const CTRL_C = "\u0003";

/** Every question, each with an answer. */
const dialogue = [
  ["Where does your API listen?", "http://127.0.0.1:9009\r"],
  ["Its OpenAPI file, if it has one", "\r"],
  ["How should an error body look?", `${DOWN}\r`],
  ["What should its keys start with?", "acme\r"],
  ["like acme_live_", "_live_\r"],
  ["What is its first plan called?", "\r"],
  ["How many requests a minute may a key make?", "100\r"],
] as const;

it("asks for what was not said, says what is wrong with an answer, and shows the key", () => {
  const folder = newFolder();
  const command = commandLine(["init"]);
  const { code, shown } = inTerminal({ folder, command, dialogue });
  expect(code).toBe(0);
  const key = /^acme_live_[0-9A-Za-z]{38}\r?$/m.exec(shown)?.[0].trim();
  expect(key).toBeDefined();
  expect(shown).toContain(`curl -i -H "Authorization: Bearer ${key}" http://127.0.0.1:8787/`);
  const text = readFileSync(join(folder, "sluice.config.ts"), "utf8");
  for (const answer of ["http://127.0.0.1:9009", "flat", "acme_live_", "limit: 100", "free: {}"]) {
    expect(text).toContain(answer);
  }
});

it("shows its questions, and not the key, where KEY=$(sluice init) keeps it", () => {
  const folder = newFolder();
  const command = commandLine(["init", "--openapi=", "--envelope=flat", "--prefix=acme_live_"]);
  const asked = dialogue.filter(([question]) => /listen|plan|minute/.test(question));
  const { code, shown, captured } = inTerminal({
    folder,
    command,
    dialogue: asked,
    captures: true,
  });
  expect(code).toBe(0);
  expect(captured).toMatch(/^acme_live_[0-9A-Za-z]{38}\n$/);
  expect(shown).not.toContain(captured.trim());
  expect(shown).toContain("Bearer $KEY");
  expect(shown).not.toContain("How should an error body look?");
});

it("writes nothing where it is left in the middle", () => {
  const folder = newFolder();
  const left = [...dialogue.slice(0, 2), [dialogue[2][0], CTRL_C] as const];
  const { code, shown } = inTerminal({ folder, command: commandLine(["init"]), dialogue: left });
  expect(code).toBe(2);
  expect(shown).toContain("Nothing was written.");
  expect(readdirSync(folder)).toEqual([]);
});
