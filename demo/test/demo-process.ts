// The demo as a process of its own, on a free port and in a home that is gone when the test is over.

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import type { DemoFile } from "../src/home.ts";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));

const direct = [process.execPath, "--conditions=sluice-source", main];
/** As npm does it, where the shell stays in between. */
const throughShell = ["sh", "-c", '"$0" "$@"; exit', ...direct];

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Takes what is to be done when nobody needs the demo any more. */
type Later = (cleanUp: () => void) => void;

export class DemoProcess {
  readonly home: string;
  readonly #child: ChildProcess;
  #stdout = "";
  #stderr = "";
  #grown: () => void = () => undefined;
  readonly ended: Promise<Ended>;

  constructor(home: string, port: string, later: Later, command: readonly string[] = direct) {
    this.home = home;
    const [program = "", ...rest] = command;
    this.#child = spawn(program, rest, {
      cwd: home,
      env: {
        ...process.env,
        PORT: port,
        SLUICE_HOME: join(home, "state"),
        npm_lifecycle_event: "x",
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child.stdout?.on("data", (chunk) => {
      this.#stdout += String(chunk);
      this.#grown();
    });
    this.#child.stderr?.on("data", (chunk) => {
      this.#stderr += String(chunk);
    });
    this.ended = new Promise((resolve) => {
      this.#child.on("close", (code) => {
        resolve({ code, stdout: this.#stdout, stderr: this.#stderr });
        this.#grown();
      });
    });
    later(() => void this.#child.kill("SIGKILL"));
  }

  get path(): string {
    return join(this.home, "state", "demo.json");
  }

  get file(): DemoFile {
    return JSON.parse(readFileSync(this.path, "utf8")) as DemoFile;
  }

  get stdout(): string {
    return this.#stdout;
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** Resolves once the demo has printed this. */
  async printed(text: string): Promise<void> {
    while (!this.#stdout.includes(text)) {
      if (this.#child.exitCode !== null) throw new Error(`ended: ${this.#stdout}${this.#stderr}`);
      await new Promise<void>((resolve) => {
        this.#grown = resolve;
      });
    }
  }
}

export function newHome(later: Later = onTestFinished): string {
  const home = mkdtempSync(join(tmpdir(), "sluice-demo-"));
  later(() => rmSync(home, { recursive: true, force: true }));
  return home;
}

export function spawnDemo(home = newHome(), port = "0"): DemoProcess {
  return new DemoProcess(home, port, onTestFinished);
}

/** A demo that answers. */
export async function startDemo(home?: string): Promise<DemoProcess> {
  const demo = spawnDemo(home);
  await demo.printed(lastWords);
  return demo;
}

/** A demo that answers, started as npm starts it: a signal reaches the shell before it. */
export async function startThroughShell(): Promise<DemoProcess> {
  const demo = new DemoProcess(newHome(), "0", onTestFinished, throughShell);
  await demo.printed(lastWords);
  return demo;
}

/** A demo that answers, for all tests of a file. */
export async function startSharedDemo(later: Later): Promise<DemoProcess> {
  const demo = new DemoProcess(newHome(later), "0", later);
  await demo.printed(lastWords);
  return demo;
}

/** What the demo prints last when it has started. */
const lastWords = "Ctrl-C stops.";
