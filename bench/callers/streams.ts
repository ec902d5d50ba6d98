// Many event streams at once through one proxy, in a process of its own. Each line on standard input is a command, answered
// by one line of JSON: `open <n>` opens so many streams, `listen <ms>` listens for so long.

import { connect, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { EVENT_PATTERN, PATHS } from "../src/gateway/answers.ts";

/** A stream is opened in each of these, so that they do not hold each other up. */
const OPEN_EVERY_MS = 2;
const NANOS = 1_000_000;

const { BENCH_PORT = "", BENCH_KEY = "" } = process.env;
const request =
  `GET ${PATHS.events} HTTP/1.1\r\nhost: 127.0.0.1:${BENCH_PORT}\r\n` +
  `accept: text/event-stream\r\nx-api-key: ${BENCH_KEY}\r\n\r\n`;

/** How long events were on their way, and streams until their first event, in milliseconds. */
let delays: number[] = [];
const firsts: number[] = [];
const streams: Stream[] = [];

class Stream {
  readonly first: Promise<void>;
  readonly #askedAt = process.hrtime.bigint();
  readonly #socket: Socket;
  #rest = "";
  #hasBegun = false;
  #begin: () => void = () => {};

  constructor() {
    this.first = new Promise((resolve) => {
      this.#begin = resolve;
    });
    this.#socket = connect({ port: Number(BENCH_PORT), host: "127.0.0.1", noDelay: true });
    this.#socket.write(request);
    this.#socket.on("data", (data) => this.#take(data.toString("latin1")));
    this.#socket.on("error", (error) => fail(String(error)));
    this.#socket.on("close", () => fail("a stream ended"));
  }

  #take(text: string): void {
    const now = process.hrtime.bigint();
    this.#rest += text;
    let end = 0;
    for (const found of this.#rest.matchAll(EVENT_PATTERN)) {
      end = found.index + found[0].length;
      delays.push(Number(now - BigInt(found[1] ?? 0)) / NANOS);
    }
    if (end === 0) return;
    this.#rest = this.#rest.slice(end);
    if (this.#hasBegun) return;
    this.#hasBegun = true;
    firsts.push(Number(now - this.#askedAt) / NANOS);
    this.#begin();
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const [command, argument] = line.split(" ");
  if (command === "open") await open(Number(argument));
  else await listen(Number(argument));
}
process.exit(0);

async function open(count: number): Promise<void> {
  while (streams.length < count) {
    streams.push(new Stream());
    await sleep(OPEN_EVERY_MS);
  }
  await Promise.all(streams.map((stream) => stream.first));
  tell(firsts);
}

async function listen(ms: number): Promise<void> {
  delays = [];
  await sleep(ms);
  tell(delays);
}

function tell(values: readonly number[]): void {
  process.stdout.write(`${JSON.stringify(values.map((value) => Number(value.toFixed(3))))}\n`);
}

function fail(why: string): never {
  console.error(`${why}, with ${streams.length} streams open`);
  process.exit(1);
}
