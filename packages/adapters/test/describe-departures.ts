// Streams, deadlines and callers who leave: what is charged, and that nothing leaves before it is.

import { request as send } from "node:http";
import type { KindOfStores, OpenStores } from "@sluice-internal/both-ways/stores";
import { until } from "@sluice-internal/both-ways/until";
import { expect, it } from "vitest";
import type { Adapter } from "./adapters.ts";
import { ALLOWANCE, DEADLINE_MS } from "./contract.ts";
import type { Done } from "./doing.ts";
import { get, post, start } from "./suite.ts";

const EVENTS = [["Content-Type", "text/event-stream"]] as const;

/** A story that goes on when the test says so. */
class Story {
  told = 0;
  isEnded = false;
  #goOn: (() => void)[] = [];

  async *pieces(): AsyncGenerator<string> {
    try {
      for (const piece of [
        ": sluice-cost 3\nevent: word\ndata: {}\n\n",
        "event: word\ndata: {}\n\n",
      ]) {
        this.told++;
        yield piece;
        await new Promise<void>((resolve) => this.#goOn.push(resolve));
      }
      yield 'event: done\ndata: {"credits":6}\n\n';
    } finally {
      this.isEnded = true;
    }
  }
  goOn(): void {
    for (const resolve of this.#goOn.splice(0)) resolve();
  }
  done(): Done {
    return { status: 200, headers: EVENTS, body: this.pieces() };
  }
}

/** A caller who reads piece by piece, and may leave. */
function listen(port: number, key: string) {
  const heard = { text: "", status: 0, isOver: false, leave: () => request.destroy() };
  const headers = { "x-api-key": key, "content-type": "application/json" };
  const options = { host: "127.0.0.1", port, method: "POST", path: "/v1/stories", headers };
  const request = send(options, (response) => {
    heard.status = response.statusCode ?? 0;
    response.on("data", (piece) => {
      heard.text += piece;
    });
    response.on("end", () => {
      heard.isOver = true;
    });
    response.on("error", () => undefined);
  });
  request.on("error", () => undefined).end('{"text":"x"}');
  return heard;
}

export function describeStreams(adapter: Adapter, open: OpenStores, kind: KindOfStores): void {
  it("passes events on one by one, and charges before the last one leaves", async () => {
    const story = new Story();
    const { port, keys, credits } = await start(adapter, open, { kind, doing: () => story.done() });
    const heard = listen(port, keys.pro);
    await until(() => heard.text.includes("word"));
    expect(heard).toMatchObject({ status: 200, isOver: false, text: "event: word\ndata: {}\n\n" });
    expect(await credits()).toMatchObject({ remaining: 90, held: 10, used: 0 });
    for (; !heard.isOver; await new Promise((resolve) => setImmediate(resolve))) story.goOn();
    expect(heard.text).toMatch(/event: done\ndata: {"credits":6}\n\n$/);
    expect(await credits()).toMatchObject({ remaining: 94, held: 0, used: 6 });
  });

  it("ends a stream at the deadline with an error among its events, and charges nothing", async () => {
    const story = new Story();
    const subject = await start(adapter, open, { kind, doing: () => story.done() });
    const heard = listen(subject.port, subject.keys.pro);
    await until(() => heard.text.includes("word"));
    await subject.clock.advance(DEADLINE_MS);
    await until(() => heard.isOver);
    expect(heard.text).toMatch(/event: error\ndata: .*"upstream_timeout"/);
    expect(await subject.credits()).toMatchObject({ remaining: ALLOWANCE, held: 0, used: 0 });
    for (; !story.isEnded; await new Promise((resolve) => setImmediate(resolve))) story.goOn();
  });

  it("charges a caller who leaves a stream for what was done until then", async () => {
    const story = new Story();
    const { port, keys, credits, gate } = await start(adapter, open, {
      kind,
      doing: () => story.done(),
    });
    const heard = listen(port, keys.pro);
    await until(() => heard.text.includes("word"));
    heard.leave();
    await until(() => gate.underWay === 0);
    expect(await credits()).toMatchObject({ remaining: 97, held: 0, used: 3 });
    // Its route hears of it, or goes on for nobody until it ends; either way it holds up nobody.
    for (; !story.isEnded; await new Promise((resolve) => setImmediate(resolve))) story.goOn();
  });
}

export function describeDepartures(adapter: Adapter, open: OpenStores, kind: KindOfStores): void {
  it("ends a route that never answers at the deadline, tells it, and charges nothing", async () => {
    let signal: AbortSignal | undefined;
    let answer: (done: Done | undefined) => void = () => undefined;
    const { ask, clock, credits } = await start(adapter, open, {
      kind,
      doing(told) {
        if (told.operation !== "wait") return undefined;
        signal = told.signal;
        return new Promise((resolve) => {
          answer = resolve;
        });
      },
    });
    const waiting = ask(post("/v1/waits", { text: "x" }));
    await until(() => signal !== undefined);
    await clock.advance(DEADLINE_MS);
    const answered = await waiting;
    expect(answered.status).toBe(504);
    expect(JSON.parse(answered.body).error.code).toBe("upstream_timeout");
    expect(signal?.aborted).toBe(true);
    expect(await credits()).toMatchObject({ remaining: ALLOWANCE, held: 0, used: 0 });
    // What it answers too late goes nowhere, and harms no other call.
    answer(undefined);
    for (let i = 0; i < 3; i++) expect((await ask(get("/v1/hello"))).status).toBe(200);
  });

  it("tells a route that its caller has left, and charges nothing for what was not done", async () => {
    let signal: AbortSignal | undefined;
    const { port, keys, credits, gate, clock } = await start(adapter, open, {
      kind,
      doing(told) {
        signal = told.signal;
        return new Promise((_, reject) => {
          told.signal.addEventListener("abort", () => reject(new Error("left")));
        });
      },
    });
    const heard = listen(port, keys.pro);
    await until(() => signal !== undefined);
    heard.leave();
    await until(() => signal?.aborted === true);
    await clock.advance(0);
    await until(() => gate.underWay === 0);
    expect(await credits()).toMatchObject({ remaining: ALLOWANCE, held: 0, used: 0 });
  });
}
