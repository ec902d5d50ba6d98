// Mavera as a tool sees it that knows demo.json and nothing else: every refusal that its keys and ids promise, one
// answer, and one stream.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startSharedDemo } from "./demo-process.ts";
import { MaveraCaller } from "./mavera-caller.ts";
import { maveraRows } from "./rows/mavera-rows.ts";

const cleanUps: (() => void)[] = [];
let caller: MaveraCaller;

beforeAll(async () => {
  const { file } = await startSharedDemo((cleanUp) => cleanUps.push(cleanUp));
  caller = new MaveraCaller(file);
});
afterAll(() => {
  for (const cleanUp of cleanUps.reverse()) cleanUp();
});

describe("the demo's Mavera keys and ids", () => {
  test.each(maveraRows)("%s", (_, isKept) => isKept(caller));
});

test("everything below /mavera answers in Mavera's envelope", async () => {
  const { file } = caller;
  for (const path of ["/mavera", "/mavera/", "/mavera?x", "/mavera/api/v2/personas"]) {
    const headers = { Authorization: `Bearer ${file.mavera.keys.starter}` };
    const response = await fetch(`${file.url}${path}`, { headers });
    const body = await response.json();
    const error = { code: "resource_not_found", message: expect.any(String) };
    expect({ status: response.status, body }).toMatchObject({ status: 404, body: { error } });
  }
});
