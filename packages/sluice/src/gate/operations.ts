/** The operations of a contract with everything that the steps ask of them, put together once. */
import { assert, type Clock } from "../base/index.ts";
import {
  type AnyApi,
  BODY_BYTES_DEFAULT,
  DEADLINE_MS_DEFAULT,
  type PathPattern,
  parsePattern,
  type ServerOperation,
  type WireOperation,
} from "../contract/index.ts";
import type { AnyAnswers } from "./upstream/answers.ts";
import { Deadlines } from "./upstream/deadlines.ts";

/** An operation with everything that its steps ask for. */
export interface OperationSettings {
  readonly name: string;
  readonly wire: WireOperation;
  readonly server: ServerOperation;
  readonly pattern: PathPattern;
  readonly quotePattern: PathPattern | undefined;
  /** The gate's own answer; undefined where the upstream does the work. */
  readonly answer: AnyAnswers[string] | undefined;
  /** Whether there is any input to look at. */
  readonly readsInput: boolean;
  readonly bodyBytesMax: number;
  readonly deadlineMs: number;
  readonly deadlines: Deadlines;
  /** The plans that include it; undefined for all. */
  readonly plans: ReadonlySet<string> | undefined;
}

/** An operation that nobody answers, or an answer that nobody asks for, would be found by a caller. */
export function checkAnswers(api: AnyApi, answers: AnyAnswers): void {
  const own = Object.entries(api.server.operations)
    .filter(([, { answeredBy }]) => answeredBy === "gate")
    .map(([name]) => name);
  for (const name of own) {
    assert(
      typeof answers[name] === "function",
      () => `createGate: ${name} is answered by the gate; give answers: { ${name} }`,
    );
  }
  for (const name of Object.keys(answers)) {
    assert(
      own.includes(name),
      () =>
        `createGate: nothing reads answers.${name}; the gate answers ${own.join(", ") || "nothing"}`,
    );
  }
}

/** @param answers of the gate's own; for those operations that have none, nobody may run them */
export function operationsOf(
  api: AnyApi,
  answers: AnyAnswers,
  clock: Clock,
): ReadonlyMap<string, OperationSettings> {
  const operations = new Map<string, OperationSettings>();
  for (const [name, wire] of Object.entries(api.wire.operations)) {
    const server = api.server.operations[name];
    const pattern = parsePattern(wire.path);
    assert(server !== undefined && typeof pattern !== "string", `${name} was checked by defineApi`);
    const quote = server.price?.kind === "quote" ? parsePattern(server.price.path) : undefined;
    const plans = server.plans ?? api.server.requires?.plans;
    const deadlineMs = server.deadlineMs ?? DEADLINE_MS_DEFAULT;
    operations.set(name, {
      name,
      wire,
      server,
      pattern,
      answer: answers[name],
      quotePattern: typeof quote === "string" ? undefined : quote,
      readsInput: Boolean(server.params ?? server.query ?? server.body ?? server.passesBody),
      bodyBytesMax: server.bodyBytesMax ?? BODY_BYTES_DEFAULT,
      deadlineMs,
      deadlines: new Deadlines(clock, deadlineMs),
      plans: plans && new Set(plans),
    });
  }
  return operations;
}
