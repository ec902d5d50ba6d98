// An upstream that dies and a caller who leaves, at every moment, in both ways, over every store: what the caller hears, what is
// charged, what the log says; and the slot is free, the hold is gone, nobody goes on for nobody, nothing hangs.

import type { LogRow } from "sluice/gate";
import { describe, expect, it } from "vitest";
import { expectedOf } from "../src/differences.ts";
import type { Asked } from "../src/seen.ts";
import { serve, serveInFrontOf, type Way, ways } from "../src/serve.ts";
import { kindsOfStores, useStores } from "../src/stores.ts";
import { type Leaving, LeavingClient } from "./fixtures/leaving-client.ts";
import { type Death, type Head, handlerOn, Stage, socketsOn } from "./fixtures/puppets.ts";
import { openSession, type Serving, type Session } from "./fixtures/session.ts";
import { DEADLINE_MS } from "./fixtures/works.ts";

const open = useStores();

type Moment =
  | "in the upload"
  | "before the head"
  | "behind the head"
  | "in the middle"
  | "behind the completion";

interface Operation {
  readonly what: string;
  readonly body: string;
  readonly head: Head;
  readonly moments: readonly Moment[];
  /** What has been said of the answer in the middle of it. */
  readonly first: string;
  readonly completion: string;
  readonly price: number;
  /** What a caller pays who leaves in the middle. */
  readonly soFar: number;
  /** Whether its head leaves before its body has come; embedded, a short beginning is waited for. */
  readonly leavesEarly: (moment: Moment, way: Way) => boolean;
}

const order = '{"prompt":"a cat"}';
const long = "x".repeat(70_000);

const operations: Readonly<Record<string, Operation>> = {
  "a short answer": {
    what: "POST /v1/things",
    body: order,
    head: { type: "application/json", length: 4 },
    moments: ["before the head", "behind the head", "in the middle"],
    first: "{}",
    completion: "{}",
    price: 5,
    soFar: 0,
    leavesEarly: () => false,
  },
  "a long answer": {
    what: "POST /v1/boxes",
    body: order,
    head: { type: "application/octet-stream" },
    moments: ["before the head", "behind the head", "in the middle"],
    first: long,
    completion: "",
    price: 7,
    soFar: 7,
    leavesEarly: (moment, way) =>
      moment === "in the middle" || expectedOf("longAnswer", way).leavesWithItsHead,
  },
  "a long answer of a length": {
    what: "POST /v1/boxes",
    body: order,
    head: { type: "application/octet-stream", length: 80_000 },
    moments: ["before the head", "behind the head", "in the middle"],
    first: long,
    completion: "",
    price: 7,
    soFar: 7,
    leavesEarly: (moment, way) =>
      moment === "in the middle" || expectedOf("longAnswer", way).leavesWithItsHead,
  },
  "a stream": {
    what: "POST /v1/stories",
    body: order,
    head: { type: "text/event-stream" },
    moments: ["before the head", "behind the head", "in the middle", "behind the completion"],
    first: ": sluice-cost 2\nevent: word\ndata: 1\n\n",
    completion: 'event: done\ndata: {"story":{"credits":4}}\n\n',
    price: 4,
    soFar: 2,
    leavesEarly: () => true,
  },
  "an upload": {
    what: "PUT /v1/boxes/1",
    body: long,
    head: { type: "application/json", length: 4 },
    moments: ["in the upload", "before the head", "behind the head"],
    first: "",
    completion: "",
    price: 3,
    soFar: 0,
    leavesEarly: () => false,
  },
};

const deaths: readonly (Death | "hangs")[] = ["resets", "closes", "talks nonsense", "hangs"];
const leavings: readonly Leaving[] = ["resets", "closes"];

/** Of a body whose length was said every byte is one of the body. */
function deathsAt({ head }: Operation, moment: Moment): typeof deaths {
  const isBare = moment === "before the head" || moment === "in the upload";
  return isBare || head.length === undefined
    ? deaths
    : deaths.filter((how) => how !== "talks nonsense");
}

interface Expected {
  readonly row: Partial<LogRow>;
  /** What the caller hears who stays. */
  readonly heard?: { readonly status: number; readonly isBroken: boolean };
  readonly text?: string;
}

type Where = { readonly operation: Operation; readonly moment: Moment; readonly way: Way };

/** Law 3: what did not come to its end is not charged, unless its caller ended it; and no more than what was done. */
function afterDeath({ operation, moment, way }: Where, how: Death | "hangs"): Expected {
  const { price, head, leavesEarly } = operation;
  if (moment === "behind the completion") {
    const row = { ending: "done", status: 200, charged: price } as const;
    return { row, heard: { status: 200, isBroken: false } };
  }
  const began = moment === "behind the head" || moment === "in the middle";
  if (how === "hangs") {
    const row = {
      ending: "refused",
      status: 504,
      condition: "upstream_timeout",
      charged: 0,
    } as const;
    return { row, ...heardOf(504, "upstream_timeout") };
  }
  const isLate = began && leavesEarly(moment, way);
  const [ending, status, condition] =
    isLate || way === "embedded"
      ? (["fault", 500, "internal"] as const)
      : (["refused", 503, "unavailable"] as const);
  return { row: { ending, status, condition, charged: 0 }, ...heardOf(status, condition) };

  function heardOf(status: number, text: string) {
    if (!(began && leavesEarly(moment, way))) return { heard: { status, isBroken: false }, text };
    const isEvents = head.type === "text/event-stream";
    return { heard: { status: 200, isBroken: !isEvents }, ...(isEvents && { text }) };
  }
}

function afterLeaving({ operation, moment }: Where): Expected {
  const { price, soFar } = operation;
  if (moment === "behind the completion") {
    return { row: { ending: "done", status: 200, charged: price } };
  }
  const charged = moment === "in the middle" ? soFar : 0;
  return { row: { ending: "abandoned", status: 499, charged } };
}

function asked(session: Session, { what, body }: Operation): Asked {
  const [method = "", path = ""] = what.split(" ");
  const key = ["X-API-Key", session.keys.pro] as const;
  return { method, path, headers: [key, ["Content-Type", "application/json"]], body };
}

/** Sends the request, and brings it to the moment. */
async function bringTo(session: Session, stage: Stage, { operation, moment, way }: Where) {
  const { body, head, first, completion, leavesEarly } = operation;
  const half = body.length / 2;
  const isHalf = moment === "in the upload";
  const sent = asked(session, operation);
  const client = await LeavingClient.ask(session.served.url, sent, isHalf ? half : undefined);
  const puppet = await stage.next();
  await puppet.heard(isHalf ? half : body.length);
  if (isHalf || moment === "before the head") return { client, puppet };
  puppet.head(head);
  if (moment !== "behind the head") puppet.piece(first);
  if (moment === "behind the completion") puppet.piece(completion);
  if (leavesEarly(moment, way)) {
    await client.until("\r\n\r\n");
    if (moment === "in the middle") await client.until(first.slice(-20));
    if (moment === "behind the completion") await client.until(completion);
  }
  return { client, puppet };
}

/** Nothing is left of it: no call, no hold, no slot. */
async function expectNothingLeft(session: Session, stage: Stage, label: string): Promise<void> {
  await session.served.gate.idle();
  expect.soft(await session.funds(), label).toMatchObject({ held: 0 });
  const next = operations["a short answer"] as Operation;
  const client = await LeavingClient.ask(session.served.url, asked(session, next));
  const puppet = await Promise.race([stage.next(), client.rest()]);
  // The slot is the only one: were it still taken, the gate would have answered.
  if ("text" in puppet) throw new Error(`${label}: the next one hears ${puppet.text}`);
  puppet.head(next.head);
  puppet.piece(next.first + next.completion);
  puppet.end();
  expect.soft((await client.rest()).status, label).toBe(200);
  await session.served.gate.idle();
}

async function openTheatre(way: Way, kind: (typeof kindsOfStores)[number]) {
  const stage = new Stage();
  const serving: Serving =
    way === "embedded"
      ? (_, options) => serve("embedded", { ...options, plain: handlerOn(stage) })
      : async (_, options) => serveInFrontOf(await socketsOn(stage), options);
  const session = await openSession(way, serving, kind, open);
  return { stage, session };
}

describe.each(kindsOfStores)("with stores in %s", (kind) => {
  describe.each(ways)("%s", (way) => {
    it.each(Object.entries(operations))(
      "an upstream that dies under %s",
      async (_, operation) => {
        const { stage, session } = await openTheatre(way, kind);
        for (const moment of operation.moments) {
          for (const how of deathsAt(operation, moment)) {
            const where = { operation, moment, way };
            const label = `${how} ${moment}`;
            const row = session.rows.next;
            const { client, puppet } = await bringTo(session, stage, where);
            if (how === "hangs") await session.clock.advance(DEADLINE_MS);
            else puppet.dies(how);
            const expected = afterDeath(where, how);
            expect.soft(await row, label).toMatchObject(expected.row);
            const { text, ...heard } = await client.rest();
            expect.soft(heard, label).toEqual(expected.heard);
            expect.soft(text, label).toContain(expected.text ?? "");
            if (how === "hangs") await puppet.gone;
            await expectNothingLeft(session, stage, label);
          }
        }
      },
      60_000,
    );

    it.each(Object.entries(operations))(
      "a caller who leaves %s",
      async (_, operation) => {
        const { stage, session } = await openTheatre(way, kind);
        for (const moment of operation.moments) {
          for (const how of leavings) {
            const where = { operation, moment, way };
            const label = `${how} ${moment}`;
            const row = session.rows.next;
            const { client, puppet } = await bringTo(session, stage, where);
            client.leave(how);
            expect.soft(await row, label).toMatchObject(afterLeaving(where).row);
            await puppet.gone;
            await expectNothingLeft(session, stage, label);
          }
        }
      },
      60_000,
    );
  });
});
