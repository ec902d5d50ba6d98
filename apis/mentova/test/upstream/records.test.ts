// What records promise wherever they are kept, and that an upstream begun anew on them goes on.

import { describe, expect, test } from "vitest";
import { createMemoryRecords } from "../../upstream/memory-records.ts";
import type { Records } from "../../upstream/records.ts";
import { newFile, openUntilDone } from "./records-file.ts";
import { dataOf, newSession, type Session, startMs } from "./session.ts";

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

async function answers(session: Session, brandId: string): Promise<readonly unknown[]> {
  const lists = ["topics", "prompts", "campaigns", "avatars", "opportunities", "visibility"];
  return Promise.all([
    session.get("/brands"),
    ...lists.map((list) => session.get(`/brands/${brandId}/${list}`)),
  ]);
}

describe.each(kinds)("records %s", (_, prepare) => {
  test("answer after a restart what they answered before", async () => {
    const open = prepare();
    const session = newSession({ records: open() });
    const { id } = dataOf(await session.post("/brands", { name: "Acmé 💡", aliases: ["A", "\0"] }));
    await session.post("/brands", { name: "Other" });
    const topic = dataOf(await session.post(`/brands/${id}/topics`, { seed: "shoes" }));
    await session.post(`/brands/${id}/campaigns`, { topicId: topic.id, models: ["LLAMA"] });
    await session.post(`/brands/${id}/avatars`, { name: "Ada", objectives: ["Save"] });
    const [first] = dataOf<{ id: string }[]>(await session.get(`/brands/${id}/opportunities`));
    await session.patch(`/brands/${id}/opportunities/${first?.id}`, { status: "DONE" });
    await session.patch(`/brands/${id}`, { country: "FR" });
    const before = await answers(session, id);

    expect(await answers(newSession({ records: open() }), id)).toEqual(before);
  });

  test("draw on, where a seed that starts anew gives ids that are taken", async () => {
    const open = prepare();
    const ids: string[] = [];
    for (const start of [1, 2, 3]) {
      const { upstream } = newSession({ records: open(), seed: 7 });
      for (const n of [1, 2]) {
        const brand = upstream.addBrand("acct_1", { name: `Brand ${n} of start ${start}` });
        ids.push(brand.id, upstream.addTopic("acct_1", brand.id, { seed: "shoes" }).id);
      }
    }
    expect(new Set(ids).size).toBe(12);
  });

  test("never give an id again, even that of something deleted", async () => {
    const open = prepare();
    const session = newSession({ records: open(), seed: 7 });
    const gone = dataOf(await session.post("/brands", { name: "Acme" }));
    await session.delete(`/brands/${gone.id}`);
    const next = newSession({ records: open(), seed: 7 });
    expect(dataOf(await next.post("/brands", { name: "Acme" })).id).not.toBe(gone.id);
  });

  test("hold to a name and a limit across a restart", async () => {
    const open = prepare();
    await newSession({ records: open() }).post("/brands", { name: "Straße" });
    const session = newSession({ records: open() }).withLimits({ brands: 1 });
    expect(await session.post("/brands", { name: " STRAßE" })).toMatchObject({
      body: { problem: "duplicate" },
    });
    expect(await session.post("/brands", { name: "Other" })).toMatchObject({
      body: { problem: "plan_limit" },
    });
  });

  test("tell names apart that are halves of different characters", async () => {
    const session = newSession({ records: prepare()() });
    const replies = [
      await session.post("/brands", { name: "\ud800" }),
      await session.post("/brands", { name: "\ud801" }),
      await session.post("/brands", { name: "\ud800" }),
    ];
    expect(replies.map(({ status }) => status)).toEqual([201, 201, 409]);
  });

  test("let work inside work be a part of it", () => {
    const records = prepare()();
    const { upstream } = newSession({ records });
    const count = records.write(() => {
      upstream.addBrand("acct_1", { name: "One" });
      upstream.addBrand("acct_1", { name: "Two" });
      return records.read(() => records.brands.count("acct_1"));
    });
    expect(count).toBe(2);
  });

  test("keep an order of creation through changes and deletions", async () => {
    const session = newSession({ records: prepare()() });
    const ids: string[] = [];
    for (const name of ["A", "B", "C"]) {
      ids.push(dataOf(await session.post("/brands", { name })).id);
    }
    await session.patch(`/brands/${ids[0]}`, { name: "Z" });
    await session.delete(`/brands/${ids[2]}`);
    await session.post("/brands", { name: "D" });
    const names = dataOf<{ name: string }[]>(await session.get("/brands")).map(({ name }) => name);
    expect(names).toEqual(["Z", "B", "D"]);
  });
});

test("a delay of a day lasts a day, however often the program starts anew", async () => {
  const open = kinds[1]?.[1]() as Opener;
  const dayMs = 86_400_000;
  const first = newSession({ records: open(), campaignDelayMs: dayMs });
  const brand = first.upstream.addBrand("acct_1", { name: "Acme" });
  const topic = first.upstream.addTopic("acct_1", brand.id, { seed: "shoes" });
  const { id } = first.upstream.addCampaign("acct_1", brand.id, { topicId: topic.id });
  const statusAt = async (wallMs: number) => {
    const session = newSession({ records: open(), wallMs });
    return dataOf<{ status: string }>(await session.get(`/brands/${brand.id}/campaigns/${id}`))
      .status;
  };
  expect(await statusAt(startMs)).toBe("PENDING");
  expect(await statusAt(startMs + dayMs - 1)).toBe("PENDING");
  expect(await statusAt(startMs + dayMs)).toBe("COMPLETED");
  // The clock was set back to before the launch: that must have been long ago.
  expect(await statusAt(startMs - 1)).toBe("COMPLETED");
});
