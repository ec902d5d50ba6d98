// Several servers for one home, on one Redis and one PostgreSQL: loaded together, while any of them may be killed and
// started again, and so may the database.

import { type Random, seededRandom, systemClock } from "sluice/base";
import { answering, DemoProcess, type Later } from "../demo-process.ts";
import { fileOf } from "../fleet/fleet.ts";
import { Notebook } from "./attempts.ts";
import type { Database } from "./database.ts";
import type { Payers } from "./home.ts";
import { jobsWithoutEnd } from "./jobs.ts";
import { judgeSlotsLeft, slotsLeft } from "./leases.ts";
import { type Crowd, type Life, type Place, settleErrands, startLoad } from "./load.ts";
import { LogRows, type Loss } from "./log-rows.ts";
import type { Witness } from "./witness.ts";

export interface FleetOptions {
  readonly size: number;
  readonly home: string;
  readonly payers: Payers;
  readonly seed: string;
  readonly command: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  readonly database: Database;
  readonly redisUrl: string;
  readonly witness: (notebook: Notebook) => Witness;
  /** Once the last test is over. */
  readonly later: Later;
}

interface Member {
  readonly place: Place;
  readonly process: DemoProcess;
}

/** Callers are more than one for each window, since several servers count it. */
const crowd: Crowd = { wide: 24, narrow: 3 };
/**
 * A row waits a quarter of a second; three times as long as the database lets one wait that it has, 600 ms, since the log
 * does not wait for its disk; the rest is for a machine on which all of this runs at once.
 */
const lossMaxMs = 250 + 600 + 1_150;
/** How long to wait for an answer on whose stroke servers are killed. */
const strokeMs = 100;
/** A database that fails a start: so often in a row it is no accident. */
const startsMax = 5;

export class Fleet {
  readonly notebook = new Notebook();
  readonly log = new LogRows(lossMaxMs);
  readonly startsMs: number[] = [];
  readonly faults: string[] = [];
  readonly database: Database;
  readonly payers: Payers;
  readonly witness: Witness;
  readonly random: Random;
  kills = 0;
  stillborn = 0;
  /** Slots that were still taken when all jobs had ended. */
  lateSlots = 0;
  /** What took rows of the log with it. */
  readonly losses: Loss[] = [];
  loadedMs = 0;
  readonly #options: FleetOptions;
  readonly #members: (Member | undefined)[];
  #rounds = 0;
  #starts = 0;

  constructor(options: FleetOptions) {
    this.#options = options;
    this.payers = options.payers;
    this.database = options.database;
    this.random = seededRandom(`${options.seed}/moments`);
    this.witness = options.witness(this.notebook);
    this.#members = Array.from({ length: options.size }, () => undefined);
  }

  /** Those that serve. */
  get places(): readonly Place[] {
    return this.#members.flatMap((member) => (member === undefined ? [] : [member.place]));
  }

  /** All that do not serve are started, at once. */
  async start(): Promise<void> {
    await Promise.all(this.#members.map((member, n) => member ?? this.#start(n)));
  }

  /** Callers at work on all of them while something is done to them. */
  async load(disturb: () => Promise<void>): Promise<void> {
    const startedMs = systemClock.monotonicMs();
    let isOver = false;
    const life = { ...this.#life(`${this.#rounds++}`), goesOn: () => !isOver };
    const load = startLoad(life, crowd);
    try {
      await disturb();
    } finally {
      isOver = true;
      await load.ended;
      this.loadedMs += systemClock.monotonicMs() - startedMs;
    }
  }

  /** Kills some of those that serve, and tells which. */
  async kill(count: number, onTheStroke: boolean): Promise<readonly number[]> {
    const serving = [...this.#members.keys()].filter((n) => this.#members[n] !== undefined);
    const chosen = this.#shuffled(serving).slice(0, count);
    if (onTheStroke) await this.stroke();
    await Promise.all(chosen.map((n) => this.#kill(n)));
    return chosen;
  }

  /** Until a caller hears that its work is done, or a moment: what was answered too early is not written yet. */
  async stroke(): Promise<void> {
    const { notebook } = this;
    await Promise.race([
      systemClock.sleep(strokeMs),
      new Promise<void>((resolve) => {
        notebook.onDone = () => resolve();
      }),
    ]);
    notebook.onDone = () => undefined;
  }

  /** Starts these again; some of them are killed once more in the midst of it. */
  async revive(chosen: readonly number[]): Promise<void> {
    for (const n of chosen) {
      if (this.random.integer(8) === 0) await this.#dieEarly();
      const startedMs = systemClock.monotonicMs();
      await this.#start(n);
      this.startsMs.push(systemClock.monotonicMs() - startedMs);
    }
  }

  /** Once all jobs have ended, in order: then the log has every row that it will ever have. */
  async stop(): Promise<void> {
    const { witness, notebook } = this;
    notebook.complaints.push(...(await jobsWithoutEnd(witness)));
    const left = await slotsLeft(this.#options.redisUrl);
    this.lateSlots += left.late.length;
    notebook.complaints.push(...judgeSlotsLeft(left, (await witness.books()).holds));
    await Promise.all(this.#members.map((_, n) => this.#end(n, "SIGTERM")));
  }

  /** Asks for what nobody knows the outcome of. */
  async settle(): Promise<void> {
    await settleErrands({ ...this.#life("last"), goesOn: (isAnswered) => isAnswered });
  }

  async #start(n: number): Promise<void> {
    for (let tries = 1; ; tries++) {
      const process = this.#spawn();
      try {
        await answering(process);
      } catch (error) {
        await this.#note(process);
        if (tries === startsMax) throw error;
        continue;
      }
      const { mavera, mentova } = fileOf(process);
      const urls = { mavera: mavera.baseUrl, mentova: mentova.baseUrl };
      this.#members[n] = { process, place: { name: `${n}/${++this.#starts}`, urls } };
      return;
    }
  }

  #spawn(): DemoProcess {
    const { home, command, variables, later } = this.#options;
    return new DemoProcess(home, { command, variables, later });
  }

  async #dieEarly(): Promise<void> {
    const process = this.#spawn();
    const usualMs = this.startsMs.at(-1) ?? 1_000;
    await systemClock.sleep(usualMs * (0.3 + 0.7 * this.random.float()));
    process.signal("SIGKILL");
    await this.#note(process);
    this.stillborn++;
  }

  async #kill(n: number): Promise<void> {
    const server = this.#members[n]?.place.name;
    const atMs = systemClock.wallMs();
    // Rows wait in a server for as long as the database takes none.
    const fromMs = this.database.waitingSinceMs(atMs);
    if (server !== undefined) this.losses.push({ server, fromMs, toMs: Number.POSITIVE_INFINITY });
    this.kills++;
    await this.#end(n, "SIGKILL");
  }

  async #end(n: number, signal: NodeJS.Signals): Promise<void> {
    const member = this.#members[n];
    // Nobody is sent there from now on.
    this.#members[n] = undefined;
    member?.process.signal(signal);
    if (member !== undefined) await this.#note(member.process);
  }

  async #note(process: DemoProcess): Promise<void> {
    const { stderr } = await process.ended;
    for (const line of stderr.split("\n")) if (line !== "") this.faults.push(line);
  }

  #shuffled(numbers: readonly number[]): readonly number[] {
    const rest = [...numbers];
    return numbers.flatMap(() => rest.splice(this.random.integer(rest.length), 1));
  }

  #life(round: string): Omit<Life, "goesOn"> {
    const { payers, notebook } = this;
    return {
      payers,
      notebook,
      random: (caller) => seededRandom(`${this.#options.seed}/${round}/${caller}`),
      place: (random) => (this.places.length === 0 ? undefined : random.pick(this.places)),
    };
  }
}
