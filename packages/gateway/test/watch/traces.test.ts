// Spans: whose trace they are in, what the upstream hears of it, and what they hold.

import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace";
import type { Call } from "sluice/gate";
import { describe, expect, it, onTestFinished } from "vitest";
import { createTraces } from "../../src/watch/spans.ts";
import { openTraces } from "../../src/watch/traces.ts";
import { turns } from "../door/fixtures/turns.ts";
import { row } from "./fixtures/row.ts";

const traceId = "0af7651916cd43dd8448eb211c80319c";
const parentId = "b7ad6b7169203331";
const redact = (text: string) => text.replaceAll("key_secret", "key_...");

function callWith(headers: Readonly<Record<string, string>>): Call {
  return {
    method: "GET",
    target: "/",
    address: "127.0.0.1",
    header: (name) => headers[name],
    headers: () => Object.entries(headers),
    openBody: () => ({ length: 0, next: async () => undefined, cancel: () => undefined }),
    readBody: () => ({ kind: "aborted" }),
    aborted: false,
    onAbort: () => () => undefined,
  };
}

function rig(share = 1) {
  const exporter = new InMemorySpanExporter();
  const processor = new SimpleSpanProcessor({ exporter });
  const traces = createTraces({ processor, share, redact });
  /** What the upstream is sent of a call with these headers, and the span that is left of it. */
  const pass = (headers: Readonly<Record<string, string>>, changed = {}) => {
    const call = callWith(headers);
    traces.begin(call);
    const sent = Object.fromEntries(call.headers());
    traces.answered(row(changed), call);
    return { sent, span: exporter.getFinishedSpans().at(-1) };
  };
  return { exporter, pass };
}

describe("the span of a request", () => {
  it("is in its caller's trace, and the upstream's in its own", () => {
    const { sent, span } = rig().pass({
      accept: "*/*",
      traceparent: `00-${traceId}-${parentId}-01`,
      tracestate: "vendor=1",
    });
    expect(span?.spanContext().traceId).toBe(traceId);
    expect(span?.parentSpanContext?.spanId).toBe(parentId);
    expect(sent).toEqual({
      accept: "*/*",
      traceparent: `00-${traceId}-${span?.spanContext().spanId}-01`,
      tracestate: "vendor=1",
    });
  });

  it("begins a trace where the caller began none, or wrote nonsense", () => {
    for (const headers of [{}, { traceparent: "00-0-0-01" }, { traceparent: "x" }]) {
      const { sent, span } = rig().pass(headers as Record<string, string>);
      const { traceId: own = "", spanId = "" } = span?.spanContext() ?? {};
      expect(sent["traceparent"]).toBe(`00-${own}-${spanId}-01`);
      expect(span?.parentSpanContext).toBeUndefined();
    }
  });

  it("is made where its caller's is, and not where it is not", () => {
    const { exporter, pass } = rig(0);
    const followed = pass({ traceparent: `00-${traceId}-${parentId}-01` });
    expect(followed.span?.spanContext().traceId).toBe(traceId);
    exporter.reset();
    const other = pass({ traceparent: `00-${traceId}-${parentId}-00` });
    expect(other.span).toBeUndefined();
    expect(other.sent["traceparent"]).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-00$`));
    expect(pass({}).span).toBeUndefined();
  });

  it("is named by its operation, and tells how it ended", () => {
    const { span } = rig().pass(
      { "user-agent": "key_secret" },
      {
        ...{
          operation: "film",
          status: 503,
          code: "unavailable",
          ending: "refused",
          endedAt: "run",
        },
        ...{ path: "/films/key_secret", accountId: "acct_1", keyId: "key_1" },
      },
    );
    expect(span?.name).toBe("film");
    expect(span?.attributes).toEqual({
      "http.request.method": "GET",
      "http.response.status_code": 503,
      "url.path": "/films/key_...",
      "error.type": "unavailable",
      "sluice.operation": "film",
      "sluice.request_id": row().requestId,
      "sluice.account_id": "acct_1",
      "sluice.key_id": "key_1",
      "sluice.code": "unavailable",
      "sluice.ended_at": "run",
      "sluice.ending": "refused",
      "sluice.charged": 0,
    });
    expect(span?.status.code).toBe(2);
  });

  it("does not hand on a state that holds a key", () => {
    const { sent, span } = rig().pass({
      traceparent: `00-${traceId}-${parentId}-01`,
      tracestate: "a=key_secret",
    });
    expect(sent["tracestate"]).toBeUndefined();
    expect(span?.spanContext().traceState?.serialize() ?? "").toBe("");
  });
});

/** Answers every request with what the test says. */
async function startCollector(): Promise<{ url: string; answer: { status: number } }> {
  const answer = { status: 400 };
  const server = createServer((request, response) => {
    request.resume();
    request.once("end", () => response.writeHead(answer.status).end());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/v1/traces`, answer };
}

describe("spans that nobody takes", () => {
  it("are told of once, and so is that they are taken again", async () => {
    const { url, answer } = await startCollector();
    const heard: (Error | undefined)[] = [];
    const traces = await openTraces({ url, redact, onChange: (error) => heard.push(error) });
    const send = (count: number) => {
      for (let i = 0; i < count; i++) {
        const call = callWith({});
        traces.begin(call);
        traces.answered(row(), call);
      }
    };
    // As many as leave together without waiting for more.
    send(512);
    await turns(() => heard.length === 1);
    send(512);
    answer.status = 200;
    send(512);
    await traces.close();
    expect(heard.map((error) => error instanceof Error)).toEqual([true, false]);
  });
});

it("nothing of traces is loaded where nobody wants them", () => {
  const program = fileURLToPath(new URL("./fixtures/loaded-modules.ts", import.meta.url));
  const loaded = execFileSync(process.execPath, ["--conditions=sluice-source", program], {
    encoding: "utf8",
  });
  expect(loaded).toContain("sdk-metrics");
  expect(loaded).not.toMatch(/sdk-trace|trace-otlp|otlp-exporter|watch\/spans/);
});
