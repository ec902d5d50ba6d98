// What the contract says of answers, held against what the API answers: every operation, every model.

import { differingMembers } from "@sluice-internal/reference-checks/differing-members";
import type { ServerOperation } from "sluice";
import { expect, test } from "vitest";
import { mentova } from "../contract/index.ts";
import { model } from "../contract/schemas/models.ts";
import type { Model } from "../upstream/index.ts";
import { askEverything, type Operation } from "./every-operation.ts";
import { startApi } from "./live-api.ts";
import { addTopic } from "./provocations.ts";
import type { Reply } from "./reply.ts";

test("every operation answers what its schema says", async () => {
  const api = await startApi();
  const seen = new Set<Operation>();
  const expectShape = (operation: Operation, reply: Reply) => {
    const { successStatus = 200 }: ServerOperation = mentova.server.operations[operation];
    expect(reply.status, reply.text).toBe(successStatus);
    const { output, example } = mentova.server.operations[operation];
    // Parsing leaves out what a schema does not know: nothing may go undocumented.
    expect(output.parse(reply.body), operation).toEqual(reply.body);
    expect(differingMembers(example.output, reply.body), operation).toEqual([]);
    seen.add(operation);
    return reply;
  };
  const send = async (operation: Operation, what: string, json?: unknown) =>
    expectShape(operation, await api.send(what, { json }));
  await askEverything(api, send);

  expect([...seen].sort()).toEqual(Object.keys(mentova.server.operations).sort());
});

test("the models of the contract are those of the API", async () => {
  const known: readonly Model[] = model.options;
  const api = await startApi();
  const { brandId, topicId } = addTopic(api);
  for (const one of known) {
    const json = { topicId, models: [one], maxPrompts: 1 };
    expect((await api.send(`POST /brands/${brandId}/campaigns`, { json })).status).toBe(201);
  }
  const everyModel: Record<Model, true> = {
    GPT4O_MINI: true,
    CLAUDE_HAIKU: true,
    GEMINI_FLASH: true,
    LLAMA: true,
    DEEPSEEK: true,
    GPT4O: true,
    CLAUDE_SONNET: true,
    GEMINI_PRO: true,
    GROK_3: true,
    MISTRAL_LARGE: true,
    CLAUDE_OPUS: true,
  };
  expect([...known].sort()).toEqual(Object.keys(everyModel).sort());
});
