// Bodies of up to 100 MB through a process of its own, cut up at random, at the pace of slow readers and writers: every byte
// arrives, and the process holds no more than a little of each.

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type Random, seededRandom, systemClock } from "sluice/base";
import { describe, expect, it, onTestFinished } from "vitest";

const seed = process.env["TORTURE_SEED"] ?? String(systemClock.wallMs());
const program = fileURLToPath(new URL("./fixtures/passing-process.ts", import.meta.url));
const MEGABYTE = 1_048_576;
/** Beyond what an idle process has, for a hundred streams. */
const MEMORY_BYTES_MAX = 64 * MEGABYTE;
const STREAMS = 100;

interface Memory {
  readonly rss: number;
  readonly heapUsed: number;
  /** Outside of the heap, the bytes of buffers included. */
  readonly external: number;
  readonly busy: number;
}

/** What is alive after a collection; resident memory also has what the allocator has not given back. */
function livingIn({ heapUsed, external }: Memory): number {
  return heapUsed + external;
}

/** Starts the process in front of an upstream; it ends with the test. */
async function passing(url: string) {
  const child = spawn(
    process.execPath,
    ["--expose-gc", "--conditions=sluice-source", program, url],
    {
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = async (): Promise<unknown> => JSON.parse((await lines.next()).value ?? "null");
  const { port } = (await line()) as { port: number };
  // What a process takes that has served before is no stream's.
  for (let round = 0; round < 5; round++) {
    await Promise.all(Array.from({ length: STREAMS }, () => warm(port)));
  }
  return {
    port,
    async memory(): Promise<Memory> {
      child.stdin.write("?\n");
      return (await line()) as Memory;
    },
  };
}

/** One exchange with a body each way that ends at once. */
async function warm(port: number): Promise<void> {
  const body = Buffer.alloc(65_536);
  const answer = await fetch(`http://127.0.0.1:${port}/warm`, { method: "POST", body });
  await answer.arrayBuffer();
}

/** Answers what only warms the process. */
function isWarming(request: IncomingMessage, response: ServerResponse): boolean {
  if (request.url !== "/warm") return false;
  request.pipe(response);
  return true;
}

async function listen(server: ReturnType<typeof createServer>): Promise<string> {
  server.requestTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close().closeAllConnections());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Sizes of pieces that add up to this, from a few bytes to a few hundred kilobytes each. */
function cut(total: number, random: Random): number[] {
  const pieces: number[] = [];
  const longest = 2 ** (8 + random.integer(11));
  for (let left = total; left > 0; ) {
    const piece = Math.min(left, 1 + random.integer(longest));
    pieces.push(piece);
    left -= piece;
  }
  return pieces;
}

/** Up to 100 MB, small ones as likely as large ones. */
function sizeFrom(random: Random): number {
  return Math.floor(2 ** (random.float() * Math.log2(100 * MEGABYTE))) - 1;
}

async function turns(n: number): Promise<void> {
  for (let i = 0; i < n; i++) await new Promise((resolve) => setImmediate(resolve));
}

interface Sink {
  write(chunk: Buffer): boolean;
  once(event: "drain", listener: () => void): unknown;
  end(): unknown;
}

/** Writes pieces, now and then pausing; the hash of all. */
async function send(sink: Sink, pieces: readonly number[], random: Random): Promise<string> {
  const hash = createHash("sha256");
  const noise = Buffer.from(random.bytes(2 * MEGABYTE));
  for (const size of pieces) {
    const at = random.integer(noise.length - size);
    const piece = noise.subarray(at, at + size);
    hash.update(piece);
    if (!sink.write(piece)) await new Promise<void>((resolve) => sink.once("drain", resolve));
    if (random.integer(50) === 0) await turns(random.integer(20));
  }
  sink.end();
  return hash.digest("hex");
}

/** Reads to the end, now and then pausing; the hash of all. */
async function receive(message: IncomingMessage, random: Random): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of message as AsyncIterable<Buffer>) {
    hash.update(chunk);
    if (random.integer(50) === 0) await turns(random.integer(20));
  }
  return hash.digest("hex");
}

describe("bodies through the process", () => {
  it("arrive whole, both ways, however they are cut up and however slowly they are read", async () => {
    console.log(`TORTURE_SEED=${seed}`);
    const random = seededRandom(seed);
    let received = "";
    let sending = Promise.resolve("");
    let ways = { down: 0, upHasLength: false, downHasLength: false };
    const url = await listen(
      createServer(async (request, response) => {
        if (isWarming(request, response)) return;
        received = await receive(request, random);
        if (ways.downHasLength) response.setHeader("content-length", ways.down);
        sending = send(response, cut(ways.down, random), random);
      }),
    );
    const { port } = await passing(url);
    for (let round = 0; round < 60; round++) {
      const up = sizeFrom(random);
      ways = {
        down: sizeFrom(random),
        upHasLength: random.integer(2) === 0,
        downHasLength: random.integer(2) === 0,
      };
      const headers = ways.upHasLength
        ? { "content-length": up }
        : { "transfer-encoding": "chunked" };
      const request = httpRequest({ port, host: "127.0.0.1", method: "POST", headers });
      const answered = new Promise<IncomingMessage>((resolve, reject) => {
        request.once("response", resolve).once("error", reject);
      });
      const uploaded = await send(request, cut(up, random), random);
      const downloaded = await receive(await answered, random);
      expect(received, `round ${round}, up ${up}`).toBe(uploaded);
      expect(downloaded, `round ${round}, down ${ways.down}`).toBe(await sending);
    }
  });

  it("that nobody reads stay with the upstream: a hundred answers of a gigabyte in 64 MB", async () => {
    const written: number[] = [];
    const piece = Buffer.alloc(65_536, 1);
    const url = await listen(
      createServer(async (request, response) => {
        if (isWarming(request, response)) return;
        const mine = written.push(0) - 1;
        response.on("error", () => undefined);
        if (request.url === "/known") response.setHeader("content-length", 2 ** 30);
        for (let left = 2 ** 30; left > 0 && !response.destroyed; left -= piece.length) {
          if (!response.write(piece)) await once(response, "drain", "close");
          written[mine] = 2 ** 30 - left;
        }
      }),
    );
    const { port, memory } = await passing(url);
    const idle = await memory();
    const sockets: Socket[] = [];
    for (let i = 0; i < STREAMS; i++) {
      const socket = connect({ port, host: "127.0.0.1" });
      socket.write(`GET /${i % 2 === 0 ? "known" : "unknown"} HTTP/1.1\r\nHost: a\r\n\r\n`);
      // The head, and then nothing more is taken.
      await new Promise((resolve) => socket.once("data", resolve));
      socket.pause();
      sockets.push(socket);
    }
    await standstill(() => written.reduce((sum, bytes) => sum + bytes, 0));
    const full = await memory();
    console.log(`held for ${STREAMS} answers: ${megabytes(full.rss - idle.rss)} resident`);
    expect(full.busy).toBe(STREAMS);
    expect(full.rss - idle.rss).toBeLessThan(MEMORY_BYTES_MAX);
    for (const socket of sockets) socket.destroy();
    await comesTo(async () => (await memory()).busy, 0);
  });

  it("that nobody takes stay with the caller: a hundred uploads of a gigabyte in 64 MB", async () => {
    const taken: Socket[] = [];
    const server = createServer((request, response) => {
      if (isWarming(request, response)) return;
      request.pause();
      taken.push(request.socket);
    });
    const { port, memory } = await passing(await listen(server));
    const idle = await memory();
    const sockets: Socket[] = [];
    const piece = Buffer.alloc(65_536, 1);
    for (let i = 0; i < STREAMS; i++) {
      const socket = connect({ port, host: "127.0.0.1" });
      socket.on("error", () => undefined);
      socket.write(`POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${2 ** 30}\r\n\r\n`);
      const push = () => {
        while (socket.writable && socket.write(piece));
      };
      socket.on("drain", push);
      push();
      sockets.push(socket);
    }
    await standstill(() => sockets.reduce((sum, socket) => sum + socket.bytesWritten, 0));
    const full = await memory();
    const living = livingIn(full) - livingIn(idle);
    console.log(
      `held for ${STREAMS} uploads: ${megabytes(living)} living, ${megabytes(full.rss - idle.rss)} resident`,
    );
    expect(taken).toHaveLength(STREAMS);
    expect(living).toBeLessThan(MEMORY_BYTES_MAX);
    // Nobody hears of a caller who leaves a connection that is not read; the time for the answer's head ends it.
    for (const socket of sockets) socket.destroy();
    await comesTo(async () => (await memory()).busy, 0);
  });
});

function megabytes(bytes: number): string {
  return `${(bytes / MEGABYTE).toFixed(1)} MB`;
}

function once(emitter: NodeJS.EventEmitter, ...events: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      for (const event of events) emitter.off(event, done);
      resolve();
    };
    for (const event of events) emitter.on(event, done);
  });
}

/** Until it has not changed for a second. */
async function standstill(count: () => number): Promise<void> {
  for (let before = -1; before !== count(); ) {
    before = count();
    await systemClock.sleep(1_000);
  }
}

async function comesTo(count: () => Promise<number>, wanted: number): Promise<void> {
  while ((await count()) !== wanted) await systemClock.sleep(20);
}
