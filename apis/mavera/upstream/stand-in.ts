// What a model would say. The stand-in has none to ask: it says so, and repeats some of what it was
// asked, so that every answer follows from its question.

import type { Persona } from "./records.ts";

const maxRepeated = 200;

export function answerTo(asked: string, persona?: Persona): string {
  const voice = persona ? `, speaking as ${persona.name}` : "";
  return `This is a stand-in${voice}: no model was asked. You said: "${repeated(asked)}"`;
}

/** For whoever asks for JSON; what schema it should fit is not looked at. */
export function jsonAnswerTo(asked: string, persona?: Persona): object {
  return {
    stand_in: true,
    ...(persona && { persona: persona.name }),
    asked: repeated(asked),
  };
}

/** Whether an output format, as the documents spell them, asks for JSON, and by a schema. */
export function jsonFormat(format: unknown): "json_object" | "json_schema" | undefined {
  if (typeof format !== "object" || format === null || !("type" in format)) return undefined;
  const { type } = format;
  return type === "json_object" || type === "json_schema" ? type : undefined;
}

const wordsPerPiece = 4;

/** The text in pieces of a few words, as a model would come up with it; joined, they are the text. */
export function piecesOf(text: string): readonly string[] {
  const words = text.match(/\s*\S+\s*/g) ?? [text];
  return Array.from({ length: Math.ceil(words.length / wordsPerPiece) }, (_, index) =>
    words.slice(index * wordsPerPiece, (index + 1) * wordsPerPiece).join(""),
  );
}

/** A character that the cut went through is replaced, not halved. */
function repeated(asked: string): string {
  const text = asked.trim();
  return text.length <= maxRepeated ? text : `${text.slice(0, maxRepeated).toWellFormed()}…`;
}
