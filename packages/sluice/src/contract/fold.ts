/**
 * Folding rules: how an upstream's own error answers become conditions. Rules are tried in order; the first
 * that fits speaks. A 4xx that no rule fits is a hole in the contract and becomes `internal`, never a leak.
 */
import type { Refusal } from "./refusal.ts";

export interface FoldingRule {
  /** All that is given must hold. */
  readonly when: {
    readonly status?: number;
    /** The member at a JSON pointer (RFC 6901) of the body equals this. */
    readonly pointer?: string;
    readonly equals?: string | number | boolean;
  };
  /** A condition, or one of the contract's own under `domain`. */
  readonly condition: string;
  /** Where the body names the parameter at fault. */
  readonly param?: { readonly pointer: string };
  /** Where the body has a message that is safe for callers. Not for 5xx: those are never passed on. */
  readonly message?: { readonly pointer: string };
}

const MESSAGE_LENGTH_MAX = 1_000;

/** What the rules make of an answer with status 400 or more; undefined when none fits. */
export function fold(
  rules: readonly FoldingRule[],
  answer: { readonly status: number; readonly body: unknown },
): Refusal | undefined {
  for (const rule of rules) {
    const { status, pointer, equals } = rule.when;
    if (status !== undefined && status !== answer.status) continue;
    if (pointer !== undefined && at(answer.body, pointer) !== equals) continue;
    const param = textAt(answer.body, rule.param?.pointer);
    const message = answer.status < 500 ? textAt(answer.body, rule.message?.pointer) : undefined;
    return {
      kind: "refusal",
      condition: rule.condition,
      ...(param !== undefined && { param }),
      ...(message !== undefined && { message }),
    };
  }
  return undefined;
}

/** The value at a JSON pointer (RFC 6901), or undefined. */
export function at(value: unknown, pointer: string): unknown {
  let here = value;
  for (const key of segmentsOf(pointer)) {
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, key)) return undefined;
    here = Reflect.get(here, key);
  }
  return here;
}

/** Contracts have a few pointers, which are followed at every call. */
const known = new Map<string, readonly string[]>();
const KNOWN_MAX = 1_000;

function segmentsOf(pointer: string): readonly string[] {
  let segments = known.get(pointer);
  if (segments === undefined) {
    segments = pointer
      .split("/")
      .slice(1)
      .map((raw) => raw.replaceAll("~1", "/").replaceAll("~0", "~"));
    if (known.size < KNOWN_MAX) known.set(pointer, segments);
  }
  return segments;
}

function textAt(value: unknown, pointer: string | undefined): string | undefined {
  const found = pointer === undefined ? undefined : at(value, pointer);
  return typeof found === "string" ? found.slice(0, MESSAGE_LENGTH_MAX) : undefined;
}
