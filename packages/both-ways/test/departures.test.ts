// Callers who leave where only one of the ways, or only a job, has such a place: in the queue for a connection, and while a job
// is being started.

import { describe, expect, it } from "vitest";
import { serve, serveInFrontOf, ways } from "../src/serve.ts";
import { kindsOfStores, useStores } from "../src/stores.ts";
import { until } from "../src/until.ts";
import { type Leaving, LeavingClient } from "./fixtures/leaving-client.ts";
import { handlerOn, Stage, socketsOn } from "./fixtures/puppets.ts";
import { openSession, type Session } from "./fixtures/session.ts";
import { DEADLINE_MS } from "./fixtures/works.ts";

const open = useStores();
const leavings: readonly Leaving[] = ["resets", "closes"];

function asked({ keys }: Session, what: string) {
  const [method = "", path = ""] = what.split(" ");
  const headers = [["X-API-Key", keys.pro] as const, ["Content-Type", "application/json"] as const];
  return { method, path, headers, body: method === "GET" ? "" : '{"prompt":"a cat"}' };
}

describe.each(kindsOfStores)("with stores in %s", (kind) => {
  it.each([...leavings, "waits too long"] as const)(
    "a caller in the queue for a connection who %s is never heard of behind the gate",
    async (how) => {
      const stage = new Stage();
      const session = await openSession(
        "proxied",
        async (_, options) =>
          serveInFrontOf({ ...(await socketsOn(stage)), connectionsMax: 1 }, options),
        kind,
        open,
      );
      const { url } = session.served;
      const first = await LeavingClient.ask(url, asked(session, "GET /v1/rest/a"));
      const puppet = await stage.next();
      const row = session.rows.next;
      const second = await LeavingClient.ask(url, asked(session, "POST /v1/things"));
      await until(async () => (await session.funds()).held > 0);
      if (how === "waits too long") {
        await session.clock.advance(DEADLINE_MS);
        expect(await row).toMatchObject({ condition: "upstream_timeout", status: 504, charged: 0 });
        expect((await second.rest()).status).toBe(504);
      } else {
        second.leave(how);
        expect(await row).toMatchObject({ ending: "abandoned", status: 499, charged: 0 });
      }
      puppet.head({ type: "application/json", length: 2 });
      puppet.piece("{}");
      puppet.end();
      expect((await first.rest()).status).toBe(200);
      await session.served.gate.idle();
      expect([await session.funds(), stage.count]).toEqual([{ held: 0, used: 0 }, 1]);
    },
    20_000,
  );

  describe.each(ways)("%s", (way) => {
    it.each(leavings)(
      "a caller who leaves (%s) while a job is started has a job, which is paid for at its end",
      async (how) => {
        const stage = new Stage();
        const session = await openSession(
          way,
          async (_, options) =>
            way === "embedded"
              ? serve("embedded", { ...options, plain: handlerOn(stage) })
              : serveInFrontOf(await socketsOn(stage), options),
          kind,
          open,
        );
        const { gate, url, departures } = session.served;
        const row = session.rows.next;
        const client = await LeavingClient.ask(url, asked(session, "POST /v1/films"));
        const puppet = await stage.next();
        client.leave(how);
        await departures.reached(1);
        puppet.head({ type: "application/json", length: 2 });
        puppet.piece("{}");
        puppet.end();
        const { requestId, ...started } = await row;
        expect(started).toMatchObject({ ending: "done", status: 200, held: 40, charged: 0 });
        await gate.idle();
        expect(await session.funds()).toEqual({ held: 40, used: 0 });
        const next = await LeavingClient.ask(url, asked(session, "POST /v1/films"));
        expect((await next.rest()).status).toBe(429);
        const ended = await gate.jobs.end(requestId, { kind: "completed", credits: 12 });
        expect(ended).toEqual({ kind: "charged", credits: 12 });
        expect(await session.funds()).toEqual({ held: 0, used: 12 });
      },
      20_000,
    );
  });
});
