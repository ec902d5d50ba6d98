// `sluice serve` as whoever starts it sees it: what it says, what passes, and how it ends.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { createVerifier } from "@sluice/gateway/verify";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { startPlain } from "../fixtures/bureau.ts";
import { Command, newFolder, sluice } from "./fixtures/command.ts";
import { made, served } from "./fixtures/served.ts";

// Each test starts processes, on a machine that may have much else to do.
vi.setConfig({ testTimeout: 60_000 });

describe("sluice serve", () => {
  it("serves what init wrote: with the key a call passes, signed; without it is refused", async () => {
    const plain = await startPlain();
    const home = await made({ upstream: plain.url });
    const { url, ask, command } = await served(home);
    const response = await ask("/a?b=1");
    expect([response.status, response.headers.get("x-ratelimit-limit")]).toEqual([200, "60"]);
    const came = (await response.json()) as { method: string; url: string; headers: object };
    const secret = readFileSync(join(home.folder, ".sluice", "caller.secret"), "utf8").trim();
    const said = createVerifier({ secrets: { main: secret } }).verify(came as never);
    expect(said.caller).toMatchObject({ accountId: "acct_first", operation: "read" });
    const refused = await fetch(`${url}/a`);
    expect([refused.status, (await refused.json()) as object]).toMatchObject([
      401,
      { error: { code: "missing_key" } },
    ]);
    command.signal("SIGTERM");
    const { code, out, err } = await command.ended;
    expect(code).toBe(0);
    // One line of JSON for each request on standard output; words for people beside it.
    const lines = out.trim().split("\n");
    const statuses = lines.map((line) => (JSON.parse(line) as { status: number }).status);
    expect(statuses).toEqual([200, 401]);
    expect(err.split("\n")).toEqual([
      expect.stringMatching(/^hello-\S+ is served at http:\/\/127\.0\.0\.1:\d+$/),
      expect.stringMatching(/^Health, metrics and the ends of jobs: http:\/\/127\.0\.0\.1:\d+$/),
      expect.stringMatching(/^The admin API: http:\/\/127\.0\.0\.1:\d+\/admin\/v1$/),
      // Whoever collects what is said must not be signed in by it: the link is for terminals.
      expect.stringMatching(/^The console: http:\/\/127\.0\.0\.1:\d+\/console\/sign-in$/),
      "Stopping once what is under way is answered; the same again stops at once.",
      "Stopped.",
      "",
    ]);
    for (const hidden of [home.key, secret]) expect(out + err).not.toContain(hidden);
  });

  it("folds the usual errors of an API into the contract's, and nothing of them leaks", async () => {
    const plain = await startPlain(({ url = "" }, response) => {
      response.statusCode = Number(url.slice(1));
      response.end("a stack trace");
    });
    const { ask } = await served(await made({ upstream: plain.url }));
    const folded: readonly (readonly [status: number, as: number, code: string])[] = [
      [400, 400, "invalid_request"],
      [401, 500, "internal"],
      [403, 403, "forbidden"],
      [404, 404, "not_found"],
      [409, 409, "conflict"],
      [422, 400, "invalid_request"],
      [500, 500, "internal"],
      [503, 503, "unavailable"],
    ];
    for (const [status, as, code] of folded) {
      const response = await ask(`/${status}`);
      const text = await response.text();
      expect([status, response.status]).toEqual([status, as]);
      expect(JSON.parse(text)).toMatchObject({ error: { code } });
      expect(text).not.toContain("stack");
    }
  });

  it("answers what is under way when it is told to end, and then is gone with its pid", async () => {
    let asked = () => {};
    const came = new Promise<void>((resolve) => {
      asked = resolve;
    });
    let answer = () => {};
    const plain = await startPlain((_, response) => {
      answer = () => response.end("done");
      asked();
    });
    const home = await made({ upstream: plain.url });
    const { command, ask, url } = await served(home);
    const pidFile = join(home.folder, ".sluice", "serve.pid");
    expect(readFileSync(pidFile, "utf8")).toBe(`${command.pid}\n`);
    const response = ask("/slow");
    await came;
    command.signal("SIGINT");
    await command.says(/Stopping once/);
    answer();
    expect(await (await response).text()).toBe("done");
    expect((await command.ended).code).toBe(0);
    expect(existsSync(pidFile)).toBe(false);
    await expect(fetch(url)).rejects.toThrow();
  });

  it("says that the API is not there yet, and serves it once it is", async () => {
    const plain = await startPlain();
    const { port } = new URL(plain.url);
    await new Promise((resolve) => plain.server.close(resolve));
    const { command, ask } = await served(await made({ upstream: plain.url }));
    await command.says(/The upstream main is not there yet \(.*\): callers hear 503 until it is\./);
    const away = await ask("/a");
    expect([away.status, away.headers.get("retry-after")]).toEqual([503, "1"]);
    await new Promise<void>((resolve) => plain.server.listen(Number(port), "127.0.0.1", resolve));
    expect((await ask("/a")).status).toBe(200);
  });

  it("says which other process serves the folder", async () => {
    const home = await made();
    const { command, url } = await served(home);
    const { code, out, err } = await sluice(home.folder, ["serve"]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(`is served by another process: pid ${command.pid}, since `);
    expect(err).toContain(`at ${url}. Stop that one first, or use another folder.\n`);
  });

  it.each(["public", "internal"])("says which port is in use: %s", async (name) => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void taken.close());
    const { port } = taken.address() as { port: number };
    const home = await made();
    home.rewrite((text) => text.replace(`${name}: { port: 0 }`, `${name}: { port: ${port} }`));
    const { code, err } = await sluice(home.folder, ["serve"]);
    expect([code, err]).toEqual([
      2,
      `Cannot listen: port ${port} is in use: stop what listens there, or choose another port. ` +
        `It is listeners.${name}.port of ${join(home.folder, "sluice.config.ts")}.\n`,
    ]);
    // The folder is free again at once.
    home.rewrite((text) => text.replace(`{ port: ${port} }`, "{ port: 0 }"));
    await served(home);
  });

  it("lists every mistake of a configuration, and does not start", async () => {
    const home = await made();
    home.rewrite((text) => text.replace("limit: 60", "limit: 0").replace("envelope:", "envelop:"));
    const { code, out, err } = await sluice(home.folder, ["serve"]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain("sluice.config.ts cannot be used:");
    expect(err).toContain('contract.envelop: nothing reads this\n    → did you mean "envelope"?');
    expect(err).toContain("contract.windows.requests.limit: ");
  });

  it("serves where it cannot leave its mark, and says what then takes its place", async () => {
    const home = await made();
    home.rewrite((text) =>
      text.replace("  listeners:", '  stores: { kind: "memory" },\n  listeners:'),
    );
    writeFileSync(join(home.folder, ".sluice", "serve"), "in the way");
    const { command } = await served(home);
    expect(command.said).toContain(
      `"sluice reload" will not find this process; send SIGHUP to ${command.pid}.`,
    );
    command.signal("SIGHUP");
    await command.says(/Reloaded; nothing changed\./);
  });

  it("keeps Node's warnings of itself to itself, and shows those that are somebody's", async () => {
    const home = await made();
    home.rewrite((text) => `process.emitWarning("mine");\n${text}`);
    const { code, err } = await sluice(home.folder, ["validate"]);
    expect(code).toBe(0);
    expect(err).toContain("Warning: mine");
    expect(err).not.toContain("MODULE_TYPELESS_PACKAGE_JSON");
    // Beside a package.json that names no type Node would warn.
    writeFileSync(join(home.folder, "package.json"), "{}");
    expect((await sluice(home.folder, ["validate"])).err).not.toContain("TYPELESS");
  });

  it("does not let a configuration without a home of its own be taken by a repository", async () => {
    const made1 = await made();
    const folder = newFolder();
    writeFileSync(join(folder, "s"), "0123456789abcdef0123456789abcdef");
    const text = readFileSync(join(made1.folder, "sluice.config.ts"), "utf8");
    writeFileSync(join(folder, "sluice.config.ts"), text.replace(".sluice/caller.secret", "s"));
    const command = new Command(folder, ["serve"]);
    await command.says(/is served at/);
    expect(readFileSync(join(folder, ".sluice", ".gitignore"), "utf8")).toBe("*\n");
  });
});
