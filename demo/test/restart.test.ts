// What a restart keeps: data, money, revocations, idempotent answers, and the places in the windows; also when
// the process before it was killed.

import { join } from "node:path";
import { systemClock } from "sluice/base";
import { describe, expect, test } from "vitest";
import type { DemoProcess } from "./demo-process.ts";
import { newHome, startDemo } from "./demo-process.ts";
import { MaveraCaller } from "./mavera-caller.ts";
import { readBooks } from "./torture/books.ts";

const lookEveryMs = 20;

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

test.each(["SIGTERM", "SIGKILL"] as const)(
  "%s and a new start are no way around the rate limit of either API",
  async (signal) => {
    const first = await startDemo(newHome());
    const { stranger } = first.file.mentova.keys;
    const mavera = new MaveraCaller(first.file);
    for (let i = 0; i < 60; i++) {
      expect((await call(first, stranger, "/brands")).status).toBe(200);
      expect((await mavera.send("stranger", "GET /personas")).status).toBe(200);
    }
    if (signal === "SIGKILL") await untilLogged(first, 120);
    const second = await restart(first, signal);
    expect((await call(second, stranger, "/brands")).body.code).toBe("RATE_LIMITED");
    const refused = await new MaveraCaller(second.file).send("stranger", "GET /personas");
    expect(refused).toMatchObject({
      status: 429,
      body: { error: { code: "rate_limit_exceeded" } },
    });
    // Nobody else's place was taken.
    const { agency } = second.file.mentova.keys;
    expect((await call(second, agency, "/brands")).status).toBe(200);
  },
);

/** The log is written a little after the answers, and a kill takes what is not. */
async function untilLogged({ home }: DemoProcess, rows: number): Promise<void> {
  const file = join(home, "state", "sluice.db");
  while (readBooks(file).requests.length < rows) await systemClock.sleep(lookEveryMs);
}
