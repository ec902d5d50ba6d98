// The engine port on Redis or Valkey: one script, one call a batch.

import { toHex } from "../../base/index.ts";
import type { Admission, Admitted, LimitRefused, WindowState } from "../../gate/stores.ts";
import {
  type BatchReply,
  type CommandAnswer,
  type LimitsEngine,
  SHARDS,
  type ShardCommand,
} from "./limits/engine.ts";
import { limitsScript } from "./script/batch.ts";
import type { ScriptSender } from "./sender.ts";

export interface RedisEngineOptions {
  readonly sender: ScriptSender;
  readonly prefix: string;
  /** Tests alone let callers say what time it is; a key then lives for an hour at least, whatever that time. */
  readonly time?: "server" | "callers";
}

/** Numbers that a reply opens with: the time, and which batch it is of. */
const OPENING = 2;
const NO_SLOTS: readonly number[] = [];
const LIFE_MIN_MS = 1_000;
const TEST_LIFE_MS = 3_600_000;

export class RedisEngine implements LimitsEngine {
  readonly parts: number;
  readonly #sender: ScriptSender;
  readonly #prefix: string;
  readonly #byCallers: boolean;
  #sha: string | undefined;
  #batches = 0;

  constructor({ sender, prefix, time = "server" }: RedisEngineOptions) {
    this.#sender = sender;
    this.#prefix = prefix;
    this.#byCallers = time === "callers";
    // One server runs all shards in one call; in a Cluster each may be on another node.
    this.parts = sender.isCluster ? SHARDS : 1;
    // Until it is known, whole scripts are sent.
    void sha1(limitsScript).then((sha) => {
      this.#sha = sha;
    });
  }

  ready(): boolean {
    return this.#sender.ready();
  }

  async run(batch: readonly ShardCommand[], notAfterMs: number): Promise<BatchReply> {
    const number = ++this.#batches;
    const { keys, body } = this.#encode(number, batch, this.#byCallers ? 0 : notAfterMs);
    return decode(number, batch, await this.#call(keys, body));
  }

  async #call(keys: readonly string[], body: string): Promise<unknown> {
    if (this.#sha !== undefined) {
      try {
        return await this.#sender.send("evalsha", this.#sha, keys, body);
      } catch (error) {
        // After a restart, a failover or SCRIPT FLUSH. Nothing was run, so nothing counts twice.
        if (!isNoScript(error)) throw error;
      }
    }
    return this.#sender.send("eval", limitsScript, keys, body);
  }

  /** As the script reads it: see `script/batch.ts`. */
  #encode(
    number: number,
    batch: readonly ShardCommand[],
    notAfterMs: number,
  ): { keys: string[]; body: string } {
    const keys: string[] = [];
    const givenMs = this.#byCallers ? timeOf(batch) : 0;
    const lifeMs = this.#byCallers ? TEST_LIFE_MS : LIFE_MIN_MS;
    let body = "";
    let isPlain = true;
    for (const { shard, command } of batch) {
      isPlain &&= command.kind === "admit";
      const tag = `${this.#prefix}:{${shard}}`;
      switch (command.kind) {
        case "admit":
          isPlain &&= command.admission.slots.length === 0;
          body += this.#encodeAdmission(tag, command.admission, keys);
          break;
        case "release":
          keys.push(`${tag}s:${command.id}`);
          body += `,-1,${JSON.stringify(command.member)}`;
          break;
        case "renew":
          keys.push(`${tag}s:${command.id}`);
          body += `,-2,${Math.ceil(command.leaseMs)},${JSON.stringify(command.member)}`;
          break;
        case "post":
          keys.push(`${tag}w:${command.id}`);
          body += `,-3,${command.limit},${command.windowMs},${command.places.length}`;
          for (const { ageMs, cost } of command.places) body += `,${Math.floor(ageMs)},${cost}`;
          break;
      }
    }
    const opening = `[${number},${notAfterMs},${givenMs},${lifeMs},${isPlain ? 0 : 1}`;
    return { keys, body: `${opening}${body}]` };
  }

  #encodeAdmission(tag: string, { windows, slots }: Admission, keys: string[]): string {
    let body = `,${windows.length},${slots.length}`;
    for (const { id, limit, windowMs, cost } of windows) {
      keys.push(`${tag}w:${id}`);
      body += `,${limit},${windowMs},${cost}`;
    }
    for (const { id, limit, leaseMs, member } of slots) {
      keys.push(`${tag}s:${id}`);
      body += `,${limit},${Math.ceil(leaseMs)},${JSON.stringify(member)}`;
    }
    return body;
  }
}

/** Of its admissions, which tests make at one time; what else is in it needs none. */
function timeOf(batch: readonly ShardCommand[]): number {
  for (const { command } of batch) if (command.kind === "admit") return command.nowMs;
  return 1;
}

/** Whatever came is checked: nonsense, or the answer to another batch, must not become a decision. */
function decode(number: number, batch: readonly ShardCommand[], reply: unknown): BatchReply {
  const numbers = numbersOf(reply);
  const done = numbers[1] === number;
  if (!done && numbers[1] !== -number) throw new Error("Redis answered another batch");
  const answers: CommandAnswer[] = [];
  let at = OPENING;
  if (done) {
    for (const { command } of batch) {
      if (command.kind === "admit") {
        const { windows, slots } = command.admission;
        answers.push(verdictOf(numbers, at, windows.length, slots.length));
        at += (numbers[at] === 0 ? 1 : 2) + 2 * windows.length + slots.length;
      } else if (command.kind === "renew") answers.push(numbers[at++] === 1);
      else answers.push(undefined);
    }
  }
  if (numbers.length !== at) throw new Error(`Redis answered ${numbers.length} numbers, not ${at}`);
  return { atMs: numbers[0] as number, done, answers };
}

function numbersOf(reply: unknown): readonly number[] {
  if (!Array.isArray(reply)) throw new Error("Redis did not answer with a list");
  for (const number of reply) {
    if (!Number.isSafeInteger(number))
      throw new Error("Redis answered something else than numbers");
  }
  return reply as number[];
}

function verdictOf(
  numbers: readonly number[],
  at: number,
  windowCount: number,
  slotCount: number,
): Admitted | LimitRefused {
  const by = numbers[at] as number;
  const first = by === 0 ? at + 1 : at + 2;
  const windows = windowsOf(numbers, first, windowCount);
  const beyond = first + 2 * windowCount;
  const slotsTaken = slotCount === 0 ? NO_SLOTS : numbers.slice(beyond, beyond + slotCount);
  if (by === 0) return { admitted: true, windows, slotsTaken };
  const waitMs = numbers[at + 1] as number;
  const refusedBy: LimitRefused["refusedBy"] =
    by > 0 ? { kind: "window", index: by - 1 } : { kind: "slot", index: -by - 1 };
  const retryAfterMs = waitMs === -1 ? Number.POSITIVE_INFINITY : waitMs;
  return { admitted: false, windows, slotsTaken, refusedBy, retryAfterMs };
}

function windowsOf(numbers: readonly number[], first: number, count: number): WindowState[] {
  const windows: WindowState[] = [];
  for (let at = first; at < first + 2 * count; at += 2) {
    windows.push({ remaining: numbers[at] as number, resetMs: numbers[at + 1] as number });
  }
  return windows;
}

function isNoScript(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith("NOSCRIPT");
}

async function sha1(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-1", new TextEncoder().encode(text));
  return toHex(new Uint8Array(digest));
}
