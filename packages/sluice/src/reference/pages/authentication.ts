/** Authentication: what a key looks like, where it goes, how to keep, replace and lose it, and what test keys are for. */
import { type KeyFormat, type KeyPlace, SIMULATE } from "../../contract/index.ts";
import { linkTo, PAGES, pathOfCode } from "../model/addresses.ts";
import type { Reference } from "../model/reference.ts";
import { plainRequest } from "../model/request.ts";
import { listed } from "../model/words.ts";
import { codesOf } from "./codes-of.ts";
import { blocks, code, type DocPage, fence, link, list, steps, table } from "./markdown.ts";
import { curlText } from "./request-text.ts";

const HERE = PAGES.authentication;

export function authenticationPage(reference: Reference): DocPage {
  const { title } = reference.about;
  const summary = `What a key of ${title} looks like, where it goes, how to replace it, and what to do when it leaks.`;
  const markdown = blocks(
    "# Authentication",
    `Every request to ${title} carries an API key. There is nothing else to log in with.`,
    "## Send your key",
    ...sending(reference),
    "## What a key looks like",
    format(reference.api.wire.key),
    ...life(reference),
    ...rotation(reference),
    ...leaks(reference),
    ...testKeys(reference),
    "## When it fails",
    failures(reference),
  );
  return { path: HERE, title: "Authentication", summary, markdown };
}

function sending(reference: Reference): readonly string[] {
  const { api, keyVariable, operations } = reference;
  const { places } = api.wire.key;
  const simple = operations
    .filter(({ wire }) => wire.method === "GET" && !wire.path.includes("{"))
    .toSorted((a, b) => a.wire.path.length - b.wire.path.length)[0];
  const request = plainRequest(api, "GET", simple?.wire.path ?? "/");
  const lines = places.map((keyPlace) => curlText({ ...request, keyPlace }));
  const order =
    places.length < 2
      ? "No other header and no query parameter is read."
      : `${placeName(places[0])} wins where both are there, even if the key in it is the wrong one. No query parameter is read.`;
  return [
    `Put the key into the environment, not into the program: ${code(`${keyVariable}=…`)}. Then send it in ` +
      `${listed(places.map(placeName), "or")}:`,
    fence("sh", lines.join("\n\n")),
    order,
  ];
}

function placeName(place: KeyPlace | undefined): string {
  if (place === undefined) return "";
  return code("bearer" in place ? "Authorization: Bearer <key>" : `${place.header}: <key>`);
}

const ALPHABETS: Readonly<Record<KeyFormat["alphabet"], string>> = {
  hex: "hexadecimal digits (`0-9a-f`)",
  base62: "letters and digits",
};

function format({ prefixes, alphabet, length, checksum }: KeyFormat): string {
  const rows = Object.entries(prefixes).map(([environment, prefix]) => [
    environment === "live" ? "Live" : "Test",
    code(`${prefix}…`),
    `${length} ${ALPHABETS[alphabet]}`,
    prefix.length + length,
  ]);
  const sum =
    checksum === "crc32"
      ? " The last six characters are a checksum (CRC-32, base62) of all before them, so a mistyped key is known as one at once."
      : "";
  return blocks(
    table(["Key", "Begins with", "Then", "Characters in all"], rows),
    `Keys must be exactly as they were copied: a quote, a space or a line break too many makes another key of it.${sum}`,
  );
}

function life({ about }: Reference): readonly string[] {
  const where =
    about.keysAt === undefined ? "by the owner of the account" : `under ${about.keysAt}`;
  return [
    "## Make and revoke",
    list([
      `Keys are made ${where}. A key is shown once, when it is made; nobody can show it again, so one that is lost is replaced.`,
      "A revoked key stops at once and for good.",
      "A key may have a date of expiry, and may belong to one workspace or project.",
      "Lists of keys show the beginning and the last four characters: enough to know yours.",
    ]),
  ];
}

function rotation({ keyVariable, about }: Reference): readonly string[] {
  return [
    "## Replace a key",
    steps([
      `Make a new key${about.keysAt === undefined ? "" : ` under ${about.keysAt}`}. Both work now.`,
      `Put it where your programs read ${code(keyVariable)}, and restart or reload them.`,
      "See that nothing uses the old one any more: your logs have the first characters of the key with each call.",
      "Revoke the old one.",
    ]),
  ];
}

function leaks({ api, about }: Reference): readonly string[] {
  const { live } = api.wire.key.prefixes;
  const report =
    about.support === undefined
      ? ""
      : ` Then write to ${link(about.support, `mailto:${about.support}`)} if you see calls that are not yours.`;
  return [
    "## Keep it secret",
    list([
      `**Never log a full key**, nor send one to support or in a chat: a prefix (${code(`${live}...`)}), the first 10 characters, ` +
        "tells enough.",
      "**Never put it into a page or an app** that others run. Let your own server make the calls.",
      "**Never commit it.** Keys begin with a fixed text, so that scanners of repositories find them.",
      `**If it leaked: revoke it first,** and look afterwards how it happened.${report}`,
    ]),
  ];
}

function testKeys(reference: Reference): readonly string[] {
  const { api, codes } = reference;
  const { test } = api.wire.key.prefixes;
  if (test === undefined) return [];
  const example = codes.find(({ causes }) =>
    causes.some(({ condition }) => condition === "rate_limited"),
  );
  const name = example?.code ?? Object.keys(api.wire.codes)[0] ?? "";
  return [
    "## Test keys",
    `A key that begins with ${code(test)} can rehearse every error of this API before your users meet it. Send the header ` +
      `${code(SIMULATE)} with any code:`,
    table(
      ["Header", "What happens"],
      [
        [code(`${SIMULATE}: ${name}`), "Every such request is answered with this error"],
        [
          code(`${SIMULATE}: ${name}; times=2`),
          "The first two are; then the request is carried out",
        ],
        [
          code(`${SIMULATE}: ${name}; times=1; after=3`),
          "The first three are carried out, the fourth is refused",
        ],
      ],
    ),
    "A rehearsed error is the real one, byte for byte, comes from the same step as the real one, and is never charged. Live keys " +
      "are not affected: for them the header means nothing.",
  ];
}

function failures(reference: Reference): string {
  const conditions = ["missing_key", "malformed_key", "unknown_key", "revoked_key", "expired_key"];
  const own = reference.codes.filter(({ causes }) =>
    causes.some(({ condition }) => conditions.includes(condition)),
  );
  const rows = own.map((one) => [
    link(code(one.code), linkTo(HERE, pathOfCode(one.code))),
    one.status,
    one.summary,
  ]);
  const allowed = codesOf(reference, HERE, ["subscription_inactive", "plan_required", "forbidden"]);
  return blocks(
    table(["Code", "Status", "What it is, and what to do"], rows),
    allowed === "" ? "" : `A key that works may still not be allowed something: ${allowed}.`,
  );
}
