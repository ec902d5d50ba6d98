// Calls as OpenTelemetry spans: the real API and SDK, a real server, and what each attempt carried there.

import { fileURLToPath } from "node:url";
import * as otel from "@opentelemetry/api";
import type { ReadableSpan } from "@opentelemetry/sdk-trace";
import { wire } from "@sluice-apis/mavera/contract";
import { rolldown } from "rolldown";
import { type ClientOptions, traceTo } from "sluice/client";
import { beforeEach, describe, expect, it } from "vitest";
import { startTracing } from "./otel.ts";
import { refusingOrigin, type Script, startServer } from "./scripted-server.ts";
import { createVirtualClient, printed, thrownBy } from "./virtual-client.ts";

const apiKey = `mvra_live_${"a1B2".repeat(8)}`;
const exporter = startTracing();
beforeEach(() => exporter.reset());

const OK = { status: 200, body: { data: [] } };
const refusal = (status: number, code: string, headers: Readonly<Record<string, string>> = {}) => ({
  status,
  headers: { "X-Request-Id": "req_1", ...headers },
  body: { error: { message: `No: ${apiKey}`, type: "x", code, param: null } },
});

async function traced(script: Script, more: Partial<ClientOptions> = {}) {
  const { origin, arrivals } = await startServer(script);
  const options = { apiKey, baseUrl: `${origin}/api/v1`, onEvent: traceTo(otel), ...more };
  const { client, drive } = createVirtualClient(wire, options);
  return { client, drive, arrivals, port: Number(new URL(origin).port) };
}

/** The call's own span, and its attempts in the order in which they left. */
function spans(): { readonly call: ReadableSpan; readonly attempts: readonly ReadableSpan[] } {
  const all = exporter.getFinishedSpans();
  const [call, ...others] = all.filter(({ kind }) => kind === otel.SpanKind.INTERNAL);
  if (call === undefined || others.length > 0) throw new Error(`${others.length} calls too many`);
  const attempts = all.filter(({ parentSpanContext }) => {
    return parentSpanContext?.spanId === call.spanContext().spanId;
  });
  expect(all).toHaveLength(1 + attempts.length);
  return { call, attempts };
}

const isError = ({ status }: ReadableSpan) => status.code === otel.SpanStatusCode.ERROR;

describe("a call that is traced", () => {
  it("is one span, with a child for each attempt by the conventions for HTTP", async () => {
    const { client, drive, port } = await traced((_, n) =>
      n === 1 ? refusal(429, "rate_limit_exceeded", { "Retry-After": "2" }) : OK,
    );
    await drive(client.call("listPersonas", {}));
    const { call, attempts } = spans();
    expect(call.name).toBe("listPersonas");
    expect(isError(call)).toBe(false);
    expect(call.attributes).toEqual({
      "sluice.operation": "listPersonas",
      "sluice.attempts": 2,
      "http.response.status_code": 200,
    });
    const common = {
      "http.request.method": "GET",
      "server.address": "127.0.0.1",
      "server.port": port,
      "url.full": `http://127.0.0.1:${port}/api/v1/personas`,
    };
    expect(attempts.map(({ name, kind, attributes }) => ({ name, kind, attributes }))).toEqual([
      {
        name: "GET",
        kind: otel.SpanKind.CLIENT,
        attributes: {
          ...common,
          "http.response.status_code": 429,
          "error.type": "429",
          "sluice.code": "rate_limit_exceeded",
          "sluice.request_id": "req_1",
        },
      },
      {
        name: "GET",
        kind: otel.SpanKind.CLIENT,
        attributes: {
          ...common,
          "http.request.resend_count": 1,
          "http.response.status_code": 200,
        },
      },
    ]);
    expect(attempts.map(isError)).toEqual([true, false]);
  });

  it("says how long it waited between its attempts, and why", async () => {
    const { client, drive } = await traced((_, n) =>
      n === 1 ? refusal(429, "rate_limit_exceeded", { "Retry-After": "2" }) : OK,
    );
    await drive(client.call("listPersonas", {}));
    const [wait] = spans().call.events;
    expect(wait?.name).toBe("sluice.wait");
    expect(wait?.attributes?.["sluice.wait_ms"]).toBeGreaterThanOrEqual(2_000);
    expect(wait?.attributes?.["sluice.wait_reason"]).toMatch(
      /rate_limit_exceeded.*Retry-After 2 s/,
    );
  });

  it("says how long it waited for its turn, and what held it up", async () => {
    const empty = { "RateLimit-Limit": "1", "RateLimit-Remaining": "0", "RateLimit-Reset": "5" };
    const { client, drive } = await traced((_, n) => (n === 1 ? { ...OK, headers: empty } : OK));
    await drive(client.call("listPersonas", {}));
    exporter.reset();
    await drive(client.call("listPersonas", {}));
    const [wait] = spans().call.events;
    expect(wait?.attributes?.["sluice.wait_ms"]).toBeGreaterThanOrEqual(5_000);
    expect(wait?.attributes?.["sluice.wait_reason"]).toBe("rate");
  });

  it("sends the trace with each attempt, as W3C Trace Context", async () => {
    const { client, drive, arrivals } = await traced((_, n) => (n === 1 ? { status: 503 } : OK));
    await drive(client.call("listPersonas", {}));
    const { attempts } = spans();
    expect(arrivals.map(({ headers }) => headers["traceparent"])).toEqual(
      attempts.map((span) => {
        const { traceId, spanId } = span.spanContext();
        return `00-${traceId}-${spanId}-01`;
      }),
    );
  });

  it("ends with what it failed with, where there was no answer", async () => {
    const baseUrl = `${await refusingOrigin()}/api/v1`;
    const { client, drive } = await traced(() => OK, { baseUrl, attempts: 1 });
    await drive(thrownBy(client.call("listPersonas", {})));
    const { call, attempts } = spans();
    expect(call.attributes["error.type"]).toBe("connection_failed");
    expect(attempts.map(({ attributes }) => attributes["error.type"])).toEqual([
      "connection_failed",
    ]);
    expect([call, ...attempts].map(isError)).toEqual([true, true]);
  });

  it("ends when its caller leaves, in the midst of an attempt and of a wait", async () => {
    const caller = new AbortController();
    const { client, drive } = await traced(() => {
      caller.abort();
      return OK;
    });
    await drive(thrownBy(client.call("listPersonas", {}, { signal: caller.signal })));
    const { call, attempts } = spans();
    expect(call.attributes["error.type"]).toBe("aborted");
    expect(attempts).toHaveLength(1);
  });

  it("has an event and no attempt where it was not sent at all", async () => {
    const { client, drive, arrivals } = await traced(() => OK, { pacing: false });
    await drive(thrownBy(client.call("listPersonas", {}, { totalMs: 0 })));
    expect(arrivals).toEqual([]);
    const { call, attempts } = spans();
    expect(call.events.map(({ name }) => name)).toEqual(["sluice.not_sent"]);
    expect(attempts).toEqual([]);
    expect(isError(call)).toBe(true);
  });

  it("holds no key, also where the key stands in the path, the query and the answer", async () => {
    const { client, drive } = await traced(() => refusal(400, "invalid_request"));
    const call = client.fetch(`http://127.0.0.1:1/${apiKey}?key=${apiKey}`);
    await drive(Promise.allSettled([call]));
    const all = exporter.getFinishedSpans();
    expect(all.length).toBeGreaterThan(0);
    for (const { name, attributes, events, status } of all) {
      expect(printed({ name, attributes, events, status })).not.toContain(apiKey.slice(10));
    }
  });
});

describe("a bundle of a client that is not traced", () => {
  it("has nothing of tracing in it", async () => {
    const code = async (names: string) => {
      const entry = "\0entry";
      const bundle = await rolldown({
        input: entry,
        platform: "browser",
        resolve: { conditionNames: ["sluice-source", "import", "default"] },
        plugins: [
          {
            name: "entry",
            resolveId: (id, from) => {
              if (id === entry) return id;
              if (from !== entry) return undefined;
              return fileURLToPath(import.meta.resolve(id));
            },
            load: (id) => (id === entry ? `export { ${names} } from "sluice/client";` : undefined),
          },
        ],
      });
      const { output } = await bundle.generate({ format: "esm" });
      await bundle.close();
      return output[0].code;
    };
    expect(await code("createClient, traceTo")).toContain("sluice.wait_reason");
    expect(await code("createClient")).not.toContain("sluice.wait_reason");
  });
});
