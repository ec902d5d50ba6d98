// The demo as a tool sees it that knows demo.json and nothing else: every row of what it promises, and the
// paths around the APIs.

import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DemoFile } from "../src/home.ts";
import { startSharedDemo } from "./demo-process.ts";
import { MentovaCaller, mentovaRows } from "./rows/mentova-rows.ts";

const cleanUps: (() => void)[] = [];
let file: DemoFile;
let caller: MentovaCaller;

beforeAll(async () => {
  ({ file } = await startSharedDemo((cleanUp) => cleanUps.push(cleanUp)));
  caller = new MentovaCaller(file);
});
afterAll(() => {
  for (const cleanUp of cleanUps.reverse()) cleanUp();
});

describe("the demo's keys and ids", () => {
  test.each(mentovaRows)("%s", (_, isKept) => isKept(caller));
});

describe("around the API", () => {
  test.each(["/foo", "/mentovas", "/healthz/", "/index.html", "/constructor"])(
    "%s is nothing",
    async (path) => {
      const response = await fetch(`${file.url}${path}`);
      expect(response.status).toBe(404);
      expect(await response.json()).toEqual({
        status: 404,
        message: "Nothing is here. GET / tells what is.",
      });
    },
  );

  test("everything below /mentova answers in the API's envelope", async () => {
    for (const path of ["/mentova", "/mentova/", "/mentova?x", "/mentova/api/v2/brands"]) {
      const headers = { "X-API-Key": file.mentova.keys.stranger };
      const response = await fetch(`${file.url}${path}`, { headers });
      expect(response.status).toBe(404);
      expect(await response.json()).toEqual({ error: "Resource not found", code: "NOT_FOUND" });
    }
  });

  test("the demo's own paths are for reading", async () => {
    for (const path of ["/", "/healthz"]) {
      const response = await fetch(`${file.url}${path}`, { method: "POST" });
      expect([response.status, response.headers.get("Allow")]).toEqual([405, "GET, HEAD"]);
      const head = await fetch(`${file.url}${path}`, { method: "HEAD" });
      expect([head.status, await head.text()]).toEqual([200, ""]);
    }
  });

  test("bytes that are no HTTP get the API's envelope, too", async () => {
    const socket = connect(Number(new URL(file.url).port), "127.0.0.1");
    socket.setEncoding("utf8");
    let received = "";
    socket.on("data", (chunk) => {
      received += chunk;
    });
    socket.write("nonsense\r\n\r\n");
    await new Promise((resolve) => socket.once("close", resolve));
    expect(received).toMatch(/^HTTP\/1\.1 400 /);
    expect(received).toContain('{"error":"Request is malformed","code":"BAD_REQUEST"}');
  });
});
