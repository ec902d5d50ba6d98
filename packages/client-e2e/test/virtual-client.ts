// A client whose waits pass in virtual time while its requests go over real sockets: time stands still as long as any of
// them is on its way, so that no wait costs a test anything and no deadline passes for want of a fast machine.

import { inspect } from "node:util";
import type { AnyWire } from "sluice";
import { seededRandom, VirtualClock } from "sluice/base";
import {
  type Client,
  type ClientOptions,
  createClient,
  fetchTransport,
  type PublicEvent,
  type Transport,
} from "sluice/client";

export interface VirtualClient {
  readonly client: Client;
  readonly clock: VirtualClock;
  readonly events: readonly PublicEvent[];
  /** Lets time pass until the work is done. */
  drive<T>(work: PromiseLike<T>): Promise<T>;
  /** When each attempt left. */
  readonly sentMs: readonly number[];
}

/** Real turns of the event loop without anything on its way, after which only time can bring anything about. */
const IDLE_TURNS = 4;
/** Several seconds of them: an SDK may look for its settings on the disk before it sends anything. */
const TURNS_MAX = 8_000_000;

export function createVirtualClient(
  wire: AnyWire | undefined,
  options: Pick<ClientOptions, "apiKey" | "baseUrl"> & Partial<ClientOptions>,
  clock = new VirtualClock(),
): VirtualClient {
  const events: PublicEvent[] = [];
  const sentMs: number[] = [];
  const flights = new Flights();
  const client = createClient(wire, {
    transport: flights.watched(fetchTransport()),
    clock,
    random: seededRandom("client, end to end"),
    onEvent: (event) => {
      events.push(event);
      if (event.kind === "sent") sentMs.push(clock.monotonicMs());
    },
    ...options,
  });
  const drive = async <T>(work: PromiseLike<T>): Promise<T> => {
    let over = false;
    const end = () => {
      over = true;
    };
    work.then(end, end);
    for (let turn = 0, idle = 0; !over; turn++) {
      if (turn > TURNS_MAX) throw new Error("what was waited for never came");
      await new Promise((resolve) => setImmediate(resolve));
      idle = flights.inTheAir > 0 ? 0 : idle + 1;
      // Deadlines alone need no time to pass: nothing is on its way that they could be for.
      if (idle > IDLE_TURNS && clock.keepingAlive > 0) await clock.runNext();
    }
    return work;
  };
  return { client, clock, events, drive, sentMs };
}

/** Counts requests from when they leave until there is nothing more of the answer that the client waits for. */
class Flights {
  inTheAir = 0;

  watched(transport: Transport): Transport {
    return async (request) => {
      this.inTheAir += 1;
      let landed = false;
      const land = () => {
        if (!landed) this.inTheAir -= 1;
        landed = true;
      };
      try {
        const answer = await transport(request);
        const reader = answer.stream?.getReader();
        if (reader === undefined) land();
        const stream =
          reader &&
          new ReadableStream<Uint8Array>(
            {
              async pull(controller) {
                const { done, value } = await reader.read().catch((error: unknown) => {
                  land();
                  throw error;
                });
                if (done) {
                  land();
                  controller.close();
                } else controller.enqueue(value);
              },
              cancel(reason) {
                land();
                return reader.cancel(reason);
              },
            },
            { highWaterMark: 0 },
          );
        return { ...answer, stream: stream ?? null };
      } catch (error) {
        land();
        throw error;
      }
    };
  }
}

/** What the work throws. */
export async function thrownBy(work: PromiseLike<unknown>): Promise<unknown> {
  const [thrown] = await Promise.resolve(work).then(
    () => [],
    (error: unknown) => [error],
  );
  if (thrown !== undefined) return thrown;
  throw new Error("nothing was thrown");
}

/** Everything that anybody can print of a value. */
export function printed(value: unknown): string {
  const deep = inspect(value, { depth: 20, showHidden: true, getters: true });
  const stack = value instanceof Error ? value.stack : "";
  return [deep, JSON.stringify(value), String(value), stack].join("\n");
}
