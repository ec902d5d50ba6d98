// The demo as a process of its own, on a free port and in a home that is gone when the test is over.

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import type { DemoFile } from "../src/home.ts";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));

/** A program on this Node, with the sources of the library; `more` are options of Node's own. */
export function programOf(path: string, more: readonly string[] = []): readonly string[] {
  return [process.execPath, "--conditions=sluice-source", ...more, path];
}

/** As npm does it, where the shell stays in between. */
const throughShell = ["sh", "-c", '"$0" "$@"; exit', ...programOf(main)];

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Takes what is to be done when nobody needs the demo any more. */
export type Later = (cleanUp: () => void) => void;

/** How a demo is started, where that is not as usual. */
export interface Started {
  /** @default any that is free */
  readonly port?: string;
  /** @default the demo's own */
  readonly command?: readonly string[];
  /** What else its environment has. */
  readonly variables?: Readonly<Record<string, string>>;
  /** @default the end of the test */
  readonly later?: Later;
}

export class DemoProcess {
  readonly home: string;
  readonly #child: ChildProcess;
  #stdout = "";
  #stderr = "";
  #grown: () => void = () => undefined;
  readonly ended: Promise<Ended>;

  constructor(home: string, { port = "0", command, variables, later = onTestFinished }: Started) {
    this.home = home;
    const [program = "", ...rest] = command ?? programOf(main);
    this.#child = spawn(program, rest, {
      cwd: home,
      env: {
        ...process.env,
        SLUICE_REDIS_URL: "",
        SLUICE_DATABASE_URL: "",
        PORT: port,
        SLUICE_HOME: join(home, "state"),
        npm_lifecycle_event: "x",
        ...variables,
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

  /** Where this one answers: of several for one home, the last has written the file. */
  get url(): string {
    const url = /^Sluice demo: (\S+)/m.exec(this.#stdout)?.[1];
    if (url === undefined) throw new Error("It has not said where it is");
    return url;
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
  return new DemoProcess(home, { port });
}

/** A demo that answers. */
export function startDemo(home: string = newHome(), started: Started = {}): Promise<DemoProcess> {
  return answering(new DemoProcess(home, started));
}

/** A demo that answers, started as npm starts it: a signal reaches the shell before it. */
export function startThroughShell(): Promise<DemoProcess> {
  return startDemo(newHome(), { command: throughShell });
}

/** A demo that answers, for all tests of a file. */
export function startSharedDemo(later: Later): Promise<DemoProcess> {
  return startDemo(newHome(later), { later });
}

export async function answering(demo: DemoProcess): Promise<DemoProcess> {
  await demo.printed(lastWords);
  return demo;
}

/** What the demo prints last when it has started. */
const lastWords = "Ctrl-C stops.";
