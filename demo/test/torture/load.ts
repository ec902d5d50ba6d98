// The load of both APIs: callers on kept connections who have work done, ask again, read and are refused, of whichever
// server there is, until it is over.

import { Agent } from "node:http";
import { type Random, systemClock } from "sluice/base";
import type { ApiName } from "../../src/home.ts";
import { ask, type Heard } from "./ask.ts";
import type { Errand, Notebook } from "./attempts.ts";
import type { Payer, Payers } from "./home.ts";
import { free, type Wish } from "./wishes.ts";

/** Where a server answers. */
export interface Place {
  readonly name: string;
  readonly urls: Readonly<Record<ApiName, string>>;
}

/** How many callers there are for all payers that have plenty, and for each whose window is soon full. */
export interface Crowd {
  readonly wide: number;
  readonly narrow: number;
}

export const usualCrowd: Crowd = { wide: 24, narrow: 1 };
/** Between two requests of a key whose window is soon full: what follows is refused. */
const narrowPauseMs = 4;
/** Until a job that is in the way may have ended. */
const slotPauseMs = 50;
/** Until a server may be there again. */
const nobodyPauseMs = 20;
/** An errand that is told to wait for so long will never be done. */
const errandMaxMs = 60_000;

export interface Life {
  readonly payers: Payers;
  readonly notebook: Notebook;
  random(caller: string): Random;
  /** The server to ask now; undefined while there is none. */
  place(random: Random): Place | undefined;
  /** Whether a caller goes on, who was answered or was not. */
  goesOn(isAnswered: boolean): boolean;
}

/** Callers at work; `ended` once none goes on. */
export function startLoad(life: Life, crowd = usualCrowd): { readonly ended: Promise<void> } {
  const agent = new Agent({ keepAlive: true });
  const { wide, narrow } = life.payers;
  const several = narrow.flatMap((payer) => Array<Payer>(crowd.narrow).fill(payer));
  const untilOver = async (act: () => Promise<boolean>) => {
    while (life.goesOn(await act())) {}
  };
  const callers = [
    ...Array.from({ length: crowd.wide }, (_, n) => {
      const caller = new Caller(life, agent, life.random(`wide ${n}`));
      return untilOver(() => caller.act(caller.random.pick(wide)));
    }),
    ...several.map((payer, n) => {
      const caller = new Caller(life, agent, life.random(`narrow ${n}`));
      return untilOver(async () => {
        await systemClock.sleep(narrowPauseMs);
        return caller.random.integer(4) === 0 ? caller.work(payer) : caller.read(payer);
      });
    }),
  ];
  return { ended: Promise.all(callers).then(() => agent.destroy()) };
}

/** Asks for every errand that has no outcome yet: once, or until there is a slot for it. */
export async function settleErrands(life: Life): Promise<void> {
  const agent = new Agent({ keepAlive: true });
  const caller = new Caller(life, agent, life.random("errands"));
  for (const errand of life.notebook.pending()) {
    const untilMs = systemClock.monotonicMs() + errandMaxMs;
    while (mustWait(await caller.run(errand)) && systemClock.monotonicMs() < untilMs) {
      await systemClock.sleep(slotPauseMs);
    }
  }
  agent.destroy();
}

/** No slot is free, or limits that fail closed were not asked. */
function mustWait(heard: Heard | undefined): boolean {
  return heard?.status === 429 || heard?.status === 503;
}

interface Manners {
  readonly errand?: Errand;
  readonly patienceMs?: number;
}

class Caller {
  readonly random: Random;
  readonly #life: Life;
  readonly #agent: Agent;

  constructor(life: Life, agent: Agent, random: Random) {
    this.#life = life;
    this.#agent = agent;
    this.random = random;
  }

  /** Something or other; false when the server is gone. */
  async act(payer: Payer): Promise<boolean> {
    const dice = this.random.integer(100);
    if (dice < 40) return this.work(payer);
    if (dice < 65) return (await this.run(this.#someErrand(payer))) !== undefined;
    if (dice < 80) return this.read(payer);
    if (dice < 95) return this.#beRefused(payer);
    return this.#leave(payer);
  }

  async work(payer: Payer): Promise<boolean> {
    return (await this.#send(payer, payer.wishes.work(this.random))) !== undefined;
  }

  async read(payer: Payer): Promise<boolean> {
    return (await this.#send(payer, payer.wishes.read(this.random))) !== undefined;
  }

  /** The same request as before, if there was one. */
  run(errand: Errand): Promise<Heard | undefined> {
    return this.#send(errand.payer, errand.wish, { errand });
  }

  #someErrand(payer: Payer): Errand {
    const { notebook } = this.#life;
    const dice = this.random.integer(10);
    const pending = notebook.pending();
    if (dice < 5 && pending.length > 0) return this.random.pick(pending);
    const known = notebook.errands.get(`errand-${this.random.integer(notebook.errands.size + 1)}`);
    if (dice === 5 && known !== undefined) return known;
    return notebook.newErrand(payer, payer.wishes.work(this.random));
  }

  async #beRefused(payer: Payer): Promise<boolean> {
    if (this.random.integer(4) > 0) {
      return (await this.#send(payer, payer.wishes.refused(this.random))) !== undefined;
    }
    const poor = this.random.pick(this.#life.payers.poor);
    const { path, body } = poor.wishes.work(this.random);
    return (await this.#send(poor, free(path, body))) !== undefined;
  }

  /** Hangs up in the middle, so hearing nothing is no sign of the server's end. */
  async #leave(payer: Payer): Promise<boolean> {
    const patienceMs = 1 + this.random.integer(10);
    await this.#send(payer, payer.wishes.work(this.random), { patienceMs });
    return true;
  }

  async #send(
    payer: Payer,
    wish: Wish,
    { errand, patienceMs }: Manners = {},
  ): Promise<Heard | undefined> {
    const { notebook } = this.#life;
    const place = this.#life.place(this.random);
    if (place === undefined) {
      await systemClock.sleep(nobodyPauseMs);
      return undefined;
    }
    const attempt = notebook.begin({ server: place.name, payer, wish, errand });
    const { body } = wish;
    const heard = await ask(this.#agent, {
      url: `${place.urls[payer.api]}${wish.path}`,
      headers: {
        ...keyHeader(payer),
        "X-Client-Request-Id": attempt.name,
        ...(body !== undefined && { "Content-Type": "application/json" }),
        ...(errand && { "Idempotency-Key": errand.key }),
      },
      body,
      patienceMs,
    });
    notebook.end(attempt, heard);
    return heard;
  }
}

function keyHeader({ api, secret }: Payer): Record<string, string> {
  return api === "mavera" ? { Authorization: `Bearer ${secret}` } : { "X-API-Key": secret };
}
