/** An envelope as data: what stands where in an error body, found out by writing one with marked words. */
import type { Envelope, WireError } from "../../contract/index.ts";

export type EnvelopeRole = "code" | "message" | "type" | "param" | "status" | "help";

export interface EnvelopeMember {
  /** From the body down: `["error", "code"]`; items of lists by number. */
  readonly path: readonly (string | number)[];
  /** Undefined for what is always the same. */
  readonly role: EnvelopeRole | undefined;
  /** What is there when there is nothing to say: the member, `null`, or something else that is always the same. */
  readonly whenEmpty: "present" | "null" | "absent" | "other";
}

const MARKED = {
  code: "marked_code",
  status: 418,
  message: "A marked message.",
  type: "marked_type",
  param: "marked_param",
  helpUrl: "https://marked.example/help",
} as const satisfies WireError;

const ROLES: ReadonlyMap<unknown, EnvelopeRole> = new Map<unknown, EnvelopeRole>([
  [MARKED.code, "code"],
  [MARKED.message, "message"],
  [MARKED.type, "type"],
  [MARKED.param, "param"],
  [MARKED.status, "status"],
  [MARKED.helpUrl, "help"],
]);

/** In the order in which the envelope writes them. */
export function membersOf(envelope: Envelope): readonly EnvelopeMember[] {
  const full = leavesOf(written(envelope, MARKED));
  const empty = new Map(
    leavesOf(written(envelope, { ...MARKED, param: undefined })).map(({ path, value }) => [
      path.join("/"),
      value,
    ]),
  );
  return full.map(({ path, value }) => {
    const place = path.join("/");
    const without = empty.get(place);
    const whenEmpty =
      without === value
        ? "present"
        : !empty.has(place)
          ? "absent"
          : without === null
            ? "null"
            : "other";
    return { path, role: ROLES.get(value), whenEmpty };
  });
}

/** Where a role stands; undefined where the envelope leaves it out. */
export function placeOf(
  envelope: Envelope,
  role: EnvelopeRole,
): readonly (string | number)[] | undefined {
  return membersOf(envelope).find((member) => member.role === role)?.path;
}

/** As it arrives: what JSON cannot say is not there. */
function written(envelope: Envelope, error: WireError): unknown {
  return JSON.parse(JSON.stringify(envelope.encode(error)));
}

interface Leaf {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

function leavesOf(value: unknown, path: Leaf["path"] = []): readonly Leaf[] {
  if (typeof value !== "object" || value === null) return [{ path, value }];
  if (Array.isArray(value)) return value.flatMap((one, i) => leavesOf(one, [...path, i]));
  return Object.entries(value).flatMap(([name, one]) => leavesOf(one, [...path, name]));
}
