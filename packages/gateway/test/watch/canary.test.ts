// A key, wherever a caller can put one, is in nothing that a gateway writes: no line, no metric, no span.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Call } from "sluice/gate";
import { expect, it, onTestFinished } from "vitest";
import { openWatch } from "../../src/watch/watch.ts";
import { RawConnection } from "../door/fixtures/raw-connection.ts";
import { openTestDoor } from "../door/fixtures/test-door.ts";
import { turns } from "../door/fixtures/turns.ts";
import { films, openFilmGate } from "../fixtures/film-gate.ts";

/** Takes spans as a collector does, and keeps every byte. */
async function startCollector(): Promise<{ readonly url: string; readonly received: string[] }> {
  const received: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    received.push(Buffer.concat(chunks).toString());
    response.writeHead(200, { "Content-Type": "application/json" }).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return { url: `http://127.0.0.1:${port}/v1/traces`, received };
}

it("a key is in no line, no metric and no span", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sluice-lines-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "lines");
  const collector = await startCollector();
  const watch = await openWatch({
    apis: [films],
    log: "requests",
    logTo: file,
    metrics: true,
    tracesUrl: collector.url,
  });
  const watched = watch.forApi("films", films);
  let current: Call | undefined;
  const { gate, secret, failWith, events, rows } = await openFilmGate((row) => {
    if (current !== undefined) watched.onAnswer(row, current);
  });
  const { port } = await openTestDoor({
    unreadable: gate.unreadable,
    keyHeaders: ["x-api-key"],
    answer: (call) => {
      current = call;
      watched.begin(call);
      return gate.handle(call);
    },
  });
  const body = secret.slice("film_live_".length);
  const encoded = secret.replaceAll("_", "%5F");
  failWith(`cannot reach http://u:${secret}@upstream/?key=${encoded}`);
  const client = await RawConnection.open(port);
  const send = async (path: string, headers: readonly string[] = [], method = "GET") => {
    const lines = [`${method} ${path} HTTP/1.1`, "Host: a", `X-API-Key: ${secret}`, ...headers];
    await client.ask(`${lines.join("\r\n")}\r\n\r\n`);
  };
  await send(`/v1/hello?key=${secret}`, [`User-Agent: ${secret}`, `Cookie: key=${secret}`]);
  await send("/v1/hello", [`X-Request-Id: ${secret}`, `tracestate: a=${secret}`]);
  await send("/v1/hello", [
    "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    `tracestate: key=${secret},b=c`,
    `baggage: key=${secret}`,
  ]);
  await send(`/v1/notes/${secret}`);
  await send(`/v1/notes/${encoded}`);
  await send("/v1/fail", [`Referer: http://a/${secret}`]);
  await send("/v1/films", [`X-Other: ${secret}`, "Content-Length: 0"], "POST");
  await (await RawConnection.open(port)).ask(
    `GET /${secret} HTTP/1.1\r\nHost: ${secret}\r\nX\r\n\r\n`,
  );
  await turns(() => rows.length === 8);
  for (const event of events) watched.onEvent(event);
  watch.lines.fail(
    `Reading ${encoded}`,
    Object.assign(new Error(secret), { cause: secret, key: secret }),
  );
  const metrics = (await watch.metrics?.text())?.text ?? "";
  await watch.close();
  const lines = readFileSync(file, "utf8");
  const spans = collector.received.join("\n");

  expect(lines.trim().split("\n").length).toBe(10);
  expect(lines).toContain('"path":"/notes/film_live_..."');
  expect(metrics).toContain('sluice_requests_total{api="films",operation="hello",status="2xx"} 3');
  expect(spans).toContain("sluice.request_id");
  for (const written of [lines, metrics, spans]) {
    expect(written).not.toContain(body);
    expect(written).not.toContain("film%5Flive");
  }
});
