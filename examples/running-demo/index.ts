// The demo as the examples' tests need it: a process of its own, in a home that is gone when the test is over.

import { execFile, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findCommand } from "@sluice-internal/test-servers/command";

const main = fileURLToPath(new URL("../../demo/src/main.ts", import.meta.url));
const source = "--conditions=sluice-source";

export interface RunningDemo {
  readonly home: string;
  /** Runs a program against it, in TypeScript or in Python; what it printed. */
  run(program: URL): Promise<{ readonly stdout: string; readonly stderr: string }>;
  /** The names of the keys that stand in what was printed, or what is secret of them. */
  keysIn(printed: string): readonly string[];
  stop(): void;
}

/** Resolves once it answers. */
export async function startDemo(): Promise<RunningDemo> {
  const home = mkdtempSync(join(tmpdir(), "sluice-example-"));
  const env = { ...process.env, PORT: "0", SLUICE_HOME: home };
  const stdio = ["ignore", "pipe", "inherit"] as const;
  const child = spawn(process.execPath, [source, main], { env, stdio: [...stdio] });
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once("data", () => resolve());
    child.once("exit", (code) => reject(new Error(`the demo ended with ${code}`)));
  });
  return {
    home,
    run: (program) =>
      new Promise((resolve, reject) => {
        const [command, ...args] = commandFor(fileURLToPath(program));
        execFile(command, args, { env }, (error, stdout, stderr) => {
          if (error === null) resolve({ stdout, stderr });
          else reject(error);
        });
      }),
    keysIn: (printed) =>
      keysOf(home).flatMap(([name, key]) =>
        printed.includes(key.slice(SHOWN_OF_KEY)) ? [name] : [],
      ),
    stop() {
      child.removeAllListeners("exit");
      child.kill("SIGKILL");
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Of Mavera's keys so much may be shown: their prefix, and a little more. */
const SHOWN_OF_KEY = 10;

function keysOf(home: string): readonly [name: string, key: string][] {
  const { mavera } = JSON.parse(readFileSync(join(home, "demo.json"), "utf8"));
  return Object.entries(mavera.keys as Record<string, string>);
}

function commandFor(program: string): readonly [command: string, ...args: string[]] {
  if (!program.endsWith(".py")) return [process.execPath, source, program];
  // Nothing is left behind in the folder of the program.
  const python = findCommand({ names: ["python3"], debianPackage: "python3" });
  return [python, "-B", "-W", "error", program];
}
