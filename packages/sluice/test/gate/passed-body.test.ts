/** Bodies that go through the gate unread: uploads and forms of any type. */
import { describe, expect, it } from "vitest";
import { fetchUpstream, type Work } from "../../src/gate/index.ts";
import { depot as api, createDepot, UPLOAD_BYTES_MAX } from "./fixtures/depot.ts";
import { FakeCall } from "./fixtures/fake-call.ts";
import { secrets } from "./fixtures/people.ts";
import { createRig } from "./fixtures/rig.ts";

const upload = (text: string, headers: Readonly<Record<string, string>> = {}) =>
  new FakeCall({
    method: "PUT",
    path: "/v1/boxes",
    key: secrets.pro,
    text,
    headers: { "content-type": "application/x-thing", ...headers },
  });

async function readAll({ passedBody }: Work): Promise<string> {
  let text = "";
  for (;;) {
    const piece = await passedBody?.next();
    if (piece === undefined) return text;
    text += new TextDecoder().decode(piece);
  }
}

const done = (body: string) => ({ status: 200, headers: ["content-type", "text/plain"], body });

describe("a body that goes through", () => {
  it("reaches the upstream as it came, with its type and its length", async () => {
    const depot = await createDepot(async (work) => {
      const type = [...work.headers()].find(([name]) => name === "content-type")?.[1];
      return done(`${type} ${work.passedBody?.length} ${await readAll(work)}`);
    });
    const answer = await depot.pass(upload("no JSON {"));
    expect([answer.status, answer.text]).toEqual([200, "application/x-thing 9 no JSON {"]);
    expect(depot.funds().used).toBe(5);
  });

  it("reaches a web handler as a stream", async () => {
    const rig = await createRig({
      api,
      upstream: fetchUpstream(async (request) => new Response(`got ${await request.text()}`)),
    });
    expect((await rig.pass(upload("bytes"))).text).toBe("got bytes");
  });

  it("that says that it is too large is not even opened", async () => {
    const depot = await createDepot(() => done("never"));
    const call = upload("x".repeat(UPLOAD_BYTES_MAX + 1));
    const refused = await depot.pass(call);
    expect([refused.code, call.bodiesRead]).toEqual(["body_too_large", 0]);
    expect(depot.funds()).toMatchObject({ held: 0, used: 0 });
  });

  it.each([
    ["breaks at it", (text: Promise<string>) => text.then(done)],
    ["answers all the same", (text: Promise<string>) => text.catch(() => "cut").then(done)],
  ])("that grows too large on its way is cut off, whether the upstream %s", async (_, make) => {
    const depot = await createDepot((work) => make(readAll(work)));
    const call = upload("x".repeat(UPLOAD_BYTES_MAX + 1));
    call.forget("content-length");
    const refused = await depot.pass(call);
    expect([refused.status, refused.code]).toEqual([413, "body_too_large"]);
    expect(depot.funds()).toMatchObject({ held: 0, used: 0 });
    expect(depot.rows()[0]).toMatchObject({ ending: "refused", charged: 0 });
  });

  it("of exactly the bound passes", async () => {
    const depot = await createDepot(async (work) => done(await readAll(work)));
    const call = upload("x".repeat(UPLOAD_BYTES_MAX));
    call.forget("content-length");
    expect((await depot.pass(call)).text).toHaveLength(UPLOAD_BYTES_MAX);
  });

  it("is not opened for whoever is refused before", async () => {
    const depot = await createDepot(() => done("never"));
    const call = new FakeCall({ method: "PUT", path: "/v1/boxes", text: "bytes" });
    expect((await depot.pass(call)).code).toBe("missing_key");
    expect(call.bodiesRead).toBe(0);
  });
});
