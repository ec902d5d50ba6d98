// Mavera as a tool sees it that knows demo.json and nothing else: every refusal that its keys and ids promise, one
// answer, and one stream.

import { expect } from "vitest";
import type { KeyName } from "../../src/home.ts";
import {
  type HeardEvent,
  hello,
  type MaveraCaller,
  type Reply,
  type Sent,
  video,
} from "../mavera-caller.ts";
import type { Row } from "./row.ts";

const refused = (status: number, code: string, more: object = {}) => ({
  status,
  body: { error: { code, message: expect.any(String), ...more } },
});
const askOf =
  (caller: MaveraCaller) =>
  (key: KeyName<"mavera"> | undefined, changed: object = {}, sent: Sent = {}) =>
    caller.send(key, "POST /responses", { ...sent, json: { ...hello, ...changed } });

/** What the demo's keys and ids do, and what is answered. */
export const maveraRows: readonly Row<MaveraCaller>[] = [
  [
    "lead to the refusals of identity",
    async (caller) => {
      const ask = askOf(caller);
      const type = "authentication_error";
      const invalid = refused(401, "invalid_api_key", { type });
      const unknown = { secret: `mvra_live_${"0".repeat(32)}` };
      expect(await ask(undefined)).toMatchObject(refused(401, "missing_api_key", { type }));
      expect(await caller.send({ secret: "nonsense" }, "GET /personas")).toMatchObject(invalid);
      expect(await caller.send(unknown, "GET /personas")).toMatchObject(invalid);
      expect(await ask("revoked")).toMatchObject(refused(401, "revoked_api_key", { type }));
      expect(await ask("expired")).toMatchObject(refused(401, "expired_api_key", { type }));
    },
  ],

  [
    "lead to three ways of having no credits, one code for two of them",
    async (caller) => {
      const ask = askOf(caller);
      const type = "insufficient_credits";
      expect(await ask("exhausted")).toMatchObject(refused(402, "credits_exhausted", { type }));
      expect(await ask("overBudget")).toMatchObject(refused(402, "budget_exceeded", { type }));
      const lapsed = await caller.send("lapsed", "GET /personas");
      const message = expect.stringContaining("subscription has lapsed");
      expect(lapsed).toMatchObject(refused(402, "credits_exhausted", { type, message }));
      expect((await caller.send("exhausted", "GET /personas")).status).toBe(200);
    },
  ],

  [
    "lead to a key that may read and not write",
    async (caller) => {
      const ask = askOf(caller);
      expect(await ask("viewer")).toMatchObject(refused(403, "forbidden"));
      expect((await caller.send("viewer", "GET /usage")).status).toBe(200);
    },
  ],

  [
    "lead to a workspace of one's own, and to one that might as well not exist",
    async (caller) => {
      const ask = askOf(caller);
      const { persona, workspace, foreignWorkspace } = caller.file.mavera.ids;
      expect((await ask("starter", { workspace_id: workspace, persona_id: persona })).status).toBe(
        200,
      );
      expect((await caller.send("stranger", `GET /workspaces/${foreignWorkspace}`)).status).toBe(
        200,
      );
      const foreign = await ask("starter", { workspace_id: foreignWorkspace });
      expect(foreign).toMatchObject(refused(404, "resource_not_found"));
      expect((await ask("starter", { workspace_id: "ws_absent" })).body).toEqual(foreign.body);
    },
  ],

  [
    "lead to nothing where nothing is",
    async (caller) => {
      for (const path of ["/workspaces/ws_somebody_else", "/personas/nobody", "/nothing"]) {
        const reply = await caller.send("starter", `GET ${path}`);
        expect(reply).toMatchObject(
          refused(404, "resource_not_found", { type: "not_found_error" }),
        );
      }
    },
  ],

  [
    "lead to every way in which an input can be wrong",
    async (caller) => {
      const ask = askOf(caller);
      const wrong = (code: string, param: string) =>
        refused(400, code, { type: "validation_error", param });
      expect(await ask("starter", { model: "gpt-4" })).toMatchObject(
        wrong("invalid_model", "model"),
      );
      const missing = await caller.send("starter", "POST /responses", {
        json: { model: "mavera-1" },
      });
      expect(missing).toMatchObject(wrong("missing_field", "input"));
      expect(await ask("starter", { stream: 3 })).toMatchObject(wrong("invalid_field", "stream"));
      const nobody = await ask("starter", { persona_id: "nobody" });
      expect(nobody).toMatchObject(wrong("invalid_persona", "persona_id"));
    },
  ],

  [
    "lead to 500 and 503 by simulation, and for test keys only",
    async (caller) => {
      const ask = askOf(caller);
      for (const [status, code] of [
        [500, "internal_error"],
        [503, "service_unavailable"],
      ] as const) {
        const headers = { "Sluice-Simulate": code };
        const simulated = await ask("test", {}, { headers });
        expect(simulated).toMatchObject(refused(status, code, { type: "server_error" }));
        expect(simulated.headers.has("Retry-After")).toBe(status === 503);
        expect((await ask("starter", {}, { headers })).status).toBe(200);
      }
    },
  ],

  [
    "lead to a fourth video analysis that must wait for one of three",
    async (caller) => {
      const start = () =>
        caller.send("test", "POST /video-analyses", { json: { ...video, delay: 300_000 } });
      for (let n = 0; n < 3; n++) expect((await start()).status).toBe(201);
      const fourth = await start();
      const message = expect.stringContaining("at most 3 may run at once");
      expect(fourth).toMatchObject(refused(429, "rate_limit_exceeded", { message }));
      expect(fourth.headers.get("Retry-After")).toBe("15");
    },
  ],
  [
    "says what an answer cost, and that is charged",
    async (caller) => {
      const ask = askOf(caller);
      const before = await caller.used("enterprise");
      const { status, body } = await ask("enterprise", { input: "word ".repeat(1_000) });
      expect([status, body]).toMatchObject([
        200,
        { status: "completed", usage: { credits_used: 2 } },
      ]);
      expect(await caller.used("enterprise")).toBe(before + 2);
    },
  ],

  [
    "streams an answer, too, whose completion says what was charged",
    async (caller) => {
      const before = await caller.used("enterprise");
      const json = { ...hello, stream: true };
      const { status, headers, events } = await caller.stream("enterprise", "POST /responses", {
        json,
      });
      expect([status, headers.get("Content-Type")]).toEqual([200, "text/event-stream"]);
      const heard: HeardEvent[] = [];
      for await (const event of events) heard.push(event);
      const names = heard.map(({ name }) => name);
      expect(names[0]).toBe("response.created");
      expect(names.slice(-2)).toEqual(["response.completed", undefined]);
      expect(heard.at(-1)?.data).toBe("[DONE]");
      const { response } = JSON.parse(heard.at(-2)?.data ?? "");
      expect(response).toMatchObject({ status: "completed", usage: { credits_used: 1 } });
      expect(await caller.used("enterprise")).toBe(before + 1);
    },
  ],

  [
    "counts down to the rate limit, and the 61st within a minute says when to come back",
    async (caller) => {
      const left = Number(
        (await caller.send("stranger", "GET /usage")).headers.get("X-RateLimit-Remaining"),
      );
      const replies: Reply[] = [];
      for (let n = 0; n <= left; n++) replies.push(await caller.send("stranger", "GET /personas"));
      for (const [n, { status, headers }] of replies.slice(0, left).entries()) {
        expect([status, headers.get("X-RateLimit-Limit")]).toEqual([200, "60"]);
        expect(headers.get("X-RateLimit-Remaining")).toBe(String(left - 1 - n));
      }
      const [limited] = replies.slice(-1);
      const seconds = Number(limited?.headers.get("Retry-After"));
      expect(seconds).toBeGreaterThanOrEqual(1);
      expect(seconds).toBeLessThanOrEqual(60);
      const message = `Rate limit exceeded. Please retry after ${seconds} seconds.`;
      expect(limited).toMatchObject(
        refused(429, "rate_limit_exceeded", { type: "rate_limit_error", message }),
      );
      expect(limited?.headers.get("X-RateLimit-Remaining")).toBe("0");
      expect(Number(limited?.headers.get("X-RateLimit-Reset"))).toBeGreaterThan(0);
      // The window is the key's own.
      expect((await caller.send("starter", "GET /personas")).status).toBe(200);
    },
  ],
];
