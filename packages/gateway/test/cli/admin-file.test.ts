// Where tools of the same machine find the admin API: a file for its owner only, which goes with the process, and opens nothing
// where it was left behind.

import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { startPlain } from "../fixtures/bureau.ts";
import { made, served } from "./fixtures/served.ts";

// Each test starts processes, on a machine that may have much else to do.
vi.setConfig({ testTimeout: 60_000 });

interface AdminFile {
  readonly url: string;
  readonly token: string;
  readonly pid: number;
}

function whoAmI({ url, token }: AdminFile): Promise<Response> {
  return fetch(`${url}/whoami`, { headers: { authorization: `Bearer ${token}` } });
}

it("says where and with what, is for its owner only, and is gone after the end", async () => {
  const plain = await startPlain();
  const home = await made({ upstream: plain.url });
  const { command, internalUrl } = await served(home);
  await command.says(/The admin API: (\S+)/);
  const path = join(home.folder, ".sluice", "admin.json");
  const file: AdminFile = JSON.parse(readFileSync(path, "utf8"));
  expect(file).toEqual({
    url: `${internalUrl}/admin/v1`,
    token: expect.stringMatching(/^sluice_token_/),
    pid: expect.any(Number),
  });
  expect((statSync(path).mode & 0o777).toString(8)).toBe("600");
  expect((await whoAmI(file)).status).toBe(200);
  command.signal("SIGTERM");
  const { out, err } = await command.ended;
  expect(existsSync(path)).toBe(false);
  expect(out + err).not.toContain(file.token);
});

it("left behind by a process that was killed, it opens nothing of the next one", async () => {
  const plain = await startPlain();
  const home = await made({ upstream: plain.url });
  const path = join(home.folder, ".sluice", "admin.json");
  const first = await served(home);
  await first.command.says(/The admin API: (\S+)/);
  const left: AdminFile = JSON.parse(readFileSync(path, "utf8"));
  first.command.signal("SIGKILL");
  await first.command.ended;
  expect(existsSync(path)).toBe(true);
  const second = await served(home);
  await second.command.says(/The admin API: (\S+)/);
  const file: AdminFile = JSON.parse(readFileSync(path, "utf8"));
  expect((await whoAmI(file)).status).toBe(200);
  expect((await whoAmI({ ...file, token: left.token })).status).toBe(401);
});
