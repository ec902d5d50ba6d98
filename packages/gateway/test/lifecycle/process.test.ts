// A real process that is told to stop.

import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";

const program = fileURLToPath(new URL("./fixtures/drained-program.ts", import.meta.url));

interface Started {
  readonly process: ChildProcess;
  readonly url: string;
  readonly lines: string[];
  readonly exitCode: Promise<number | null>;
  /** Resolves once the process has said this. */
  said(line: string): Promise<void>;
}

async function start(): Promise<Started> {
  const child = spawn(process.execPath, ["--conditions=sluice-source", program], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, npm_lifecycle_event: undefined },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines: string[] = [];
  let heard = () => {};
  let text = "";
  child.stdout.on("data", (piece: Buffer) => {
    text += piece.toString();
    const whole = text.split("\n");
    text = whole.pop() ?? "";
    lines.push(...whole);
    heard();
  });
  const said = async (line: string) => {
    while (!lines.some((one) => one.startsWith(line))) {
      await new Promise<void>((resolve) => {
        heard = resolve;
      });
    }
  };
  const exitCode = new Promise<number | null>((resolve) => child.once("exit", resolve));
  await said("port ");
  const port = lines[0]?.slice("port ".length);
  return { process: child, url: `http://127.0.0.1:${port}`, lines, exitCode, said };
}

it("a signal lets what is under way be answered, then everything goes", async () => {
  const { process, url, lines, exitCode, said } = await start();
  const answer = fetch(`${url}/slow`);
  await said("asked /slow");
  process.kill("SIGTERM");
  expect(await (await answer).text()).toBe("answered");
  expect(await exitCode).toBe(0);
  expect(lines.at(-1)).toBe("let go");
  await expect(fetch(url)).rejects.toThrow();
});

it("a second signal ends what would never be answered", async () => {
  const { process, url, lines, exitCode, said } = await start();
  const answer = fetch(`${url}/never`).catch((error: unknown) => error);
  await said("asked /never");
  process.kill("SIGTERM");
  await said("Stopping once");
  // What comes within half a second may be the same signal, sent on by npm; each is one more.
  const insist = setInterval(() => process.kill("SIGINT"), 50);
  onTestFinished(() => clearInterval(insist));
  expect(await exitCode).toBe(130);
  expect(await answer).toBeInstanceOf(Error);
  expect(lines).not.toContain("let go");
});
