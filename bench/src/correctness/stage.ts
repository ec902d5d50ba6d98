/** Where a trace is played: time, and the servers that a contender counts in. */
import { withVirtualGlobals } from "../client/virtual-time.ts";
import type { Contender, Rate } from "./contender.ts";
import { NO_SERVERS, type RunningServers, startServers } from "./servers.ts";

export interface Stage {
  readonly rate: Rate;
  readonly servers: RunningServers;
  /** How much later than asked something may happen. */
  readonly graceMs: number;
  /** Whether calls are decided in this process, in virtual time. */
  readonly isInProcess: boolean;
  nowMs(): number;
  sleep(ms: number): Promise<void>;
  /** Sleeps until `ms` after `fromMs`, however long the work since then took. */
  until(fromMs: number, ms: number): Promise<void>;
  /** Some count by the clock's windows: sleeps until one has just begun. */
  windowBegins(): Promise<void>;
  /** The most by which anything has come later than asked since this was last asked. */
  takeLateMs(): number;
  /** Sets the wall clock of this process, as NTP or an operator does; undefined in real time. */
  readonly stepWall: ((ms: number) => void) | undefined;
}

/** Ten places: few enough to read. */
const LIMIT = 10;
const VIRTUAL_WINDOW_MS = 60_000;
/** Some count in whole seconds, and a turn of a busy machine must stay small beside it. */
const REAL_WINDOW_MS = 2_000;
const REAL_GRACE_MS = 60;
/** Past the beginning of a window, on every clock. */
const JUST_MS = 20;

/** Whoever counts in this process is played in virtual time. */
export function virtually<T>(act: (stage: Stage) => Promise<T>): Promise<T> {
  return withVirtualGlobals((clock) => {
    const sleep = (ms: number) => clock.advance(Math.max(0, ms));
    const rate = { limit: LIMIT, windowMs: VIRTUAL_WINDOW_MS };
    const nowMs = () => clock.monotonicMs();
    const stepWall = (ms: number) => clock.stepWall(ms);
    return act({ ...stageOf(rate, nowMs, sleep, 0), servers: NO_SERVERS, stepWall });
  });
}

export async function really<T>(
  contender: Contender,
  act: (stage: Stage) => Promise<T>,
): Promise<T> {
  const servers = await startServers(contender.needs);
  try {
    const sleep = (ms: number) =>
      new Promise<void>((resolve) => setTimeout(resolve, Math.max(0, ms)));
    const rate = { limit: LIMIT, windowMs: REAL_WINDOW_MS };
    const nowMs = () => performance.now();
    return await act({
      ...stageOf(rate, nowMs, sleep, REAL_GRACE_MS),
      servers,
      stepWall: undefined,
    });
  } finally {
    await servers.stop();
  }
}

function stageOf(
  rate: Rate,
  nowMs: () => number,
  sleepBy: (ms: number) => Promise<void>,
  graceMs: number,
) {
  let lateMs = 0;
  const sleep = async (ms: number) => {
    const dueMs = nowMs() + Math.max(0, ms);
    // What is asked for too late is late as well.
    lateMs = Math.max(lateMs, -ms);
    await sleepBy(ms);
    lateMs = Math.max(lateMs, nowMs() - dueMs);
  };
  return {
    rate,
    graceMs,
    isInProcess: graceMs === 0,
    nowMs,
    sleep,
    until: (fromMs: number, ms: number) => sleep(fromMs + ms - nowMs()),
    windowBegins: () => sleep(rate.windowMs - (Date.now() % rate.windowMs) + JUST_MS),
    takeLateMs() {
      const taken = lateMs;
      lateMs = 0;
      return taken;
    },
  };
}
