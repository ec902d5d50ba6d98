// Personas: three for everybody, and an account's own.

import { describe, expect, test } from "vitest";
import { newSession } from "./session.ts";

const draft = { name: "Ada", pipeline_type: "advanced" };

describe("base personas", () => {
  test("are three, for everybody, always with the same ids", async () => {
    const session = newSession();
    const seen = await session.list("/personas");
    expect(seen.body.data).toHaveLength(3);
    expect(seen.body.data).toEqual(
      seen.body.data.map(() =>
        expect.objectContaining({
          id: expect.stringMatching(/^clx[0-9a-z]{22}$/),
          object: "persona",
        }),
      ),
    );
    expect(await session.as({ accountId: "acct_2" }).list("/personas")).toEqual(seen);
    expect(await newSession({ seed: 2 }).list("/personas")).toEqual(seen);
  });

  test("can be added to, for everybody", async () => {
    const session = newSession();
    const persona = session.upstream.addPersona(undefined, { name: "Retired Teacher" });
    expect(persona.object).toBe("persona");
    const other = session.as({ accountId: "acct_2" });
    expect(await other.get(`/personas/${persona.id}`)).toEqual({ status: 200, body: persona });
  });
});

describe("custom personas", () => {
  test("are created, say what they cost, and are shown without that", async () => {
    const session = newSession();
    const { status, body } = await session.post("/personas", {
      ...draft,
      description: "Buys for a school.",
      category: "education",
      type: "B2B",
    });
    const persona = {
      id: expect.stringMatching(/^clx[0-9a-z]{22}$/),
      object: "custom_persona",
      name: "Ada",
      description: "Buys for a school.",
      category: "education",
      pipeline_type: "advanced",
      created_at: 1_780_304_400,
    };
    expect({ status, body }).toEqual({ status: 201, body: { ...persona, credits_charged: 300 } });
    expect(await session.get(`/personas/${body.id}`)).toEqual({ status: 200, body: persona });
  });

  test("are their account's own", async () => {
    const session = newSession();
    const { id } = (await session.post("/personas", draft)).body;
    const other = session.as({ accountId: "acct_2" });
    const absent = {
      status: 404,
      body: { failure: { kind: "absent", detail: "Persona not found." } },
    };
    expect(await other.get(`/personas/${id}`)).toEqual(absent);
    expect(await other.get("/personas/none")).toEqual(absent);
    expect((await other.list("/personas")).body.data).toHaveLength(3);
    expect((await session.list("/personas")).body.data).toHaveLength(4);
    const ask = { model: "mavera-1", input: "Hi", persona_id: id };
    const foreign = await other.post("/responses", ask);
    expect(await other.post("/responses", { ...ask, persona_id: "none" })).toEqual(foreign);
    expect(foreign.status).toBe(422);
  });

  test.each([
    [{ pipeline_type: "advanced" }, "name", "name is required."],
    [{ ...draft, name: "x".repeat(101) }, "name", "name must be a text of 1 to 100 characters."],
    [{ name: "Ada" }, "pipeline_type", "pipeline_type is required."],
    [
      { ...draft, pipeline_type: "south_star" },
      "pipeline_type",
      "pipeline_type must be one of north_star, intermediate, advanced.",
    ],
  ])("are refused where the body does not fit (case %#)", async (body, field, detail) => {
    const session = newSession();
    expect(await session.post("/personas", body)).toEqual({
      status: 422,
      body: { failure: { kind: "unacceptable", detail, field } },
    });
    expect((await session.list("/personas")).body.data).toHaveLength(3);
  });
});

describe("the list of personas", () => {
  test("comes in pages that neither overlap nor leave any out", async () => {
    const session = newSession();
    for (const name of ["A", "B", "C", "D"]) await session.post("/personas", { ...draft, name });
    const all = (await session.list("/personas")).body.data;
    const pages = [];
    let cursor = "";
    for (let more = true; more; ) {
      const { body } = await session.list(`/personas?limit=3${cursor}`);
      pages.push(body.data);
      cursor = `&cursor=${body.next_cursor}`;
      more = body.has_more;
    }
    expect(pages.map((page) => page.length)).toEqual([3, 3, 1]);
    expect(pages.flat()).toEqual(all);
  });

  test("is fifty long when nothing is said", async () => {
    const session = newSession();
    for (let n = 0; n < 60; n += 1) session.upstream.addPersona("acct_1", { name: `${n}` });
    const { data, has_more } = (await session.list("/personas")).body;
    expect([data.length, has_more]).toEqual([50, true]);
    expect((await session.list("/personas?limit=100")).body.data).toHaveLength(63);
  });

  test("can be narrowed by category and searched by name", async () => {
    const session = newSession();
    session.upstream.addPersona("acct_1", { name: "École 2024", category: "education" });
    const names = async (query: string) =>
      (await session.list(`/personas?${query}`)).body.data.map((persona) => persona);
    expect(await names("category=education")).toMatchObject([{ name: "École 2024" }]);
    expect(await names("search=%C3%A9cole")).toMatchObject([{ name: "École 2024" }]);
    expect(await names("search=2024")).toHaveLength(1);
    expect(await names("search=%25")).toEqual([]);
    expect(await names("category=base&search=PARENT")).toMatchObject([{ name: "Busy Parent" }]);
  });

  test.each([
    ["limit=0", "limit"],
    ["limit=101", "limit"],
    ["limit=1.5", "limit"],
    ["limit=", "limit"],
    ["cursor=none", "cursor"],
    ["cursor=", "cursor"],
  ])("cannot be asked for by %s", async (query, field) => {
    expect(await newSession().get(`/personas?${query}`)).toMatchObject({
      status: 422,
      body: { failure: { kind: "unacceptable", field } },
    });
  });
});
