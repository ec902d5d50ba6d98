/** Plays each trace with each contender: what counts in this process in virtual time, what has servers in real time. */
import type { Peer } from "../client/peer.ts";
import type { Contender } from "./contender.ts";
import type { Finding } from "./finding.ts";
import type { ClientRow, Promised, Row } from "./row.ts";
import { really, type Stage, virtually } from "./stage.ts";

/** A row, and what each contender did; undefined where one has no words for it. */
export interface Played {
  readonly row: Promised;
  readonly findings: ReadonlyMap<string, Finding | undefined>;
}

const CELL_MS = 90_000;
/** Of a window: by so much a moment may be missed. */
const LATE_SHARE_MAX = 0.05;
const ROUNDS_MAX = 8;
/** Taken before any trace puts virtual ones in their place. */
const { setTimeout, clearTimeout } = globalThis;

export async function play(
  rows: readonly Row[],
  contenders: readonly Contender[],
  tell: (line: string) => void = () => undefined,
): Promise<readonly Played[]> {
  const stages = new Map<Contender, Stage>();
  const played: Played[] = [];
  const servers = contenders.filter(({ needs }) => needs.length > 0);
  await withStages(servers, stages, async () => {
    for (const row of rows) {
      tell(row.name);
      played.push({ row, findings: await playRow(row, contenders, stages) });
    }
  });
  return played;
}

/** In virtual time, one after another. */
export async function playClients(
  rows: readonly ClientRow[],
  peers: readonly Peer[],
  tell: (line: string) => void = () => undefined,
): Promise<readonly Played[]> {
  const played: Played[] = [];
  for (const row of rows) {
    tell(row.name);
    const findings = new Map<string, Finding | undefined>();
    for (const peer of peers) {
      findings.set(peer.name, await bounded(row.judge(peer), `${row.name}, ${peer.name}`));
    }
    played.push({ row, findings });
  }
  return played;
}

/** Each contender keeps its servers for all rows. */
async function withStages(
  [contender, ...rest]: readonly Contender[],
  stages: Map<Contender, Stage>,
  act: () => Promise<void>,
): Promise<void> {
  if (contender === undefined) return act();
  await really(contender, async (stage) => {
    stages.set(contender, stage);
    await withStages(rest, stages, act);
  });
}

async function playRow(
  row: Row,
  contenders: readonly Contender[],
  stages: ReadonlyMap<Contender, Stage>,
): Promise<ReadonlyMap<string, Finding | undefined>> {
  const findings = new Map<string, Finding | undefined>();
  const judge = async (contender: Contender, stage: Stage) => {
    const what = `${row.name}, ${contender.name}`;
    findings.set(contender.name, await inTime(row, contender, stage, what));
  };
  const inReal: (() => Promise<void>)[] = [];
  for (const contender of contenders) {
    const stage = stages.get(contender);
    if (stage !== undefined) inReal.push(() => judge(contender, stage));
    else if (row.isReal) inReal.push(() => really(contender, (one) => judge(contender, one)));
    else await virtually((one) => judge(contender, one));
  }
  if (row.isReal) for (const playOne of inReal) await playOne();
  else await Promise.all(inReal.map((playOne) => playOne()));
  return new Map(contenders.map(({ name }) => [name, findings.get(name)]));
}

/** A trace whose moments were missed by a busy machine says nothing: it is played again, by callers that nobody has seen. */
async function inTime(
  row: Row,
  contender: Contender,
  stage: Stage,
  what: string,
): Promise<Finding | undefined> {
  for (let round = 1; ; round++) {
    stage.takeLateMs();
    const player = round === 1 ? contender : withCallers(contender, ` of round ${round}`);
    const found = await bounded(row.judge(player, stage), what);
    const isLate = stage.takeLateMs() > stage.rate.windowMs * LATE_SHARE_MAX;
    if (!isLate || row.isReal) return found;
    if (round === ROUNDS_MAX)
      throw new Error(`${what}: this machine is too busy to play it in time`);
  }
}

/** The same, asked by others. */
function withCallers(contender: Contender, suffix: string): Contender {
  const renamed = <L extends { ask(key: string, ...rest: never[]): unknown }>(limiter: L): L => ({
    ...limiter,
    ask: (key: string, ...rest: never[]) => limiter.ask(key + suffix, ...rest),
  });
  const { openForgiving } = contender;
  return {
    ...contender,
    open: async (...given) => renamed(await contender.open(...given)),
    openTwo: async (...given) => renamed(await contender.openTwo(...given)),
    ...(openForgiving && {
      openForgiving: async (...given) => renamed(await openForgiving(...given)),
    }),
  };
}

/** A trace that never ends is a defect of the bench, not of who is judged. */
async function bounded<T>(work: Promise<T>, what: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: not done in ${CELL_MS} ms`)), CELL_MS);
  });
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    throw new Error(what, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}
