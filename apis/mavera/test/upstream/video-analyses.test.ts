// Video analyses: how they go on, and how they fail.

import { describe, expect, test } from "vitest";
import { newSession } from "./session.ts";

const draft = {
  video_url: "https://videos.example/spot.mp4",
  title: "Summer spot",
  brand: "Acme",
  product: "Anvil",
  primary_intent: "Persuasive",
  goal: "Make people want an anvil.",
};

describe("a video analysis", () => {
  test("is answered at once, and shows how far it is", async () => {
    const session = newSession();
    const { status, body } = await session.post("/video-analyses", draft);
    const chunks = expect.any(Number);
    const begun = {
      id: expect.stringMatching(/^clx[0-9a-z]{22}$/),
      object: "video_analysis",
      status: "pending",
      error: null,
      workspace_id: null,
      ...draft,
      secondary_intent: null,
      tertiary_intent: null,
      chunk_duration: 2,
      frames_per_chunk: 4,
      progress: { total_chunks: chunks, processed_chunks: 0 },
      created_at: 1_780_304_400,
      credits_used: null,
      summary: null,
    };
    expect({ status, body }).toEqual({ status: 201, body: begun });
    const seen = [];
    for (let quarter = 0; quarter < 4; quarter += 1) {
      await session.clock.advance(500);
      seen.push((await session.get(`/video-analyses/${body.id}`)).body);
    }
    expect(seen.map((job) => job.status)).toEqual([
      "generating",
      "generating",
      "generating",
      "completed",
    ]);
    const progress = seen.map((job) => (job as unknown as typeof begun).progress);
    const total = progress[0]?.total_chunks;
    expect(progress.map((one) => one.processed_chunks)).toEqual(
      [0.25, 0.5, 0.75, 1].map((share) => Math.floor(total * share)),
    );
    expect(seen[3]).toMatchObject({
      credits_used: expect.any(Number),
      summary: expect.stringContaining("stand-in"),
    });
  });

  test("costs 100 to 500 credits, the same for the same video", async () => {
    const session = newSession();
    const paths = Array.from({ length: 60 }, (_, n) => `https://videos.example/${n}.mp4`);
    for (const video_url of [...paths, ...paths]) {
      await session.post("/video-analyses", { ...draft, video_url });
    }
    await session.clock.runUntilIdle();
    const newest = (await session.list("/video-analyses?limit=60")).body.data;
    const older = (await session.list("/video-analyses?limit=60&offset=60")).body.data;
    const creditsOf = (job: object) => ("credits_used" in job ? Number(job.credits_used) : 0);
    const credits = newest.map(creditsOf);
    expect(older.map(creditsOf)).toEqual(credits);
    expect(Math.min(...credits)).toBeGreaterThanOrEqual(100);
    expect(Math.max(...credits)).toBeLessThanOrEqual(500);
    expect(new Set(credits).size).toBeGreaterThan(10);
  });

  test("of a video that cannot be read fails, with a text that says so", async () => {
    const session = newSession();
    const video_url = "https://videos.example/a/unreadable.mp4?signature=x";
    const { id } = (await session.post("/video-analyses", { ...draft, video_url })).body;
    expect(await session.get(`/video-analyses/${id}`)).toMatchObject({ body: { error: null } });
    await session.clock.runUntilIdle();
    expect(await session.get(`/video-analyses/${id}`)).toMatchObject({
      status: 200,
      body: {
        status: "failed",
        error: "The video cannot be read.",
        progress: { processed_chunks: 0 },
        credits_used: null,
        summary: null,
      },
    });
  });

  test.each([
    [{ ...draft, video_url: undefined }, "video_url"],
    [{ ...draft, video_url: "spot.mp4" }, "video_url"],
    [{ ...draft, video_url: "file:///spot.mp4" }, "video_url"],
    [{ ...draft, video_url: `https://videos.example/${"x".repeat(2048)}` }, "video_url"],
    [{ ...draft, title: "ab" }, "title"],
    [{ ...draft, brand: "a" }, "brand"],
    [{ ...draft, product: "x".repeat(101) }, "product"],
    [{ ...draft, primary_intent: "persuasive" }, "primary_intent"],
    [{ ...draft, secondary_intent: "None" }, "secondary_intent"],
    [{ ...draft, goal: "Too short" }, "goal"],
    [{ ...draft, chunk_duration: 0 }, "chunk_duration"],
    [{ ...draft, frames_per_chunk: 61 }, "frames_per_chunk"],
    [{ ...draft, delay: "2s" }, "delay"],
  ])("is refused where the body does not fit (case %#)", async (body, field) => {
    const session = newSession();
    expect(await session.post("/video-analyses", body)).toMatchObject({
      status: 422,
      body: { failure: { kind: "unacceptable", field } },
    });
    expect(session.clock.pendingTimers).toBe(0);
  });
});

describe("video analyses", () => {
  test("are listed newest first, of one status if it is named", async () => {
    const session = newSession();
    const unreadable = "https://videos.example/unreadable.mp4";
    const failed = (await session.post("/video-analyses", { ...draft, video_url: unreadable }))
      .body;
    const completed = (await session.post("/video-analyses", draft)).body;
    await session.clock.runUntilIdle();
    const pending = (await session.post("/video-analyses", draft)).body;
    const idsOf = async (query: string) =>
      (await session.list(`/video-analyses?${query}`)).body.data.map(({ id }) => id);
    expect(await idsOf("")).toEqual([pending.id, completed.id, failed.id]);
    expect(await idsOf("status=pending")).toEqual([pending.id]);
    expect(await idsOf("status=generating")).toEqual([]);
    expect(await idsOf("status=completed")).toEqual([completed.id]);
    expect(await idsOf("status=failed")).toEqual([failed.id]);
    expect(await session.list("/video-analyses?limit=1&offset=1")).toMatchObject({
      body: { data: [{ id: completed.id }], total: 3, limit: 1, offset: 1, has_more: true },
    });
  });

  test("cannot be asked for by a status that there is not", async () => {
    expect(await newSession().get("/video-analyses?status=COMPLETED")).toMatchObject({
      status: 422,
      body: { failure: { kind: "unacceptable", field: "status" } },
    });
  });

  test("of another account and of nobody are absent by the same bytes", async () => {
    const session = newSession();
    const { id } = (await session.post("/video-analyses", draft)).body;
    const other = session.as({ accountId: "acct_2" });
    const foreign = await other.get(`/video-analyses/${id}`);
    expect(foreign).toEqual({
      status: 404,
      body: { failure: { kind: "absent", detail: "Video analysis not found." } },
    });
    expect(await other.get("/video-analyses/none")).toEqual(foreign);
  });
});
