// A request explained from its row alone: what its caller was told, to the letter, and what a person who has never seen our code
// needs to know.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CONDITION_NAMES, isCondition, monthEndMs } from "../../src/contract/index.ts";
import { type Explanation, explain } from "../../src/gate/index.ts";
import { acme } from "./fixtures/acme.ts";
import { expectTold, flawOf, provoke } from "./fixtures/explained.ts";
import { FLAWS } from "./fixtures/flaws.ts";
import { useInstantDigests } from "./fixtures/instant-digests.ts";
import { CHANGE, secretFor, secrets } from "./fixtures/people.ts";
import { receive } from "./fixtures/received.ts";
import { createRig } from "./fixtures/rig.ts";

beforeEach(useInstantDigests);
afterEach(() => vi.restoreAllMocks());

/** What the reason must say, by condition: the numbers, and whose they are. */
const REASONS: Readonly<Record<string, RegExp>> = {
  missing_key: /no API key. A key is sent in the header X-API-Key, or in the header Authorization/,
  malformed_key: /begins with acme_live_ or acme_test_ and has 32 characters/,
  unknown_key: /a key that does not exist/,
  revoked_key: /Its key key_revoked had been revoked/,
  expired_key: /Its key key_expired had expired/,
  rate_limited: /rate limit "requests" of key key_pro was full: 20 of 20 requests in the last 60 s/,
  concurrency_limited: /were running: 2 of 2 of the limit "renders" of account pro/,
  subscription_inactive: /subscription of account pro was not active/,
  plan_required: /The plan "team" of account pro does not include render: it takes pro\./,
  forbidden: /key key_pro does not have the permission "renders:write", which render needs/,
  not_found: /nothing at \/nowhere/,
  method_not_allowed: /something at \/renders, but not for PUT: it takes POST/,
  body_too_large: /larger than the 400 bytes that render takes/,
  unsupported_media_type: /not in a format that render reads/,
  malformed_body: /not well-formed/,
  invalid_parameter: /parameter 'dpi' is not accepted: it must be a whole number of 72 to 600/,
  missing_field: /field 'prompt' is missing/,
  invalid_field: /field 'prompt' is not accepted: it must be a string of 1 to 100 characters/,
  credits_exhausted: /Account pro had too few credits: 5 credits left, and the call may cost 10/,
  budget_exceeded:
    /budget of key key_pro had too little room: of 9 credits in the calendar month, 0 were used and 0 were held .* may cost 10/,
  credits_unavailable: /The store of the credits did not answer|its cost could not be written down/,
  request_in_progress: /earlier request with the same idempotency key was still running/,
  idempotency_key_reused: /had come before with another request/,
  replay_unavailable: /left no answer that could be repeated/,
  conflict: /does not fit what is there already/,
  plan_limit_reached: /as many of these as it may/,
  resource_limit_reached: /can hold no more/,
  moderated: /The API itself refused it: moderated \('prompt'\)/,
  unavailable: /The service that does the work was down or overloaded/,
  upstream_timeout: /did not answer within 5 s/,
  internal: /failed on our side, in the step "run".* under [0-9a-f-]{36}/,
  malformed_request: /no HTTP request that can be understood/,
  headers_too_large: /larger than is read/,
  request_timeout: /did not arrive whole in time/,
};

const UNREADABLE = ["malformed_request", "headers_too_large", "request_timeout"] as const;

function reasonIn({ what, sentences }: Explanation): string {
  const reason = REASONS[what.condition ?? ""] ?? /nobody has said what to expect/;
  return sentences.find((sentence) => reason.test(sentence)) ?? sentences.join("\n");
}

describe("the explanation of a refusal", () => {
  it.each(FLAWS.map((flaw) => [`${flaw.code} in ${flaw.step}`, flaw] as const))(
    "tells what its caller was told, and why: %s",
    async (_, flaw) => {
      const { received, row, explained } = await provoke(flaw);
      expectTold(explained, received);
      expect(reasonIn(explained)).toMatch(REASONS[row.condition ?? ""] as RegExp);
      const text = explained.sentences.join("\n");
      expect(text).toContain(`told ${received.status} ${received.code}, "${received.message}"`);
      expect(text).toContain("It cost nothing.");
      expect(text).toMatch(
        /\nWhat to do: [A-Z][^\n]{15,}\.\nMore: https:\/\/docs.acme.test\/errors\//,
      );
      expect(explained.cost).toEqual({ state: "nothing", credits: 0, overage: 0, isJob: false });
      expect(JSON.parse(JSON.stringify(explained)).sentences).toEqual(explained.sentences);
    },
  );

  it.each(UNREADABLE)("tells what its caller was told, and why: %s", async (condition) => {
    const rig = await createRig();
    const received = receive(rig.gate.unreadable(condition, "203.0.113.9"));
    const explained = explain(acme, rig.row(received));
    expectTold(explained, received);
    expect(reasonIn(explained)).toMatch(REASONS[condition] as RegExp);
    expect(explained.sentences[0]).toMatch(/something arrived from 203\.0\.113\.9\.$/);
  });

  it("knows every condition that there is", () => {
    expect(Object.keys(REASONS).filter(isCondition).sort()).toEqual([...CONDITION_NAMES].sort());
  });

  it.each(Object.keys(acme.wire.codes))(
    "tells what a test key was told that asked for %s, and that nothing of it was real",
    async (code) => {
      const rig = await createRig();
      const headers = { "Sluice-Simulate": code };
      const sent = { path: "/v1/renders", key: secrets.test, headers, body: { prompt: "a cat" } };
      const received = await rig.send(sent);
      const explained = explain(acme, rig.row(received));
      expectTold(explained, received);
      expect(explained.what.simulated).toBe(true);
      expect(explained.passesAtMs).toBeUndefined();
      expect(explained.sentences.join("\n")).toContain("nothing of it was real");
    },
  );
});

describe("what refused, and until when", () => {
  it.each([
    ["rate_limited", "rate window requests of key key_pro: 20 of 20 in 60 s"],
    ["concurrency_limited", "slots renders of account pro: 2 of 2"],
    ["subscription_inactive", "subscription of account pro"],
    ["plan_required", "plan team"],
    ["forbidden", "permission renders:write of key key_pro"],
    ["revoked_key", "key key_revoked"],
    ["credits_exhausted", "credits of account pro: 5 left, 10 needed"],
    ["budget_exceeded", "budget of key key_pro: 0 used and 0 held of 9 in the month, 10 needed"],
    ["credits_unavailable", "ledger"],
    ["invalid_field", undefined],
  ])("is said in words: %s", async (code, words) => {
    const flaw = flawOf(code);
    expect((await provoke(flaw)).explained.refusedBy).toBe(words);
  });

  it("is the very moment at which the same call passes a window", async () => {
    const rig = await createRig();
    const hello = { path: "/v1/hello", key: secrets.pro };
    for (let n = 0; n < 20; n++) {
      await rig.send(hello);
      await rig.clock.advance(17.25);
    }
    const received = await rig.send(hello);
    const { passesAtMs = 0, sentences, told } = explain(acme, rig.row(received));
    expect(told.headers["Retry-After"]).toBe("60");
    const waitMs = passesAtMs - rig.clock.wallMs();
    expect(waitMs).toBe(59_655);
    expect(sentences.join("\n")).toMatch(/would have passed from \S+ \S+ UTC, 59\.7 s later/);
    await rig.clock.advance(waitMs - 1);
    expect((await rig.send(hello)).status).toBe(429);
    await rig.clock.advance(1);
    expect((await rig.send(hello)).status).toBe(200);
  });

  it("is a second window, which the row does not show", async () => {
    const rig = await createRig();
    const chat = { path: "/v1/chat", key: secrets.free, body: { prompt: "hi" } };
    await rig.stores.directory.putAccount(
      {
        id: "free",
        name: "free",
        plan: "pro",
        subscription: "active",
        overrides: { windows: { work: 1 } },
      },
      CHANGE,
    );
    await rig.send(chat);
    const { refusedBy, sentences } = explain(acme, rig.row(await rig.send(chat)));
    expect(refusedBy).toBe("rate window work of account free: 1 of 1 in 10 s");
    expect(sentences.join("\n")).toContain('"work" of account free was full: 1 of 1 requests');
  });

  it("is no moment where the limit is nothing", async () => {
    const rig = await createRig();
    const closed = { id: "pro", name: "pro", plan: "pro", subscription: "active" } as const;
    await rig.stores.directory.putAccount(
      { ...closed, overrides: { windows: { requests: 0 } } },
      CHANGE,
    );
    const received = await rig.send({ path: "/v1/hello", key: secrets.pro });
    const explained = explain(acme, rig.row(received));
    expect(explained.passesAtMs).toBeUndefined();
    expect(explained.sentences.join("\n")).toContain("Waiting does not help: the limit is 0.");
    expectTold(explained, received);
  });

  it("is the address of whoever tries keys", async () => {
    const rig = await createRig({ gate: { unknownKeysPerMinute: 2 } });
    const guess = (n: number) => rig.send({ path: "/v1/hello", key: secretFor(`guess ${n}`) });
    for (let n = 0; n < 2; n++) await guess(n);
    const received = await guess(2);
    const explained = explain(acme, rig.row(received));
    expectTold(explained, received);
    const { address } = explained.who;
    const words = `look-ups of unknown keys from address ${address}: 2 of 2 in 60 s`;
    expect(explained.refusedBy).toBe(words);
    expect(explained.sentences.join("\n")).toContain(
      `came from address ${address}: 2 of 2 in the last 60 s`,
    );
  });

  it("is when the allowance or the budget starts anew", async () => {
    for (const code of ["credits_exhausted", "budget_exceeded"]) {
      const flaw = flawOf(code);
      const { rig, explained } = await provoke(flaw);
      expect(explained.passesAtMs).toBe(monthEndMs(rig.clock.wallMs()));
      expect(explained.sentences.join("\n")).toMatch(
        /(The allowance starts anew|next month begins) at \d{4}-\d\d-01 00:00:00 UTC, [\d a-z]+ later; .* once (credits are added|the budget is raised)/,
      );
    }
  });

  it("is a store that did not answer", async () => {
    const rig = await createRig();
    vi.spyOn(rig.stores.directory, "findKey").mockImplementation(() => {
      throw new Error("the directory is down");
    });
    const received = await rig.send({ path: "/v1/hello", key: secrets.pro });
    const explained = explain(acme, rig.row(received));
    expectTold(explained, received);
    expect(explained.refusedBy).toBe("directory");
    expect(explained.sentences.join("\n")).toContain(
      "The store of the keys and accounts did not answer.",
    );
  });
});

describe("the words of an upstream", () => {
  it("are told again as they were, and cut like those of the caller where they are too long", async () => {
    const texts = [
      "It exists.",
      `"ä" \u0000 </a> ${secretFor("canary")} \u{1f600}`,
      "\u{1f600}".repeat(1_500),
    ];
    for (const text of texts) {
      const conflict = {
        status: 409,
        headers: [],
        body: JSON.stringify({ code: "DUPLICATE", field: "prompt", text }),
      };
      const rig = await createRig({ handlers: { chat: () => conflict } });
      const received = await rig.send({
        path: "/v1/chat",
        key: secrets.pro,
        body: { prompt: "hi" },
      });
      expect(received.code).toBe("conflict");
      const explained = explain(acme, rig.row(received));
      expectTold(explained, received);
      expect(JSON.stringify(explained)).not.toContain(secretFor("canary"));
      expect(received.text.length).toBeLessThan(6_500);
      expect(explained.sentences.join("\n")).toContain(`It said: "${received.message}"`);
    }
  });
});
