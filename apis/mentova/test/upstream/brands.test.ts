// What callers can do with brands, and when they are told no.

import { describe, expect, test } from "vitest";
import { dataOf, newSession } from "./session.ts";

const cuid = expect.stringMatching(/^clx[0-9a-z]{21}$/);
const taken = {
  status: 409,
  body: {
    problem: "duplicate",
    detail: "A brand with this name already exists.",
    field: "name",
  },
};
const gone = { status: 404, body: { problem: "absent", detail: "Brand not found." } };

describe("creating a brand", () => {
  test("answers 201 with the documented shape", async () => {
    const session = newSession();
    const draft = {
      name: "Acme Corp",
      domain: "acme.com",
      aliases: ["Acme"],
      language: "en",
      country: "US",
    };
    expect(await session.post("/brands", draft)).toEqual({
      status: 201,
      body: {
        data: {
          id: cuid,
          ...draft,
          autoWeeklyAnalysis: false,
          createdAt: "2026-06-01T09:00:00.000Z",
        },
      },
    });
  });

  test("shows what was not told as null, and no aliases as an empty list", async () => {
    const reply = await newSession().post("/brands", { name: "Acme" });
    expect(dataOf(reply)).toMatchObject({
      domain: null,
      aliases: [],
      language: null,
      country: null,
    });
  });

  test("refuses a name that the account already uses, whatever its case", async () => {
    const session = newSession();
    await session.post("/brands", { name: "Straße Acme" });
    expect(await session.post("/brands", { name: " straße ACME" })).toEqual(taken);
  });

  test("leaves another account free to use the same name", async () => {
    const session = newSession();
    await session.post("/brands", { name: "Acme" });
    expect((await session.as("acct_2").post("/brands", { name: "Acme" })).status).toBe(201);
  });

  test("refuses more brands than the plan allows", async () => {
    const session = newSession().withLimits({ brands: 1 });
    await session.post("/brands", { name: "One" });
    expect(await session.post("/brands", { name: "Two" })).toEqual({
      status: 409,
      body: { problem: "plan_limit", detail: "The plan's limit of brands is reached (1)." },
    });
  });

  test("says that the name exists, not that the plan is full, to a repeated create", async () => {
    const session = newSession().withLimits({ brands: 1 });
    await session.post("/brands", { name: "One" });
    expect(await session.post("/brands", { name: "One" })).toEqual(taken);
  });

  test("has room again after a brand is deleted", async () => {
    const session = newSession().withLimits({ brands: 1 });
    const { id } = dataOf(await session.post("/brands", { name: "One" }));
    await session.delete(`/brands/${id}`);
    expect((await session.post("/brands", { name: "One" })).status).toBe(201);
  });

  test("admits exactly as many as the plan allows when fifty arrive together", async () => {
    const session = newSession().withLimits({ brands: 7 });
    const replies = await Promise.all(
      Array.from({ length: 50 }, (_, n) => session.post("/brands", { name: `Brand ${n}` })),
    );
    expect(replies.filter((reply) => reply.status === 201)).toHaveLength(7);
    expect(replies.filter((reply) => reply.status === 409)).toHaveLength(43);
    expect(dataOf<unknown[]>(await session.get("/brands"))).toHaveLength(7);
  });

  test("admits one of fifty that arrive together with one name", async () => {
    const session = newSession().withLimits({ brands: 100 });
    const replies = await Promise.all(
      Array.from({ length: 50 }, () => session.post("/brands", { name: "Acme" })),
    );
    expect(replies.filter((reply) => reply.status === 201)).toHaveLength(1);
  });

  test.each([
    [{}, "name", "name is required."],
    [{ name: " " }, "name", "name must be a non-empty string."],
    [{ name: 1 }, "name", "name must be a non-empty string."],
    [{ name: "A", domain: {} }, "domain", "domain must be a non-empty string."],
    [{ name: "A", aliases: [1] }, "aliases", "aliases must be a list of non-empty strings."],
    [{ name: "A", aliases: "B" }, "aliases", "aliases must be a list of non-empty strings."],
  ])("refuses %j", async (body, field, detail) => {
    expect(await newSession().post("/brands", body)).toEqual({
      status: 422,
      body: { problem: "unacceptable", detail, field },
    });
  });

  test("fails loudly, rather than guess, when its limit was not handed over", async () => {
    const session = newSession();
    const request = new Request("http://upstream.test/brands", {
      method: "POST",
      body: '{"name":"Acme"}',
    });
    const outcome = session.upstream.fetch(request, { ...session.caller, limits: {} });
    await expect(outcome).rejects.toThrow('without a usable limit "brands"');
  });
});

describe("a brand that exists", () => {
  test("is listed in order of creation, and found by its id", async () => {
    const session = newSession();
    const first = dataOf(await session.post("/brands", { name: "First" }));
    const second = dataOf(await session.post("/brands", { name: "Second" }));
    expect(await session.get("/brands")).toEqual({ status: 200, body: { data: [first, second] } });
    expect(await session.get(`/brands/${second.id}`)).toEqual({
      status: 200,
      body: { data: second },
    });
  });

  test("changes in what a patch names, and in nothing else", async () => {
    const session = newSession();
    const brand = dataOf(
      await session.post("/brands", { name: "Acme", domain: "acme.com", country: "US" }),
    );
    const reply = await session.patch(`/brands/${brand.id}`, {
      domain: null,
      aliases: ["A"],
      autoWeeklyAnalysis: true,
    });
    const changed = { ...brand, domain: null, aliases: ["A"], autoWeeklyAnalysis: true };
    expect(reply).toEqual({ status: 200, body: { data: changed } });
    expect(dataOf(await session.patch(`/brands/${brand.id}`, {}))).toEqual(changed);
  });

  test("can change the case of its own name, but not take another's", async () => {
    const session = newSession();
    await session.post("/brands", { name: "Taken" });
    const { id } = dataOf(await session.post("/brands", { name: "acme" }));
    expect(dataOf(await session.patch(`/brands/${id}`, { name: "ACME" }))).toMatchObject({
      name: "ACME",
    });
    expect(await session.patch(`/brands/${id}`, { name: "TAKEN" })).toEqual(taken);
  });

  test("is gone once deleted, and a second delete finds nothing", async () => {
    const session = newSession();
    const { id } = dataOf(await session.post("/brands", { name: "Acme" }));
    expect(await session.delete(`/brands/${id}`)).toEqual({
      status: 200,
      body: { data: { deleted: true } },
    });
    expect(await session.get(`/brands/${id}`)).toEqual(gone);
    expect(await session.delete(`/brands/${id}`)).toEqual(gone);
    expect(await session.get("/brands")).toEqual({ status: 200, body: { data: [] } });
  });
});
