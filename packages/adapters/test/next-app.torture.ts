// The example for Next.js, built and started by Next.js itself, which also checks the types of its routes.

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { AS_PROMISED, tryExample } from "@sluice-internal/adapters/example-program";
import { expect, it, onTestFinished } from "vitest";

const next = createRequire(import.meta.url).resolve("next/dist/bin/next");
const cwd = fileURLToPath(new URL("../../../examples/next", import.meta.url));
const env = {
  ...process.env,
  NODE_ENV: "production" as const,
  NODE_OPTIONS: "--conditions=sluice-source",
  NEXT_TELEMETRY_DISABLED: "1",
};

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  return typeof address === "object" && address !== null ? address.port : 0;
}

it("serves its page, its routes and every refusal, sixty calls a minute", async () => {
  execFileSync(process.execPath, [next, "build"], { cwd, env, stdio: "pipe" });
  const port = await freePort();
  const args = [next, "start", "-p", String(port), "-H", "127.0.0.1"];
  const server = spawn(process.execPath, args, { cwd, env, stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(async () => {
    server.kill();
    await once(server, "exit");
  });
  for await (const said of server.stdout) if (String(said).includes("Ready")) break;
  const origin = `http://127.0.0.1:${port}`;
  const page = await (await fetch(origin)).text();
  const headers = { authorization: /Bearer \w+/.exec(page)?.[0] ?? "" };
  const found = await tryExample({ origin, headers, stop: async () => undefined });
  expect(found).toEqual({ ...AS_PROMISED, page: expect.stringContaining("curl -i") });
});
