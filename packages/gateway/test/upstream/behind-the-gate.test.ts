// The whole way, with a gate in between: whatever an upstream does, the caller hears the contract's words, nothing that failed is
// charged, and nothing stays taken.

import { describe, expect, it } from "vitest";
import { apiAt, bureau, running, settingsFor } from "../fixtures/bureau.ts";
import { RawUpstream, response } from "./fixtures/raw-upstream.ts";

const OK = "HTTP/1.1 200 OK\r\nContent-Type: text/plain";
const HTML = "<html><h1>502 Bad Gateway</h1>nginx at 10.0.0.7</html>";

async function gated(deadlineMs?: number) {
  const raw = await RawUpstream.start();
  const terms = deadlineMs === undefined ? {} : { deadlineMs };
  const gate = await running(settingsFor([apiAt(raw.url, { api: bureau(terms) })]));
  const { allowance } = bureau().server.plans.free;
  return {
    raw,
    ...gate,
    /** Costs a credit, where it goes well. */
    buy: (init?: RequestInit) => gate.ask("/buy", { method: "POST", body: "x", ...init }),
    async spent() {
      await gate.gateway.gates[0]?.idle();
      const funds = { accountId: "acct_1", allowance };
      const { used, held } = await gate.gateway.stores.ledger.balance(funds, Date.now());
      return { used, held };
    },
  };
}

describe("an upstream behind the gate", () => {
  it("that answers with a page of HTML and 500, 502, 503 or 504 is never shown, nor charged", async () => {
    const { raw, buy, spent } = await gated();
    const statuses = [500, 502, 503, 504];
    const page = "Content-Type: text/html\r\nServer: nginx";
    raw.answers(...statuses.map((status) => response(HTML, `HTTP/1.1 ${status} Bad\r\n${page}`)));
    for (const status of statuses) {
      const answer = await buy();
      expect(answer.status).toBe(status === 500 ? 500 : 503);
      expect(answer.headers.get("content-type")).toContain("json");
      expect(answer.headers.get("server")).toBeNull();
      const text = await answer.text();
      expect(JSON.parse(text)).toHaveProperty("error.code");
      expect(text).not.toMatch(/html|nginx|10\.0/);
    }
    expect(await spent()).toEqual({ used: 0, held: 0 });
  });

  it("that dies before its head, or in an answer that is short, is unavailable and costs nothing", async () => {
    const { raw, buy, spent } = await gated();
    for (const said of ["", "HTTP/1.1 2", `${OK}\r\nContent-Length: 10\r\n\r\nabc`]) {
      const answered = buy();
      const connection = await raw.connection();
      await connection.request(1);
      connection.say(said).socket.end();
      const answer = await answered;
      expect(answer.status).toBe(503);
      expect(answer.headers.get("retry-after")).toBe("1");
      expect(await answer.text()).not.toContain("abc");
    }
    expect(await spent()).toEqual({ used: 0, held: 0 });
  });

  it("that dies in the middle of a long answer breaks it off, and costs nothing", async () => {
    const { raw, buy, spent } = await gated();
    const answered = buy();
    const connection = await raw.connection();
    await connection.request(1);
    connection.say(`${OK}\r\nContent-Length: 100000\r\n\r\nabc`);
    const answer = await answered;
    connection.socket.destroy();
    await expect(answer.text()).rejects.toThrow();
    expect(await spent()).toEqual({ used: 0, held: 0 });
  });

  it("that takes too long is cut off, and costs nothing", async () => {
    const { raw, buy, spent } = await gated(50);
    const answered = buy();
    const connection = await raw.connection();
    await connection.request(1);
    expect((await answered).status).toBe(504);
    await connection.until(({ closed }) => closed);
    expect(await spent()).toEqual({ used: 0, held: 0 });
  });

  it("whose caller leaves before the head hears of it at once, and nothing is charged", async () => {
    const { raw, buy, spent } = await gated();
    const leaving = new AbortController();
    const answered = buy({ signal: leaving.signal });
    const connection = await raw.connection();
    await connection.request(1);
    leaving.abort();
    await expect(answered).rejects.toThrow();
    await connection.until(({ closed }) => closed);
    expect(await spent()).toEqual({ used: 0, held: 0 });
  });

  it("whose caller leaves in the middle of a long answer hears of it at once, and is paid", async () => {
    const { raw, buy, spent } = await gated();
    const leaving = new AbortController();
    const answered = buy({ signal: leaving.signal });
    const connection = await raw.connection();
    await connection.request(1);
    connection.say(`${OK}\r\nContent-Length: 100000\r\n\r\nabc`);
    const reader = (await answered).body?.getReader();
    await reader?.read();
    leaving.abort();
    await connection.until(({ closed }) => closed);
    expect(await spent()).toEqual({ used: 1, held: 0 });
  });

  it("that answers well is charged for, once, also where the answer is long", async () => {
    const { raw, buy, spent } = await gated();
    raw.answers(response("short", OK), response("x".repeat(300_000), OK));
    expect(await (await buy()).text()).toBe("short");
    expect(await (await buy()).text()).toHaveLength(300_000);
    expect(await spent()).toEqual({ used: 2, held: 0 });
  });
});
