// Visibility, competitors, sources and opportunities: made up, but steadily so.

import { DAY_MS } from "sluice/base";
import { describe, expect, test } from "vitest";
import type { Competitor, Opportunity, Source, Visibility } from "../../upstream/index.ts";
import { dataOf, newSession, type Session } from "./session.ts";

function seeded(): { session: Session; path: string; brandId: string } {
  const session = newSession();
  const { id } = session.upstream.addBrand(session.caller.accountId, { name: "Acme Corp" });
  return { session, path: `/brands/${id}`, brandId: id };
}

describe("visibility", () => {
  test("covers the last thirty days, and lists the brand among its rivals", async () => {
    const { session, path } = seeded();
    const { mentionRate, sov, timeline } = dataOf<Visibility>(
      await session.get(`${path}/visibility`),
    );
    expect(timeline).toHaveLength(30);
    expect(timeline[0]?.date).toBe("2026-05-03");
    expect(timeline[29]?.date).toBe("2026-06-01");
    expect(sov[0]).toEqual({ name: "Acme Corp", mentionRate, shareOfVoice: expect.any(Number) });
    const shares = sov.reduce((sum, voice) => sum + voice.shareOfVoice, 0);
    expect(shares).toBeCloseTo(100, 0);
    expect(sov.slice(1).every(({ name }) => name.startsWith("Stand-in"))).toBe(true);
  });

  test("is the same on every call, and a date keeps its number as days pass", async () => {
    const { session, path } = seeded();
    const first = await session.get(`${path}/visibility?days=2`);
    expect(await session.get(`${path}/visibility?days=2`)).toEqual(first);
    await session.clock.advance(DAY_MS);
    const next = dataOf<Visibility>(await session.get(`${path}/visibility?days=2`));
    expect(next.timeline[0]).toEqual(dataOf<Visibility>(first).timeline[1]);
  });

  test("differs from model to model, and from brand to brand", async () => {
    const { session, path } = seeded();
    const other = session.upstream.addBrand(session.caller.accountId, { name: "Other" });
    const bodies = await Promise.all(
      [
        `${path}/visibility`,
        `${path}/visibility?model=GPT4O`,
        `${path}/visibility?model=LLAMA`,
        `/brands/${other.id}/visibility`,
      ].map(async (target) => JSON.stringify(dataOf<Visibility>(await session.get(target)))),
    );
    expect(new Set(bodies).size).toBe(4);
  });

  test.each([
    ["days=0", "days"],
    ["days=366", "days"],
    ["days=week", "days"],
    ["model=", "model"],
  ])("cannot be asked for by %s", async (query, field) => {
    const { session, path } = seeded();
    expect(await session.get(`${path}/visibility?${query}`)).toMatchObject({
      status: 422,
      body: { problem: "unacceptable", field },
    });
  });
});

test("competitors are a leaderboard, ranked by mention rate", async () => {
  const { session, path } = seeded();
  const reply = await session.get(`${path}/competitors`);
  const competitors = dataOf<Competitor[]>(reply);
  expect(competitors[0]).toEqual({
    id: expect.stringMatching(/^clx[0-9a-z]{21}$/),
    name: expect.stringMatching(/^Stand-in Rival [ABC]$/),
    domain: null,
    mentionRate: expect.any(Number),
    coOccurrenceRate: expect.any(Number),
    rank: 1,
  });
  expect(competitors.map(({ rank }) => rank)).toEqual([1, 2, 3]);
  const rates = competitors.map(({ mentionRate }) => mentionRate);
  expect(rates).toEqual(rates.toSorted((a, b) => b - a));
  expect(await session.get(`${path}/competitors`)).toEqual(reply);
});

test("sources were last seen when the last campaign completed", async () => {
  const { session, path, brandId } = seeded();
  const { accountId } = session.caller;
  const before = dataOf<Source[]>(await session.get(`${path}/sources`));
  expect(before[0]).toEqual({
    url: expect.stringMatching(/^https:\/\/example\.(com|net|org)\/stand-in-source$/),
    domain: expect.stringMatching(/^example\.(com|net|org)$/),
    citationCount: expect.any(Number),
    firstSeenAt: "2026-06-01T09:00:00.000Z",
    lastSeenAt: "2026-06-01T09:00:00.000Z",
  });
  const { id: topicId } = session.upstream.addTopic(accountId, brandId, { seed: "shoes" });
  session.upstream.addCampaign(accountId, brandId, { topicId });
  await session.clock.advance(10_000);
  const after = dataOf<Source[]>(await session.get(`${path}/sources`));
  expect(after.map(({ lastSeenAt }) => lastSeenAt)).toEqual(
    Array.from({ length: 3 }, () => "2026-06-01T09:00:05.000Z"),
  );
});

describe("opportunities", () => {
  test("start as TODO, and are listed by status", async () => {
    const { session, path, brandId } = seeded();
    const all = dataOf<Opportunity[]>(await session.get(`${path}/opportunities`));
    expect(all).toHaveLength(3);
    expect(all[0]).toEqual({
      id: expect.stringMatching(/^clx[0-9a-z]{21}$/),
      brandId,
      title: "Publish a comparison page (stand-in advice)",
      status: "TODO",
      createdAt: "2026-06-01T09:00:00.000Z",
    });
    const target = `${path}/opportunities/${all[1]?.id}`;
    expect(await session.patch(target, { status: "DONE" })).toEqual({
      status: 200,
      body: { data: { ...all[1], status: "DONE" } },
    });
    expect(dataOf<Opportunity[]>(await session.get(`${path}/opportunities?status=DONE`))).toEqual([
      { ...all[1], status: "DONE" },
    ]);
    expect(dataOf<unknown[]>(await session.get(`${path}/opportunities?status=TODO`))).toHaveLength(
      2,
    );
  });

  test.each([{}, { status: "open" }, { status: null }])("cannot become %j", async (body) => {
    const { session, path } = seeded();
    const all = dataOf<Opportunity[]>(await session.get(`${path}/opportunities`));
    expect(await session.patch(`${path}/opportunities/${all[0]?.id}`, body)).toMatchObject({
      status: 422,
      body: { problem: "unacceptable", field: "status" },
    });
  });

  test("that do not exist cannot be changed", async () => {
    const { session, path } = seeded();
    expect(await session.patch(`${path}/opportunities/none`, { status: "DONE" })).toEqual({
      status: 404,
      body: { problem: "absent", detail: "Opportunity not found." },
    });
  });
});
