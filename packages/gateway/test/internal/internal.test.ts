// The internal listener over real sockets, with a real gate behind the ends of jobs.

import { createHash, createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createPublicHealth } from "../../src/internal/health.ts";
import {
  createInternalAnswers,
  type InternalParts,
  internalUnreadable,
} from "../../src/internal/internal-answers.ts";
import type { VerifySigned } from "../../src/internal/job-ends.ts";
import { createReadiness, type Readiness } from "../../src/lifecycle/readiness.ts";
import { openTestDoor } from "../door/fixtures/test-door.ts";
import { type FilmGate, openFilmGate } from "../fixtures/film-gate.ts";

const secret = "shared with the upstream";

function sign(method: string, target: string, digest: string): string {
  return createHmac("sha256", secret).update(`${method}\n${target}\n${digest}`).digest("hex");
}

/** A signature as plain as can be: what counts here is what is done with the verdict. */
const verify: VerifySigned = ({ method, target, header }) => {
  const expected = sign(method, target, header("content-digest") ?? "");
  return header("signature") === expected ? undefined : "The signature does not match.";
};

interface Rig extends FilmGate {
  readonly url: string;
  readonly readiness: Readiness;
  readonly faults: unknown[];
  ask(
    path: string,
    init?: RequestInit,
  ): Promise<{ status: number; body: unknown; headers: Headers }>;
  report(requestId: string, body: string, headers?: Record<string, string>): ReturnType<Rig["ask"]>;
  /** Starts a film; the id of its job. */
  start(): Promise<string>;
}

async function rig(changed: Partial<InternalParts> = {}): Promise<Rig> {
  const films = await openFilmGate();
  const faults: unknown[] = [];
  const why = "connect ECONNREFUSED 127.0.0.1:5432";
  const readiness = createReadiness({
    checks: [{ name: "limits", isNeeded: false, check: () => Promise.reject(new Error(why)) }],
    redact: (text) => text,
  });
  const parts: InternalParts = {
    readiness,
    jobs: films.gate.jobs,
    verify,
    metrics: async () => ({ contentType: "text/plain; version=0.0.4", text: "up 1\n" }),
    admin: undefined,
    console: undefined,
    onFault: (error) => faults.push(error),
    ...changed,
  };
  const { port } = await openTestDoor({
    answer: createInternalAnswers(parts),
    unreadable: internalUnreadable,
  });
  const { port: publicPort } = await openTestDoor({ answer: films.gate.handle });
  const url = `http://127.0.0.1:${port}`;
  const ask: Rig["ask"] = async (path, init) => {
    const response = await fetch(url + path, init);
    const text = await response.text();
    const isJson = response.headers.get("content-type") === "application/json";
    return {
      status: response.status,
      headers: response.headers,
      body: isJson ? JSON.parse(text) : text,
    };
  };
  return {
    ...films,
    url,
    readiness,
    faults,
    ask,
    report(requestId, body, headers = {}) {
      const target = `/jobs/${requestId}`;
      const digest = `sha-256=:${createHash("sha256").update(body).digest("base64")}:`;
      const signed = { "Content-Digest": digest, Signature: sign("POST", target, digest) };
      return ask(target, { method: "POST", body, headers: { ...signed, ...headers } });
    },
    async start() {
      const headers = { "X-API-Key": films.secret };
      const started = await fetch(`http://127.0.0.1:${publicPort}/v1/films`, {
        method: "POST",
        headers,
      });
      expect(started.status).toBe(201);
      return started.headers.get("x-request-id") ?? "";
    },
  };
}

const completed = '{"outcome":"completed","credits":12}';

describe("health", () => {
  it("is alive from the beginning, and ready once it has started, with what is wrong", async () => {
    const { ask, readiness } = await rig();
    expect(await ask("/healthz")).toMatchObject({ status: 200, body: { status: "ok" } });
    const early = await ask("/readyz");
    expect(early).toMatchObject({ status: 503, body: { status: "starting" } });
    expect(early.headers.get("retry-after")).toBe("1");
    readiness.start();
    expect(await ask("/readyz?verbose")).toMatchObject({
      status: 200,
      body: { status: "ready", checks: [{ name: "limits", status: "failing" }] },
    });
    readiness.drain();
    expect(await ask("/readyz")).toMatchObject({ status: 503, body: { status: "draining" } });
    expect((await ask("/healthz")).status).toBe(200);
  });

  it("at the public door says nothing of what is wrong, and leaves an API its own paths", async () => {
    const { readiness, gate } = await rig();
    readiness.start();
    const front = createPublicHealth(readiness, (path) => path === "/healthz");
    const { port } = await openTestDoor({ answer: (call) => front(call) ?? gate.handle(call) });
    const get = async (path: string) => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`);
      return [response.status, await response.json()];
    };
    expect(await get("/readyz")).toEqual([200, { status: "ready" }]);
    expect(await get("/healthz")).toMatchObject([401, { error: { code: "missing_key" } }]);
    expect(await get("/readyzz")).toMatchObject([401, {}]);
  });
});

describe("other paths", () => {
  it("are the metrics, where there are any", async () => {
    const { ask } = await rig();
    const { body, headers } = await ask("/metrics");
    expect([body, headers.get("content-type")]).toEqual(["up 1\n", "text/plain; version=0.0.4"]);
    expect((await (await rig({ metrics: undefined })).ask("/metrics")).status).toBe(404);
  });

  it.each(["/", "/jobs", "/jobs/", "/jobs/a/b", "/healthz/", "/metrics/x", "/debug"])(
    "%s is not found",
    async (path) => {
      const { ask } = await rig();
      expect(await ask(path)).toMatchObject({
        status: 404,
        body: { error: /^Here are \/healthz/ },
      });
    },
  );

  it("are answered by the methods that they have", async () => {
    const { ask } = await rig();
    const wrong = await ask("/metrics", { method: "POST" });
    expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
    const get = await ask("/jobs/a");
    expect([get.status, get.headers.get("allow")]).toEqual([405, "POST"]);
  });

  it("tell nobody what failed inside", async () => {
    const { ask, faults } = await rig({
      metrics: () => Promise.reject(new Error("password hunter2")),
    });
    expect(await ask("/metrics")).toMatchObject({
      status: 500,
      body: { error: "Something failed; the log says what." },
    });
    expect(faults).toEqual([new Error("password hunter2")]);
  });
});

describe("the end of a job", () => {
  it("is charged once; a second report changes nothing", async () => {
    const { start, report, stores, gate } = await rig();
    const id = await start();
    expect(await report(id, completed)).toMatchObject({
      status: 200,
      body: { ended: "charged", credits: 12 },
    });
    expect(await report(id, completed)).toMatchObject({ status: 200, body: { ended: "unknown" } });
    const funds = { accountId: "acct_1", allowance: undefined };
    const { remaining, held } = await stores.ledger.balance(funds, gate.clock.wallMs());
    expect([remaining, held]).toEqual([988, 0]);
  });

  it("that failed is released; without credits all on hold is charged", async () => {
    const { start, report } = await rig();
    const failed = await report(await start(), '{"outcome":"failed"}');
    expect(failed.body).toEqual({ ended: "released" });
    const whole = await report(await start(), '{"outcome":"completed"}');
    expect(whole.body).toEqual({ ended: "charged", credits: 40 });
  });

  it.each([
    ["another signature", { Signature: "0000" }, "The signature does not match."],
    ["none", { Signature: "" }, "The signature does not match."],
  ])("with %s is not believed", async (_, headers, error) => {
    const { start, report, stores } = await rig();
    const answer = await report(await start(), completed, headers);
    expect(answer).toMatchObject({ status: 401, body: { error } });
    expect(stores.ledger.jobs().length).toBe(1);
  });

  it.each(["", "sha-256=:AAAA:", "sha-512=:AAAA:", "sha-256", "sha-256=1", ":::"])(
    "whose body is not what was signed is not believed: %j",
    async (digest) => {
      const { start, report, stores } = await rig();
      const id = await start();
      const headers = { "Content-Digest": digest, Signature: sign("POST", `/jobs/${id}`, digest) };
      expect(await report(id, completed, headers)).toMatchObject({
        status: 401,
        body: { error: "Content-Digest must have the sha-256 of the body." },
      });
      expect(stores.ledger.jobs().length).toBe(1);
    },
  );

  it.each([
    ...["", "null", "[]", "1", "{", '{"outcome":"done"}', '{"outcome":"failed","credits":1}'],
    ...['{"outcome":"completed","credits":1.5}', '{"outcome":"completed","credits":-1}'],
    ...['{"outcome":"completed","credits":"12"}', '{"outcome":"completed","cost":1}'],
    ...[
      '{"outcome":"completed","credits":9007199254740993}',
      '{"outcome":"completed","credits":null}',
    ],
  ])("that says %s is told what to say", async (body) => {
    const { start, report, stores } = await rig();
    const answer = await report(await start(), body);
    expect(answer).toMatchObject({
      status: 400,
      body: { error: /^Send \{"outcome":"completed"\}/ },
    });
    expect(stores.ledger.jobs().length).toBe(1);
  });

  it("of no job is unknown, and an id that is none is told apart", async () => {
    const { report } = await rig();
    const id = "01890000-0000-7000-8000-000000000000";
    expect(await report(id, completed)).toMatchObject({ status: 200, body: { ended: "unknown" } });
    expect((await report("film-7", completed)).status).toBe(404);
  });

  it("that is too long is not read", async () => {
    const { report } = await rig();
    expect((await report("a", "x".repeat(5_000))).status).toBe(413);
  });

  it("while the ledger is down is to be reported again, without a word on why", async () => {
    const down = new Error("connect ECONNREFUSED 10.0.0.7:5432");
    const { report, faults } = await rig({ jobs: { end: () => Promise.reject(down) } });
    const answer = await report("01890000-0000-7000-8000-000000000000", completed);
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "1"]);
    expect(JSON.stringify(answer.body)).not.toContain("ECONNREFUSED");
    expect(faults).toEqual([down]);
  });

  it("without a secret is refused, with what to do", async () => {
    const { report } = await rig({ verify: undefined });
    expect(await report("a", completed)).toMatchObject({ status: 403 });
  });
});
