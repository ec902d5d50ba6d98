// The lives of one home: a server is started, loaded and killed; then the next one must find everything in order.

import { join } from "node:path";
import { type Random, seededRandom, systemClock } from "sluice/base";
import { type DemoProcess, spawnDemo, startDemo } from "../demo-process.ts";
import { Notebook } from "./attempts.ts";
import type { Payers } from "./home.ts";
import { jobsWithoutEnd } from "./jobs.ts";
import { judgeBooks } from "./judge.ts";
import { type Life, settleErrands, startLoad } from "./load.ts";
import { LogRows } from "./log-rows.ts";
import { fullestWindows, judgeWindows } from "./windows.ts";
import { sqliteWitness, type Witness } from "./witness.ts";

/** Each so many lives there is a longer one, so that the log writes meanwhile, … */
const longEvery = 8;
/** … and one that ends before it has begun. */
const stillbornEvery = 10;
/** How long to wait for an answer on whose stroke the server is killed. */
const strokeMs = 100;

export class Lives {
  readonly notebook = new Notebook();
  readonly log = new LogRows();
  /** How long each start took that came after a kill. */
  readonly startsMs: number[] = [];
  /** Lines that servers wrote to their error stream. */
  readonly faults: string[] = [];
  kills = 0;
  stillborn = 0;
  readonly payers: Payers;
  readonly witness: Witness;
  readonly #home: string;
  readonly #seed: string;
  readonly #random: Random;
  #server: DemoProcess | undefined;
  #killedAtMs = systemClock.wallMs();

  constructor(home: string, payers: Payers, seed: string) {
    this.#home = home;
    this.payers = payers;
    this.#seed = seed;
    this.#random = seededRandom(`${seed}/moments`);
    const state = join(home, "state");
    this.witness = sqliteWitness(join(state, "sluice.db"), join(state, "mavera.db"));
  }

  /** Starts a server and kills it under load. */
  async live(): Promise<void> {
    if (this.kills % stillbornEvery === stillbornEvery - 1) await this.#dieEarly();
    const server = await this.start();
    const load = startLoad(this.#life(server));
    await this.#untilKilling();
    if (this.#random.integer(2) === 0) await this.#onTheStroke(server);
    this.#killedAtMs = systemClock.wallMs();
    await this.#kill(server);
    await load.ended;
    this.kills++;
  }

  /** Starts a server, and holds what is written against what callers know. */
  async start(): Promise<DemoProcess> {
    const startedMs = systemClock.monotonicMs();
    const server = await startDemo(this.#home);
    if (this.kills > 0) this.startsMs.push(systemClock.monotonicMs() - startedMs);
    this.#server = server;
    this.notebook.complaints.push(...(await this.judge()));
    return server;
  }

  /**
   * While the server is up, and nobody calls. Not before: whoever opens the file first after a kill mends it, and
   * that must be the server. Nor may the file be open here when the server is killed.
   */
  async judge(): Promise<readonly string[]> {
    const { attempts } = this.notebook;
    const { complaints, books } = await judgeBooks(this.witness, this.notebook);
    const killed = { fromMs: this.#killedAtMs, toMs: Number.POSITIVE_INFINITY };
    return [
      ...complaints,
      ...this.log.judge(attempts, books.requests, [killed]),
      ...judgeWindows(fullestWindows(this.payers.narrow, attempts, this.log.lost)),
    ];
  }

  /** Asks for what nobody knows the outcome of, and stops the server in order. */
  async settle(server: DemoProcess): Promise<void> {
    await settleErrands(this.#life(server));
    await this.stop();
  }

  /** Once all jobs have ended. */
  async stop(): Promise<void> {
    this.notebook.complaints.push(...(await jobsWithoutEnd(this.witness)));
    this.#server?.signal("SIGTERM");
    await this.#ended(this.#server);
  }

  async #untilKilling(): Promise<void> {
    const isLong = this.kills % longEvery === longEvery - 1;
    await systemClock.sleep(
      isLong ? 600 + this.#random.integer(900) : 20 + this.#random.integer(381),
    );
  }

  /** Kills it as soon as a caller hears of work done: what was answered too early is not written yet. */
  async #onTheStroke(server: DemoProcess): Promise<void> {
    const { notebook } = this;
    await Promise.race([
      systemClock.sleep(strokeMs),
      new Promise<void>((resolve) => {
        notebook.onDone = () => {
          server.signal("SIGKILL");
          resolve();
        };
      }),
    ]);
    notebook.onDone = () => undefined;
  }

  async #dieEarly(): Promise<void> {
    const server = spawnDemo(this.#home);
    const usualMs = this.startsMs.at(-1) ?? 1_000;
    await systemClock.sleep(usualMs * (0.3 + 0.7 * this.#random.float()));
    await this.#kill(server);
    this.stillborn++;
  }

  async #kill(server: DemoProcess): Promise<void> {
    server.signal("SIGKILL");
    await this.#ended(server);
  }

  async #ended(server: DemoProcess | undefined): Promise<void> {
    const ended = await server?.ended;
    for (const line of ended?.stderr.split("\n") ?? []) if (line !== "") this.faults.push(line);
  }

  #life(server: DemoProcess): Life {
    const { payers, notebook, kills } = this;
    const { mavera, mentova } = server.file;
    const place = {
      name: server.url,
      urls: { mavera: mavera.baseUrl, mentova: mentova.baseUrl },
    };
    return {
      payers,
      notebook,
      random: (caller) => seededRandom(`${this.#seed}/${kills}/${caller}`),
      place: () => place,
      goesOn: (isAnswered) => isAnswered,
    };
  }
}
