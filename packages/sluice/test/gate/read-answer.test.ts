// What a route answers is the same whether it comes in one piece, at once, or piece by piece.

import fc from "fast-check";
import { expect, it } from "vitest";
import type { ByteSource, Work } from "../../src/gate/index.ts";
import { readAnswer } from "../../src/gate/index.ts";

/** What `readAnswer` asks of the work. */
function workOf(needsWhole: boolean, aborted = false): Work {
  const reason = new Error("the caller left");
  return {
    call: { aborted },
    needsWhole,
    onAbort(listener: (reason: unknown) => void) {
      if (aborted) listener(reason);
      return () => undefined;
    },
  } as unknown as Work;
}

function piecesOf(body: string | Uint8Array, cut: number): ByteSource {
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const pieces = [bytes.slice(0, cut), bytes.slice(cut)].filter(({ length }) => length > 0);
  return { next: async () => pieces.shift(), cancel: () => void pieces.splice(0) };
}

async function read(
  status: number,
  type: string,
  body: string | Uint8Array | ByteSource,
  work: Work,
) {
  const answer = await readAnswer({ status, headers: ["content-type", type], body }, work);
  if (!("body" in answer) || typeof answer.body !== "object" || !("next" in answer.body)) {
    return answer;
  }
  const bytes: number[] = [];
  for (let piece = await answer.body.next(); piece; piece = await answer.body.next()) {
    bytes.push(...piece);
  }
  return { ...answer, body: { comes: bytes } };
}

const LONG = 65_536;
const text = fc.oneof(
  fc.string({ unit: "grapheme" }),
  // Halves of characters, and what looks like a byte order mark.
  fc.string({ unit: fc.constantFrom("\ud83d", "\ude00", "\ufeff", "\uf000", "\uefff", "a", "é") }),
  fc.constantFrom("é".repeat(LONG / 2), "a".repeat(LONG + 1), "€".repeat(LONG / 3), ""),
);
const bytes = fc.oneof(fc.uint8Array(), fc.constant(new Uint8Array(LONG + 1)));
const types = fc.constantFrom("application/json", "text/plain", "image/png", "text/event-stream");

it("reads one piece as it would read all pieces", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(text, bytes),
      types,
      fc.constantFrom(200, 204, 304, 404),
      fc.boolean(),
      fc.nat(LONG),
      async (body, type, status, needsWhole, cut) => {
        const work = workOf(needsWhole);
        const whole = await read(status, type, body, work);
        expect(whole).toEqual(await read(status, type, piecesOf(body, cut), work));
      },
    ),
  );
});

it("reads one piece for nobody who has left", async () => {
  const answer = read(200, "application/json", "{}", workOf(false, true));
  await expect(answer).rejects.toThrow("the caller left");
});

it("keeps nothing that a route writes over later", async () => {
  const body = new Uint8Array([1, 2, 3]);
  const answer = await read(200, "image/png", body, workOf(false));
  body.fill(0);
  expect(answer).toMatchObject({ body: new Uint8Array([1, 2, 3]) });
});
