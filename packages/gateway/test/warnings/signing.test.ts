// The signature: of each account another secret, of each version of the pepper a signature, checked by somebody else's code.

import { systemClock } from "sluice/base";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { signedHeaders, signingSecret } from "../../src/warnings/signing.ts";

const pepper = (fill: number) => new Uint8Array(32).fill(fill);
const body = '{"type":"credits.low"}';

describe("a signing secret", () => {
  it("is another one for each account, version and pepper, and as long as it should be", () => {
    const secrets = [
      signingSecret(pepper(1), "acct_1", 1),
      signingSecret(pepper(1), "acct_1", 2),
      signingSecret(pepper(1), "acct_2", 1),
      signingSecret(pepper(2), "acct_1", 1),
    ];
    expect(new Set(secrets).size).toBe(4);
    for (const secret of secrets) {
      expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
      expect(Buffer.from(secret.slice("whsec_".length), "base64")).toHaveLength(32);
    }
    expect(signingSecret(pepper(1), "acct_1", 1)).toBe(secrets[0]);
  });
});

describe("a signature", () => {
  it("is believed by whoever knows the secret of the newest pepper, or still that of an older", () => {
    const peppers = [
      { version: 1, secret: pepper(1) },
      { version: 2, secret: pepper(2) },
    ];
    const account = { id: "acct_1", secretVersion: 1 };
    const message = { id: "wrn_1", body, atMs: systemClock.wallMs() };
    const headers = { ...signedHeaders(peppers, account, message) };
    const newest = signingSecret(peppers, "acct_1", 1);
    expect(newest).toBe(signingSecret(pepper(2), "acct_1", 1));
    for (const secret of [newest, signingSecret(pepper(1), "acct_1", 1)]) {
      expect(new Webhook(secret).verify(body, headers)).toEqual({ type: "credits.low" });
    }
    const other = new Webhook(signingSecret(pepper(3), "acct_1", 1));
    expect(() => other.verify(body, headers)).toThrow(/No matching signature/);
    expect(new Webhook(newest).sign("wrn_1", new Date(message.atMs), body)).toBe(
      headers["webhook-signature"].split(" ")[0],
    );
  });

  it("is of its own time: an old one is refused", () => {
    const secret = signingSecret(pepper(1), "acct_1", 1);
    const atMs = systemClock.wallMs() - 10 * 60_000;
    const account = { id: "acct_1", secretVersion: 1 };
    const headers = { ...signedHeaders(pepper(1), account, { id: "wrn_1", body, atMs }) };
    expect(() => new Webhook(secret).verify(body, headers)).toThrow(/too old/);
  });
});
