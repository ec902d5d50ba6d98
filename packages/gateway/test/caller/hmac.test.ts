// HMAC-SHA256 against the vectors of the RFCs and against Node's own.

import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HmacSha256 } from "../../src/caller/hmac.ts";

describe("HMAC-SHA256", () => {
  it("makes the signature of RFC 9421, B.2.5", () => {
    const key = Buffer.from(
      "uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==",
      "base64",
    );
    const base = [
      '"date": Tue, 20 Apr 2021 02:07:55 GMT',
      '"@authority": example.com',
      '"content-type": application/json',
      '"@signature-params": ("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"',
    ].join("\n");
    expect(new HmacSha256(key).base64(base)).toBe("pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=");
  });

  it("makes the digests of RFC 4231, 4.7 and 4.8: keys longer than a block", () => {
    const hmac = new HmacSha256(Buffer.alloc(131, 0xaa));
    const hex = (text: string) => Buffer.from(hmac.base64(text), "base64").toString("hex");
    expect(hex("Test Using Larger Than Block-Size Key - Hash Key First")).toBe(
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
    );
    expect(
      hex(
        "This is a test using a larger than block-size key and a larger than block-size data. " +
          "The key needs to be hashed before being used by the HMAC algorithm.",
      ),
    ).toBe("9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2");
  });

  it("agrees with Node for every key and text, one after the other", () => {
    const keys = fc.uint8Array({ minLength: 32, maxLength: 200 });
    const texts = fc.array(fc.string({ unit: "binary-ascii", maxLength: 500 }), { maxLength: 5 });
    fc.assert(
      fc.property(keys, texts, (key, said) => {
        const hmac = new HmacSha256(key);
        for (const text of said) {
          const expected = createHmac("sha256", key).update(text, "latin1").digest("base64");
          expect(hmac.base64(text)).toBe(expected);
        }
      }),
    );
  });

  it("agrees with Node around the length where texts go the ordinary way", () => {
    const key = Buffer.alloc(32, 7);
    const hmac = new HmacSha256(key);
    for (const length of [16_383, 16_384, 16_385, 100_000]) {
      const text = "x".repeat(length);
      const expected = createHmac("sha256", key).update(text).digest("base64");
      expect(hmac.base64(text)).toBe(expected);
    }
  });

  it("takes no secret that could be guessed", () => {
    expect(() => new HmacSha256("x".repeat(31))).toThrow("at least 32 bytes, this one has 31");
  });
});
