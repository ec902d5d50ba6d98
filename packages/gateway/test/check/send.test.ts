// What a check sends goes below the address that it was given, where other APIs may be beside.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { openSender } from "../../src/check/send.ts";

it.each([
  ["a request", {}],
  ["bytes that are no request", { raw: (at: string) => `GET ${at} HTTP/1.1\r\nHost: a\r\n\r\n` }],
])("%s", async (_, how) => {
  const server = createServer((request, response) => response.end(request.url));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const sender = openSender({ url: new URL(`http://127.0.0.1:${port}/tea/`) });
  onTestFinished(sender.close);
  const answer = await sender.send({ method: "GET", target: "/v1/cups", headers: {}, ...how });
  expect(answer.body).toBe("/tea/v1/cups");
});
