// What the bodies of all calls that are answered by a "model" have in common.

import type { Call } from "./call.ts";
import { Failure } from "./failure.ts";
import { Fields } from "./fields.ts";
import { delayRange } from "./limits.ts";
import { readPersona } from "./personas.ts";
import type { Persona } from "./records.ts";

const models = ["mavera-1"] as const;

export interface Manner {
  readonly stream: boolean;
  /** How long the answer takes, or its stream from the first event to the last. */
  readonly delayMs: number;
}

export function readManner(fields: Fields): Manner {
  const stream = fields.flag("stream");
  return { stream, delayMs: fields.whole("delay", delayRange) ?? 0 };
}

export interface Speaking<T> extends Manner {
  readonly model: (typeof models)[number];
  readonly persona: Persona | undefined;
  readonly said: T;
}

/** Reads what both formats share, and by `read` what is the format's own. */
export function readSpeaking<T>(call: Call, read: (fields: Fields) => T): Speaking<T> | Failure {
  const fields = Fields.ofBody(call.body);
  const model = fields.requiredChoice("model", models, "mavera-1");
  const said = read(fields);
  const manner = readManner(fields);
  const persona = readPersona(call, fields);
  if (fields.failure) return fields.failure;
  return persona instanceof Failure ? persona : { model, persona, said, ...manner };
}
