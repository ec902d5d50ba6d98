/** Events as lines of a log, and a client that is closed. */
import { describe, expect, it } from "vitest";
import { describeEvent, logTo } from "../../src/client/index.ts";
import { drive } from "../gate/fixtures/drive.ts";
import { createRig, OK, refusal } from "./fixtures/scripted.ts";

describe("a logger", () => {
  it("gets a line for each event: what happened, and why it goes on", async () => {
    const lines: string[] = [];
    const write = (level: string) => (_: object, message: string) =>
      lines.push(`${level} ${message}`);
    const { client, clock } = createRig(
      (_, n) => (n === 1 ? refusal(429, "rate_limited", { "Retry-After": "2" }) : OK),
      { onEvent: logTo({ info: write("info"), warn: write("warn") }) },
    );
    await drive(clock, client.call("hello", {}));
    expect(lines[0]).toBe("info GET /v1/hello: attempt 1");
    expect(lines[1]).toMatch(
      /^warn GET \/v1\/hello: rate_limited, again in 2\d{3} ms \(.*Retry-After 2 s/,
    );
    expect(lines[2]).toBe("info GET /v1/hello: attempt 2");
  });

  it("is told of breakers and warnings in words", () => {
    const breaker = { kind: "breaker", operation: "hello", state: "open" } as const;
    expect(describeEvent(breaker)).toBe("hello: the breaker is open");
    expect(describeEvent({ kind: "warning", message: "so and so" })).toBe("so and so");
  });
});

describe("a client that is closed", () => {
  it("lets nothing more out, and rejects what waits; what is on its way comes to its end", async () => {
    const { client, clock, arrivals } = createRig(() => ({ ...OK, afterMs: 100 }), {
      queue: { concurrencyStart: 1, concurrencyMax: 1 },
    });
    const [first, second] = [client.call("hello", {}), client.call("hello", {})];
    const rejected = second.catch((error: Error) => error.message);
    await clock.advance(1);
    client.close();
    expect(await rejected).toBe("the client is closed");
    expect(await drive(clock, first)).toEqual({ hello: "you" });
    await expect(client.call("hello", {})).rejects.toThrow("the client is closed");
    expect(arrivals).toHaveLength(1);
    expect(clock.keepingAlive).toBe(0);
  });
});
