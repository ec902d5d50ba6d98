// A server of another language that a test has started: on a port of its own, in a folder of its own, gone with the test.

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const START_MS = 15_000;
const LOOK_MS = 20;

/** A port that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}

export interface Scratch {
  readonly path: string;
  remove(): void;
}

export function scratchFolder(name: string): Scratch {
  const path = mkdtempSync(join(tmpdir(), `sluice-${name}-`));
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) };
}

export interface Started {
  readonly pid: number;
  /** Ends it and waits until it has ended; harmless when it has. */
  end(signal: "SIGTERM" | "SIGKILL"): Promise<void>;
}

/** What still runs when this process ends is killed, by pid. */
const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** Starts a program and waits until something listens on its port. */
export async function start(
  program: string,
  args: readonly string[],
  port: number,
): Promise<Started> {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (data: Buffer) => {
      said = (said + String(data)).slice(-4_000);
    });
  }
  const ended = new Promise<void>((resolve) => {
    child.once("close", () => {
      running.delete(child);
      resolve();
    });
    child.once("error", () => resolve());
  });
  const { pid } = child;
  const isUp = pid !== undefined && (await listens(port, () => running.has(child)));
  if (!isUp) {
    child.kill("SIGKILL");
    throw new Error(`${program} did not start on port ${port}:\n${said}`);
  }
  return {
    pid,
    async end(signal) {
      if (running.has(child)) child.kill(signal);
      await ended;
    },
  };
}

async function listens(port: number, isAlive: () => boolean): Promise<boolean> {
  const endMs = performance.now() + START_MS;
  while (performance.now() < endMs && isAlive()) {
    if (await accepts(port)) return true;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  return false;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const tell = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("connect", () => tell(true));
    socket.once("error", () => tell(false));
  });
}
