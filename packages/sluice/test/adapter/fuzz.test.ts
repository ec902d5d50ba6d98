// Twenty thousand requests that nobody would send, over real sockets: each is answered in HTTP and, when refused,
// in the contract's envelope; never with an unplanned 5xx; and the server lives on. A failure names its seed.

import { describe, expect, it } from "vitest";
import { type Random, seededRandom, uuidTimeMs } from "../../src/base/index.ts";
import { acme } from "../gate/fixtures/acme.ts";
import { secrets } from "../gate/fixtures/people.ts";
import { brokenRequest, type Fuzzed, fuzzedRequest } from "./fixtures/fuzzed-requests.ts";
import { type RawResponse, readResponse } from "./fixtures/http-responses.ts";
import { type LiveServer, startServer } from "./fixtures/live-server.ts";
import { request } from "./fixtures/request-bytes.ts";

const SEEDS = ["fuzz 1", "fuzz 2"];
const FRAMED = 18_000;
const BROKEN = 2_000;
const BATCH_MAX = 40;
const CONNECTIONS = 4;

/** What was answered, over all connections. */
class Tally {
  readonly seed: string;
  readonly statuses = new Map<number, number>();
  readonly requestIds = new Set<string>();
  readonly codes = new Set<string>();

  constructor(seed: string) {
    this.seed = seed;
  }

  /** Counts a response; throws for one that must not be. */
  take(response: RawResponse, method: string): void {
    const { status } = response;
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
    const id = response.header("x-request-id") ?? "";
    if (uuidTimeMs(id) === undefined) throw new Error(`a ${status} without a request id`);
    if (this.requestIds.has(id)) throw new Error(`the request id ${id} twice`);
    this.requestIds.add(id);
    if (status >= 500) throw new Error(`an unplanned ${status}: ${response.body}`);
    if (status === 429 && !/^[1-9]\d*$/.test(response.header("retry-after") ?? "")) {
      throw new Error("a 429 without Retry-After");
    }
    if (response.body.includes(secrets.pro)) throw new Error("a key in the answer");
    if (status >= 400 && method !== "HEAD") this.codes.add(codeIn(response));
  }
}

function codeIn({ status, body, header }: RawResponse): string {
  const { error } = JSON.parse(body.toString());
  const { message, type, code, param } = error;
  const known = typeof code === "string" ? Reflect.get(acme.wire.codes, code) : undefined;
  const isEnvelope =
    known?.status === status &&
    known?.type === type &&
    typeof message === "string" &&
    (param === null || typeof param === "string") &&
    Object.keys(error).length === 4 &&
    header("content-type") === "application/json";
  if (!isEnvelope) throw new Error(`not the envelope: ${status} ${body}`);
  return code;
}

/** Sends the requests in one go and reads an answer to each. */
async function exchange(server: LiveServer, batch: readonly Fuzzed[], tally: Tally) {
  const client = await server.connect();
  client.write(batch.map(({ bytes }) => bytes).join(""));
  for (const [index, { method, bytes }] of batch.entries()) {
    try {
      let response = await client.next(method);
      while (response.status === 100) response = await client.next(method);
      tally.take(response, method);
      const isEnd = response.header("connection") === "close";
      if (isEnd && index + 1 < batch.length) throw new Error("the connection ends too early");
    } catch (error) {
      throw new Error(`[${tally.seed}] ${JSON.stringify(bytes)}`, { cause: error });
    }
  }
  client.leave();
}

/** Sends bytes, says goodbye, and reads whatever comes. */
async function provoke({ connect }: LiveServer, bytes: string, tally: Tally): Promise<void> {
  const client = await connect();
  client.write(bytes).end();
  await client.closed;
  const answer = client.unread;
  try {
    for (let at = 0; at < answer.length; ) {
      const read = readResponse(answer, at, "GET", true);
      if (read === undefined) throw new Error(`half a response: ${answer.subarray(at)}`);
      if (read.response.status !== 100) tally.take(read.response, "GET");
      at = read.end;
    }
  } catch (error) {
    throw new Error(`[${tally.seed}] ${JSON.stringify(bytes)}`, { cause: error });
  } finally {
    client.leave();
  }
}

/** Takes work from the list until it is empty, on several connections at once. */
async function together(work: () => Promise<boolean>): Promise<void> {
  const one = async () => {
    while (await work()) {}
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, one));
}

async function sendFramed(server: LiveServer, random: Random, tally: Tally): Promise<void> {
  let left = FRAMED;
  await together(async () => {
    const batch: Fuzzed[] = [];
    while (left > 0 && batch.length < BATCH_MAX && !batch.at(-1)?.mayEnd) {
      batch.push(fuzzedRequest(random));
      left--;
    }
    if (batch.length === 0) return false;
    await exchange(server, batch, tally);
    return true;
  });
}

async function sendBroken(server: LiveServer, random: Random, tally: Tally): Promise<void> {
  const waiting = Array.from({ length: BROKEN }, () => brokenRequest(random));
  await together(async () => {
    const bytes = waiting.pop();
    if (bytes !== undefined) await provoke(server, bytes, tally);
    return bytes !== undefined;
  });
}

describe("twenty thousand fuzzed requests", () => {
  it.each(SEEDS)(
    "are all answered in the contract's words, and the server lives on: %s",
    async (seed) => {
      const server = await startServer();
      const grant = { id: "fuzz", accountId: "pro", amount: 1_000_000, reason: "a rich customer" };
      server.rig.stores.ledger.grant(grant, server.rig.clock.wallMs());
      const random = seededRandom(seed);
      const tally = new Tally(seed);
      await sendFramed(server, random, tally);
      expect(tally.requestIds.size).toBe(FRAMED);
      await sendBroken(server, random, tally);

      expect((await (await server.connect()).ask(request())).status).toBe(200);
      expect(server.rig.events).toEqual([]);
      expect(server.rig.stores.ledger.audit()).toEqual([]);
      expect(server.rig.funds().held).toBe(0);
      expect(server.rig.stores.limits.slotsInUse("renders:pro")).toBe(0);
      // The requests are worth their name: they met every step, and the parser.
      const statuses = [200, 201, 204, 400, 401, 402, 403, 404, 405, 413, 415, 422, 429, 431];
      expect([...tally.statuses.keys()]).toEqual(expect.arrayContaining(statuses));
      expect(tally.codes.size).toBeGreaterThan(20);
    },
    60_000,
  );
});
