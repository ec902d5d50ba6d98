// A scenario that somebody wrote down: read strictly, so that nothing in it does nothing.

import { readFileSync } from "node:fs";
import type { ContractScenario } from "sluice/sim";
import { z } from "zod";
import { StartError } from "../../../start-error.ts";
import { span } from "../../print/words.ts";
import { checkSize, type OutageTyped } from "./asked.ts";

/** What can be said beside a file. */
const BESIDE = ["behind", "scenario", "seed", "json", "html", "svg", "compare", "alone"];

const delay = z.strictObject({ leastMs: z.number(), moreMs: z.number() });
const time = { fromMs: z.number(), lengthMs: z.number() };
const node = z.number().int().optional();
const part = z.enum(["limits", "ledger", "directory", "upstream"]);
const texts = z.record(z.string(), z.string());

const fault = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("slow"), part, node, moreMs: z.number(), ...time }),
  z.strictObject({ kind: z.literal("hung"), part, node, ...time }),
  z.strictObject({ kind: z.literal("mute"), part, node, ...time }),
  z.strictObject({ kind: z.literal("refused"), part, node, ...time }),
  z.strictObject({
    kind: z.literal("failing"),
    part: z.literal("upstream"),
    ...{ node, percent: z.number(), ...time },
  }),
  z.strictObject({ kind: z.literal("failover"), ...time }),
  z.strictObject({ kind: z.literal("clock_step"), stepMs: z.number(), ...time }),
  z.strictObject({
    kind: z.literal("crash"),
    ...{ node: z.number().int(), afterMessages: z.number().int(), ...time },
  }),
  z.strictObject({
    kind: z.literal("wall_step"),
    ...{ node: z.number().int(), stepMs: z.number(), ...time },
  }),
  z.strictObject({ kind: z.literal("loss"), percent: z.number(), ...time }),
]);

const number = z.number().optional();

const client = z.strictObject({
  attempts: number,
  backoff: z
    .strictObject({
      ...{ floorMs: number, baseMs: number, capMs: number },
      ...{ throttledBaseMs: number, throttledCapMs: number },
    })
    .optional(),
  breaker: z
    .union([
      z.literal(false),
      z.strictObject({
        ...{ consecutive: number, cooldownMs: number, cooldownMaxMs: number },
        ...{ ratio: number, minimum: number, windowMs: number },
      }),
    ])
    .optional(),
  budget: z
    .union([
      z.literal(false),
      z.strictObject({ tokens: number, cost: number, toldCost: number, refill: number }),
    ])
    .optional(),
  deadline: z.strictObject({ totalMs: number, attemptMs: number, chunkMs: number }).optional(),
  pacing: z.union([z.literal(false), z.strictObject({ jitterMs: number })]).optional(),
});

const use = z.strictObject({
  operation: z.string(),
  share: z.number(),
  input: z
    .strictObject({
      ...{ params: texts.optional(), query: texts.optional(), body: z.unknown().optional() },
    })
    .optional(),
  credits: number,
});

const callers = z.strictObject({
  ...{ name: z.string(), count: z.number().int(), perAccount: z.number().int() },
  shape: z.enum(["steady", "bursty", "diurnal"]),
  perMinute: z.number(),
  policy: z.literal("sluice"),
  ...{ leavePercent: z.number(), strangerPercent: z.number() },
  ...{ plan: z.string(), uses: z.array(use), client: client.optional() },
});

const scenario = z.strictObject({
  nodes: z.strictObject({ count: z.number().int(), driftPpm: z.number() }),
  limits: z.strictObject({
    ...{ aheadMs: z.number(), deadlineMs: z.number() },
    ...{ leaseMs: z.number(), replicaLagMs: z.number() },
  }),
  network: z.strictObject({ callers: delay, stores: delay }),
  work: z.strictObject({
    tookMs: delay,
    ...{ longPercent: z.number(), longMs: z.number(), failPercent: z.number() },
  }),
  callers: z.array(callers).min(1),
  credits: z.number(),
  faults: z.array(fault).min(1, "nothing is out: describe at least one"),
  revocations: z.array(z.strictObject({ atMs: z.number(), keys: z.number().int() })),
  ...{ durationMs: z.number(), recoveryMs: z.number() },
});

/** @throws StartError that says what is wrong with it, and where; bounds of numbers are checked before it is run */
export function scenarioIn(file: string, typed: OutageTyped): ContractScenario {
  const other = Object.keys(typed).find((name) => !BESIDE.includes(name));
  if (other !== undefined) {
    throw new StartError(`--scenario says it all, so --${other} would do nothing: leave it out.`);
  }
  const data = parsed(file);
  const read = scenario.safeParse(data);
  if (!read.success) {
    const [issue] = read.error.issues;
    const place = issue?.path.join(".") || "the scenario";
    throw new StartError(
      `${file}: ${place}: ${issue?.message}. "sluice simulate outage --json" shows one that can be run, as its last member.`,
    );
  }
  // As it was written, to the order of its members: a run is a function of that.
  const given = data as ContractScenario;
  checkSize(given);
  return given;
}

/** Its faults, in a few words. */
export function troubleIn({ faults }: ContractScenario): string {
  const kinds = faults.map((one) =>
    "part" in one ? `${one.part} ${one.kind}` : one.kind.replace("_", " "),
  );
  const lengthMs = Math.max(...faults.map((one) => one.lengthMs));
  return `${[...new Set(kinds)].join(", ")}, for up to ${span(lengthMs)}`;
}

function parsed(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new StartError(`${file} cannot be read: name a file with a scenario as JSON.`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`${file} is no JSON: ${reason}.`);
  }
}
