// Avatars, and the room for five of them.

import { expect, test } from "vitest";
import { dataOf, newSession, type Session } from "./session.ts";

function seeded(): { session: Session; path: string; brandId: string } {
  const session = newSession();
  const { id } = session.upstream.addBrand(session.caller.accountId, { name: "Acme" });
  return { session, path: `/brands/${id}/avatars`, brandId: id };
}

const full = {
  status: 409,
  body: { problem: "resource_limit", detail: "The brand's limit of avatars is reached (5)." },
};
const gone = { status: 404, body: { problem: "absent", detail: "Avatar not found." } };

test("an avatar is created, listed, changed and deleted", async () => {
  const { session, path, brandId } = seeded();
  const draft = { name: "Ada", sector: "Retail", role: "Buyer", objectives: ["Save money"] };
  const reply = await session.post(path, draft);
  const avatar = {
    id: expect.stringMatching(/^clx[0-9a-z]{21}$/),
    brandId,
    ...draft,
    createdAt: "2026-06-01T09:00:00.000Z",
  };
  expect(reply).toEqual({ status: 201, body: { data: avatar } });
  expect(await session.get(path)).toEqual({ status: 200, body: { data: [avatar] } });

  const { id } = dataOf(reply);
  expect(await session.patch(`${path}/${id}`, { role: "Owner", sector: null })).toEqual({
    status: 200,
    body: { data: { ...avatar, role: "Owner", sector: null } },
  });
  expect(await session.delete(`${path}/${id}`)).toEqual({
    status: 200,
    body: { data: { deleted: true } },
  });
  expect(await session.get(path)).toEqual({ status: 200, body: { data: [] } });
  expect(await session.delete(`${path}/${id}`)).toEqual(gone);
  expect(await session.patch(`${path}/${id}`, {})).toEqual(gone);
});

test("an avatar needs only a name", async () => {
  const { session, path } = seeded();
  expect(dataOf(await session.post(path, { name: "Ada" }))).toMatchObject({
    sector: null,
    role: null,
    objectives: [],
  });
  expect(await session.post(path, {})).toMatchObject({ status: 422, body: { field: "name" } });
});

test("a refused change leaves the avatar as it was", async () => {
  const { session, path } = seeded();
  const avatar = dataOf(await session.post(path, { name: "Ada" }));
  const reply = await session.patch(`${path}/${avatar.id}`, { name: "Eve", objectives: 1 });
  expect(reply).toMatchObject({ status: 422, body: { field: "objectives" } });
  expect(dataOf(await session.get(path))).toEqual([avatar]);
});

test("a sixth avatar is refused, until one of the five is deleted", async () => {
  const { session, path } = seeded();
  const first = dataOf(await session.post(path, { name: "1" }));
  for (const name of ["2", "3", "4", "5"]) await session.post(path, { name });
  expect(await session.post(path, { name: "6" })).toEqual(full);
  await session.delete(`${path}/${first.id}`);
  expect((await session.post(path, { name: "6" })).status).toBe(201);
});

test("exactly five of fifty avatars that arrive together are admitted", async () => {
  const { session, path } = seeded();
  const replies = await Promise.all(
    Array.from({ length: 50 }, (_, n) => session.post(path, { name: `Avatar ${n}` })),
  );
  expect(replies.filter((reply) => reply.status === 201)).toHaveLength(5);
  expect(replies.filter((reply) => reply.status !== 201)).toEqual(
    Array.from({ length: 45 }, () => full),
  );
});

test("each brand has room of its own", async () => {
  const { session, path } = seeded();
  const other = session.upstream.addBrand(session.caller.accountId, { name: "Other" });
  for (const name of ["1", "2", "3", "4", "5"]) await session.post(path, { name });
  expect((await session.post(`/brands/${other.id}/avatars`, { name: "1" })).status).toBe(201);
});
