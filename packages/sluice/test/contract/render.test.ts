// Rendering: a refusal in an API's own words, with the headers that its caller is owed.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvariantError } from "../../src/base/index.ts";
import {
  defineWire,
  problem,
  type Refusal,
  refuse,
  refuseDomain,
  render,
} from "../../src/contract/index.ts";
import { acmeIn, acmeWire } from "./fixtures/acme.ts";
import { CONTRACTS, conditionsOf, standardIn } from "./fixtures/contracts.ts";
import { mavera } from "./fixtures/mavera.ts";
import { mentova } from "./fixtures/mentova.ts";
import { anyText, factsFor, headersOf, operationsOf, refusalsFor } from "./fixtures/refusals.ts";

const RUNS_PER_CONDITION = 15;
const acme = acmeIn(problem());

describe.each(CONTRACTS)("every refusal of %s", (_name, wire) => {
  function forEachRefusal(check: (refusal: Refusal, operation: string | undefined) => void): void {
    for (const condition of conditionsOf(wire)) {
      const refusals = refusalsFor(wire, condition);
      const property = fc.property(refusals, operationsOf(wire), check);
      fc.assert(property, { numRuns: RUNS_PER_CONDITION });
    }
  }

  it("says when to come back if it is a 429 or a 503, in whole seconds, never early", () => {
    forEachRefusal((refusal, operation) => {
      const rendered = render(wire, refusal, { operation });
      const header = headersOf(rendered).get("Retry-After");
      if (rendered.status === 429 || rendered.status === 503) expect(header).not.toBeNull();
      if (header === null) return;
      expect(header).toMatch(/^[1-9]\d*$/);
      expect(rendered.retryAfterMs).toBe(Number(header) * 1_000);
      const policy = wire.codes[rendered.code]?.retryAfter;
      if (policy !== undefined && "alwaysMs" in policy) {
        expect(rendered.retryAfterMs).toBe(policy.alwaysMs);
        return;
      }
      const wantedMs = refusal.retryAfterMs ?? policy?.otherwiseMs ?? Number.NaN;
      expect(rendered.retryAfterMs).toBeGreaterThanOrEqual(wantedMs);
      expect(rendered.retryAfterMs).toBeLessThan(Math.max(wantedMs, 1) + 1_000);
    });
  });

  it("is kept by no cache and typed as its envelope says", () => {
    forEachRefusal((refusal, operation) => {
      const headers = headersOf(render(wire, refusal, { operation }));
      expect(headers.get("Cache-Control")).toBe("no-store");
      expect(headers.get("Content-Type")).toBe(wire.envelope.contentType);
    });
  });

  it("names a scheme exactly if it is a 401", () => {
    forEachRefusal((refusal, operation) => {
      const rendered = render(wire, refusal, { operation });
      expect(headersOf(rendered).has("WWW-Authenticate")).toBe(rendered.status === 401);
    });
  });

  it("links to its code's page exactly if the contract wants links", () => {
    forEachRefusal((refusal, operation) => {
      const rendered = render(wire, refusal, { operation });
      const link = `<https://acme.dev/docs/errors/${rendered.code}>; rel="help"`;
      expect(headersOf(rendered).get("Link")).toBe(wire.headers.help === true ? link : null);
    });
  });

  it("says nothing of what refused, which is for the operator's log", () => {
    forEachRefusal((refusal, operation) => {
      const loud = render(wire, { ...refusal, by: "window minute of key_7" }, { operation });
      expect(loud).toEqual(render(wire, refusal, { operation }));
    });
  });

  it("has a message that no fact changes if it is a 5xx, save a message that was given", () => {
    for (const condition of conditionsOf(wire)) {
      const facts = factsFor(wire, condition).map(({ message: _, ...others }) => others);
      const property = fc.property(facts, operationsOf(wire), (given, operation) => {
        const retryAfterMs = 3_000;
        const bare: Refusal = { kind: "refusal", condition, retryAfterMs };
        const rendered = render(wire, { ...bare, ...given, retryAfterMs }, { operation });
        if (rendered.status < 500) return;
        const messageIn = ({ body }: { body: string }) =>
          wire.envelope.decode(JSON.parse(body))?.message;
        expect(messageIn(rendered)).toBe(messageIn(render(wire, bare, { operation })));
      });
      fc.assert(property, { numRuns: RUNS_PER_CONDITION });
    }
  });
});

describe("Retry-After", () => {
  const secondsFor = (retryAfterMs: number) =>
    headersOf(render(mavera, refuse("rate_limited", { retryAfterMs }))).get("Retry-After");

  it.each([
    [30_000, "30"],
    [29_001, "30"],
    [29_000.5, "30"],
    [1_000, "1"],
    [1, "1"],
    [0, "1"],
    [-5_000, "1"],
  ])("is the first whole second that is not too early: %d ms", (retryAfterMs, seconds) => {
    expect(secondsFor(retryAfterMs)).toBe(seconds);
  });

  it("is what the contract fixes, whatever the gate knows", () => {
    for (const retryAfterMs of [1, 59_999, 3_600_000]) {
      const rendered = render(mentova, refuse("rate_limited", { retryAfterMs }));
      expect(headersOf(rendered).get("Retry-After")).toBe("60");
    }
  });

  it("is the contract's where the refusal does not know, and the refusal's where it does", () => {
    const unknown = render(acme, refuseDomain("archive_full"));
    const known = render(acme, refuseDomain("archive_full", { retryAfterMs: 4_000 }));
    expect(headersOf(unknown).get("Retry-After")).toBe("90");
    expect(headersOf(known).get("Retry-After")).toBe("4");
  });

  it("is repeated by the message, so that the two can never differ", () => {
    const property = fc.property(fc.integer({ min: -10, max: 10_000_000 }), (retryAfterMs) => {
      const rendered = render(mavera, refuse("rate_limited", { retryAfterMs }));
      const seconds = headersOf(rendered).get("Retry-After");
      expect(rendered.body).toContain(`Please retry after ${seconds} seconds.`);
    });
    fc.assert(property);
    expect(render(acme, refuseDomain("archive_full")).body).toContain("no more for 90 seconds");
  });

  it("cannot be left out of a 429 or a 503, whatever made the refusal", () => {
    for (const condition of ["rate_limited", "unavailable"]) {
      const careless: Refusal = { kind: "refusal", condition };
      expect(() => render(standardIn(problem()), careless)).toThrow(InvariantError);
    }
  });
});

describe("a rendered refusal", () => {
  it.each([
    [
      refuse("unknown_key"),
      401,
      `{"error":{"message":"Invalid API key. Ensure your key starts with 'mvra_live_' and has not been revoked.","type":"authentication_error","code":"invalid_api_key","param":null}}`,
    ],
    [
      refuse("invalid_field", { param: "model", expected: "must be one of ['mavera-1']" }),
      400,
      `{"error":{"message":"Invalid value for 'model': must be one of ['mavera-1'].","type":"invalid_request_error","code":"invalid_model","param":"model"}}`,
    ],
    [
      refuse("credits_exhausted"),
      402,
      `{"error":{"message":"Insufficient credits. Please upgrade your subscription or wait for your next billing cycle.","type":"insufficient_credits","code":"credits_exhausted","param":null}}`,
    ],
    [
      refuse("rate_limited", { retryAfterMs: 30_000 }),
      429,
      `{"error":{"message":"Rate limit exceeded. Please retry after 30 seconds.","type":"rate_limit_error","code":"rate_limit_exceeded","param":null}}`,
    ],
  ])("is what Mavera's documents print: $condition", (refusal, status, body) => {
    expect(render(mavera, refusal)).toMatchObject({ status, body });
  });

  it("is what Mentova's documents print", () => {
    const { status, body } = render(mentova, refuse("rate_limited", { retryAfterMs: 12 }));
    expect({ status, body }).toEqual({
      status: 429,
      body: '{"error":"Rate limit exceeded","code":"RATE_LIMITED"}',
    });
  });

  it("is the same bytes each time", () => {
    const refusal = refuse("invalid_field", { param: "name", expected: "must be text" });
    expect(render(acme, refusal)).toEqual(render(acme, refusal));
  });

  it("lists the methods that are allowed", () => {
    const rendered = render(acme, refuse("method_not_allowed", { allowed: ["GET", "HEAD"] }));
    expect(headersOf(rendered).get("Allow")).toBe("GET, HEAD");
    expect(rendered.body).toContain("Use GET, HEAD.");
  });

  it("speaks the condition's own words where a code stands for several", () => {
    const running = refuse("concurrency_limited", { retryAfterMs: 2_000, limit: 10 });
    expect(render(mavera, running).body).toContain(
      "At most 10 may run at once. Please retry after 2 seconds.",
    );
    expect(render(acme, refuse("unknown_key")).body).toContain("Nobody has this key.");
  });

  it("speaks the upstream's words where it was given some", () => {
    const refusal = refuse("conflict", { message: "A brand of this name exists." });
    expect(render(mentova, refusal).body).toBe(
      '{"error":"A brand of this name exists.","code":"CONFLICT"}',
    );
  });

  it("names the scheme that the API reads keys with", () => {
    const challenge = (wire: typeof acme) =>
      headersOf(render(wire, refuse("missing_key"))).get("WWW-Authenticate");
    expect(challenge(mavera)).toBe('Bearer realm="Mavera"');
    expect(challenge(standardIn(problem()))).toBe('ApiKey realm="Plain"');
  });

  it("has headers that can be sent, whatever the API is called", () => {
    fc.assert(
      fc.property(
        anyText.filter((title) => title.trim() !== ""),
        (title) => {
          const wire = defineWire({ ...acmeWire, about: { ...acmeWire.about, title } });
          const { headers } = render(wire, refuse("missing_key"));
          const challenge = headers[headers.indexOf("WWW-Authenticate") + 1];
          expect(challenge).toMatch(/^Bearer realm="[\x20-\x21\x23-\x5b\x5d-\x7e]*"$/);
        },
      ),
    );
  });

  it("links to the page of its code where the contract wants that, not otherwise", () => {
    const linkOf = (help: { readonly help?: boolean }) => {
      const wire = defineWire({ ...acmeWire, headers: { rateLimit: "none", ...help } });
      return headersOf(render(wire, refuse("internal"))).get("Link");
    };
    expect(linkOf({ help: true })).toBe('<https://acme.dev/docs/errors/internal>; rel="help"');
    expect(linkOf({ help: false })).toBeNull();
    expect(linkOf({})).toBeNull();
  });

  it("is of no type of its own as a problem without documents (RFC 9457 §4.2.1)", () => {
    const { body } = render(standardIn(problem()), refuse("internal"));
    expect(JSON.parse(body)).toMatchObject({ type: "about:blank", code: "internal" });
    expect(JSON.parse(render(acme, refuse("internal")).body)).toMatchObject({
      type: "https://acme.dev/docs/errors/internal",
    });
  });

  it("cannot be made of a condition that the contract does not know", () => {
    expect(() => render(acme, refuseDomain("shelf_full"))).toThrow("no code for the condition");
    const stray: Refusal = { kind: "refusal", condition: "internal", code: "teapot" };
    expect(() => render(acme, stray)).toThrow("the code teapot is not in the catalogue");
  });
});
