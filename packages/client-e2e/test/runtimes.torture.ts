// The client under every Node that it is made for, over both transports: what this one reports, they all report.

import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleProgram, installNode, newFolder, REPORT, reportOf, thisNode } from "./runtimes.ts";

describe("the client", () => {
  const folder = newFolder();
  let program = "";
  let expected: unknown;
  beforeAll(async () => {
    program = await bundleProgram(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("does what it should under this Node", async () => {
    expected = await reportOf(thisNode, program, "fetch");
    expect(expected).toMatchObject(REPORT);
  });

  it.each(["22", "24", "26"])(
    "does the same under Node %s, over fetch and undici",
    async (version) => {
      const own = newFolder();
      try {
        const node = await installNode(version, own);
        expect(await reportOf(node, program, "fetch")).toEqual(expected);
        expect(await reportOf(node, program, "undici")).toEqual(expected);
      } finally {
        rmSync(own, { recursive: true });
      }
    },
  );
});
