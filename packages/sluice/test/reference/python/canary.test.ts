// The key in Python: no error and no client lets it out, by any door that a program or a debugger has.

import { afterAll, describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/base/index.ts";
import { mintKey } from "../../../src/contract/index.ts";
import { APIS } from "./fixtures/apis.ts";
import { Python } from "./fixtures/python.ts";
import { BASE_URL } from "./fixtures/traces.ts";

interface Leaks {
  /** Whose error, and the door. */
  readonly found: readonly (readonly [string, string])[];
  /** Doors by which not even what holds the key shows it. */
  readonly blind: readonly string[];
  readonly kinds: Readonly<Record<string, string>>;
  readonly shown: string;
}

const python = new Python();
afterAll(() => python.stop());

describe.each(APIS)("the key of %s", (name, api) => {
  const module = python.write(`${name}_errors`, api);
  const key = mintKey(api.wire.key, "live", seededRandom(`${name}, canary`));
  const leaks = () => python.ask<Leaks>({ do: "leaks", module, key, baseUrl: BASE_URL });

  it("stays where it is, whatever fails", async () => {
    const { found, blind, kinds } = await leaks();
    expect(blind).toEqual([]);
    expect(found).toEqual([]);
    expect(kinds).toMatchObject({
      "an answer": "UnknownError",
      "a stream for what is none": "MisuseError",
      "a library that keeps the request": "UnknownError",
      "an interrupt": "KeyboardInterrupt",
    });
  });

  it("is shown by as much of it as support asks for", async () => {
    const { shown } = await leaks();
    expect(key.startsWith(shown)).toBe(true);
    expect(shown.length).toBeLessThanOrEqual(10);
  });
});
