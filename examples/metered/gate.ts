// What does the work: a generator for what streams, and a report for what ends later.

import { createGate, type Gate, handlers, reply, replyEvents } from "sluice/gate";
import { createMemoryStores } from "sluice/store/memory";
import { studio } from "./contract.ts";

async function* words(prompt: string) {
  let credits = 0;
  for (const word of `Once there was ${prompt}.`.split(" ")) {
    credits++;
    yield { name: "story.word", data: { word }, costSoFar: credits };
  }
  yield { name: "story.completed", data: { credits } };
}

export const stores = createMemoryStores();

export const gate: Gate = createGate(studio, {
  stores,
  pepper: crypto.getRandomValues(new Uint8Array(32)),
  upstream: handlers(studio, {
    tell: ({ body }) => replyEvents(words(body.prompt)),
    film: (_, { requestId }) => reply({ id: requestId, status: "pending", error: null }, 201),
  }),
});

/** Called by whatever makes the films, perhaps hours and restarts later. */
export async function filmEnded(id: string, minutes: number | undefined): Promise<void> {
  if (minutes === undefined) await gate.jobs.end(id, { kind: "failed" });
  else await gate.jobs.end(id, { kind: "completed", credits: 20 * minutes });
}
