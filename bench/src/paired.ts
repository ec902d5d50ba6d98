// The paired method: baseline and candidate run at the same time, share one core fairly and are
// judged by requests per CPU-second, so that whatever slows the machine slows both alike.

import type { Cores } from "./machine.ts";
import { BenchError } from "./machine.ts";
import type { ServerProcess } from "./server-process.ts";
import { type Load, runWrk, type WrkReport } from "./wrk.ts";

/** Whatever is loaded. */
export interface Driven {
  readonly name: string;
}

export interface Contender extends Driven {
  /** Resolves once it listens. */
  readonly start: (core: number) => Promise<ServerProcess>;
  /** Throws when the server does not do the work that the comparison is about. */
  readonly check?: (origin: string) => Promise<void>;
  /** Asks the server something once the load is over. */
  readonly after?: (origin: string) => Promise<void>;
}

export interface Plan {
  readonly cores: Cores;
  readonly load: Load;
  readonly rounds: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
}

export interface Reading {
  readonly cpuSeconds: number;
  readonly microsPerRequest: number;
  /** Of the thread that serves alone: what a request costs where the others have cores of their own. */
  readonly mainThreadMicrosPerRequest: number;
  readonly residentBytes: number;
  readonly p99Milliseconds: number;
}

export interface Round {
  /** Candidate over baseline in requests per CPU-second: above 1 the candidate is cheaper. */
  readonly ratio: number;
  /** Share of the server core that the two used; well below 1 they were waiting for the load. */
  readonly busy: number;
  readonly baseline: Reading;
  readonly candidate: Reading;
}

export interface Comparison {
  readonly name: string;
  readonly rounds: readonly Round[];
}

/** Runs all rounds, each with fresh processes, the order of the two alternating. */
export async function comparePaired(
  baseline: Contender,
  candidate: Contender,
  plan: Plan,
  onRound: (round: Round, number: number) => void = () => {},
): Promise<Comparison> {
  const rounds: Round[] = [];
  while (rounds.length < plan.rounds) {
    const readings =
      rounds.length % 2 === 0
        ? await runPair(baseline, candidate, plan)
        : (await runPair(candidate, baseline, plan)).reverse();
    const round = toRound(readings, plan.seconds);
    rounds.push(round);
    onRound(round, rounds.length);
  }
  return { name: candidate.name, rounds };
}

function toRound([baseline, candidate]: Reading[], seconds: number): Round {
  if (!baseline || !candidate) throw new Error("a pair has two readings");
  return {
    ratio: baseline.microsPerRequest / candidate.microsPerRequest,
    busy: (baseline.cpuSeconds + candidate.cpuSeconds) / seconds,
    baseline,
    candidate,
  };
}

async function runPair(first: Contender, second: Contender, plan: Plan): Promise<Reading[]> {
  const started: { contender: Contender; server: ServerProcess }[] = [];
  try {
    for (const contender of [first, second]) {
      const server = await contender.start(plan.cores.server);
      started.push({ contender, server });
      await contender.check?.(server.origin);
    }
    const both = <T>(measure: (contender: Contender, server: ServerProcess) => Promise<T>) =>
      Promise.all(started.map(({ contender, server }) => measure(contender, server)));
    await both((contender, server) => drive(contender, server, plan, plan.warmUpSeconds));
    const readings = await both((contender, server) => read(contender, server, plan));
    await both(async (contender, server) => contender.after?.(server.origin));
    return readings;
  } finally {
    await Promise.all(started.map(({ server }) => server.stop()));
  }
}

export async function read(contender: Driven, server: ServerProcess, plan: Plan): Promise<Reading> {
  const before = server.cpuSeconds();
  const mainBefore = server.mainThreadSeconds();
  const report = await drive(contender, server, plan, plan.seconds);
  const cpuSeconds = server.cpuSeconds() - before;
  const mainSeconds = server.mainThreadSeconds() - mainBefore;
  return {
    cpuSeconds,
    microsPerRequest: (cpuSeconds * 1_000_000) / report.requests,
    mainThreadMicrosPerRequest: (mainSeconds * 1_000_000) / report.requests,
    residentBytes: server.residentBytes(),
    p99Milliseconds: report.p99Milliseconds,
  };
}

/** An error answer is cheaper than a real one, so a single one makes the measurement worthless. */
export async function drive(
  contender: Driven,
  server: ServerProcess,
  plan: Plan,
  seconds: number,
): Promise<WrkReport> {
  const report = await runWrk(server.origin, plan.load, seconds, plan.cores.load);
  if (report.errors > 0 || report.requests === 0) {
    throw new BenchError(
      `${contender.name}: ${report.errors} bad answers or broken connections ` +
        `in ${report.requests} requests; this measures nothing`,
    );
  }
  return report;
}
