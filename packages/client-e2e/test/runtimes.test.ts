// The client under this Node and under Bun: the same program, and the same report.

import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bun, bundleProgram, newFolder, REPORT, reportOf, thisNode } from "./runtimes.ts";

describe("the client", () => {
  const folder = newFolder();
  let program = "";
  beforeAll(async () => {
    program = await bundleProgram(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("does the same under this Node and under Bun", async () => {
    const reports = await Promise.all([
      reportOf(thisNode, program, "fetch"),
      reportOf(bun, program, "fetch"),
    ]);
    expect(reports[0]).toMatchObject(REPORT);
    expect(reports[1]).toEqual(reports[0]);
  }, 30_000);

  it("does the same over undici", async () => {
    expect(await reportOf(thisNode, program, "undici")).toMatchObject(REPORT);
  }, 30_000);
});
