/** Where a row is played: a clock, and servers by script that a `fetch` reaches. In virtual time, or over real sockets. */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { type Clock, seededRandom, sleepBy, systemClock } from "sluice/base";
import {
  type Answer,
  type Arrival,
  JITTER_MS,
  type Script,
  type Scripted,
  scriptedFetch,
  WAY_MS,
  type Ways,
} from "./scripted-fetch.ts";
import { inVirtualTime } from "./virtual-time.ts";

export interface Stage {
  /** Begins at 0. */
  readonly clock: Pick<Clock, "monotonicMs" | "sleep">;
  serve(script: Script, ways?: Ways): Scripted;
}

/** Runs to its end; fails when that takes more than `limitMs` of the stage's time. */
export type Play = <T>(limitMs: number, act: (stage: Stage) => Promise<T>) => Promise<T>;

export const virtually: Play = (limitMs, act) =>
  inVirtualTime(limitMs, (clock) =>
    act({ clock, serve: (script, ways) => scriptedFetch(clock, script, ways) }),
  );

/** With the platform's timers, its `fetch`, and a server behind a socket that takes its time for each way. */
export const really: Play = async (_limitMs, act) => {
  const beganMs = systemClock.monotonicMs();
  const clock = {
    monotonicMs: () => systemClock.monotonicMs() - beganMs,
    // A limit that was not reached must not keep the process alive.
    sleep: (ms: number, signal?: AbortSignal) =>
      sleepBy((callback) => systemClock.after(ms, callback), signal),
  };
  const closers: (() => void)[] = [];
  try {
    return await act({
      clock,
      serve(script, ways) {
        const { close, ...scripted } = socketServer(clock, script, ways);
        closers.push(close);
        return scripted;
      },
    });
  } finally {
    for (const close of closers) close();
  }
};

function socketServer(
  clock: Stage["clock"],
  script: Script,
  { seed = "ways" }: Ways = {},
): Scripted & { readonly close: () => void } {
  const random = seededRandom(seed);
  const wayMs = () => WAY_MS + random.float() * JITTER_MS;
  const arrivals: Arrival[] = [];
  const answer = async (request: IncomingMessage): Promise<Answer> => {
    await clock.sleep(wayMs());
    const headers = new Headers(request.headers as Record<string, string>);
    const arrival = { atMs: clock.monotonicMs(), method: request.method ?? "GET", headers };
    const given = script(arrival, arrivals.push(arrival));
    await clock.sleep((given.afterMs ?? 0) + wayMs());
    return given;
  };
  const server = createServer(async (request, response) => {
    const { status, headers, throws } = await answer(request);
    if (throws) request.socket.destroy();
    else {
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end("{}");
    }
  });
  const listening = new Promise<string>((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    });
  });
  return {
    arrivals,
    async fetch(input, init) {
      const { pathname } = new URL(input instanceof Request ? input.url : input);
      return fetch((await listening) + pathname, init ?? (input as Request));
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
