// What an application ships of us: how much it is, and what must not be in it.

import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { bundled, contractPage, plainPage } from "../src/bundled.ts";

it.each([
  ["that sends plain calls", plainPage],
  ["with a contract that it declares itself", contractPage],
])("a client %s is a small part of a page", async (_, { source, gzipBytesMax }) => {
  const { code, imports, modules } = await bundled(source);
  expect(imports).toEqual([]);
  expect(gzipSync(code).length).toBeLessThan(gzipBytesMax);
  const strangers = modules.filter(
    (id) => !/\/sluice\/src\/(base|contract|client)\/|\/structured-headers\//.test(id),
  );
  expect(strangers).toEqual([]);
});

it("has nothing of a server in it, of a process or of a page, and makes no code of text", async () => {
  const { code } = await bundled(contractPage.source);
  const words =
    /\b(?:process|require|Buffer|__dirname|window|document|localStorage|eval|Function)\b(?=[.([])/g;
  expect(code.match(words) ?? []).toEqual([]);
  const names = ["createGate", "pepper", "ledger", "EVALSHA", "BEGIN IMMEDIATE", "Sluice-Cost"];
  expect(names.filter((name) => code.includes(name))).toEqual([]);
});
