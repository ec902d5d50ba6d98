// One world of Press behind one adapter over stores of one kind, and the requests that tests send.

import { request as send } from "node:http";
import type { KindOfStores, OpenStores } from "@sluice-internal/both-ways/stores";
import { VirtualClock } from "sluice/base";
import { onTestFinished } from "vitest";
import type { Adapter } from "./adapters.ts";
import { createWorld, type World } from "./contract.ts";
import type { Doing } from "./doing.ts";

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | undefined;
}

export interface Answered {
  readonly status: number;
  /** Sorted lines, lower-case names, without those of the hop. */
  readonly headers: readonly string[];
  readonly body: string;
  header(name: string): string | undefined;
}

export interface Subject extends World {
  readonly clock: VirtualClock;
  readonly port: number;
  /** @param key whose, or none. @default "pro" */
  ask(asked: Asked, key?: "pro" | "free" | "none"): Promise<Answered>;
}

/** Everything ends with the test. */
export async function start(
  adapter: Adapter,
  openStores: OpenStores,
  { kind = "memory" as KindOfStores, doing = (() => undefined) as Doing } = {},
): Promise<Subject> {
  const clock = new VirtualClock();
  const { stores, close } = await openStores(kind, clock);
  const world = await createWorld(stores, adapter.upstream(doing), clock);
  const { port, close: stop } = await adapter.listen(world.gate, doing);
  onTestFinished(async () => {
    await stop();
    world.gate.close();
    await close();
  });
  const ask: Subject["ask"] = (asked, key = "pro") => {
    const own = key === "none" ? {} : { "x-api-key": world.keys[key] };
    return exchange(port, { ...asked, headers: { ...own, ...asked.headers } });
  };
  return { ...world, clock, port, ask };
}

/** What each server adds for its own hop; the length of what a HEAD does not get, some leave out (RFC 9110 §9.3.2). */
const OF_THE_HOP = new Set(["connection", "keep-alive", "date", "transfer-encoding"]);

export function exchange(port: number, { method, path, headers, body }: Asked): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
    const options = { host: "127.0.0.1", port, method, path, headers: { ...headers, ...length } };
    const request = send(options, (response) => {
      const pieces: Buffer[] = [];
      response
        .on("data", (piece: Buffer) => pieces.push(piece))
        .on("error", reject)
        .on("end", () => {
          const lines = linesOf(response.rawHeaders, method);
          resolve({
            status: response.statusCode ?? 0,
            headers: lines,
            body: Buffer.concat(pieces).toString("latin1"),
            header: (name) =>
              lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2),
          });
        });
    });
    request.on("error", reject).end(body);
  });
}

function linesOf(raw: readonly string[], method: string): readonly string[] {
  const lines: string[] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = (raw[i] ?? "").toLowerCase();
    const isApart = method === "HEAD" && name === "content-length";
    if (!isApart && !OF_THE_HOP.has(name)) lines.push(`${name}: ${raw[i + 1]}`);
  }
  return lines.sort();
}

export function post(path: string, body: unknown, headers: Asked["headers"] = {}): Asked {
  const type = { "content-type": "application/json", ...headers };
  return { method: "POST", path, headers: type, body: JSON.stringify(body) };
}

export function get(path: string, headers: Asked["headers"] = {}): Asked {
  return { method: "GET", path, headers };
}
