// The file itself: Python 3.9, typed, the standard library only, the same logic for every API, and whatever a contract holds.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mavera } from "@sluice-apis/mavera/contract";
import { findCommand } from "@sluice-internal/test-servers/command";
import { afterAll, describe, expect, it } from "vitest";
import { type AnyApi, customEnvelope, problem } from "../../../src/contract/index.ts";
import { pythonHandler } from "../../../src/reference/index.ts";
import { APIS } from "./fixtures/apis.ts";
import { Python, python3 } from "./fixtures/python.ts";

const python = new Python();
const folder = mkdtempSync(join(tmpdir(), "sluice-module-"));
afterAll(() => {
  python.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The same contract with other words, as far as Python's file reads them. */
function renamed(api: AnyApi, about: object, wire: object = {}): AnyApi {
  return { ...api, wire: { ...api.wire, about: { ...api.wire.about, ...about }, ...wire } };
}

describe.each(APIS)("the file of %s", (name, api) => {
  const text = pythonHandler(api);

  it("is Python 3.9, without a warning", () => {
    const program =
      "import ast, sys; text = sys.stdin.read(); ast.parse(text, feature_version=(3, 9)); compile(text, 'a', 'exec')";
    execFileSync(python3(), ["-B", "-W", "error", "-c", program], { input: text });
  });

  it("is typed, as strictly as Python can be", () => {
    const mypy = findCommand({ names: ["mypy"], debianPackage: "mypy" });
    const file = python.write(`${name}_errors`, api);
    const args = ["--strict", "--python-version", "3.9", "--cache-dir", join(folder, "mypy")];
    expect(execFileSync(mypy, [...args, file], { encoding: "utf8" })).toContain("no issues found");
  }, 120_000);

  it("has nothing but the standard library", () => {
    const program =
      "import ast, sys; tree = ast.parse(sys.stdin.read()); " +
      "names = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names} | " +
      "{n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}; " +
      "print(' '.join(sorted(n for n in names if n.split('.')[0] not in sys.stdlib_module_names)))";
    const found = execFileSync(python3(), ["-c", program], { input: text, encoding: "utf8" });
    expect(found.trim().replace("__future__", "")).toBe("");
  });

  it("has lines that can be read", () => {
    expect(text.split("\n").filter((line) => line.length > 130)).toEqual([]);
    expect(text).not.toMatch(/[ \t]$/m);
    expect(text).not.toMatch(/\n{4}/);
    expect(text.endsWith("\n") && !text.endsWith("\n\n")).toBe(true);
  });
});

describe("the logic", () => {
  it("is the same text for every API, behind the tables and classes of each", () => {
    const [one, ...others] = APIS.map(([, api]) => pythonHandler(api));
    const logic = (text = "") => text.slice(text.indexOf("# --- What must not be seen"));
    for (const other of others) expect(logic(other)).toBe(logic(one));
    expect(logic(one).length).toBeGreaterThan(40_000);
  });

  it("takes whatever a contract holds for data", () => {
    const nasty = 'Acme "\\" \'\'\' """ \n$x `y` {z} ünï\u2028';
    const api = renamed(mavera, { title: nasty, docs: `https://a.example/"'\\` });
    const file = python.write("nasty_errors", api);
    const program = `${load(file)}; import json; print(json.dumps(m.API))`;
    const told = execFileSync(python3(), ["-B", "-W", "error", "-c", program], {
      encoding: "utf8",
    });
    expect(JSON.parse(told)).toBe(nasty);
  });

  it("reads envelopes by what they write, those of somebody's own as well", async () => {
    const own = customEnvelope({
      name: "own",
      contentType: "application/json",
      encode: ({ code, message, param }) => ({
        problems: [{ id: code, text: message, at: param }],
      }),
      decode: () => undefined,
    });
    const bodies = [
      [own, { problems: [{ id: "missing_field", text: "No.", at: "model" }] }],
      [
        problem(),
        { type: "x", title: "missing_field", code: "missing_field", detail: "No.", param: "model" },
      ],
    ] as const;
    for (const [envelope, body] of bodies) {
      const module = python.write(`${envelope.name}_errors`, renamed(mavera, {}, { envelope }));
      const question = {
        do: "parse",
        module,
        status: 400,
        headers: {},
        body: JSON.stringify(body),
      };
      const said = await python.ask(question);
      expect(said).toMatchObject({
        code: "missing_field",
        param: "model",
        type: "validation_error",
        conditions: ["missing_field"],
      });
    }
  });

  it("refuses an envelope that only its own code can read, and says what to do", () => {
    const envelope = { ...problem(), name: "shouting", encode: () => ({ code: "NO" }) };
    expect(() => pythonHandler(renamed(mavera, {}, { envelope }))).toThrow(
      /envelope "shouting".*Write it as a string of its own/,
    );
  });
});

function load(file: string): string {
  const at = JSON.stringify(file);
  return `import importlib.util as u, sys; s = u.spec_from_file_location("m", ${at}); m = u.module_from_spec(s); sys.modules["m"] = m; s.loader.exec_module(m)`;
}
