// What can be typed, and what is said of what cannot.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { asked } from "../../src/cli/command/asked.ts";
import { commandNames, commandOf, nouns } from "../../src/cli/command/commands.ts";
import { usage } from "../../src/cli/command/usage.ts";
import { StartError } from "../../src/start-error.ts";
import { newFolder, sluice } from "./fixtures/command.ts";

// Each test starts processes, on a machine that may have much else to do.
vi.setConfig({ testTimeout: 60_000 });

describe("the command line", () => {
  it("without a command says what there is, and so do help and --help", async () => {
    const folder = newFolder();
    const asked = [[], ["--help"], ["-h"], ["help"]];
    const [bare, ...others] = await Promise.all(asked.map((args) => sluice(folder, args)));
    expect(bare).toMatchObject({ code: 0, err: "" });
    for (const noun of nouns) {
      expect(bare?.out).toMatch(new RegExp(`^ {2}sluice ${noun} `, "m"));
    }
    for (const other of others) expect(other).toEqual(bare);
  });

  it("has help for each command, with every option that it reads, and no other", () => {
    for (const name of commandNames) {
      for (const args of [`help ${name}`, `${name} --help`, `${name} -h`]) {
        expect(asked(args.split(" "))).toEqual({ kind: "help", about: name });
      }
      const told = [...usage(name).matchAll(/^ {2}--([\w-]+)/gm)].map(([, option]) => option);
      expect(told.toSorted()).toEqual(Object.keys(commandOf(name).options).toSorted());
    }
  });

  it("writes an option alike wherever there is one of its name", () => {
    const forms = new Map<string, boolean>();
    for (const name of commandNames) {
      for (const [option, { takes }] of Object.entries(commandOf(name).options)) {
        const takesText = takes !== undefined;
        expect(forms.get(option) ?? takesText, `${name} --${option}`).toBe(takesText);
        forms.set(option, takesText);
      }
    }
  });

  it("says its version", async () => {
    const manifest = new URL("../../package.json", import.meta.url);
    const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
    for (const args of [["--version"], ["-v"]]) {
      expect(await sluice(newFolder(), args)).toEqual({ code: 0, out: `${version}\n`, err: "" });
    }
  });

  const slips: readonly (readonly [args: string, said: string])[] = [
    ["serv", 'There is no command "serv". Did you mean "sluice serve"?'],
    ["toString", 'There is no command "toString".'],
    ["serve here", '"here" is one argument too many.'],
    ["serve --confg here", 'There is no option --confg. Did you mean "--config"?'],
    ["init --plan", "--plan needs a value behind it."],
    ["init --plan --yes", "--plan needs a value behind it."],
    ["init --yes=1", "--yes takes no value."],
    ["init --plan a --plan b", "--plan is said twice."],
    ["serve --yes", "sluice serve does not read --yes."],
    ["serve --force", "sluice serve does not read --force."],
    ["help serv", 'There is no command "serv". Did you mean "sluice serve"?'],
    ["reload --upstream http://a", "sluice reload does not read --upstream."],
    ["validate --limit 6", "sluice validate does not read --limit."],
    ["init --config a.ts", "sluice init does not read --config."],
    ["demo --config a.ts", "sluice demo does not read --config."],
    ["generate", "sluice generate needs a verb. There is python and leaks."],
    [
      "generate pyton",
      'There is no command "generate pyton". Did you mean "sluice generate python"?',
    ],
    ["generate python a.ts b.ts", '"b.ts" is one argument too many.'],
    ["serve --out a.py", "sluice serve does not read --out."],
  ];
  it.each(slips)("refuses %s", (args, said) => {
    const advice =
      / ("sluice --help" shows everything that there is|"sluice help [\w ]+" says more)\.$/;
    const { message } = slipOf(args);
    expect(message).toMatch(advice);
    expect(message.replace(advice, "")).toBe(said);
  });

  it("ends with 2 where it refuses, and says nothing on standard output", async () => {
    const { code, out, err } = await sluice(newFolder(), ["serv"]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(/^There is no command "serv"\..*\n$/);
  });

  it("says kindly which Node it needs", async () => {
    const versions = `{ ...process.versions, node: "20.19.0" }`;
    const pretend = `Object.defineProperty(process, "versions", { value: ${versions} })`;
    const node = ["--import", `data:text/javascript,${encodeURIComponent(pretend)}`];
    const { code, err } = await sluice(newFolder(), ["serve"], { node });
    expect(code).toBe(2);
    expect(err).toBe(
      "sluice needs Node 22.19 or newer, and this is 20.19.0: install a newer one from https://nodejs.org.\n",
    );
  });

  it.each(["serve", "reload", "validate"])(
    "%s says how to make a configuration where there is none",
    async (command) => {
      const folder = newFolder();
      for (const args of [[command], [command, "--config", "other.ts"]]) {
        const { code, out, err } = await sluice(folder, args);
        expect([code, out]).toEqual([2, ""]);
        expect(err).toContain('make one with "sluice init"');
      }
    },
  );
});

function slipOf(args: string): StartError {
  try {
    asked(args.split(" "));
  } catch (error) {
    if (error instanceof StartError) return error;
    throw error;
  }
  throw new Error(`${args} is no slip`);
}

describe("sluice validate", () => {
  const right = {
    contract: {
      title: "Acme",
      key: { prefixes: { live: "acme_live_" } },
      plans: { free: {} },
      windows: { all: { per: "key", limit: 60, within: "1m", operations: ["read"] } },
      operations: {
        read: { method: "GET", path: "/a", summary: "Reads." },
        write: { method: "PUT", path: "/a", summary: "Writes." },
      },
    },
    upstreams: { main: { url: "http://127.0.0.1:1" } },
    open: ["GET /health"],
  };

  it("lists what is let through without protection", async () => {
    const folder = newFolder();
    const file = join(folder, "sluice.config.json");
    writeFileSync(file, JSON.stringify(right));
    const { code, out, err } = await sluice(folder, ["validate"]);
    expect([code, out]).toEqual([0, ""]);
    expect(err.split("\n")).toEqual([
      `${file} is right: 2 operations.`,
      "Not protected:",
      "  GET /health  open: passes without a key, a limit or a price",
      "  PUT /a  needs a key, but no window counts it, no slot bounds it, and it is free",
      "",
    ]);
  });

  it("lists every mistake, each with what to write instead, for a file by its name, too", async () => {
    const folder = newFolder();
    const contract = { ...right.contract, titel: "x", plans: {} };
    const wrong = { ...right, contract, upstreams: { main: { url: "ftp://a" } } };
    writeFileSync(join(folder, "other.json"), JSON.stringify(wrong));
    const { code, err } = await sluice(folder, ["validate", "--config", "other.json"]);
    expect(code).toBe(2);
    expect(err).toContain(`${join(folder, "other.json")} cannot be used:`);
    expect(err).toContain('contract.titel: nothing reads this\n    → did you mean "title"?');
    expect(err).toMatch(/contract\.plans: .*\n {4}→ /);
    expect(err).not.toContain("    at ");
  });

  it("says in which line a slip of the pen is", async () => {
    const folder = newFolder();
    const file = join(folder, "sluice.config.ts");
    for (const [text, line] of [
      ["export default {\n  contract: {}\n  upstreams: {},\n};\n", "line 3: "],
      ["export default {\n  contract: acme,\n};\n", "line 2: acme is not defined"],
    ] as const) {
      writeFileSync(file, text);
      const { code, err } = await sluice(folder, ["validate"]);
      expect([code, err]).toEqual([
        2,
        expect.stringContaining(`sluice.config.ts: cannot be read: ${line}`),
      ]);
    }
  });
});
