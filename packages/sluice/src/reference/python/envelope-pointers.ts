/** Where an envelope writes what: found out by writing one, so that envelopes of somebody's own are read as well. */
import type { Envelope } from "../../contract/index.ts";

type Part = "code" | "message" | "type" | "param";
type Pointer = readonly (string | number)[];

const MARKS: Readonly<Record<Part, string>> = {
  code: "sluice_mark_code",
  message: "Sluice mark: message.",
  type: "sluice_mark_type",
  param: "sluice_mark_param",
};
const DEPTH_MAX = 16;

/** @throws TypeError where code or message do not stand in the body as they are. */
export function envelopePointers(envelope: Envelope): Readonly<Record<string, Pointer>> {
  const body = envelope.encode({ ...MARKS, status: 400, helpUrl: "about:blank" });
  const found: Record<string, Pointer> = {};
  for (const [part, mark] of Object.entries(MARKS)) {
    const pointer = pointerTo(mark, body, []);
    if (pointer !== undefined) found[part] = pointer;
    else if (part === "code" || part === "message") {
      throw new TypeError(
        `Python cannot read the envelope "${envelope.name}": its body does not have the ${part} as it is.` +
          " Write it as a string of its own.",
      );
    }
  }
  return found;
}

function pointerTo(mark: string, value: unknown, way: Pointer): Pointer | undefined {
  if (value === mark) return way;
  if (typeof value !== "object" || value === null || way.length > DEPTH_MAX) return undefined;
  for (const [name, member] of Object.entries(value)) {
    const at = Array.isArray(value) ? Number(name) : name;
    const found = pointerTo(mark, member, [...way, at]);
    if (found !== undefined) return found;
  }
  return undefined;
}
