// One script of refusals under every host: as many requests, at the same moments, as our client alone makes; never charged
// twice; the same reason for the application; and the key in nothing that anybody can print.

import axios from "axios";
import ky from "ky";
import { apiErrorIn, type Client } from "sluice/client";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { eventOf } from "../scripted-server.ts";
import { createVirtualClient, printed, thrownBy } from "../virtual-client.ts";
import { apiKey, type Fate, refusalBody, startPolyglot, streams, wire } from "./contract.ts";
import { type Host, hosts } from "./hosts.ts";

/** What our own client makes of it, and so must every host. */
const scripts: readonly (readonly [
  what: string,
  fates: readonly Fate[],
  requests: number,
  end: string,
])[] = [
  ["an answer", ["done"], 1, "done"],
  ["a limit that says when", [[429, "rate_limited", 2], "done"], 2, "done"],
  ["a limit that does not", [[429, "rate_limited"], [429, "rate_limited"], "done"], 3, "done"],
  ["a limit beyond the deadline", [[429, "rate_limited", 61]], 1, "rate_limited"],
  ["no credits", [[402, "credits_exhausted"]], 1, "credits_exhausted"],
  ["a spent budget", [[402, "budget_exceeded", 1]], 1, "budget_exceeded"],
  ["a plan without it", [[403, "plan_required"]], 1, "plan_required"],
  ["a lapsed subscription", [[402, "subscription_inactive"]], 1, "subscription_inactive"],
  ["a service that is away for a second", [[503, "unavailable", 1], "done"], 2, "done"],
  ["credits that cannot be checked", [[503, "credits_unavailable", 1]], 3, "credits_unavailable"],
  ["a failure that passes", [[500, "internal"], [504, "upstream_timeout"], "done"], 3, "done"],
  ["a failure that stays", [[500, "internal"]], 3, "internal"],
  ["a page of a proxy", [[502, ""], "done"], 2, "done"],
  ["an answer that is lost", ["lost", "done"], 2, "done"],
  ["answers that are all lost", ["lost"], 3, "connection_failed"],
  ["an answer that is cut in its middle", ["half", "done"], 2, "done"],
  ["answers that are all cut in their middle", ["half"], 3, "connection_failed"],
  [
    "an answer that is lost, and then no credits",
    ["lost", [402, "credits_exhausted"]],
    2,
    "credits_exhausted",
  ],
  ["a call that still runs", [[409, "request_in_progress", 1], "done"], 2, "done"],
  ["a key of another call", [[422, "idempotency_key_reused"]], 1, "idempotency_key_reused"],
  ["a conflict", [[409, "conflict"]], 1, "conflict"],
  ["a revoked key", [[401, "revoked_key"]], 1, "revoked_key"],
  ["a wrong field", [[400, "invalid_field"]], 1, "invalid_field"],
];

async function rig(fates: readonly Fate[]) {
  const server = await startPolyglot(fates);
  const baseUrl = `${server.origin}/v1`;
  return { ...server, ...createVirtualClient(wire, { apiKey, baseUrl }) };
}

/** What everybody tells the console and the error stream meanwhile. */
function listen(): () => string {
  const said: unknown[] = [];
  const names = ["log", "warn", "error", "info", "debug"] as const;
  const spies = names.map((name) =>
    vi.spyOn(console, name).mockImplementation((...all) => void said.push(...all)),
  );
  onTestFinished(() => {
    for (const spy of spies) spy.mockRestore();
  });
  return () => said.map(printed).join("\n");
}

/** When our own client sends, with nothing above it. */
async function ownMoments(fates: readonly Fate[]): Promise<readonly number[]> {
  const { client, drive, sentMs } = await rig(fates);
  await drive(client.call("respond", { body: { model: "m", input: "Hello" } }).catch(() => 0));
  return sentMs;
}

describe.each(hosts)("under $name", (host) => {
  it.each(scripts)("%s", async (_, fates, requests, end) => {
    const said = listen();
    const { client, origin, drive, arrivals, sentMs, events, charges } = await rig(fates);
    const asked = host.ask(client, origin);
    if (end === "done") expect(await drive(asked)).toBe("Hello.");
    else {
      const thrown = await thrownBy(drive(asked));
      expect(host.codeOf(thrown)).toBe(end);
      expect(printed(thrown)).not.toContain(apiKey.slice(10));
    }
    expect(arrivals).toHaveLength(requests);
    expect(sentMs).toEqual(await ownMoments(fates));
    const isDone = fates.some((fate) => typeof fate === "string");
    expect(charges()).toBe(isDone ? 1 : 0);
    expect(new Set(arrivals.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
    for (const { headers } of arrivals) expect(headers.authorization).toBe(`Bearer ${apiKey}`);
    expect(said() + printed(events)).not.toContain(apiKey.slice(10));
  });
});

describe("a read", () => {
  it.each([
    [
      "axios",
      (fetch: Client["fetch"], url: string) => axios.get(url, { adapter: "fetch", env: { fetch } }),
    ],
    [
      "ky, its own retries left on",
      (fetch: Client["fetch"], url: string) => ky.get(url, { fetch }),
    ],
  ])("that stays refused is tried by us only, under %s", async (_, get) => {
    const { client, origin, drive, arrivals } = await rig([[503, "unavailable", 1]]);
    const thrown = await thrownBy(drive<unknown>(get(client.fetchOrThrow, `${origin}/v1/things`)));
    expect(apiErrorIn(thrown)).toMatchObject({ code: "unavailable", attempts: 3 });
    expect(arrivals).toHaveLength(3);
  });
});

const streaming = hosts.filter(
  (host): host is Host & Required<Pick<Host, "stream" | "dialect">> =>
    host.stream !== undefined && host.dialect !== undefined,
);

describe.each(streaming)("a stream under $name", (host) => {
  const whole = streams[host.dialect];
  const failing = eventOf(refusalBody("unavailable"), "error");

  it("is handed on piece by piece", async () => {
    const { client, origin, drive, arrivals } = await rig([{ events: whole }]);
    expect(await drive(host.stream(client, origin))).toBe("Hello.");
    expect(arrivals).toHaveLength(1);
  });

  it("that begins with an error is begun again, and charged once", async () => {
    const { client, origin, drive, arrivals, charges } = await rig([
      { events: [failing] },
      { events: whole },
    ]);
    expect(await drive(host.stream(client, origin))).toBe("Hello.");
    expect(arrivals).toHaveLength(2);
    expect(charges()).toBe(1);
  });

  it.each([
    ["an error", { events: [...whole.slice(0, 3), failing] }, "unavailable"],
    ["a break", { events: whole.slice(0, 3), breaks: true }, host.brokenOff],
    ["an end that comes too soon", { events: whole.slice(0, 3) }, host.brokenOff],
  ])("that has begun is not begun again after %s, and says so", async (_, fate, code) => {
    const said = listen();
    const { client, origin, drive, arrivals } = await rig([fate]);
    const thrown = await thrownBy(drive(host.stream(client, origin)));
    expect(thrown).toBeInstanceOf(Error);
    expect(host.codeOf(thrown)).toBe(code);
    expect(arrivals).toHaveLength(1);
    expect(printed(thrown) + said()).not.toContain(apiKey.slice(10));
  });

  it("that is refused for want of money is asked for once", async () => {
    const { client, origin, drive, arrivals } = await rig([[402, "credits_exhausted"]]);
    const thrown = await thrownBy(drive(host.stream(client, origin)));
    expect(host.codeOf(thrown)).toBe("credits_exhausted");
    expect(arrivals).toHaveLength(1);
  });
});
