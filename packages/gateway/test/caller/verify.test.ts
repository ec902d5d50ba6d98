// What an upstream believes: everything that the gateway signs, and nothing that differs from it in one bit.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createVerifier } from "../../src/caller/verify.ts";
import { CALLER, NOW_MS, type Received, SECRET, signed } from "./fixtures/signed.ts";

const OTHER = { id: "next", secret: "another secret, which is to take the place of the first" };
const verifier = createVerifier({ secrets: { main: SECRET.secret }, nowMs: () => NOW_MS });
const reason = (received: Received) => verifier.verify(received).reason;

describe("a caller that the gateway has signed", () => {
  it("is believed, with the operation and the request id", () => {
    const { caller, requestId } = verifier.verify(signed());
    expect(caller).toEqual({ ...CALLER, operation: "sayHello" });
    expect(requestId).toBe("0190a8f0-1111-7111-8111-123456789012");
  });

  it("is believed whatever its names are made of, and travels as ASCII", () => {
    const text = fc.string({ unit: "grapheme", maxLength: 40 });
    fc.assert(
      fc.property(text, text, text, (accountId, plan, operation) => {
        const caller = { ...CALLER, accountId, plan };
        const received = signed({ caller, operation });
        expect(received.headers["sluice-caller"]).toMatch(/^[\x20-\x7e]+$/);
        expect(verifier.verify(received).caller).toEqual({ ...caller, operation });
      }),
    );
  });

  it("is believed from a web Headers and from Node's kind of headers alike", () => {
    const received = signed();
    const headers = new Headers(received.headers);
    expect(verifier.verify({ ...received, headers }).caller?.accountId).toBe("acc_1");
    const upper = Object.fromEntries(
      Object.entries(received.headers).map(([name, value]) => [name.toUpperCase(), [value]]),
    );
    expect(verifier.verify({ ...received, headers: upper }).caller?.accountId).toBe("acc_1");
  });

  it("is believed without a query, and with an empty one, which RFC 9421 signs alike", () => {
    expect(reason(signed({ search: "" }))).toBeUndefined();
    expect(reason({ ...signed({ search: "" }), url: "/v1/hello?" })).toBeUndefined();
  });

  it("is believed under either of two secrets while one is being replaced", () => {
    const secrets = { main: SECRET.secret, next: OTHER.secret };
    const both = createVerifier({ secrets, nowMs: () => NOW_MS });
    expect(both.verify(signed()).reason).toBeUndefined();
    expect(both.verify(signed({}, OTHER)).reason).toBeUndefined();
    expect(reason(signed({}, OTHER))).toBe("unknown_secret");
  });
});

describe("a caller that the gateway has not signed like this", () => {
  it("is refused for any bit that is flipped, in anything that is signed and in the signature", () => {
    const original = signed();
    const parts = ["method", "url", ...Object.keys(original.headers)];
    fc.assert(
      fc.property(fc.constantFrom(...parts), fc.nat(), fc.nat(7), (part, position, bit) => {
        const changed: Received = { ...original, headers: { ...original.headers } };
        if (part === "method" || part === "url")
          changed[part] = flip(original[part], position, bit);
        else changed.headers[part] = flip(original.headers[part] ?? "", position, bit);
        expect(reason(changed)).toBeDefined();
      }),
      { numRuns: 3_000 },
    );
  });

  it("is refused with a header of the signature missing, doubled, or in another form", () => {
    for (const name of Object.keys(signed().headers)) {
      const without = signed();
      delete without.headers[name];
      expect(reason(without)).toMatch(/^(missing|malformed)$/);
      const doubled = signed();
      doubled.headers[name.toUpperCase()] = doubled.headers[name] ?? "";
      expect(reason(doubled)).toMatch(/^(malformed|mismatch)$/);
    }
    const fewer = signed();
    const input = fewer.headers["signature-input"] ?? "";
    fewer.headers["signature-input"] = input.replace(' "sluice-caller"', "");
    expect(reason(fewer)).toBe("malformed");
  });

  it("is refused 300 s after and before its time, and not up to then", () => {
    const at = (shiftMs: number) => {
      const nowMs = () => NOW_MS + shiftMs;
      return createVerifier({ secrets: { main: SECRET.secret }, nowMs }).verify(signed()).reason;
    };
    expect([at(300_000), at(-300_000)]).toEqual([undefined, undefined]);
    expect([at(300_001), at(-300_001)]).toEqual(["not_now", "not_now"]);
  });

  it("is refused where another secret has the same id", () => {
    expect(reason(signed({}, { ...OTHER, id: "main" }))).toBe("mismatch");
  });

  it("is refused where a character would be cut down to one that was signed", () => {
    expect(reason({ ...signed(), url: "/v1/hell\u016f?a=b&a=%20" })).toBe("malformed");
  });

  it("is refused with advice for the log that holds nothing of the request", () => {
    expect(verifier.verify({ method: "GET", url: "/", headers: {} })).toEqual({
      reason: "missing",
      advice: "no signature: the request did not come through the gateway",
    });
  });

  it("says at the start what is wrong with the secrets", () => {
    expect(() => createVerifier({ secrets: {} })).toThrow("no secrets");
    expect(() => createVerifier({ secrets: { main: "short" } })).toThrow("at least 32 bytes");
    expect(() => createVerifier({ secrets: { 'a"b': SECRET.secret } })).toThrow("secret id");
  });
});

/** Within Latin 1, so that what results could have come over a wire. */
function flip(text: string, position: number, bit: number): string {
  const at = position % text.length;
  const flipped = String.fromCharCode(text.charCodeAt(at) ^ (1 << bit));
  return text.slice(0, at) + flipped + text.slice(at + 1);
}
