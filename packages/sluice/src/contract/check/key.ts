/** What must be true of a key format. */

import type { KeyFormat } from "../key.ts";
import type { Complaints } from "./advice.ts";

const HEADER_NAME = /^[A-Za-z0-9-]+$/;
const PREFIX = /^[A-Za-z0-9_-]{2,32}$/;
/** Ten characters in front and four behind may be shown; what is left must be more than anyone can guess. */
const LENGTH_MIN = 24;
const LENGTH_MAX = 128;

export function checkKeyFormat(format: KeyFormat, complaints: Complaints): void {
  complaints.unknownMembers("key", format, [
    "prefixes",
    "alphabet",
    "length",
    "checksum",
    "places",
  ]);
  complaints.unknownMembers("key.prefixes", format.prefixes, ["live", "test"]);
  complaints.unknownName("key.alphabet", "alphabet", format.alphabet, ["hex", "base62"]);
  complaints.wholeNumber("key.length", format.length, LENGTH_MIN, LENGTH_MAX);
  checkPrefixes(format, complaints);
  if (format.checksum !== undefined) {
    complaints.unknownName("key.checksum", "checksum", format.checksum, ["none", "crc32"]);
  }
  if (format.checksum === "crc32" && format.alphabet !== "base62") {
    complaints.add("key.checksum", "crc32 is written in base62", 'set alphabet: "base62"');
  }
  checkPlaces(format, complaints);
}

function checkPrefixes({ prefixes }: KeyFormat, complaints: Complaints): void {
  const { live, test } = prefixes;
  for (const [name, prefix] of Object.entries(prefixes)) {
    if (PREFIX.test(prefix)) continue;
    complaints.add(
      `key.prefixes.${name}`,
      `"${prefix}" is no prefix`,
      "use 2 to 32 letters, digits, _ or -, such as acme_live_",
    );
  }
  if (test !== undefined && (test.startsWith(live) || live.startsWith(test))) {
    complaints.add(
      "key.prefixes",
      "one prefix begins with the other, so environments cannot be told apart",
      "use two that differ, such as acme_live_ and acme_test_",
    );
  }
}

function checkPlaces({ places }: KeyFormat, complaints: Complaints): void {
  if (places.length === 0) {
    complaints.add("key.places", "no request could carry a key", "add { bearer: true }");
  }
  const seen = new Set<string>();
  for (const [index, place] of places.entries()) {
    const at = `key.places.${index}`;
    complaints.unknownMembers(at, place, ["header", "bearer"]);
    if ("bearer" in place && "header" in place) {
      complaints.add(at, "is two places at once", "write one entry for each");
    }
    const header = "bearer" in place ? "authorization" : (place.header ?? "").toLowerCase();
    if (!HEADER_NAME.test(header)) {
      complaints.add(at, `"${header}" is no header name`, "use letters, digits and -");
    }
    if (header === "authorization" && !("bearer" in place)) {
      complaints.add(at, "Authorization has a scheme", "write { bearer: true }");
    }
    if (seen.has(header)) {
      complaints.add(at, "never reached: the same place stands above", "remove one of them");
    }
    seen.add(header);
  }
}
