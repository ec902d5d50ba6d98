// How an operator's command ends, as a process of its own: its codes, where it looks, and what it does when nobody is there.

import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { Command, commandLine, newFolder, sluice } from "../fixtures/command.ts";
import { inTerminal } from "../fixtures/terminal.ts";
import { openShop } from "./shop.ts";

vi.setConfig({ testTimeout: 120_000 });

const CTRL_C = "\u0003";

describe("an operator's command", () => {
  it("ends with 0 when all is well, 2 when it is refused, 3 where nobody answers, 4 for what is not there", async () => {
    const { folder, serve } = await openShop();
    const { adminUrl, stop } = await serve();
    const environment = { SLUICE_ADMIN_TOKEN: "sluice_token_nobodys" };
    const nobody = ["--url", "http://127.0.0.1:1/admin/v1"];
    const ended = await Promise.all([
      sluice(folder, ["accounts"]),
      sluice(folder, ["accounts", "create", "--name", "A", "--plan", "none"]),
      sluice(folder, ["accounts", "--url", adminUrl], { environment }),
      sluice(folder, ["explain", "0199f5a2-7c1e-7d3a-9b42-5f0c6a1d8e37"]),
      sluice(folder, ["accounts", ...nobody], { environment }),
      sluice(folder, ["accounts", ...nobody]),
    ]);
    expect(ended.map(({ code }) => code)).toEqual([0, 2, 2, 4, 3, 2]);
    expect(ended.map(({ out }) => out).join("")).toBe("");
    const said = ended.map(({ err }) => err);
    expect(said[1]).toMatch(/plan/);
    expect(said[2]).toMatch(
      /no token of the admin API\. Put a token of this gateway into SLUICE_ADMIN_TOKEN\./,
    );
    expect(said[3]).toMatch(/^No request 0199f5a2-\S+ is in this log/);
    expect(said[4]).toMatch(
      /Is there a gate that serves its admin API at http:\/\/127\.0\.0\.1:1\/admin\/v1\?/,
    );
    expect(said[5]).toMatch(
      /^No token for http:\/\/127\.0\.0\.1:1\/admin\/v1: put one into the variable SLUICE_ADMIN_TOKEN/,
    );
    expect(said.join("")).not.toContain("sluice_token_nobodys");
    await stop();
  });

  it("takes no notice of a file that a crash left behind: the process is gone, or another one has its number or its port", async () => {
    const shop = await openShop();
    await (await shop.serve()).stop();
    const { pid = 0 } = spawnSync("true");
    for (const left of [{ pid }, { pid: process.pid }]) {
      const file = { url: "http://127.0.0.1:1/admin/v1", token: "sluice_token_old", ...left };
      writeFileSync(join(shop.folder, ".sluice", "admin.json"), JSON.stringify(file));
      expect(await shop.run("audit")).toEqual({ code: 0, out: "clean\n", err: "" });
    }
  });

  it("with a token of its own does what its role may, over the network, and never shows it to other users of the machine", async () => {
    const shop = await openShop();
    const { adminUrl, stop } = await shop.serve();
    const made = await shop.run("tokens", "create", "--name", "desk", "--role", "support");
    const environment = { SLUICE_ADMIN_TOKEN: made.out.trim() };
    const elsewhere = newFolder();
    const asked = (...args: string[]) =>
      sluice(elsewhere, [...args, "--url", adminUrl], { environment });
    expect(await asked("accounts")).toMatchObject({ code: 0 });
    const refused = await asked("accounts", "create", "--name", "A", "--plan", "free");
    expect(refused).toMatchObject({
      code: 2,
      err: expect.stringMatching(/role does not allow this/),
    });
    const tail = new Command(elsewhere, ["log", "tail", "--url", adminUrl], { environment });
    await expect.poll(() => readFileSync(`/proc/${tail.pid}/cmdline`, "utf8")).toContain("tail");
    expect(readFileSync(`/proc/${tail.pid}/cmdline`, "utf8")).not.toContain(made.out.trim());
    await stop();
  });

  it("follows the log until Ctrl-C, which is a good end, or until nobody reads any more", async () => {
    const shop = await openShop();
    const { call, stop } = await shop.serve();
    await shop.json("accounts", "create", "--name", "Ada", "--plan", "free");
    const key = (await shop.run("keys", "create", "--name", "first")).out.trim();
    // More than one page of them: none is new.
    const before = await Promise.all(Array.from({ length: 130 }, () => call("/x", key)));
    for (const one of before) expect((await shop.run("log", "show", one.id)).code).toBe(0);
    const tail = new Command(shop.folder, ["log", "tail", "--json", "--limit", "1"]);
    await tail.prints(/\n/);
    const { id } = await call("/report", key);
    await tail.prints(new RegExp(id));
    tail.signal("SIGINT");
    const { code, out, err } = await tail.ended;
    expect([code, err]).toEqual([0, ""]);
    const shown = out.trim().split("\n");
    expect(shown.map((line) => JSON.parse(line).requestId).slice(1)).toEqual([id]);
    const line = commandLine(["log", "--json"])
      .map((word) => `'${word}'`)
      .join(" ");
    const piped = spawnSync("bash", ["-c", `${line} | true; echo "\${PIPESTATUS[0]}"`], {
      cwd: shop.folder,
      encoding: "utf8",
    });
    expect([piped.stdout, piped.stderr]).toEqual(["0\n", ""]);
    await stop();
  });
});

describe("what is typed wrong", () => {
  const slips: readonly (readonly [args: string, said: RegExp])[] = [
    ["key list", /^There is no command "key"\. Did you mean "sluice keys"\?/],
    [
      "keys lst",
      /^There is no command "keys lst"\. Did you mean "sluice keys list"\? "sluice help keys" says more\.$/,
    ],
    [
      "keys key_1",
      /^There is no command "keys key_1"\. There is list, show, create, rotate, change and revoke\./,
    ],
    ["tokens create", /^Say --name and --role: support, operator, owner\.$/],
    ["explain", /^sluice explain needs a request id behind it\./],
    ["credits show ada", /^"ada" is one argument too many\. Did you mean "--account ada"\?/],
    ["keys list --acount a", /^There is no option --acount\. Did you mean "--account"\?/],
    ["explain x --words --json", /^Say --words or --json, not both/],
    ["log --limit 0", /^--limit is "0": give a whole number from 1 to 10000, or --all\.$/],
    ["log --limit 5 --all", /^Say --limit or --all, not both\.$/],
    ["log --since yesterday", /^--since is "yesterday": give "15m", "2h", a day like/],
    ["log --since 1h --until 2h", /^--since is not before --until\.$/],
    ["log --status ok", /^--status is "ok": give a status like 429\.$/],
    ["log --ending over", /^--ending is "over": give done, refused, fault, replayed, abandoned\.$/],
    ["log show some-id --code x", /^--code finds requests; one that is named needs none\.$/],
    [
      "credits grant many --reason x",
      /^The number of credits is "many": give a whole number of credits\.$/,
    ],
    ["credits grant 5", /^Say why, for the statement: --reason <text>\.$/],
    ["budget set 5", /^Say of what: --key, --workspace or --project, one of them\.$/],
    ["accounts change ada", /^Say what changes: /],
    ["accounts change ada --except windows=5", /^--except is "windows=5": give windows\.<name>/],
    ["accounts create --name A", /^Say --name and --plan: the plans are free, pro\.$/],
    [
      "keys rotate key_1 --overlap soon",
      /^--overlap is "soon": give something like "30m", "24h" or "7d"\.$/,
    ],
    ["log --url nowhere", /^"nowhere" is no address|^Say --config or --url, not both\.$/],
  ];
  it("is refused with 2, and with what to type instead", async () => {
    const shop = await openShop();
    await (await shop.serve()).stop();
    await shop.json("accounts", "create", "--id", "ada", "--name", "Ada", "--plan", "free");
    for (const [args, said] of slips) {
      const { code, out, err } = await shop.run(...args.split(" "));
      expect([args, code, out]).toEqual([args, 2, ""]);
      expect(err.trim()).toMatch(said);
    }
  });
});

describe("at a terminal", () => {
  it("asks before a key ends, cuts what does not fit, and has colours unless they are not wanted", async () => {
    const shop = await openShop();
    await (await shop.serve()).stop();
    const { folder } = shop;
    await shop.json("accounts", "create", "--name", "x".repeat(150), "--plan", "free");
    const { key } = await shop.json("keys", "create", "--name", "first");
    expect(await shop.run("keys", "revoke", key.id)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/no terminal to ask in: add --yes if you mean it/),
    });
    const revoke = commandLine(["keys", "revoke", key.id]);
    const question = "at once and for ever?";
    for (const [typed, code, state] of [
      ["n", 2, "active"],
      [CTRL_C, 2, "active"],
      ["y", 0, "revoked"],
    ] as const) {
      const answered = inTerminal({ folder, command: revoke, dialogue: [[question, typed]] });
      expect(answered.code, answered.shown).toBe(code);
      expect((await shop.json("keys", "show", key.id)).state).toBe(state);
    }
    const { shown } = inTerminal({ folder, command: commandLine(["accounts"]), dialogue: [] });
    for (const line of shown.split(/\r?\n/)) expect(line.length).toBeLessThanOrEqual(120);
    expect(shown).toMatch(/xxx[…~]/);
    const whole = await sluice(folder, ["accounts"]);
    expect(whole.out).toContain("x".repeat(150));
    const coloured = { NO_COLOR: undefined, FORCE_COLOR: "1" };
    const { out } = await sluice(folder, ["accounts"], { environment: coloured });
    expect(out).toContain("\u001b[2m");
    expect(whole.out).not.toContain("\u001b");
  });
});

it("says what there is where nothing is, for each kind of nothing", async () => {
  const folder = newFolder();
  const none = await sluice(folder, ["log"]);
  expect([none.code, none.err]).toEqual([
    2,
    expect.stringContaining('make one with "sluice init"'),
  ]);
  mkdirSync(join(folder, ".sluice"));
  const demo = {
    url: "http://127.0.0.1:1",
    admin: { url: "http://127.0.0.1:1/admin/v1", token: "sluice_token_old" },
  };
  writeFileSync(join(folder, ".sluice", "demo.json"), JSON.stringify(demo));
  const gone = await sluice(folder, ["log"]);
  expect(gone.code).toBe(4);
  expect(gone.err).toMatch(/^Nothing was kept in \S+\.sluice yet/);
  const inMemory = await openShop({ stores: { kind: "memory" } });
  expect(await inMemory.run("log")).toMatchObject({
    code: 3,
    err: expect.stringMatching(/^Nobody serves it, and it keeps everything in memory/),
  });
});
