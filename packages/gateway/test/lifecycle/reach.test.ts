// Whether somebody listens where an upstream is said to be.

import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { reach } from "../../src/lifecycle/reach.ts";

it("an address is reached where somebody listens, and says why where nobody does", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  const url = `http://127.0.0.1:${port}/api`;
  await expect(reach({ url })).resolves.toBeUndefined();
  await new Promise((resolve) => server.close(resolve));
  await expect(reach({ url })).rejects.toThrow("ECONNREFUSED");
});

it("a socket stands for the address, whatever that says", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sluice-reach-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const socketPath = join(folder, "api.sock");
  const place = { url: "http://127.0.0.1:1", socketPath };
  await expect(reach(place)).rejects.toThrow("ENOENT");
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  onTestFinished(() => void server.close());
  await expect(reach(place)).resolves.toBeUndefined();
});
