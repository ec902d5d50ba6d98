// The adapter fetch on Bun gives the bytes that the adapter node gives on Node.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { useStores as startStores } from "@sluice-internal/both-ways/stores";
import { expect, it, onTestFinished } from "vitest";
import { adapters } from "./adapters.ts";
import { exchange, start } from "./suite.ts";
import { trace } from "./trace.ts";

const open = startStores();
const require = createRequire(import.meta.url);
const bun = join(require.resolve("bun/package.json"), "../bin/bun.exe");
const program = fileURLToPath(new URL("bun-program.ts", import.meta.url));

interface Said {
  readonly port: number;
  readonly keys: { readonly pro: string; readonly free: string };
}

async function startBun(): Promise<Said> {
  const child = spawn(bun, ["--conditions=sluice-source", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(async () => {
    child.kill();
    await once(child, "exit");
  });
  const [line] = await once(child.stdout, "data");
  return JSON.parse(String(line)) as Said;
}

it("answers each request of the trace with the bytes of the adapter node", async () => {
  const { port, keys } = await startBun();
  const [first] = adapters;
  if (first === undefined) throw new Error("there is no adapter");
  const { ask } = await start(first, open);
  for (const [asked, key = "pro"] of trace) {
    const own = key === "none" ? {} : { "x-api-key": keys[key] };
    const { header: _, ...onBun } = await exchange(port, {
      ...asked,
      headers: { ...own, ...asked.headers },
    });
    const { status, headers, body } = await ask(asked, key);
    // A stream that ends at once Bun sends in one piece, with its length.
    const isApart = (line: string) => line.startsWith("content-length: ");
    const steady = (lines: readonly string[]) => lines.filter((line) => !isApart(line));
    const expected = { asked, status, body, headers: steady(headers) };
    expect({ asked, ...onBun, headers: steady(onBun.headers) }).toEqual(expected);
  }
});
