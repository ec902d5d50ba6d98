// What a restart keeps of Mavera: data, money, answers, and the jobs that were running, with the slots that they
// take; also when the process before it was killed.

import { systemClock } from "sluice/base";
import { describe, expect, test } from "vitest";
import { audit } from "./audit-process.ts";
import { type DemoProcess, newHome, startDemo } from "./demo-process.ts";
import { hello, MaveraCaller, video } from "./mavera-caller.ts";

const clean = { code: 0, stdout: "clean\n", stderr: "" };
const tooMany = { status: 429, body: { error: { code: "rate_limit_exceeded" } } };
/** Between two looks at something that has no way of telling. */
const lookEveryMs = 100;

async function restart(demo: DemoProcess, signal: NodeJS.Signals): Promise<DemoProcess> {
  demo.signal(signal);
  await demo.ended;
  return startDemo(demo.home);
}

function startVideo(caller: MaveraCaller, delay: number) {
  return caller.send("enterprise", "POST /video-analyses", { json: { ...video, delay } });
}

const idOf = (body: unknown) => (body as { id: string }).id;

/** What the job cost, once the API says that it has ended. */
async function untilCompleted(caller: MaveraCaller, id: string): Promise<number> {
  for (;;) {
    const { body } = await caller.send("enterprise", `GET /video-analyses/${id}`);
    const { status, credits_used: credits } = body as { status: string; credits_used: number };
    if (status === "completed") return credits;
    expect(["pending", "generating"]).toContain(status);
    await systemClock.sleep(lookEveryMs);
  }
}

/** The account's charges, once they are no longer what they were. */
async function untilCharged(caller: MaveraCaller, before: number): Promise<number> {
  for (;;) {
    const used = await caller.used("enterprise");
    if (used !== before) return used;
    await systemClock.sleep(lookEveryMs);
  }
}

describe.each(["SIGTERM", "SIGKILL"] as const)("after %s a new demo on the same home", (signal) => {
  test("has what Mavera's callers made and paid for, and answers a repeated call as before", async () => {
    const first = await startDemo(newHome());
    const { keys, ids } = first.file.mavera;
    const before = new MaveraCaller(first.file);
    const persona = {
      name: "Ada",
      description: "Counts everything twice.",
      pipeline_type: "advanced",
    };
    const made = await before.send("enterprise", "POST /personas", { json: persona });
    expect(made.status).toBe(201);
    const workspace = await before.send("enterprise", "POST /workspaces", {
      json: { name: "New" },
    });
    expect(workspace.status).toBe(201);
    const once = { json: hello, headers: { "Idempotency-Key": "once" } };
    const answered = await before.send("enterprise", "POST /responses", once);
    const used = await before.used("enterprise");
    expect(used).toBe(301);

    const second = await restart(first, signal);
    expect(second.file.mavera).toMatchObject({ keys, ids });
    const after = new MaveraCaller(second.file);
    const again = await after.send("enterprise", "POST /responses", once);
    expect([again.headers.get("Idempotent-Replayed"), again.body]).toEqual(["true", answered.body]);
    expect(await after.used("enterprise")).toBe(used);
    for (const path of [`/personas/${idOf(made.body)}`, `/workspaces/${idOf(workspace.body)}`]) {
      expect((await after.send("enterprise", `GET ${path}`)).status).toBe(200);
    }
    const codes = {
      revoked: "revoked_api_key",
      exhausted: "credits_exhausted",
      overBudget: "budget_exceeded",
    };
    for (const [key, code] of Object.entries(codes) as [keyof typeof codes, string][]) {
      const refused = await after.send(key, "POST /responses", { json: hello });
      expect(refused.body).toMatchObject({ error: { code } });
    }
    expect(await audit(second.home)).toEqual(clean);
  });

  test("still has its three video analyses running, and no slot for a fourth", async () => {
    const first = await startDemo(newHome());
    const before = new MaveraCaller(first.file);
    const started = [];
    for (let n = 0; n < 3; n++) started.push(await startVideo(before, 300_000));
    expect(started.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(await startVideo(before, 300_000)).toMatchObject(tooMany);

    const second = await restart(first, signal);
    const after = new MaveraCaller(second.file);
    expect(await startVideo(after, 300_000)).toMatchObject(tooMany);
    for (const { body } of started) {
      const job = await after.send("enterprise", `GET /video-analyses/${idOf(body)}`);
      expect(job.body).toMatchObject({ status: "pending", credits_used: null });
    }
    expect(await after.used("enterprise")).toBe(0);
    expect(await audit(second.home)).toEqual(clean);
  });

  test("goes on with a job, charges its end once, and gives its slot to the next", async () => {
    const first = await startDemo(newHome());
    const before = new MaveraCaller(first.file);
    const short = await startVideo(before, 2_000);
    for (let n = 0; n < 2; n++) expect((await startVideo(before, 300_000)).status).toBe(201);
    expect(await startVideo(before, 300_000)).toMatchObject(tooMany);

    const second = await restart(first, signal);
    const after = new MaveraCaller(second.file);
    const credits = await untilCompleted(after, idOf(short.body));
    expect(await untilCharged(after, 0)).toBe(credits);
    expect((await startVideo(after, 300_000)).status).toBe(201);
    expect(await startVideo(after, 300_000)).toMatchObject(tooMany);

    // The end was reported, and is not told again.
    const third = await restart(second, signal);
    const last = new MaveraCaller(third.file);
    expect(await last.used("enterprise")).toBe(credits);
    expect(await startVideo(last, 300_000)).toMatchObject(tooMany);
    expect(await audit(third.home)).toEqual(clean);
  });
});

test("a job that ends as its demo is killed is charged by one of those that follow, once", async () => {
  const first = await startDemo(newHome());
  const before = new MaveraCaller(first.file);
  const { body } = await startVideo(before, 0);
  const second = await restart(first, "SIGKILL");
  const after = new MaveraCaller(second.file);
  const credits = await untilCompleted(after, idOf(body));
  const third = await restart(second, "SIGKILL");
  const last = new MaveraCaller(third.file);
  expect(await untilCharged(last, 0)).toBe(credits);
  for (let n = 0; n < 3; n++) expect((await startVideo(last, 300_000)).status).toBe(201);
  expect(await audit(third.home)).toEqual(clean);
});
