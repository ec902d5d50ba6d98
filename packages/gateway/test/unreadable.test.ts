// Bytes that are no request, at a gateway with several APIs: the API that they were meant for refuses them, in its own envelope.

import { flat } from "sluice";
import { expect, it } from "vitest";
import { RawConnection } from "./door/fixtures/raw-connection.ts";
import { apiAt, bureau, running, settingsFor, startPlain } from "./fixtures/bureau.ts";

async function connectToBoth() {
  const { url } = await startPlain();
  const apis = [
    apiAt(url, { mount: "/nested" }),
    apiAt(url, { mount: "/flat", api: bureau({ title: "Flat", envelope: flat() }) }),
  ];
  const gateway = await running(settingsFor(apis));
  return { connection: await RawConnection.open(Number(new URL(gateway.url).port)), ...gateway };
}

const nested = { error: expect.objectContaining({ code: expect.any(String) }) };
const plain = { error: expect.any(String), code: expect.any(String) };

it.each([
  ["/nested/read", nested],
  ["/flat/read", plain],
  ["/elsewhere", nested],
])("a header that is none, for %s", async (target, envelope) => {
  const { connection } = await connectToBoth();
  const sent = `GET ${target} HTTP/1.1\r\nHost: a\r\nno header at all\r\n\r\n`;
  const { status, body } = await connection.ask(sent);
  expect([status, JSON.parse(body)]).toEqual([400, envelope]);
});

it("headers that are too long, behind a request that was answered", async () => {
  const { connection, key } = await connectToBoth();
  const head = `GET /flat/read HTTP/1.1\r\nHost: a\r\nX-API-Key: ${key}\r\n`;
  expect((await connection.ask(`${head}\r\n`)).status).toBe(200);
  const { status, body } = await connection.ask(`${head}X-Long: ${"x".repeat(20_000)}\r\n\r\n`);
  expect([status, JSON.parse(body)]).toEqual([431, plain]);
});

it("a body that falls apart: what it holds is no target", async () => {
  const { connection, key } = await connectToBoth();
  const lines = ["PUT /flat/x HTTP/1.1", "Host: a", `X-API-Key: ${key}`];
  connection.write([...lines, "Transfer-Encoding: chunked", "", "1", "a", ""].join("\r\n"));
  const { status, body } = await connection.ask("GET /nested/x HTTP/1.1\r\n\r\n");
  expect([status, JSON.parse(body)]).toEqual([400, plain]);
});

it("a request without a host, which Node could read", async () => {
  const { connection, key } = await connectToBoth();
  const lines = ["GET /flat/read HTTP/1.1", `X-API-Key: ${key}`, "", ""];
  const { status, body } = await connection.ask(lines.join("\r\n"));
  expect([status, JSON.parse(body)]).toEqual([400, plain]);
});
