// What a restart keeps: data, money, revocations, idempotent answers, and the places in the windows; also when
// the process before it was killed.

import { describe, expect, test } from "vitest";
import type { DemoProcess } from "./demo-process.ts";
import { newHome, startDemo } from "./demo-process.ts";

interface Reply {
  readonly status: number;
  readonly requestId: string | null;
  readonly replayed: string | null;
  readonly body: { readonly data?: unknown; readonly code?: string };
}

async function call(
  demo: DemoProcess,
  key: string,
  path: string,
  init: RequestInit = {},
): Promise<Reply> {
  const response = await fetch(`${demo.file.mentova.baseUrl}${path}`, {
    ...init,
    headers: { "X-API-Key": key, "Content-Type": "application/json", ...init.headers },
  });
  return {
    status: response.status,
    requestId: response.headers.get("x-request-id"),
    replayed: response.headers.get("idempotent-replayed"),
    body: (await response.json()) as Reply["body"],
  };
}

async function restart(demo: DemoProcess, signal: NodeJS.Signals): Promise<DemoProcess> {
  demo.signal(signal);
  await demo.ended;
  return startDemo(demo.home);
}

describe.each(["SIGTERM", "SIGKILL"] as const)("after %s a new demo on the same home", (signal) => {
  test("has what callers made, and answers a repeated idempotency key as the first time", async () => {
    const first = await startDemo(newHome());
    const { keys, ids } = first.file.mentova;
    const launch = {
      method: "POST",
      body: JSON.stringify({ topicId: ids.topic }),
      headers: { "Idempotency-Key": "once" },
    };
    const path = `/brands/${ids.brand}/campaigns`;
    const launched = await call(first, keys.agency, path, launch);
    expect(launched.status).toBe(201);

    const second = await restart(first, signal);
    const again = await call(second, keys.agency, path, launch);
    expect(again.replayed).toBe("true");
    expect(again.body).toEqual(launched.body);
    const listed = await call(second, keys.agency, path);
    expect(listed.body.data).toHaveLength(2);
  });

  test("has not forgotten who has no credits and which key is revoked", async () => {
    const first = await startDemo(newHome());
    const second = await restart(first, signal);
    const { keys, ids } = second.file.mentova;
    expect((await call(second, keys.revoked, "/brands")).body.code).toBe("INVALID_API_KEY");
    const launch = { method: "POST", body: JSON.stringify({ topicId: ids.exhaustedTopic }) };
    const refused = await call(
      second,
      keys.exhausted,
      `/brands/${ids.exhaustedBrand}/campaigns`,
      launch,
    );
    expect(refused.body.code).toBe("QUOTA_EXCEEDED");
  });
});

test("a restart in order is no way around the rate limit", async () => {
  const first = await startDemo(newHome());
  const { stranger } = first.file.mentova.keys;
  for (let i = 0; i < 60; i++) await call(first, stranger, "/brands");
  const second = await restart(first, "SIGTERM");
  expect((await call(second, stranger, "/brands")).body.code).toBe("RATE_LIMITED");
});
