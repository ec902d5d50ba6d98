// What a caller sends with, whoever decides about it: each attempt is written down, and a client's transport is made of it.

import type { Transport } from "../../client/index.ts";
import type { AnyWire } from "../../contract/index.ts";
import { DEGRADED, headerIn, parse } from "../../contract/index.ts";
import type { Answer } from "../../gate/index.ts";
import type { Network } from "../network/exchange.ts";
import type { Pieces } from "../network/pieces.ts";
import type { Person } from "../nodes/people.ts";
import type { SimWorld } from "../run/sim-world.ts";
import type { Attempt } from "../run/watcher.ts";
import { CALL_HEADER, readTarget } from "../subject/call-name.ts";
import { HeardStream } from "./heard-stream.ts";

/** The address that callers are told; nobody looks it up. */
export const ORIGIN = "https://sim.test";

export interface Sending {
  readonly method: string;
  readonly url: string;
  /** The name of the call is added to them. */
  readonly headers: Map<string, string>;
  readonly body: string | undefined;
}

/** An answer as its caller has it. */
export interface Heard extends Answer {
  /** What is still to come of it. */
  readonly stream?: HeardStream;
}

export class Sender {
  readonly #world: SimWorld;
  readonly #network: Network;
  readonly #wire: AnyWire;
  readonly #person: Person;
  readonly #node: number | undefined;
  attempts = 0;

  /** @param node Sends there only. @default anywhere */
  constructor(world: SimWorld, network: Network, wire: AnyWire, person: Person, node?: number) {
    this.#node = node;
    this.#world = world;
    this.#network = network;
    this.#wire = wire;
    this.#person = person;
  }

  /**
   * One attempt. Rejects where no answer comes.
   * @param sending Its address ends with the query that says which call it is for.
   * @param listen Is given the way to break it off.
   */
  send(
    { method, url, headers, body }: Sending,
    listen: (breakOff: (reason: unknown) => void) => void,
  ): Promise<Heard> {
    const { target, operation, call } = readTarget(url.slice(ORIGIN.length));
    const attempt = this.#attemptAt(operation, call, headers.get("idempotency-key"));
    this.attempts++;
    this.#world.moments.tried(attempt);
    return new Promise((resolve, reject) => {
      let stream: HeardStream | undefined;
      const end = (tell: () => void) => {
        attempt.answeredMs = this.#world.nowMs;
        attempt.code = this.#codeOf(attempt);
        this.#world.note("heard", attempt.nonce, attempt.code ?? attempt.answer?.status ?? 0);
        this.#world.moments.ended(attempt);
        tell();
      };
      headers.set(CALL_HEADER, call);
      const request = { method, target, body, headers, address: this.#person.name };
      const hearer = {
        answered: (answer: Answer, pieces: Pieces | undefined) => {
          attempt.answer = answer;
          if (pieces === undefined) {
            end(() => resolve(answer));
            return;
          }
          stream = new HeardStream(pieces, (body, isCut) => {
            attempt.answer = { ...answer, body };
            attempt.isCut = isCut;
            end(() => undefined);
          });
          resolve({ ...answer, stream });
        },
        failed: (error: Error) => end(() => reject(error)),
      };
      const cancel = this.#network.send(request, attempt, hearer, this.#node);
      listen((reason) => {
        if (attempt.answeredMs >= 0) return;
        if (stream !== undefined) {
          stream.leave(reason);
          return;
        }
        cancel();
        end(() => reject(reason));
      });
    });
  }

  /** For our client. */
  readonly transport: Transport = ({ method, url, headers, body, light, signal }) => {
    const flat = new Map<string, string>();
    for (const name in headers) flat.set(name.toLowerCase(), headers[name] as string);
    const abort = light ?? signal;
    const text = body === undefined ? undefined : String(body);
    return this.send({ method, url, headers: flat, body: text }, (breakOff) =>
      abort.addEventListener("abort", () => breakOff(abort.reason)),
    ).then(transportAnswer);
  };

  #attemptAt(operation: string, nonce: string, key: string | undefined): Attempt {
    const { name, group, keyId, accountId } = this.#person;
    return {
      caller: name,
      group: group.name,
      isOwnClient: group.policy === "sluice",
      keyId,
      accountId,
      operation,
      nonce,
      key,
      sentMs: this.#world.nowMs,
      host: undefined,
      arrivedMs: -1,
      answeredMs: -1,
      answer: undefined,
      code: undefined,
      isCut: false,
    };
  }

  #codeOf({ answer }: Attempt): string | undefined {
    if (answer === undefined) return "no_answer";
    if (answer.status < 400) return undefined;
    const header = (name: string) => headerIn(answer.headers, name);
    const facts = { status: answer.status, body: String(answer.body), header };
    return parse(this.#wire, facts)?.code ?? String(answer.status);
  }
}

/** Whether it says that something was decided without its store. */
export function isDegraded(answer: Answer): boolean {
  return headerIn(answer.headers, DEGRADED) !== undefined;
}

function transportAnswer(answer: Heard): Awaited<ReturnType<Transport>> {
  const { stream } = answer;
  const text = String(answer.body);
  return {
    status: answer.status,
    header: (name) => headerIn(answer.headers, name) ?? null,
    *headers() {
      for (let at = 0; at < answer.headers.length; at += 2) {
        yield [answer.headers[at] as string, answer.headers[at + 1] as string] as const;
      }
    },
    stream: stream?.readable() ?? null,
    ...(stream === undefined && { text: () => Promise.resolve(text) }),
  };
}
