// Simulated refusals: a test key asks for a code and gets what the real refusal would have been, to the byte.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CONDITION_NAMES, stepOf } from "../../src/contract/index.ts";
import { acme } from "./fixtures/acme.ts";
import { acmeUpstream } from "./fixtures/acme-upstream.ts";
import { FlawedRig } from "./fixtures/flawed-rig.ts";
import { FLAWS } from "./fixtures/flaws.ts";
import { useInstantDigests } from "./fixtures/instant-digests.ts";
import { secrets } from "./fixtures/people.ts";
import { bytesOf } from "./fixtures/received.ts";
import { createRig } from "./fixtures/rig.ts";

beforeEach(useInstantDigests);
afterEach(() => vi.restoreAllMocks());

function asking(simulate: string, key: string = secrets.test) {
  return { path: "/v1/hello", key, headers: { "Sluice-Simulate": simulate } };
}

/** `.` for an answer as usual, else the code. */
async function series(simulate: string, count: number): Promise<string[]> {
  const rig = await createRig();
  const seen: string[] = [];
  for (let i = 0; i < count; i++) seen.push((await rig.send(asking(simulate))).code ?? ".");
  return seen;
}

describe("a simulated refusal", () => {
  // A ledger that is down is simulated where it is asked first, in *reserve*.
  const alike = FLAWS.filter(({ step }) => step !== "settle");
  it.each(alike.map((flaw) => [`${flaw.code} in ${flaw.step}`, flaw] as const))(
    "is the real one, byte for byte: %s",
    async (_, flaw) => {
      const provoked = await FlawedRig.create("test");
      await flaw.prepare?.(provoked);
      if (flaw.fault !== undefined) provoked.faults.add(flaw.fault);
      const real = await provoked.send(flaw.spoil?.(provoked.sent) ?? provoked.sent);

      const asked = await FlawedRig.create("test");
      await flaw.prepare?.(asked);
      const { sent } = asked;
      const headers = { ...sent.headers, "Sluice-Simulate": flaw.code };
      const simulated = await asked.send({ ...sent, headers });
      expect(simulated.code).toBe(flaw.code);
      expect(bytesOf(simulated)).toEqual(bytesOf(real));
    },
  );

  it("exists for every code of the contract, and ends in the step that owns its condition", async () => {
    for (const code of Object.keys(acme.wire.codes)) {
      const rig = await FlawedRig.create("test");
      const { sent } = rig;
      const received = await rig.send({
        ...sent,
        headers: { ...sent.headers, "Sluice-Simulate": code },
      });
      const condition = code === "content_rejected" ? "moderated" : code;
      const step = stepOf(condition) === "match" ? "identify" : stepOf(condition);
      expect({ code: received.code, row: rig.rig.row(received) }).toMatchObject({
        code,
        row: { code, condition, endedAt: step, ending: "refused", simulated: true, charged: 0 },
      });
    }
    expect(CONDITION_NAMES.length).toBe(Object.keys(acme.wire.codes).length - 1);
  });

  it("is never charged, holds nothing, keeps no slot and no idempotency key", async () => {
    for (const code of Object.keys(acme.wire.codes)) {
      const rig = await FlawedRig.create("test");
      const { sent } = rig;
      await rig.send({ ...sent, headers: { ...sent.headers, "Sluice-Simulate": code } });
      expect(rig.traces()).toMatchObject({ slotsInUse: 0, runs: 0, funds: { used: 0, held: 0 } });
      // The same idempotency key works as if it had never been used.
      const real = await rig.send(sent);
      expect({ code, status: real.status }).toEqual({ code, status: 201 });
      expect(real.header("Idempotent-Replayed")).toBeUndefined();
    }
  });

  it("waits for the steps before its own: what is really wrong there speaks first", async () => {
    const rig = await createRig();
    const real = await rig.send({ ...asking("internal"), path: "/v1/nowhere" });
    expect(real.code).toBe("not_found");
    expect(rig.row(real).simulated).toBe(false);
    const invalid = await rig.send({ ...asking("credits_exhausted"), path: "/v1/chat", body: {} });
    expect(invalid.code).toBe("missing_field");
    const early = await rig.send({ ...asking("forbidden"), path: "/v1/chat", body: {} });
    expect(early.code).toBe("forbidden");
  });
});

describe("times and after", () => {
  it.each<[string, string[]]>([
    ["conflict", ["conflict", "conflict", "conflict", "conflict", "conflict"]],
    ["conflict; times=2", ["conflict", "conflict", ".", ".", "."]],
    ["conflict; after=2", [".", ".", "conflict", "conflict", "conflict"]],
    ["conflict; times=1; after=1", [".", "conflict", ".", ".", "."]],
    ["conflict;after=3;times=1", [".", ".", ".", "conflict", "."]],
    ['"conflict";times=1', ["conflict", ".", ".", ".", "."]],
    ["conflict; times=0", [".", ".", ".", ".", "."]],
  ])("%s gives the same series each time", async (simulate, expected) => {
    expect(await series(simulate, 5)).toEqual(expected);
    expect(await series(simulate, 5)).toEqual(expected);
  });

  it("count each key and each header value by itself", async () => {
    const rig = await createRig();
    const once = async (what: string) => (await rig.send(asking(what))).code ?? ".";
    expect(await once("conflict; times=1")).toBe("conflict");
    expect(await once("internal; times=1")).toBe("internal");
    expect(await once("conflict; times=1")).toBe(".");
    expect(await once("internal; times=1")).toBe(".");
  });
});

describe("a header that cannot be understood", () => {
  it.each([
    "no_such_code",
    "",
    ";",
    "conflict; times=-1",
    "conflict; times=1.5",
    "conflict; times=often",
    'conflict; times="1"',
    "conflict; times",
    "conflict; when=1",
    "conflict, internal",
    "(conflict)",
    "conflict; times=9999999999999999",
    "42",
    ":Y29uZmxpY3Q=:",
    "conflict\u00e9",
    "toString",
    "__proto__",
  ])("%j is refused as a parameter, and names the header", async (simulate) => {
    const rig = await createRig();
    const refused = await rig.send(asking(simulate));
    expect(refused.code).toBe("invalid_parameter");
    expect(refused.param).toBe("Sluice-Simulate");
    expect(refused.text).not.toContain("no_such_code");
    expect(rig.row(refused).endedAt).toBe("validate");
  });
});

describe("a live key", () => {
  it("is answered as if the header were not there, and does not count in a series", async () => {
    const rig = await createRig();
    for (const simulate of ["internal", "nonsense", "rate_limited; times=1"]) {
      const received = await rig.send(asking(simulate, secrets.pro));
      expect(received.status).toBe(200);
      expect(rig.row(received).simulated).toBe(false);
    }
  });
});

describe("the upstream", () => {
  it("never hears of the header, whoever sends it", async () => {
    const told: string[] = [];
    const plain = acmeUpstream();
    const upstream: typeof plain = {
      ...plain,
      run(work) {
        for (const [name] of work.headers()) told.push(name.toLowerCase());
        return plain.run(work);
      },
    };
    const rig = await createRig({ upstream });
    expect((await rig.send(asking("conflict; after=9"))).status).toBe(200);
    expect((await rig.send(asking("conflict", secrets.pro))).status).toBe(200);
    expect(told).toEqual([]);
  });
});
