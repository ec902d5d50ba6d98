/** What a promise may need before anybody can find out whether it is kept: keys, and leave to do what is not safe. */

/** The keys that a check can be given, by what is the matter with each. `second` is of the account of `main`. */
export const KEY_ROLES = [
  "main",
  "second",
  "test",
  "revoked",
  "expired",
  "lapsed",
  "no-plan",
  "no-permission",
  "no-credits",
  "no-budget",
] as const;
export type KeyRole = (typeof KEY_ROLES)[number];

/** What a check may do beyond what is safe. */
export const PERMISSIONS = ["write", "spend", "exhaust", "links"] as const;
export type Permission = (typeof PERMISSIONS)[number];

export type Need = { readonly key: KeyRole } | { readonly may: Permission } | "usage";

/** What a need asks of whoever runs the check. */
export function needInWords(need: Need): string {
  if (need === "usage")
    return "--usage <operation>:<pointer>, where the account's usage can be read";
  if ("key" in need) return `--key ${need.key}=env:…, ${KEYS_IN_WORDS[need.key]}`;
  return `--${need.may}, ${PERMISSIONS_IN_WORDS[need.may]}`;
}

const KEYS_IN_WORDS: Readonly<Record<KeyRole, string>> = {
  main: "a key that works",
  second: "another key of the same account",
  test: "a test key",
  revoked: "a revoked key",
  expired: "an expired key",
  lapsed: "a key of an account whose subscription has lapsed",
  "no-plan": "a key of an account whose plan is too small",
  "no-permission": "a key that lacks a permission",
  "no-credits": "a key of an account without credits",
  "no-budget": "a key whose budget is spent",
};

const PERMISSIONS_IN_WORDS: Readonly<Record<Permission, string>> = {
  write: "which lets it create things",
  spend: "which lets it spend credits",
  exhaust: "which lets it fill a rate window",
  links: "which lets it ask for pages of the documents",
};
