// What is taken out of what people read, whichever API's key it is.

import { describe, expect, it } from "vitest";
import { createRedaction } from "../../src/watch/redaction.ts";
import { films } from "../fixtures/film-gate.ts";

const secret = "0123456789abcdefABCDEF0123456789";
const other = { ...films.wire.key, prefixes: { live: "ot.her_live_", test: "ot.her_test_" } };
const redact = createRedaction([films.wire.key, other]);

describe("redaction", () => {
  it.each([
    [`/x/film_live_${secret}`, "/x/film_live_..."],
    [`ot.her_test_${secret} ot.her_live_${secret}`, "ot.her_test_... ot.her_live_..."],
    [`film%5Flive%5F${secret}`, "film_live_..."],
    [`%66ilm_live_%30${secret}`, "film_live_..."],
    [`Bearer sluice_token_${secret}ABCDEF`, "Bearer sluice_token_..."],
    ["redis://user:password@host:6379/1", "redis://host:6379/1"],
    ["/a%2Fb%20c", "/a%2Fb%20c"],
    ["/plain", "/plain"],
    ["", ""],
  ])("of %s leaves %s", (text, safe) => {
    expect(redact(text)).toBe(safe);
  });
});
