// The load of one life of the server: callers on kept connections who launch, ask again, read and are refused, for
// as long as it answers.

import { Agent } from "node:http";
import type { Random } from "sluice/base";
import { ask } from "./ask.ts";
import type { Attempt, Errand, Notebook } from "./attempts.ts";
import type { Payer, Payers } from "./home.ts";

const wideCallers = 16;
/** Between two requests of a key whose window is soon full: what follows is refused. */
const narrowPauseMs = 4;
/** What a prompt costs with these models. */
const choices = [
  { models: ["GPT4O_MINI"], slots: 1 },
  { models: ["GPT4O_MINI", "CLAUDE_HAIKU"], slots: 2 },
  { models: ["GPT4O", "LLAMA"], slots: 4 },
] as const;
const promptsOfTopic = 10;

export interface Life {
  readonly baseUrl: string;
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
        await new Promise((resolve) => setTimeout(resolve, narrowPauseMs));
        return caller.random.integer(4) === 0 ? caller.launch(payer) : caller.read(payer);
      });
    }),
  ];
  return { ended: Promise.all(callers).then(() => agent.destroy()) };
}

/** Asks for every errand that has no outcome yet, once. */
export async function settleErrands(life: Life): Promise<void> {
  const agent = new Agent({ keepAlive: true });
  const caller = new Caller(life, agent, life.random("errands"));
  for (const errand of life.notebook.pending()) await caller.run(errand);
  agent.destroy();
}

async function untilLost(act: () => Promise<boolean>): Promise<void> {
  while (await act()) {}
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
  act(payer: Payer): Promise<boolean> {
    const dice = this.random.integer(100);
    if (dice < 40) return this.launch(payer);
    if (dice < 65) return this.run(this.#someErrand(payer));
    if (dice < 80) return this.read(payer);
    if (dice < 95) return this.#beRefused(payer);
    return this.#leave(payer);
  }

  launch(payer: Payer): Promise<boolean> {
    const { credits, body } = this.#draft(payer);
    return this.#post(this.#life.notebook.begin(payer, credits), body);
  }

  /** The same request as before, if there was one. */
  run(errand: Errand): Promise<boolean> {
    const { payer, credits, body } = errand;
    return this.#post(this.#life.notebook.begin(payer, credits, errand), body);
  }

  read(payer: Payer): Promise<boolean> {
    const { brand } = payer;
    const paths = ["/brands", `/brands/${brand}`, `/brands/${brand}/campaigns?limit=3`];
    return this.#send(this.#life.notebook.begin(payer, 0), "GET", this.random.pick(paths));
  }

  #someErrand(payer: Payer): Errand {
    const { notebook } = this.#life;
    const dice = this.random.integer(10);
    const pending = notebook.pending();
    if (dice < 5 && pending.length > 0) return this.random.pick(pending);
    const known = notebook.errands.get(`errand-${this.random.integer(notebook.errands.size + 1)}`);
    if (dice === 5 && known !== undefined) return known;
    const { credits, body } = this.#draft(payer);
    return notebook.newErrand(payer, credits, body);
  }

  #beRefused(payer: Payer): Promise<boolean> {
    const { notebook, payers } = this.#life;
    const { body } = this.#draft(payer);
    const dice = this.random.integer(4);
    if (dice === 0)
      return this.#post(notebook.begin(payer, 0), JSON.stringify({ topicId: "none" }));
    if (dice === 1) return this.#post(notebook.begin(payer, 0), '{"topicId":');
    if (dice === 2) {
      const poor = payers.poor;
      const draft = JSON.stringify({ topicId: poor.topic });
      return this.#post(notebook.begin(poor, 0), draft);
    }
    // The brand of somebody else.
    return this.#post(notebook.begin(payer, 0), body, { brand: payers.poor.brand });
  }

  /** Hangs up in the middle, so hearing nothing is no sign of the server's end. */
  async #leave(payer: Payer): Promise<boolean> {
    const { credits, body } = this.#draft(payer);
    const patienceMs = 1 + this.random.integer(10);
    await this.#post(this.#life.notebook.begin(payer, credits), body, { patienceMs });
    return true;
  }

  #draft(payer: Payer): { readonly credits: number; readonly body: string } {
    const { models, slots } = this.random.pick(choices);
    const maxPrompts = 1 + this.random.integer(promptsOfTopic);
    const draft = { topicId: payer.topic, models, maxPrompts };
    return { credits: maxPrompts * slots, body: JSON.stringify(draft) };
  }

  #post(
    attempt: Attempt,
    body: string,
    { brand = attempt.payer.brand, patienceMs }: { brand?: string; patienceMs?: number } = {},
  ): Promise<boolean> {
    return this.#send(attempt, "POST", `/brands/${brand}/campaigns`, {
      body,
      ...(patienceMs !== undefined && { patienceMs }),
    });
  }

  async #send(
    attempt: Attempt,
    method: "GET" | "POST",
    path: string,
    more: { readonly body?: string; readonly patienceMs?: number } = {},
  ): Promise<boolean> {
    const { errand, payer, name } = attempt;
    const heard = await ask(this.#agent, {
      method,
      url: `${this.#life.baseUrl}${path}`,
      headers: {
        "X-API-Key": payer.secret,
        "X-Client-Request-Id": name,
        ...(more.body !== undefined && { "Content-Type": "application/json" }),
        ...(errand && { "Idempotency-Key": errand.key }),
      },
      ...more,
    });
    this.#life.notebook.end(attempt, heard);
    return heard !== undefined;
  }
}
