// What records promise wherever they are kept, and that an upstream begun anew on them goes on.

import { describe, expect, test } from "vitest";
import type { Records } from "../../upstream/index.ts";
import { createMemoryRecords } from "../../upstream/memory-records.ts";
import { newFile, openUntilDone } from "./records-file.ts";
import { newSession, type Session } from "./session.ts";

/** Gives the same records each time, the way a start of the program comes by them. */
type Opener = () => Records;

const kinds: readonly (readonly [where: string, prepare: () => Opener])[] = [
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
      let last: { close(): void } | undefined;
      return () => {
        last?.close();
        const records = openUntilDone(file);
        last = records;
        return records;
      };
    },
  ],
];

async function answers(session: Session, threadId: string): Promise<readonly unknown[]> {
  const lists = ["personas", "mave/threads", "focus-groups", "video-analyses"];
  return Promise.all([
    session.get(`/mave/threads/${threadId}`),
    ...lists.map((list) => session.get(`/${list}`)),
  ]);
}

describe.each(kinds)("records %s", (_, prepare) => {
  test("answer after a restart what they answered before", async () => {
    const open = prepare();
    const session = newSession({ records: open() });
    const message = "Ärger 💡 \0 \ud800";
    const { thread_id } = (await session.post("/mave/chat", { message })).body;
    await session.stream("/mave/chat", { message, thread_id });
    await session.post("/personas", { name: "Ada \ud800", pipeline_type: "advanced" });
    await session.post("/focus-groups", { questions: ["Why?"] });
    await session.clock.runUntilIdle();
    await session.post("/focus-groups", { name: "Pending" });
    session.upstream.close();
    const before = await answers(session, thread_id);
    expect(await answers(newSession({ records: open() }), thread_id)).toEqual(before);
  });

  test("draw on, where a seed that starts anew gives ids that are taken", async () => {
    const open = prepare();
    const ids: string[] = [];
    for (let start = 0; start < 3; start += 1) {
      const session = newSession({ records: open(), seed: 7 });
      ids.push(
        (await session.post("/personas", { name: "Ada", pipeline_type: "advanced" })).body.id,
      );
      ids.push((await session.post("/mave/chat", { message: "Hi" })).body.thread_id);
      ids.push((await session.post("/focus-groups", {})).body.id);
      session.upstream.close();
    }
    expect(new Set(ids).size).toBe(9);
  });

  test("let work inside work be a part of it", () => {
    const records = prepare()();
    const { upstream } = newSession({ records });
    const count = records.write(() => {
      upstream.addPersona("acct_1", { name: "One" });
      upstream.addPersona("acct_1", { name: "Two" });
      const page = { limit: 100, after: undefined };
      return records.read(() => records.personas.page({ accountId: "acct_1" }, page)?.length);
    });
    expect(count).toBe(5);
  });

  test("replace only what is there", async () => {
    const records = prepare()();
    const session = newSession({ records });
    await session.post("/focus-groups", {});
    session.upstream.close();
    const [job] = records.jobs.unheard();
    if (job === undefined) throw new Error("There must be a job");
    expect(() => records.jobs.replace({ ...job, id: "none" })).toThrow("that is there");
    const { thread_id } = (await session.post("/mave/chat", { message: "Hi" })).body;
    const thread = records.threads.find("acct_1", thread_id);
    if (thread === undefined) throw new Error("There must be a thread");
    expect(() => records.threads.replace({ ...thread, id: "none" })).toThrow("that is there");
  });

  test("have the base personas once, however often an upstream begins", async () => {
    const open = prepare();
    newSession({ records: open() });
    const session = newSession({ records: open() });
    expect((await session.list("/personas")).body.data).toHaveLength(3);
  });
});
