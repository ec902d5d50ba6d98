// The load of one life of the server: callers on kept connections who have work done, ask again, read and are
// refused, for as long as it answers.

import { Agent } from "node:http";
import { type Random, systemClock } from "sluice/base";
import type { ApiName } from "../../src/home.ts";
import { ask, type Heard } from "./ask.ts";
import type { Errand, Notebook } from "./attempts.ts";
import type { Payer, Payers } from "./home.ts";
import { free, type Wish } from "./wishes.ts";

const wideCallers = 24;
/** Between two requests of a key whose window is soon full: what follows is refused. */
const narrowPauseMs = 4;
/** Until a job that is in the way may have ended. */
const slotPauseMs = 50;

export interface Life {
  readonly urls: Readonly<Record<ApiName, string>>;
  readonly payers: Payers;
  readonly notebook: Notebook;
  random(caller: string): Random;
}

/** Callers at work; `ended` once the server answers none of them any more. */
export function startLoad(life: Life): { readonly ended: Promise<void> } {
  const agent = new Agent({ keepAlive: true });
  const { wide, narrow } = life.payers;
  const callers = [
    ...Array.from({ length: wideCallers }, (_, n) => {
      const caller = new Caller(life, agent, life.random(`wide ${n}`));
      return untilLost(() => caller.act(caller.random.pick(wide)));
    }),
    ...narrow.map((payer, n) => {
      const caller = new Caller(life, agent, life.random(`narrow ${n}`));
      return untilLost(async () => {
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
    while ((await caller.run(errand))?.status === 429) await systemClock.sleep(slotPauseMs);
  }
  agent.destroy();
}

async function untilLost(act: () => Promise<boolean>): Promise<void> {
  while (await act()) {}
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
    const { notebook, urls } = this.#life;
    const attempt = notebook.begin(payer, wish, errand);
    const { body } = wish;
    const heard = await ask(this.#agent, {
      url: `${urls[payer.api]}${wish.path}`,
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
