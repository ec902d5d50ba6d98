// `sluice check`: how it is asked, and how it ends.

import { execFileSync } from "node:child_process";
import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { check } from "../../src/cli/check/check.ts";
import { asked } from "../../src/cli/command/asked.ts";
import { StartError } from "../../src/start-error.ts";
import { startTea } from "../check/fixtures/tea-api.ts";
import { newFolder, sluice } from "./fixtures/command.ts";

// Each test starts processes, on a machine that may have much else to do.
vi.setConfig({ testTimeout: 60_000 });

const contract = fileURLToPath(new URL("../check/fixtures/tea-contract.ts", import.meta.url));
const nobody = "http://127.0.0.1:9";
const secret = `tea_live_${"a".repeat(32)}`;

describe("sluice check of a running API", () => {
  it("ends with 0 where all is kept, and writes what it found in each form", async () => {
    const { url, keys } = await startTea();
    const folder = newFolder();
    const args = [
      "check",
      contract,
      "--url",
      `${url}/v1`,
      "--key",
      "main=env:TEA",
      "--only",
      "keys",
    ];
    const environment = { TEA: keys.main };
    const { code, out, err } = await sluice(folder, args, { environment });
    expect([code, err], out).toEqual([0, ""]);
    expect(out).toContain("✓ Any two keys that nobody has are answered with the same bytes.");
    expect(out).toContain("2 kept, 0 broken, 1 not provoked");

    const more = [...args, "--json", "--junit", "report.xml"];
    const asJson = await sluice(folder, more, { environment });
    const report = JSON.parse(asJson.out) as { promises: { id: string; verdict: string }[] };
    expect(report).toMatchObject({ api: "Tea", kept: 2, broken: 0, notProvoked: 1 });
    expect(report.promises[0]).toMatchObject({ id: "keys.alike", verdict: "not_provoked" });
    const xml = readFileSync(join(folder, "report.xml"), "utf8");
    expect(xml).toContain('<testsuite name="Keys" tests="3" failures="0" skipped="1">');
  });

  it("ends with 1 where something is broken, and shows it without the key", async () => {
    const { url, keys } = await startTea({
      answer: (answer) =>
        answer.status === 404 ? { ...answer, body: `Bad key ${keys.main}` } : answer,
    });
    const folder = newFolder();
    writeFileSync(join(folder, "key.txt"), `${keys.main}\n`);
    const only = ["--only", "refusals.not_found", "--only", "errors", "--only", "keys.not-echoed"];
    const args = ["check", contract, "--url", url, "--key", "main=file:key.txt", ...only];
    for (const form of [[], ["--json"], ["--junit", "report.xml"]]) {
      const { code, out } = await sluice(folder, [...args, ...form]);
      expect(code).toBe(1);
      expect(out).toContain("Bad key <main key>");
      expect(out).not.toContain(keys.main?.slice(12));
    }
    const xml = readFileSync(join(folder, "report.xml"), "utf8");
    expect(xml).toContain("Bad key &lt;main key&gt;");
    expect(xml).not.toContain(keys.main?.slice(12));
  });

  const slips: readonly (readonly [what: string, args: readonly string[], said: string])[] = [
    ["nobody there", ["--url", nobody], `Nobody answers at ${nobody}/`],
    ["no address", [], "sluice check needs to know where the API is. Write --url"],
    ["another address", ["--url", "tea"], '"tea" is no address of an API.'],
    ["a key itself", ["--url", nobody, "--key", `main=${secret}`], "A key on the command line"],
    ["another key", ["--url", nobody, "--key", "mian=env:A"], 'Did you mean "main"?'],
    [
      "a key that is not set",
      ["--url", nobody, "--key", "main=env:NO_TEA"],
      "has no NO_TEA: set it",
    ],
    ["a key of another form", ["--url", nobody, "--key", "main=env:OTHER"], "has not the shape"],
    ["a plan that there is not", ["--url", nobody, "--plan", "golden"], 'Did you mean "gold"?'],
    [
      "an operation that there is not",
      ["--url", nobody, "--usage", "getUse:/a"],
      'Did you mean "getUsage"?',
    ],
    ["half of a parameter", ["--url", nobody, "--param", "teaId"], "--param <name>=<value>."],
    ["a number that is none", ["--url", nobody, "--max-requests", "many"], "a whole number"],
    ["no promise", ["--url", nobody, "--only", "error"], 'Did you mean "errors"?'],
    ["two wishes at once", ["--against", "a.json", "--url", nobody], "--url would do nothing"],
    ["an option that there is not", ["--urll", nobody], 'Did you mean "--url"?'],
    ["an old contract that is not there", ["--against", "old.json"], "old.json cannot be read"],
    ["no revision", ["--against", "git:no-such:a.ts"], "git archive"],
  ];
  it.each(slips)("says what to do about %s, and repeats no key", async (_, args, said) => {
    vi.stubEnv("OTHER", "another");
    onTestFinished(() => void vi.unstubAllEnvs());
    const error: unknown = await thrownBy(["check", contract, ...args]);
    expect(error).toBeInstanceOf(StartError);
    expect((error as Error).message).toContain(said);
    expect((error as Error).message).not.toContain("aaaa");
  });

  it("ends with 2 or 3 where it could not find out, never with the 1 of something broken", async () => {
    const { code, out, err } = await sluice(newFolder(), ["check", contract, "--url", nobody]);
    expect([code, out]).toEqual([3, ""]);
    expect(err).toMatch(/^Nobody answers at .*\n$/);
    const nowhere = await sluice(newFolder(), ["check", contract]);
    expect([nowhere.code, nowhere.out]).toEqual([2, ""]);
  });
});

/** Without a process of its own. */
async function thrownBy(args: readonly string[]): Promise<unknown> {
  try {
    const wish = asked(args);
    if (wish.kind === "command") await check(wish.typed as Parameters<typeof check>[0]);
    return undefined;
  } catch (error) {
    return error;
  }
}

describe("sluice check against an old contract", () => {
  it("keeps a contract, and ends with 1 once something breaks", async () => {
    const folder = newFolder();
    const kept = await sluice(folder, ["check", contract, "--freeze", "tea.json"]);
    expect([kept.code, kept.err]).toEqual([0, "tea.json is written: 31 codes, 5 operations.\n"]);
    const same = await sluice(folder, ["check", contract, "--against", "tea.json"]);
    expect([same.code, same.out]).toEqual([0, "Nothing changed for callers.\n"]);

    const file = join(folder, "tea.json");
    const old = JSON.parse(readFileSync(file, "utf8")) as {
      codes: Record<string, { status: number }>;
    };
    Object.assign(old.codes["conflict"] ?? {}, { status: 400 });
    writeFileSync(file, JSON.stringify(old));
    const other = await sluice(folder, ["check", contract, "--against", "tea.json", "--json"]);
    expect(other.code).toBe(1);
    expect(JSON.parse(other.out)).toEqual({
      changes: [
        {
          severity: "breaking",
          at: "codes.conflict.status",
          what: "status 400 is 409 now",
          advice: "programs go by the status: make a new code for it",
        },
      ],
    });
  });

  it("takes a contract out of a revision of git", async () => {
    const folder = newFolder();
    const git = (...args: readonly string[]) =>
      execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@t.example", ...args], {
        cwd: folder,
        stdio: "ignore",
      });
    const text = readFileSync(contract, "utf8");
    writeFileSync(join(folder, "contract.ts"), text);
    git("init");
    git("add", "contract.ts");
    git("commit", "-m", "old");
    const packages = fileURLToPath(new URL("../../../../node_modules", import.meta.url));
    symlinkSync(packages, join(folder, "node_modules"));
    const args = ["check", "contract.ts", "--against", "git:HEAD:contract.ts"];
    const same = await sluice(folder, args);
    expect([same.code, same.out], same.err).toEqual([0, "Nothing changed for callers.\n"]);
    writeFileSync(join(folder, "contract.ts"), text.replace("free: 6", "free: 5"));
    const other = await sluice(folder, args);
    expect(other.code, other.err).toBe(1);
    expect(other.out).toContain("windows.requests.limit: free has 5 in place of 6");
  });
});
