// How the page is answered: cached, compressed, one reading for many, and still there while the stores are not.

import type { OperatorStores } from "sluice/gate";
import { describe, expect, it } from "vitest";
import { dayMs, minuteMs, nowMs } from "./fixtures/samples.ts";
import { useWorlds } from "./fixtures/world.ts";

const open = useWorlds();
const forms = ["/status", "/status.json", "/status.atom", "/status.css"];

describe("the status page", () => {
  it("is HTML, JSON, a feed and a style, each for half a minute or more, under a strict policy", async () => {
    const { ask } = await open("memory");
    const types = [
      "text/html; charset=utf-8",
      "application/json",
      "application/atom+xml; charset=utf-8",
      "text/css; charset=utf-8",
    ];
    for (const [i, path] of forms.entries()) {
      const { status, headers } = await ask(path);
      expect([status, headers["content-type"]]).toEqual([200, types[i]]);
      const seconds = path.endsWith("css") ? 300 : 30;
      expect(headers["cache-control"]).toBe(`public, max-age=${seconds}`);
      expect(headers["x-content-type-options"]).toBe("nosniff");
      const policy = headers["content-security-policy"];
      expect(policy).toContain("default-src 'none'; style-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|script/);
    }
  });

  it("has no program and nothing inline", async () => {
    const { ask, write, say } = await open("memory");
    await write([{}]);
    await say({});
    expect((await ask()).text).not.toMatch(/<script|<style|\sstyle=|\son\w+=|javascript:/i);
  });

  it("is not sent again to whoever has it, compressed or not", async () => {
    const { ask } = await open("memory");
    for (const encoding of ["gzip", "identity"]) {
      const first = await ask("/status", { "accept-encoding": encoding });
      expect(first.headers["content-encoding"]).toBe(encoding === "gzip" ? "gzip" : undefined);
      const again = await ask("/status", {
        "accept-encoding": encoding,
        "if-none-match": first.headers["etag"] ?? "",
      });
      expect([again.status, again.text]).toEqual([304, ""]);
    }
  });

  it("is there to be read only, and leads from the folder to itself", async () => {
    const { ask } = await open("memory");
    for (const method of ["POST", "DELETE", "OPTIONS"]) {
      const { status, headers } = await ask("/status", {}, method);
      expect([status, headers["allow"]]).toEqual([405, "GET, HEAD"]);
    }
    expect((await ask("/status", {}, "HEAD")).status).toBe(200);
    const { status, headers } = await ask("/status/");
    expect([status, headers["location"]]).toEqual([302, "../status"]);
  });
});

/** Stores that count what they are asked, hang, or are down. */
function fragile() {
  const state = { mode: "up" as "up" | "down" | "hangs", asked: 0 };
  const over = (stores: OperatorStores): OperatorStores => {
    const guarded = <Store extends object>(store: Store): Store =>
      new Proxy(store, {
        get(target, member) {
          const value: unknown = Reflect.get(target, member);
          if (typeof value !== "function") return value;
          return async (...told: unknown[]) => {
            state.asked++;
            if (state.mode === "down")
              throw new Error("connect ECONNREFUSED postgres://me:secret@10.0.0.1");
            if (state.mode === "hangs") await new Promise(() => undefined);
            return Reflect.apply(value, target, told);
          };
        },
      });
    return { ...stores, log: guarded(stores.log), notices: guarded(stores.notices) };
  };
  return { state, over };
}

describe("however many ask, the stores", () => {
  it("are read once, and again after half a minute", async () => {
    const { state, over } = fragile();
    const { ask, clock } = await open("memory", { over });
    await Promise.all(Array.from({ length: 50 }, (_, i) => ask(forms[i % 3])));
    const once = state.asked;
    expect(once).toBe(4);
    const [one, other] = await Promise.all([ask(), ask()]);
    expect(one?.body).toBe(other?.body);
    await clock.advance(29_999);
    await ask();
    expect(state.asked).toBe(once);
    await clock.advance(1);
    const [first, second] = await Promise.all([ask(), ask(), ask("/status.json")]);
    expect(first?.body).toBe(second?.body);
    expect(first?.body).not.toBe(one?.body);
    expect(state.asked).toBe(2 * once);
  });
});

describe("while the stores are down, the status page", () => {
  it("tells what it knew and since when, to the operator why, and to nobody else", async () => {
    const { state, over } = fragile();
    const { ask, json, clock, write, say, told } = await open("memory", { over });
    await write([{ atMs: nowMs - dayMs, status: 500 }]);
    await say({ title: "Slow films" });
    const before = await json();
    state.mode = "down";
    await clock.advance(minuteMs);
    const { status, text, headers } = await ask();
    expect([status, headers["cache-control"]]).toEqual([200, "public, max-age=5"]);
    expect(text).toContain("Nothing newer can be told right now.");
    expect(text).toContain("2026-11-22 12:00 UTC");
    expect(text).toContain("Slow films");
    expect(text).not.toMatch(/ECONN|secret|postgres/);
    expect(await json()).toEqual({ ...before, madeAtMs: nowMs + minuteMs, isStale: true });
    expect(told).toHaveLength(2);
    state.mode = "up";
    await clock.advance(5_000);
    expect((await ask()).text).not.toContain("Nothing newer");
    expect(told).toHaveLength(4);
  });

  it("answers at the deadline, and from then on at once", async () => {
    const { state, over } = fragile();
    const { ask, clock } = await open("memory", { over });
    await ask();
    state.mode = "hangs";
    await clock.advance(minuteMs);
    const waiting = ask();
    const asked = state.asked;
    await clock.advance(3_000);
    expect((await waiting).text).toContain("Nothing newer can be told right now.");
    await clock.advance(minuteMs);
    expect((await ask()).status).toBe(200);
    expect(state.asked).toBe(asked);
  });

  it("calls nothing all right that it has not seen for ten minutes, or never", async () => {
    const { state, over } = fragile();
    const { json, clock } = await open("memory", { over });
    expect((await json()).state).toBe("ok");
    state.mode = "down";
    await clock.advance(10 * minuteMs);
    expect((await json()).state).toBe("ok");
    await clock.advance(minuteMs);
    expect((await json()).state).toBe("unknown");
    const down = fragile();
    down.state.mode = "down";
    const fresh = await open("memory", { over: down.over });
    expect(await fresh.json()).toMatchObject({ state: "unknown", asOfMs: null, isStale: true });
    const { text } = await fresh.ask();
    for (const words of ["Not known", "They cannot be told", "Its numbers cannot be told"]) {
      expect(text).toContain(words);
    }
    expect(text).not.toMatch(/None in the last|no data of the last/);
  });
});
