// What the contract says of answers, held against what the API answers: every operation.

import { differingMembers } from "@sluice-internal/reference-checks/differing-members";
import type { ServerOperation } from "sluice";
import { expect, test } from "vitest";
import { mavera } from "../contract/index.ts";
import { askEverything, type Operation } from "./every-operation.ts";
import { startApi } from "./live-api.ts";
import type { Reply } from "./reply.ts";

test("every operation answers what its schema says", async () => {
  const api = await startApi();
  const seen = new Set<Operation>();
  const send = async (operation: Operation, what: string, json?: object): Promise<Reply> => {
    const reply = await api.send(what, { key: api.keys.enterprise, ...(json && { json }) });
    const { successStatus = 200 }: ServerOperation = mavera.server.operations[operation];
    expect(reply.status, reply.text).toBe(successStatus);
    const { output, example } = mavera.server.operations[operation];
    // Parsing leaves out what a schema does not know.
    expect(output.parse(reply.body), operation).toEqual(reply.body);
    expect(differingMembers(example.output, reply.body), operation).toEqual([]);
    seen.add(operation);
    return reply;
  };
  await askEverything(api, send);

  expect([...seen].sort()).toEqual(Object.keys(mavera.server.operations).sort());
});
