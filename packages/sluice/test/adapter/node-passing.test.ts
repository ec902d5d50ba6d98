// Long bodies on node:http, over real sockets: uploads that nobody collects, downloads that say how long they are, and what
// breaks off on the way.

import { describe, expect, it } from "vitest";
import { fetchUpstream, type Work, type WorkDone } from "../../src/gate/index.ts";
import { depot as api, Box, createDepot, long, UPLOAD_BYTES_MAX } from "../gate/fixtures/depot.ts";
import { createRig } from "../gate/fixtures/rig.ts";
import { serve } from "./fixtures/live-server.ts";
import { CAT, chunked, request } from "./fixtures/request-bytes.ts";
import { until } from "./fixtures/until.ts";

const TEXT = "0123456789".repeat(9);

async function serving(run: (work: Work) => WorkDone | Promise<WorkDone>) {
  const depot = await createDepot(run);
  return { depot, client: await (await serve(depot.gate)).connect() };
}

async function echo({ passedBody }: Work): Promise<WorkDone> {
  const pieces: Uint8Array[] = [];
  for (;;) {
    const piece = await passedBody?.next();
    if (piece === undefined) break;
    pieces.push(piece);
  }
  return { status: 200, headers: ["content-type", "x/y"], body: Buffer.concat(pieces) };
}

const put = (headers: readonly string[], body: string) =>
  request({ method: "PUT", path: "/v1/boxes", headers, body });
const open = request({ path: "/v1/boxes/open", body: CAT });

describe("an upload", () => {
  it.each([
    ["with a length", put([], TEXT)],
    ["in chunks", put(["Transfer-Encoding: chunked"], chunked(TEXT, 7))],
    ["of nothing", put(["Content-Length: 0"], "")],
  ])("%s comes as it was sent, and leaves the connection as it was", async (_, bytes) => {
    const { client } = await serving(echo);
    for (const _turn of [1, 2]) {
      const response = await client.ask(bytes);
      expect(response.status).toBe(200);
      expect(response.body.toString()).toBe(bytes.includes("Length: 0") ? "" : TEXT);
    }
  });

  it("is asked for piece by piece", async () => {
    let read = 0;
    let goOn = () => {};
    const { client } = await serving(async (work) => {
      await work.passedBody?.next();
      read++;
      await new Promise<void>((resolve) => {
        goOn = resolve;
      });
      return echo(work);
    });
    client.write("PUT /v1/boxes HTTP/1.1\r\nHost: a\r\n");
    client.write(`${request().split("\r\n")[2]}\r\nContent-Length: 4\r\n\r\nab`);
    await until(() => read === 1);
    client.write("cd");
    goOn();
    expect((await client.next()).body.toString()).toBe("cd");
  });

  it("that grows too large is refused, and its connection closed", async () => {
    const { client, depot } = await serving(echo);
    const endless = chunked("x".repeat(UPLOAD_BYTES_MAX + 1), 50).replace("0\r\n\r\n", "");
    const response = await client.ask(put(["Transfer-Encoding: chunked"], endless));
    expect([response.status, response.header("connection")]).toEqual([413, "close"]);
    expect(depot.funds()).toMatchObject({ held: 0, used: 0 });
  });

  it("that its upstream does not read to the end closes the connection behind the answer", async () => {
    const { client } = await serving(() => ({ status: 200, headers: [], body: "enough" }));
    client.write(put(["Content-Length: 90"], TEXT.slice(0, 10)));
    const response = await client.next();
    expect([response.status, response.header("connection")]).toEqual([200, "close"]);
  });

  it("whose caller leaves in the middle costs nothing", async () => {
    let isReading = false;
    const { client, depot } = await serving(async (work) => {
      await work.passedBody?.next();
      isReading = true;
      return echo(work);
    });
    client.write(put(["Content-Length: 90"], "begin"));
    await until(() => isReading);
    client.leave();
    await until(() => depot.rows().length === 1);
    expect(depot.rows()[0]).toMatchObject({ status: 499, charged: 0 });
    expect(depot.funds()).toMatchObject({ held: 0, used: 0 });
  });
});

describe("a download", () => {
  it("says its length where it is known, and leaves the connection as it was", async () => {
    const box = new Box();
    const { client } = await serving(() => long(box, { length: 6 }));
    client.write(open);
    box.send("abc");
    box.send("def");
    box.end();
    const response = await client.next();
    expect(response.header("content-length")).toBe("6");
    expect(response.header("transfer-encoding")).toBeUndefined();
    expect(response.body.toString()).toBe("abcdef");
    const other = await client.ask(request({ path: "/v1/nothing", method: "DELETE" }));
    expect(other.status).toBe(405);
  });

  it("that breaks off does not end as if it were whole", async () => {
    const box = new Box();
    const { client, depot } = await serving(() => long(box));
    client.write(open);
    box.send("abc");
    await until(() => client.unread.includes("abc"));
    box.break();
    await expect(client.next()).rejects.toThrow(/ended/);
    expect(depot.funds()).toMatchObject({ held: 0, used: 0 });
  });

  it("of a web handler comes as it is made, however long", async () => {
    const piece = new Uint8Array(50_000).fill(7);
    let left = 40;
    const stream = () =>
      new ReadableStream({
        pull(controller) {
          if (left-- > 0) controller.enqueue(piece);
          else controller.close();
        },
      });
    const upstream = fetchUpstream(() => new Response(stream()));
    const rig = await createRig({ api, upstream });
    const client = await (await serve(rig.gate)).connect();
    const { body } = await client.ask(request({ path: "/v1/everything" }));
    expect([body.length, body.every((byte) => byte === 7)]).toEqual([2_000_000, true]);
  });
});
