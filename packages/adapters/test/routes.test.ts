// The upstream of a framework's routes: what is refused when a gate is made, and what calls without routes are told.

import { createFetchHandler } from "sluice/adapter/fetch";
import { inputOf } from "sluice/adapter/hono";
import { VirtualClock } from "sluice/base";
import { routes } from "sluice/gate";
import { createMemoryStores } from "sluice/store/memory";
import { expect, it } from "vitest";
import { createWorld, press } from "./contract.ts";

it("wants a function for each operation that is priced by quote, and none for others", () => {
  expect(() => routes(press, {} as never)).toThrow(/launch is priced by quote; give routes\(api, /);
  const more = { launch: () => 1, hello: () => 1 } as never;
  expect(() => routes(press, more)).toThrow(/nothing reads the quote of hello/);
});

it("tells the operator that a call came through an adapter without routes, and the caller nothing", async () => {
  const upstream = routes(press, { launch: () => 1 });
  const { gate, keys, events } = await createWorld(
    createMemoryStores(),
    upstream,
    new VirtualClock(),
  );
  const headers = { "x-api-key": keys.pro };
  const request = new Request("http://press.test/v1/hello", { headers });
  const response = await createFetchHandler(gate)(request);
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain("adapter");
  expect(String(events[0]?.kind === "fault" && events[0].error)).toMatch(
    /use the adapter of your fr/,
  );
});

it("gives no input of one operation for another", () => {
  expect(() => inputOf(press, "hello", {})).toThrow(/did not come through the gate/);
});
