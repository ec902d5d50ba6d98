// A thousand connections that send a byte now and then: good traffic hardly notices, and they are gone when their time is up.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { RawConnection } from "./fixtures/raw-connection.ts";

const dribblers = 1_000;
const rounds = 9;
const requests = 2_000;
const good = "GET /good HTTP/1.1\r\nHost: a\r\n\r\n";

interface Program {
  /** What it says next. Rejects once it has ended. */
  said(): Promise<string>;
  readonly ended: Promise<void>;
  kill(): void;
}

/** Each in a process of its own: whoever takes the time must not be whoever takes up the machine's. */
function start(program: string, ...args: readonly unknown[]): Program {
  const path = fileURLToPath(new URL(program, import.meta.url));
  const child = spawn(process.execPath, ["--conditions=sluice-source", path, ...args.map(String)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const kill = () => void child.kill("SIGKILL");
  onTestFinished(kill);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const said = async () => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error(`${program} has ended`);
    return value;
  };
  return { said, ended, kill };
}

async function startDoor(): Promise<number> {
  return Number(await start("./fixtures/door-program.ts").said());
}

async function dribble(port: number): Promise<Program> {
  const program = start("./fixtures/dribbler-program.ts", port, dribblers);
  expect(await program.said()).toBe("connected");
  return program;
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
    const program = await dribble(port);
    beside.push(await p99(port));
    program.kill();
    await program.ended;
  }
  console.log(
    `p99 alone ${alone.map((ms) => ms.toFixed(2))} ms, beside ${beside.map((ms) => ms.toFixed(2))} ms`,
  );
  expect(median(beside)).toBeLessThan(2 * median(alone));
});

it("those who never end a head are gone after theirs, those who never end a body after theirs", async () => {
  const port = await startDoor();
  const program = await dribble(port);
  const beganMs = performance.now();
  expect(await program.said()).toBe("half are left");
  const headsMs = performance.now() - beganMs;
  await program.ended;
  const bodiesMs = performance.now() - beganMs;
  console.log(`heads ${headsMs.toFixed(0)} ms, bodies ${bodiesMs.toFixed(0)} ms`);
  expect(headsMs).toBeLessThan(15_000);
  expect(bodiesMs).toBeLessThan(75_000);
});
