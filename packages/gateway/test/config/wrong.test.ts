// Every wrong configuration is refused at its place, with advice that helps. Nothing else is complained of, no secret shown.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ConfigError } from "../../src/config/index.ts";
import { type Certificates, certificates } from "./certificates.ts";
import { changed, load, SMALL } from "./small.ts";
import { NAMES } from "./wrong/names.ts";
import { SCHEMAS } from "./wrong/schemas.ts";
import { SENSE } from "./wrong/sense.ts";
import { SURROUNDINGS } from "./wrong/surroundings.ts";
import { VALUES } from "./wrong/values.ts";
import type { Wrong } from "./wrong/wrong.ts";

const environment = {
  ACME_PEPPER: "0123456789abcdef0123456789abcdef",
  ACME_SHORT: "hunter2",
  ACME_EMPTY: " ",
};

let tls: Certificates;
beforeAll(() => {
  tls = certificates();
});
afterAll(() => tls.remove());

async function complaintsOf(config: unknown) {
  try {
    await load(config, tls.folder, environment);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error("The configuration was taken");
}

async function expectRefused([, changes, at, says]: Wrong): Promise<void> {
  const { complaints, message } = await complaintsOf(changed(changes));
  const lines = complaints.map((one) => `${one.at}: ${one.what} → ${one.advice}`);
  const found = lines.filter((line) => line.startsWith(`${at}: `));
  expect(found, lines.join("\n")).not.toEqual([]);
  expect(found.join("\n")).toMatch(says);
  // One mistake, one complaint: others only at the same place.
  expect(lines.filter((line) => !found.includes(line))).toEqual([]);
  expect(message).toContain("sluice.config.ts cannot be used");
  expect(message).not.toContain("hunter2");
}

describe("the configuration that the wrong ones are made from", () => {
  it("works", async () => {
    expect((await load(SMALL)).settings.apis).toHaveLength(1);
  });
});

describe("a name that nothing reads", () => {
  it.each(NAMES)("%s", (...wrong) => expectRefused(wrong));
});

describe("a value that cannot be", () => {
  it.each(VALUES)("%s", (...wrong) => expectRefused(wrong));
});

describe("what makes no sense together", () => {
  it.each([...SENSE, ...SURROUNDINGS])("%s", (...wrong) => expectRefused(wrong));
});

describe("a slip in a schema", () => {
  it.each(SCHEMAS)("%s", (...wrong) => expectRefused(wrong));
});

describe("TLS files", () => {
  const withTls = (cert: string, key: string) =>
    complaintsOf(changed([["listeners", { public: { tls: { cert, key } } }]]));

  it("must be a certificate and a key that belong together", async () => {
    const { complaints } = await withTls("./cert.pem", "./other-key.pem");
    expect(complaints).toEqual([
      {
        at: "listeners.public.tls.key",
        what: "does not belong to the certificate in ./cert.pem",
        advice: expect.stringContaining("the key that the certificate was made with"),
      },
    ]);
  });

  it("must be of the right kind, and there", async () => {
    const [swapped] = (await withTls("./key.pem", "./key.pem")).complaints;
    expect(swapped).toMatchObject({
      at: "listeners.public.tls.cert",
      what: "./key.pem is no certificate",
    });
    expect((await withTls("./cert.pem", "./cert.pem")).complaints).toMatchObject([
      { at: "listeners.public.tls.key", what: "./cert.pem is no private key" },
    ]);
    expect((await withTls("./none.pem", "./key.pem")).complaints).toMatchObject([
      { at: "listeners.public.tls.cert", what: "./none.pem does not exist" },
    ]);
  });

  it("are read where they fit", async () => {
    const files = { cert: "./cert.pem", key: "./key.pem" };
    const config = changed([["listeners", { public: { tls: files } }]]);
    const { settings } = await load(config, tls.folder);
    expect(settings.listeners.public.tls).toEqual({ cert: tls.cert, key: tls.key });
  });
});

describe("a configuration with many mistakes", () => {
  it("is told of all of them at once", async () => {
    const { complaints } = await complaintsOf(
      changed([
        ["logz", true],
        ["trustedHops", -1],
        ["contract.windows.perMinute.within", 5],
        ["upstreams.main.url", 7],
      ]),
    );
    expect(complaints.map(({ at }) => at)).toEqual([
      "logz",
      "contract.windows.perMinute.within",
      "upstreams.main.url",
      "trustedHops",
    ]);
  });

  it.each([undefined, null, 7, "text", []])("or is none at all: %j", async (config) => {
    const { complaints } = await complaintsOf(config);
    expect(complaints).toMatchObject([
      { at: "the configuration", advice: expect.stringContaining("an object") },
    ]);
  });
});
