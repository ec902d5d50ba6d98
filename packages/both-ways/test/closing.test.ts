// The tests' own closing: nobody who is still there holds it up, and where something does it says what.

import { connect } from "node:net";
import { VirtualClock } from "sluice/base";
import { describe, expect, it } from "vitest";
import { closedInTime } from "../src/closing.ts";
import { ways } from "../src/serve.ts";
import { useStores } from "../src/stores.ts";
import { plainWorks } from "./fixtures/doings.ts";
import { openBothWays } from "./fixtures/session.ts";

const open = useStores();

describe("closing what is served", () => {
  it.each([
    ["nothing", ""],
    ["half a request", "GET / HT"],
    ["half a body", "POST /v1/things HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc"],
    ["no request", "*1\r\n$4\r\nPING\r\n"],
    ["that it wants a tunnel", "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n"],
  ])("cuts off who has said %s and stays", async (_, said) => {
    const both = await openBothWays(open, "memory", plainWorks);
    for (const way of ways) {
      const { served } = both[way];
      const { port, hostname: host } = new URL(served.url);
      const socket = connect({ port: Number(port), host, allowHalfOpen: true });
      const cut = new Promise((resolve) =>
        socket.on("error", () => undefined).once("close", resolve),
      );
      await new Promise((resolve) => socket.once("connect", resolve));
      const heard = new Promise((resolve) => socket.once("data", resolve).once("error", resolve));
      socket.write(said);
      if (/PING|CONNECT/.test(said)) await heard;
      // A connection that has been used is one that the server has taken.
      else await both[way].see({ method: "GET", path: "/v1/balance", headers: [] });
      await served.close();
      socket.destroy();
      await cut;
    }
  });

  it("says what holds it up, and how that stands by then", async () => {
    const clock = new VirtualClock();
    const closing = closedInTime("the door", new Promise(() => {}), () => ({ open: 3 }), clock);
    const told = expect(closing).rejects.toThrow('the door is not closed after 15 s: {"open":3}');
    await clock.advance(15_000);
    await told;
  });

  it("leaves no clock running once it is done", async () => {
    const clock = new VirtualClock();
    await closedInTime("the door", Promise.resolve(), undefined, clock);
    await Promise.resolve();
    expect(clock.pendingTimers).toBe(0);
  });
});
