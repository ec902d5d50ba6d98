// A thousand connections that send a byte now and then: good traffic hardly notices, and they are gone when their time is up.

import { spawn } from "node:child_process";
import { connect, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { RawConnection } from "./fixtures/raw-connection.ts";
import { turns } from "./fixtures/turns.ts";

const dribblers = 1_000;
const rounds = 5;
const requests = 2_000;
const good = "GET /good HTTP/1.1\r\nHost: a\r\n\r\n";

async function startDoor(): Promise<number> {
  const program = fileURLToPath(new URL("./fixtures/door-program.ts", import.meta.url));
  const child = spawn(process.execPath, ["--conditions=sluice-source", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill());
  for await (const line of createInterface({ input: child.stdout })) return Number(line);
  throw new Error("the door did not open");
}

/** Connections from another address, half of which never end a head and half never a body. */
async function dribble(port: number): Promise<{ readonly sockets: Set<Socket>; stop(): void }> {
  const sockets = new Set<Socket>();
  let connected = 0;
  for (let i = 0; i < dribblers; i++) {
    const socket = connect({ port, host: "127.0.0.1", localAddress: "127.0.0.2" });
    sockets.add(socket);
    socket.on("error", () => undefined).resume();
    socket.once("connect", () => connected++);
    socket.once("close", () => sockets.delete(socket));
    const head = "POST /slow HTTP/1.1\r\nHost: a\r\n";
    socket.write(i % 2 === 0 ? head : `${head}Content-Length: 100000\r\n\r\n`);
  }
  const timer = setInterval(() => {
    for (const socket of sockets) socket.write("x");
  }, 200);
  const stop = () => {
    clearInterval(timer);
    for (const socket of sockets) socket.destroy();
  };
  onTestFinished(stop);
  await turns(() => connected === dribblers);
  return { sockets, stop };
}

/** The 99th of a hundred, in milliseconds. */
async function p99(port: number): Promise<number> {
  const client = await RawConnection.open(port);
  const times: number[] = [];
  for (let n = 0; n < requests; n++) {
    const before = performance.now();
    client.received = "";
    await client.ask(good);
    times.push(performance.now() - before);
  }
  client.socket.destroy();
  return times.toSorted((a, b) => a - b)[Math.floor(requests * 0.99)] ?? 0;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;
}

it("a thousand dribblers do not double the time of a good request", async () => {
  const port = await startDoor();
  await p99(port);
  const alone: number[] = [];
  const beside: number[] = [];
  for (let round = 0; round < rounds; round++) {
    alone.push(await p99(port));
    const { sockets, stop } = await dribble(port);
    beside.push(await p99(port));
    expect(sockets.size).toBe(dribblers);
    stop();
  }
  console.log(
    `p99 alone ${alone.map((ms) => ms.toFixed(2))} ms, beside ${beside.map((ms) => ms.toFixed(2))} ms`,
  );
  expect(median(beside)).toBeLessThan(2 * median(alone));
});

it("those who never end a head are gone after theirs, those who never end a body after theirs", async () => {
  const port = await startDoor();
  const { sockets } = await dribble(port);
  const beganMs = performance.now();
  await turns(() => sockets.size <= dribblers / 2);
  const headsMs = performance.now() - beganMs;
  await turns(() => sockets.size === 0);
  const bodiesMs = performance.now() - beganMs;
  console.log(`heads ${headsMs.toFixed(0)} ms, bodies ${bodiesMs.toFixed(0)} ms`);
  expect(headsMs).toBeLessThan(15_000);
  expect(bodiesMs).toBeLessThan(75_000);
});
