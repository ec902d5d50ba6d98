// What is told of jobs' ends: when, how often, and after a restart.

import { describe, expect, test } from "vitest";
import type { JobEnd, Records } from "../../upstream/index.ts";
import { createMemoryRecords } from "../../upstream/memory-records.ts";
import { newFile, openUntilDone } from "./records-file.ts";
import { newSession } from "./session.ts";

const video = {
  video_url: "https://videos.example/unreadable.mp4",
  title: "Summer spot",
  brand: "Acme",
  product: "Anvil",
  primary_intent: "Persuasive",
  goal: "Make people want an anvil.",
};

/** Hears of ends, or turns so many of them away first. */
function listener(deaf = 0) {
  const heard: JobEnd[] = [];
  const attempts: JobEnd[] = [];
  const onJobEnd = async (end: JobEnd) => {
    attempts.push(end);
    if (attempts.length <= deaf) throw new Error("not now");
    heard.push(end);
  };
  return { heard, attempts, onJobEnd };
}

describe("the end of a job", () => {
  test("is told once, by the request that started it", async () => {
    const { heard, attempts, onJobEnd } = listener();
    const session = newSession({ onJobEnd });
    await session.as({ requestId: "request_a" }).post("/focus-groups", { sample_size: 10 });
    await session.as({ requestId: "request_b" }).post("/video-analyses", video);
    await session.clock.advance(1999);
    expect(attempts).toEqual([]);
    await session.clock.runUntilIdle();
    expect(heard).toEqual([
      { requestId: "request_a", outcome: { kind: "completed", credits: 50 } },
      { requestId: "request_b", outcome: { kind: "failed" } },
    ]);
    session.upstream.resume();
    await session.clock.runUntilIdle();
    expect(attempts).toHaveLength(2);
  });

  test("is told again when nobody heard: after 1 s, 2 s, 4 s, and so on up to a minute", async () => {
    const { attempts, heard, onJobEnd } = listener(9);
    const session = newSession({ onJobEnd });
    await session.post("/focus-groups", { delay: 0 });
    await session.clock.advance(0);
    const gaps: number[] = [];
    let lastMs = session.clock.monotonicMs();
    while (await session.clock.runNext()) {
      gaps.push(session.clock.monotonicMs() - lastMs);
      lastMs = session.clock.monotonicMs();
    }
    expect(gaps).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60].map((seconds) => seconds * 1000));
    expect(attempts).toHaveLength(10);
    expect(heard).toHaveLength(1);
  });

  test("is shown to callers, whether or not somebody heard", async () => {
    const session = newSession({ onJobEnd: () => Promise.reject(new Error("never")) });
    const { id } = (await session.post("/focus-groups", {})).body;
    await session.clock.advance(2000);
    expect((await session.get(`/focus-groups/${id}`)).body.status).toBe("completed");
    session.upstream.close();
  });

  test("is reached without a listener, and kept for one who comes later", async () => {
    const records = createMemoryRecords();
    const deaf = newSession({ records });
    await deaf.post("/focus-groups", {});
    await deaf.clock.runUntilIdle();
    deaf.upstream.close();
    const { heard, onJobEnd } = listener();
    const session = newSession({ records, onJobEnd });
    session.upstream.resume();
    await session.clock.runUntilIdle();
    expect(heard).toHaveLength(1);
  });

  test("does not come once the upstream is closed, and no timer is left", async () => {
    const { attempts, onJobEnd } = listener();
    const session = newSession({ onJobEnd });
    await session.post("/focus-groups", {});
    session.upstream.close();
    expect(session.clock.pendingTimers).toBe(0);
    await session.post("/focus-groups", {});
    expect(session.clock.pendingTimers).toBe(0);
    await session.clock.advance(10_000);
    expect(attempts).toEqual([]);
  });
});

const kinds: readonly (readonly [where: string, prepare: () => () => Records])[] = [
  [
    "in memory",
    () => {
      const records = createMemoryRecords();
      return () => records;
    },
  ],
  [
    "in a file",
    () => {
      const file = newFile();
      return () => openUntilDone(file);
    },
  ],
];

describe.each(kinds)("after a restart on records %s", (_, prepare) => {
  test("a job goes on from where it stood", async () => {
    const open = prepare();
    const first = newSession({ records: open() });
    const { id } = (await first.post("/focus-groups", {})).body;
    await first.clock.advance(1100);
    first.upstream.close();

    const { heard, onJobEnd } = listener();
    const session = newSession({ records: open(), onJobEnd });
    await session.clock.advance(60_000);
    expect((await session.get(`/focus-groups/${id}`)).body.status).toBe("generating");
    session.upstream.resume();
    await session.clock.advance(999);
    expect((await session.get(`/focus-groups/${id}`)).body.status).toBe("generating");
    await session.clock.advance(1);
    expect((await session.get(`/focus-groups/${id}`)).body.status).toBe("completed");
    expect(heard).toEqual([
      { requestId: "request_1", outcome: { kind: "completed", credits: 73 } },
    ]);
  });

  test("an end that nobody heard is told, and one that was heard is not", async () => {
    const open = prepare();
    const before = listener(1);
    const first = newSession({ records: open(), onJobEnd: before.onJobEnd });
    await first.as({ requestId: "unheard" }).post("/focus-groups", { delay: 100 });
    await first.as({ requestId: "heard" }).post("/focus-groups", { delay: 200 });
    await first.clock.advance(200);
    expect(before.heard).toMatchObject([{ requestId: "heard" }]);
    first.upstream.close();

    const after = listener();
    const session = newSession({ records: open(), onJobEnd: after.onJobEnd });
    session.upstream.resume();
    session.upstream.resume();
    await session.clock.runUntilIdle();
    expect(after.attempts).toMatchObject([{ requestId: "unheard" }]);
  });

  test("an end is told again when the restart came before it was noted as heard", async () => {
    const open = prepare();
    let hear = () => {};
    const heard = new Promise<void>((resolve) => {
      hear = resolve;
    });
    const first = newSession({ records: open(), onJobEnd: () => heard });
    await first.post("/focus-groups", { delay: 0 });
    await first.clock.advance(0);
    first.upstream.close();
    hear();
    await heard;

    const after = listener();
    const session = newSession({ records: open(), onJobEnd: after.onJobEnd });
    session.upstream.resume();
    await session.clock.runUntilIdle();
    expect(after.heard).toMatchObject([{ requestId: "request_1" }]);
  });
});

test("of two that have the file, only the last one to resume goes on with a job", async () => {
  const file = newFile();
  const first = listener();
  const second = listener();
  const starter = newSession({ records: openUntilDone(file), onJobEnd: first.onJobEnd });
  const { clock } = starter;
  await starter.post("/focus-groups", {});
  await clock.advance(600);
  const taker = newSession({ records: openUntilDone(file), clock, onJobEnd: second.onJobEnd });
  taker.upstream.resume();
  await clock.runUntilIdle();
  expect(first.attempts).toEqual([]);
  expect(second.heard).toHaveLength(1);
});

test("a job goes on when its records could not be written for a moment", async () => {
  const memory = createMemoryRecords();
  let isBusy = false;
  const records: Records = {
    ...memory,
    write(work) {
      if (isBusy) throw new Error("the records are busy");
      return memory.write(work);
    },
  };
  const { heard, onJobEnd } = listener();
  const session = newSession({ records, onJobEnd });
  await session.post("/focus-groups", {});
  isBusy = true;
  await session.clock.advance(2000);
  isBusy = false;
  await session.clock.runUntilIdle();
  expect(heard).toHaveLength(1);
});
