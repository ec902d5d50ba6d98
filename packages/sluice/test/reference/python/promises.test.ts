// What a generated module promises beyond its decisions, checked in Python's own words under a real Python.

import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { mavera } from "@sluice-apis/mavera/contract";
import { mentova } from "@sluice-apis/mentova/contract";
import { afterAll, expect, it } from "vitest";
import { Python, python3 } from "./fixtures/python.ts";

const python = new Python();
afterAll(() => python.stop());
python.write("mavera_errors", mavera);
python.write("mentova_errors", mentova);

function check(name: string): Promise<string> {
  const program = fileURLToPath(new URL(`fixtures/${name}.py`, import.meta.url));
  const env = { ...process.env, MODULES: python.folder };
  return new Promise((resolve) => {
    execFile(python3(), ["-B", "-W", "error", program], { env }, (_, out, err) =>
      resolve(out + err),
    );
  });
}

it.each([
  ["over_sockets", 16],
  ["around_callables", 13],
  ["paced", 3],
])(
  "%s: every check passes",
  async (name, least) => {
    const said = await check(name);
    expect(said).toMatch(/^OK$/m);
    expect(Number(/^Ran (\d+) tests/m.exec(said)?.[1])).toBeGreaterThanOrEqual(least);
  },
  60_000,
);
