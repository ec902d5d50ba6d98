/** What the Python file of an API is called, and whether there can be one. */
import type { AnyApi } from "../../contract/index.ts";
import { slugOf } from "../model/words.ts";
import { envelopePointers } from "./envelope-pointers.ts";

/** `mavera_errors.py`; undefined where the error body is in a form that only its own code can read. */
export function pythonFileName({ wire }: AnyApi): string | undefined {
  try {
    envelopePointers(wire.envelope);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
  return `${slugOf(wire.about.title)}_errors.py`;
}
