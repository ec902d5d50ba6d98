// The example for Next.js as a stranger has it: apart from this repository, with the package as it would be published. Next.js
// builds it, which also checks the types of its routes, and serves it. Outside the workspaces, of which it would be a quarter.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AS_PROMISED, tryExample } from "@sluice-internal/adapters/example-program";
import { freePort } from "@sluice-internal/test-servers/server-process";
import { expect, it, onTestFinished } from "vitest";
import { buildAndPack } from "../../../tools/packed.ts";
import { mustRun, root } from "../../../tools/run.ts";

/** A copy of the example with all that it needs. */
function installed(): string {
  const home = mkdtempSync(join(tmpdir(), "sluice-next-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const folder = join(home, "app");
  const notBuilt = (path: string) => !/\/(?:node_modules|dist|\.next)$/.test(path);
  cpSync(join(root, "examples/next"), folder, { recursive: true, filter: notBuilt });
  const sluice = buildAndPack(home)[0];
  const manifest = join(folder, "package.json");
  const named = readFileSync(manifest, "utf8").replace(
    "file:../../packages/sluice",
    `file:${sluice}`,
  );
  writeFileSync(manifest, named);
  askNextsOwn(join(folder, "app/v1/hello/route.ts"));
  mustRun("npm", ["install", "--no-audit", "--no-fund"], folder);
  return folder;
}

/** Its handler is given what only Next.js's own kind of request has. */
function askNextsOwn(route: string): void {
  const written = readFileSync(route, "utf8");
  const asking = written
    .replace("(request)", '(request: import("next/server").NextRequest)')
    .replace("hello: ", 'hello: request.nextUrl.pathname === "/v1/hello" && ');
  writeFileSync(route, asking);
}

it("serves its page, its routes and every refusal, sixty calls a minute", async () => {
  const cwd = installed();
  const next = join(cwd, "node_modules/next/dist/bin/next");
  const env = { ...process.env, NODE_ENV: "production" as const, NEXT_TELEMETRY_DISABLED: "1" };
  mustRun("env", ["NODE_ENV=production", "NEXT_TELEMETRY_DISABLED=1", "node", next, "build"], cwd);
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
  const found = await tryExample({ origin, headers });
  expect(found).toEqual({ ...AS_PROMISED, page: expect.stringContaining("curl -i") });
});
