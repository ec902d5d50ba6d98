// Sealed sessions: what opens them, and that nothing else does.

import fc from "fast-check";
import type { Key } from "sluice/gate";
import { describe, expect, it } from "vitest";
import { createSeal, isOf, markOf, type Session } from "../../src/session/seal.ts";

const pepper = new Uint8Array(32).fill(7);
const other = new Uint8Array(32).fill(8);
const session: Session = {
  id: "session",
  keyId: "key_1",
  keyCreatedAtMs: 5,
  expiresAtMs: 9,
  marks: ["mark"],
};

describe("a seal", () => {
  it("opens what it sealed, and nothing that was changed by one character", () => {
    const { seal, open } = createSeal(pepper, "portal");
    const text = seal(session);
    expect(open(text)).toEqual(session);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom(..."Aa0_-. "), (at, letter) => {
        const changed = text.slice(0, at) + letter + text.slice(at + 1);
        // The last letters of base64url carry bits that mean nothing.
        const isSame = (part: string) => Buffer.from(part, "base64url").toString("hex");
        const [said, mac = ""] = changed.split(".", 2);
        const [saidBefore, macBefore = ""] = text.split(".", 2);
        if (said === saidBefore && isSame(mac) === isSame(macBefore)) return;
        expect(open(changed)).toBeUndefined();
      }),
    );
  });

  it("opens nothing that strangers write", () => {
    const { open } = createSeal(pepper, "portal");
    const said = Buffer.from(JSON.stringify(["a", "key_1", 0, 9e15])).toString("base64url");
    for (const text of ["", ".", said, `${said}.`, `${said}.AAAA`, "x".repeat(5_000)]) {
      expect([text, open(text)]).toEqual([text, undefined]);
    }
    fc.assert(fc.property(fc.string(), (text) => open(text) === undefined));
  });

  it("opens nothing of another purpose or another pepper", () => {
    const text = createSeal(pepper, "portal").seal(session);
    expect(createSeal(pepper, "console").open(text)).toBeUndefined();
    expect(createSeal(other, "portal").open(text)).toBeUndefined();
  });

  it("opens what an older version of the pepper sealed, until that version is gone", () => {
    const text = createSeal(pepper, "portal").seal(session);
    const first = { version: 1, secret: pepper };
    const second = { version: 2, secret: other };
    expect(createSeal([first, second], "portal").open(text)).toEqual(session);
    expect(createSeal([second], "portal").open(text)).toBeUndefined();
    const newer = createSeal([first, second], "portal").seal(session);
    expect(createSeal([second], "portal").open(newer)).toEqual(session);
  });
});

describe("a session", () => {
  const key = (more: Partial<Key>) =>
    ({ id: "key_1", createdAtMs: 5, digests: ["old", "new"], ...more }) as Key;
  const by = (digest: string): Session => ({ ...session, marks: ["another", markOf(digest)] });

  it("is of its key, and not of one that got its id since", () => {
    expect(isOf(by("new"), key({}), 0)).toBe(true);
    expect(isOf(by("new"), key({ createdAtMs: 6 }), 0)).toBe(false);
    expect(isOf(by("new"), key({ id: "key_2" }), 0)).toBe(false);
  });

  it("ends with the secret that opened it", () => {
    expect(isOf(by("old"), key({ overlapUntilMs: 10 }), 9)).toBe(true);
    expect(isOf(by("old"), key({ overlapUntilMs: 10 }), 10)).toBe(false);
    expect(isOf(by("old"), key({}), 0)).toBe(false);
    expect(isOf(by("gone"), key({ overlapUntilMs: 10 }), 0)).toBe(false);
    expect(isOf({ ...session, marks: [] }, key({}), 0)).toBe(true);
  });
});
