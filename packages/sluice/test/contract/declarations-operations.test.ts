// Declarations of operations that stream, start jobs, let the input say who pays, or are answered by the gate:
// what is right passes, and what could not work is refused with what is wrong, where, and what to do about it.

import { describe, expect, it } from "vitest";
import { z } from "zod";
import { atMost, type Complaint, DeclarationError, fixed } from "../../src/contract/index.ts";
import { acme, declare } from "./fixtures/acme.ts";
import { add, all, type Bend, set } from "./fixtures/bend.ts";
import type { Wrong } from "./fixtures/wrong/wrong.ts";

const onWire = (operation: string, more: object) => add(`wire.operations.${operation}`, more);
const onServer = (operation: string, more: object) => add(`server.operations.${operation}`, more);

const stream = { completion: { event: "analysis.done" } };
const detaches = { maxAgeMs: 60_000 };
const COST = { pointer: "/usage/credits" };

const nameless = { what: "no event can be told by this", advice: "write it like { event:" };

const wrongStreams: readonly Wrong[] = [
  ...[
    {},
    { event: "" },
    { data: "" },
    { event: "a", data: "b" },
    { event: "a\nb" },
    { data: "a\r" },
    { event: 7 },
    { event: undefined },
    { event: "error" },
  ].map((completion) => ({
    name: `the completion ${JSON.stringify(completion)}`,
    break: onWire("analyse", { stream: { completion } }),
    at: "operations.analyse.stream.completion",
    ...nameless,
  })),
  {
    name: "a misspelt member of a stream",
    break: onWire("analyse", { stream: { ...stream, completions: {} } }),
    at: "operations.analyse.stream.completions",
    what: "nothing reads this",
    advice: 'did you mean "completion"?',
  },
  {
    name: "a misspelt member of a completion",
    break: onWire("analyse", { stream: { completion: { evnt: "done" } } }),
    at: "operations.analyse.stream.completion.evnt",
    what: "nothing reads this",
    advice: 'did you mean "event"?',
  },
  {
    name: "a misspelt stream",
    break: onWire("analyse", { steam: stream }),
    at: "operations.analyse.steam",
    what: "nothing reads this",
    advice: 'did you mean "stream"?',
  },
];

const wrongSlots: readonly Wrong[] = [0, 0.5, -1, 2_073_600_001, "1000"].map((retryAfterMs) => ({
  name: `a slot that is asked for again after ${JSON.stringify(retryAfterMs)} milliseconds`,
  break: set("wire.slots.reports.retryAfterMs", retryAfterMs),
  at: "slots.reports.retryAfterMs",
  what: `${retryAfterMs} is not usable`,
  advice: "give a whole number from 1 to 2073600000",
}));

const wrongCosts: readonly Wrong[] = [
  {
    name: "a highest price, and nothing that says the real one",
    break: onServer("analyse", { price: atMost(5) }),
    at: "operations.analyse.price",
    what: "nothing says what it cost",
    advice: "give { pointer: … }, or a fixed price",
  },
  {
    name: "a highest price, and a stream that does not say the real one",
    break: all(onWire("analyse", { stream }), onServer("analyse", { price: atMost(5) })),
    at: "operations.analyse.price",
    what: "nothing says what it cost",
    advice: "give { pointer: … }, or a fixed price",
  },
  {
    name: "a job whose answer says what it will have cost",
    break: onServer("analyse", { detaches }),
    at: "operations.analyse.price",
    what: "the end of the job says what it cost",
    advice: "leave the pointer out",
  },
  {
    name: "a cost in events that never come",
    break: onServer("analyse", { price: atMost(5, { ...COST, inEvents: "/cost" }) }),
    at: "operations.analyse.price",
    what: "the operation answers without events",
    advice: "leave inEvents out",
  },
  {
    name: "a cost in events without a JSON pointer",
    break: all(
      onWire("analyse", { stream }),
      onServer("analyse", { price: atMost(5, { ...COST, inEvents: "cost" }) }),
    ),
    at: "operations.analyse.price",
    what: '"cost" is no JSON pointer',
    advice: "write it like /",
  },
];

const wrongJobs: readonly Wrong[] = [
  ...[0, 999, 1_000.5, 604_800_001].map((maxAgeMs) => ({
    name: `jobs that are taken for dead after ${maxAgeMs} milliseconds`,
    break: onServer("createItem", { detaches: { maxAgeMs } }),
    at: "operations.createItem.detaches.maxAgeMs",
    what: `${maxAgeMs} is not usable`,
    advice: "give a whole number from 1000 to 604800000",
  })),
  {
    name: "a misspelt member of a job",
    break: onServer("createItem", { detaches: { ...detaches, maxAge: 60 } }),
    at: "operations.createItem.detaches.maxAge",
    what: "nothing reads this",
    advice: 'did you mean "maxAgeMs"?',
  },
  {
    name: "a job that streams",
    break: all(onWire("createItem", { stream }), onServer("createItem", { detaches })),
    at: "operations.createItem.detaches",
    what: "a stream ends with its work",
    advice: "leave out detaches, or stream",
  },
  {
    name: "a job of the gate's own",
    break: onServer("createItem", { detaches, answeredBy: "gate" }),
    at: "operations.createItem.detaches",
    what: "the gate starts no jobs",
    advice: "leave out detaches, or answeredBy",
  },
];

const wrongAnswerers: readonly Wrong[] = [
  {
    name: "an answer that is shown once, where none is ever repeated",
    break: onServer("listItems", { shownOnce: true }),
    at: "operations.listItems.shownOnce",
    what: "no answer is kept anyway",
    advice: "add idempotency, or leave this out",
  },
  {
    name: "an answer that is not shown once",
    break: onServer("createItem", { shownOnce: false }),
    at: "operations.createItem.shownOnce",
    what: "false says nothing",
    advice: "write true, or leave it out",
  },
  {
    name: "a misspelt answerer",
    break: onServer("listItems", { answeredBy: "gat" }),
    at: "operations.listItems.answeredBy",
    what: 'there is no answerer "gat"',
    advice: 'did you mean "gate"?',
  },
  {
    name: "a quote that the gate would have to give",
    break: onServer("startReport", { answeredBy: "gate" }),
    at: "operations.startReport.price",
    what: "the gate gives no quotes",
    advice: "give a fixed price, or none",
  },
];

const scoped = (
  name: string,
  operation: string,
  scope: object,
  at: string,
  [what, advice]: readonly [string, string],
): Wrong => ({
  name,
  break: onServer(operation, { scope }),
  at: `operations.${operation}.scope${at}`,
  what,
  advice,
});

const wrongScopes: readonly Wrong[] = [
  scoped("a scope of nobody", "createItem", {}, "", [
    "names nobody",
    "say where the input has the workspace or the project",
  ]),
  {
    ...scoped("a misspelt owner", "getItem", { projekt: { param: "itemId" } }, ".projekt", [
      "nothing reads this",
      'did you mean "project"?',
    ]),
    also: ["operations.getItem.scope"],
  },
  scoped("a misspelt place", "getItem", { project: { parm: "itemId" } }, ".project.parm", [
    "nothing reads this",
    'did you mean "param"?',
  ]),
  scoped("no place at all", "getItem", { workspace: {} }, ".workspace", [
    "is no one place",
    'write it like { body: "/workspace_id" }',
  ]),
  scoped("two places", "createItem", { project: { body: "/a", query: "a" } }, ".project", [
    "is no one place",
    'write it like { body: "/workspace_id" }',
  ]),
  scoped("a body's member by name", "createItem", { project: { body: "a" } }, ".project.body", [
    '"a" is no JSON pointer',
    "write it like /",
  ]),
  scoped("a body that is not read", "getItem", { project: { body: "/a" } }, ".project", [
    "the operation reads no body",
    "add a schema for body",
  ]),
  scoped("a query that is not read", "createItem", { project: { query: "a" } }, ".project", [
    "the operation reads no query",
    "add a schema for query",
  ]),
  scoped("a parameter without a path", "createItem", { project: { param: "a" } }, ".project", [
    "the operation reads no params",
    "add a schema for params",
  ]),
];

const TABLES = {
  streams: wrongStreams,
  slots: wrongSlots,
  costs: wrongCosts,
  jobs: wrongJobs,
  answerers: wrongAnswerers,
  scopes: wrongScopes,
};

function complaintsOf(bend: Bend): readonly Complaint[] {
  try {
    declare(bend(acme));
  } catch (error) {
    if (error instanceof DeclarationError) return error.complaints;
    throw error;
  }
  throw new Error("the declaration passed");
}

describe.each(Object.entries(TABLES))("a wrong declaration (%s)", (_table, rows) => {
  it.each(rows)("is refused for $name", ({ break: bend, at, what, advice, also = [] }) => {
    const complaints = complaintsOf(bend);
    expect(complaints.map((complaint) => complaint.at).sort()).toEqual([at, ...also].sort());
    expect(complaints.filter((complaint) => complaint.at === at)).toEqual([
      { at, what: expect.stringContaining(what), advice: expect.stringContaining(advice) },
    ]);
  });
});

describe("a declaration that is right", () => {
  const streams = (completion: object) => onWire("analyse", { stream: { completion } });

  it.each([
    ["a stream that ends with an event", streams({ event: "response.completed" })],
    ["a stream that ends with what an event says", streams({ data: "[DONE]" })],
    [
      "a stream whose events say the cost elsewhere",
      all(
        streams({ event: "done" }),
        onServer("analyse", { price: atMost(50, { ...COST, inEvents: "/cost" }) }),
      ),
    ],
    ["a slot that is free again soon", set("wire.slots.reports.retryAfterMs", 1)],
    ["a slot that is free again late", set("wire.slots.reports.retryAfterMs", 2_073_600_000)],
    [
      "a job that says at its end what it cost",
      onServer("analyse", { detaches, price: atMost(50) }),
    ],
    ["a job with a fixed price", onServer("createItem", { detaches })],
    ["a job with a quote", onServer("startReport", { detaches })],
    ["a job of a second", onServer("createItem", { detaches: { maxAgeMs: 1_000 } })],
    ["a job of a week", onServer("createItem", { detaches: { maxAgeMs: 604_800_000 } })],
    ["an answer of the gate's own", onServer("getItem", { answeredBy: "gate" })],
    ["one that costs", onServer("getItem", { answeredBy: "gate", price: fixed(1) })],
    ["a scope in the body", onServer("createItem", { scope: { workspace: { body: "/a/b" } } })],
    ["a scope in the query", onServer("listItems", { scope: { project: { query: "limit" } } })],
    ["a scope in the path", onServer("getItem", { scope: { project: { param: "itemId" } } })],
    [
      "a scope in two places, one for each owner",
      onServer("getItem", {
        query: z.object({ workspace: z.string() }),
        scope: { workspace: { query: "workspace" }, project: { param: "itemId" } },
      }),
    ],
  ])("passes: %s", (_name, bend) => {
    expect(() => declare(bend(acme))).not.toThrow();
  });
});
