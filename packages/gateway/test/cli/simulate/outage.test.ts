// `sluice simulate outage`: what can be asked for, what is measured, and what is said of it.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { mavera } from "@sluice-apis/mavera/contract";
import { mentova } from "@sluice-apis/mentova/contract";
import type { AnyApi } from "sluice";
import { describe, expect, it, vi } from "vitest";
import { asked } from "../../../src/cli/command/asked.ts";
import {
  type OutageTyped,
  othersFrom,
  scenarioFrom,
  troubleFrom,
} from "../../../src/cli/simulate/outage/asked.ts";
import { measure } from "../../../src/cli/simulate/outage/measured.ts";
import { BIN_MS, Observer } from "../../../src/cli/simulate/outage/observed.ts";
import { scenarioIn } from "../../../src/cli/simulate/outage/scenario-file.ts";
import { tryOutage } from "../../../src/cli/simulate/outage/tried.ts";
import { summaryOf } from "../../../src/cli/simulate/outage/words.ts";
import { newFolder, sluice } from "../fixtures/command.ts";

vi.setConfig({ testTimeout: 60_000 });

const apis = { mavera: mavera as unknown as AnyApi, mentova: mentova as unknown as AnyApi };
const contract = fileURLToPath(import.meta.resolve("@sluice-apis/mentova/contract"));

function typed(args: string): OutageTyped {
  const wish = asked(`simulate outage ${args}`.trim().split(" "));
  if (wish.kind !== "command") throw new Error(`${args} is no command`);
  return wish.typed as unknown as OutageTyped;
}

const SMALL = "--clients 8 --from 10s --length 10s --after 20s";
/** Until other people's clients have given up on what got lost, and tried once more. */
const LONGER = "--clients 8 --from 10s --length 10s --after 50s";

async function tried(
  api: AnyApi,
  args: string,
  policy: "sluice" | "axios-retry" | "none" = "sluice",
  size = SMALL,
) {
  const said = typed(`${size} ${args}`);
  return tryOutage(api, scenarioFrom(api, said, troubleFrom(said)), policy, "1");
}

describe("what is asked for", () => {
  it("has defaults that fit each contract: its plan, its limits, what it reads and what it sells", () => {
    const [group] = scenarioFrom(apis.mentova, typed(""), troubleFrom(typed(""))).callers;
    expect(group).toMatchObject({ plan: "agency", perMinute: 30, policy: "sluice" });
    expect(group?.uses.map(({ operation }) => operation)).toContain("launchCampaign");
    const [other] = scenarioFrom(apis.mavera, typed(""), troubleFrom(typed(""))).callers;
    expect(other?.plan).toBe("starter");
    expect(other?.uses.map(({ operation }) => operation)).toContain("createResponse");
  });

  it("hears of the client's settings", () => {
    const said = typed("--attempts 5 --base-delay 1s --deadline 5s --breaker none");
    expect(scenarioFrom(apis.mavera, said, troubleFrom(said)).callers[0]?.client).toEqual({
      attempts: 5,
      backoff: { baseMs: 1_000 },
      deadline: { totalMs: 5_000, attemptMs: 5_000 },
      breaker: false,
    });
  });

  const slips: readonly (readonly [args: string, said: string])[] = [
    ["--part moon", "give api, limits, ledger, directory, network"],
    ["--part network --how hung", "--part network cannot be hung: say --how down, or --how lossy."],
    ["--how slow --percent 5", "--percent is for --how failing and --how lossy"],
    ["--slow-by 3s", "--slow-by is for --how slow"],
    ["--from 1s", "give 5s to 1h"],
    ["--length 2h", "give 1s to 1h"],
    ["--length soon", "give something like"],
    ["--nodes 17", "give a whole number from 1 to 16"],
    ["--clients 0.5", "give a whole number from 1 to 10000"],
    ["--clients 10000 --rate 600", "at most 200000 are simulated"],
    ["--clients 1 --rate 1", "too few to know what is normal, give 20"],
    ["--attempts 6", "give a whole number from 1 to 5"],
    ["--attempts 1 --base-delay 1s", "--attempts 1 has none"],
    ["--breaker 1", "from 2 to 1000"],
    ["--plan gold", "give starter, basic, professional, enterprise"],
    ["--use createRespons", 'Did you mean "createResponse"?'],
    ["--use createFocusGroup", "it starts jobs"],
    ["--use getUsage", "the gate answers it"],
    ["--alone --compare aws", "--compare would do nothing"],
    ["--compare axios", "give none, openai, ky, p-retry, axios-retry, aws"],
  ];
  it.each(slips)("refuses %s, with what to write instead", (args, said) => {
    const ask = () => {
      const words = typed(args);
      othersFrom(words);
      return scenarioFrom(apis.mavera, words, troubleFrom(words));
    };
    expect(ask).toThrow(said);
  });
});

describe("what is measured", () => {
  const times = { fromMs: 20_000, endMs: 40_000, stopMs: 80_000 };

  /** Ten calls a second that take 50 ms; `fails` says which are not done, `more` how many requests one sends. */
  function seen(fails: (atMs: number) => boolean, more: (atMs: number) => number) {
    const observer = new Observer(times);
    for (let atMs = 0; atMs < times.stopMs; atMs += 100) {
      const one = { group: "a", operation: "b", call: `${atMs}` };
      for (let sent = 0; sent < more(atMs); sent++)
        observer.onlooker.sent?.({ ...one, sentMs: atMs });
      observer.onlooker.called?.({
        ...one,
        begunMs: atMs,
        endedMs: atMs + 50,
        isDone: !fails(atMs),
      });
    }
    return measure(observer, times);
  }

  const isOut = (atMs: number) => atMs >= 20_000 && atMs < 40_000;

  it("is nothing where nobody noticed", () => {
    const found = seen(
      () => false,
      () => 1,
    );
    expect(found).toMatchObject({ isNoticed: false, backMs: 0, stormMs: 0, requestsPerSecond: 10 });
    expect(found.peakLoad).toBeCloseTo(1, 1);
    expect(found.during).toEqual({ calls: 200, atOnce: 200, late: 0, failed: 0 });
  });

  it("is when callers were back, to a tenth of a second", () => {
    expect(seen(isOut, () => 1).backMs).toBe(0);
    const late = seen(
      (atMs) => isOut(atMs) || (atMs >= 40_000 && atMs < 43_200),
      () => 1,
    );
    expect(late.backMs).toBeGreaterThanOrEqual(3_000);
    expect(late.backMs).toBeLessThanOrEqual(3_300);
    expect(
      seen(
        (atMs) => atMs >= 20_000,
        () => 1,
      ).backMs,
    ).toBeUndefined();
  });

  it("is how much of the normal load came, and for how long it was a storm", () => {
    const found = seen(isOut, (atMs) => (isOut(atMs) ? 4 : 1));
    expect(found.peakLoad).toBeCloseTo(4, 1);
    expect(found.stormMs).toBeGreaterThan(19_000);
    expect(found.stormMs).toBeLessThan(25_000);
    expect(found.load[Math.floor(10_000 / BIN_MS)]).toBeCloseTo(1, 1);
  });

  it("counts as late what took much longer than before", () => {
    const observer = new Observer(times);
    for (let atMs = 0; atMs < times.stopMs; atMs += 100) {
      const endedMs = atMs + (isOut(atMs) ? 5_000 : 50);
      const one = { group: "a", operation: "b", call: `${atMs}`, begunMs: atMs };
      observer.onlooker.called?.({ ...one, endedMs, isDone: true });
    }
    const found = measure(observer, times);
    expect(found.during).toEqual({ calls: 200, atOnce: 0, late: 200, failed: 0 });
    expect([found.isNoticed, found.longestMs]).toEqual([true, 5_000]);
  });
});

describe("an outage of a demo contract", () => {
  it("is nothing that callers notice, where the limits are gone; the answers say it", async () => {
    for (const api of Object.values(apis)) {
      const own = await tried(api, "--part limits");
      expect(own.measured.isNoticed).toBe(false);
      expect(own.seen.degraded).toBeGreaterThan(0);
      const said = summaryOf({ own, others: [], rateLimited: "x" });
      expect(said[0]).toContain("noticed next to nothing");
      expect(said.join(" ")).toContain("went on without its store of limits");
    }
  });

  it("says first what went wrong before it", async () => {
    const own = await tried(apis.mavera, "--credits 0 --use createPersona");
    expect(own.measured.before.failed).toBeGreaterThan(0);
    const [first] = summaryOf({ own, others: [], rateLimited: "x" });
    expect(first).toMatch(/^Careful: .* before anything was out \(credits_exhausted\)/);
    expect(
      summaryOf({ own: await tried(apis.mavera, ""), others: [], rateLimited: "x" })[0],
    ).toMatch(/^Your/);
  });

  it("refuses what costs while the ledger is gone, and goes on with the rest", async () => {
    const { seen, measured } = await tried(apis.mavera, "--part ledger");
    expect([...seen.codes.keys()]).toEqual(["service_unavailable"]);
    expect(measured.during.failed).toBeGreaterThan(0);
    expect(measured.during.atOnce).toBeGreaterThan(measured.during.failed / 2);
    expect(measured.wrongCharges).toBe(0);
  });

  it("is over sooner for our client than for one that asks again at once, which sends more", async () => {
    const own = await tried(apis.mentova, "");
    const other = await tried(apis.mentova, "", "axios-retry");
    expect(other.measured.peakLoad).toBeGreaterThan(own.measured.peakLoad);
    const said = summaryOf({ own, others: [other], rateLimited: "RATE_LIMITED" }).join(" ");
    expect(said).toMatch(/^Your clients were back /);
    expect(said).toContain("With axios-retry it was up to");
    expect(said).toContain("none for what was not done");
  });

  it("comes back gently where the network does: all at once it was 3.8 times the usual load", async () => {
    const { measured } = await tried(apis.mentova, "--part network", "sluice", "");
    expect(measured.peakLoad).toBeLessThan(3.4);
  });

  it("charges nobody twice with our client, whatever gets lost, as others do", async () => {
    const lossy = "--part network --how lossy --use createResponse";
    const own = await tried(apis.mavera, lossy, "sluice", LONGER);
    const other = await tried(apis.mavera, lossy, "axios-retry", LONGER);
    expect(own.measured.chargedTwice).toBe(0);
    expect(other.measured.chargedTwice).toBeGreaterThan(0);
    const said = summaryOf({ own, others: [other], rateLimited: "x" }).join(" ");
    expect(said).toContain("none of your calls was done and charged twice; with axios-retry");
  });
});

describe("sluice simulate outage", () => {
  const small = SMALL.split(" ");

  it("prints sentences first, and writes a page to send on", async () => {
    const folder = newFolder();
    const files = ["--html", "a.html", "--svg", "pictures"];
    const args = ["simulate", "outage", contract, ...small, "--compare", "aws", ...files];
    const { code, out, err } = await sluice(folder, args);
    expect(code).toBe(0);
    expect(err).toContain("a.html is written: open it in a browser, or send it on.\n");
    expect(err).toContain("load-on-the-api.svg");
    expect(readFileSync(join(folder, "pictures", "load-on-the-api.svg"), "utf8")).toMatch(/^<svg /);
    const lines = out.split("\n");
    expect(lines[0]).toBe("Mentova: the API behind the gate is down, for 10 s");
    expect(lines[2]).toMatch(/^Your clients were back /);
    expect(out).toMatch(/^your client +.* times/m);
    expect(out).toContain(`The same again: sluice simulate outage ${contract} --clients 8`);
    const page = readFileSync(join(folder, "a.html"), "utf8");
    expect(page).toContain("<h1>Mentova: the API behind the gate is down, for 10 s</h1>");
    expect(page.match(/<figure>/g)).toHaveLength(4);
  });

  it("is the same for the same seed; a scenario that it shows is one that it reads", async () => {
    const folder = newFolder();
    const json = ["--alone", "--json"];
    const first = await sluice(folder, [
      "simulate",
      "outage",
      ...small,
      ...json,
      "--part",
      "ledger",
    ]);
    const data = JSON.parse(first.out) as { scenario: unknown };
    writeFileSync(join(folder, "s.json"), JSON.stringify(data.scenario));
    const again = await sluice(folder, ["simulate", "outage", "--scenario", "s.json", ...json]);
    expect(JSON.parse(again.out)).toEqual(data);
  });

  it("says what is wrong with a scenario, and where", () => {
    const folder = newFolder();
    const file = join(folder, "s.json");
    const said = typed("");
    const right = scenarioFrom(apis.mavera, said, troubleFrom(said));
    const wrongs: readonly (readonly [unknown, string])[] = [
      [{ ...right, durationMss: 1 }, 'Unrecognized key: "durationMss"'],
      [{ ...right, faults: [] }, "nothing is out"],
      [{ ...right, nodes: { count: "2", driftPpm: 0 } }, "s.json: nodes.count: "],
      [{ ...right, credits: undefined }, "s.json: credits: "],
    ];
    for (const [given, message] of wrongs) {
      writeFileSync(file, JSON.stringify(given));
      expect(() => scenarioIn(file, typed(""))).toThrow(message);
    }
    writeFileSync(file, JSON.stringify(right));
    expect(() => scenarioIn(file, typed("--clients 5"))).toThrow("--clients would do nothing");
    expect(scenarioIn(file, typed("--seed 5 --alone"))).toEqual(right);
    expect(() => scenarioIn(join(folder, "no.json"), typed(""))).toThrow("cannot be read");
    writeFileSync(file, "{");
    expect(() => scenarioIn(file, typed(""))).toThrow("is no JSON");
  });

  it("hears of a number out of bounds before anything is run", async () => {
    const folder = newFolder();
    const said = typed(SMALL);
    const scenario = scenarioFrom(apis.mavera, said, troubleFrom(said));
    writeFileSync(
      join(folder, "s.json"),
      JSON.stringify({ ...scenario, nodes: { count: 99, driftPpm: 0 } }),
    );
    const { code, out, err } = await sluice(folder, ["simulate", "outage", "--scenario", "s.json"]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toBe("Scenario: nodes.count is 99; give 1 to 16.\n");
  });
});
