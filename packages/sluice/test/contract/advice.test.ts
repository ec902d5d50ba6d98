// Advice: the nearest name to a misspelt one, and complaints that all come at once.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  Complaints,
  DeclarationError,
  didYouMean,
  nearestName,
} from "../../src/contract/check/advice.ts";
import { CONDITION_NAMES } from "../../src/contract/index.ts";

const NAMES = ["rate_limited", "rate_limit", "not_found", "internal", "title", "per"];

describe("the nearest name", () => {
  it.each([
    ["rate_limitd", "rate_limited"],
    ["rate-limited", "rate_limited"],
    ["RATE_LIMITED", "rate_limited"],
    ["notfound", "not_found"],
    ["not_fuond", "not_found"],
    ["titel", "title"],
    ["pre", "per"],
    ["pe", "per"],
    ["intrenal", "internal"],
  ])("to %s is %s", (name, nearest) => {
    expect(nearestName(name, NAMES)).toBe(nearest);
  });

  it.each(["teapot", "limit", "", "perpetual", "tit"])(
    "to %j is none: too much would change",
    (name) => {
      expect(nearestName(name, NAMES)).toBeUndefined();
    },
  );

  it("is the first of those that are as near", () => {
    expect(nearestName("bat", ["cat", "rat"])).toBe("cat");
  });

  it("is found after any one slip in the name of a condition", () => {
    const letters = fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz_");
    const slips = fc.constantFrom("left out", "doubled", "swapped", "changed");
    fc.assert(
      fc.property(
        fc.constantFrom(...CONDITION_NAMES),
        fc.nat(8),
        slips,
        letters,
        (name, i, slip, letter) => {
          const [before, here, next, after] = [
            name.slice(0, i),
            name[i],
            name[i + 1],
            name.slice(i + 2),
          ];
          fc.pre(here !== undefined && next !== undefined);
          const slipped = {
            "left out": `${before}${next}${after}`,
            doubled: `${before}${here}${here}${next}${after}`,
            swapped: `${before}${next}${here}${after}`,
            changed: `${before}${letter}${next}${after}`,
          }[slip];
          expect(nearestName(slipped, CONDITION_NAMES)).toBe(name);
        },
      ),
    );
  });

  it("is asked for, or everything there is is listed", () => {
    expect(didYouMean("titel", NAMES)).toBe('did you mean "title"?');
    expect(didYouMean("zzz", ["a", "b"])).toBe("use one of: a, b");
    expect(didYouMean("zzz", [])).toBe("there are none");
  });
});

describe("complaints", () => {
  it("settle without a word where there are none", () => {
    const complaints = new Complaints();
    complaints.unknownMembers("about", { title: "Acme" }, ["title"]);
    complaints.missingMembers("about", { title: "" }, ["title"]);
    complaints.wholeNumber("limit", 1, 1, 1);
    complaints.unknownName("per", "owner", "key", ["key"]);
    expect(() => complaints.settle("Acme")).not.toThrow();
  });

  it("come all at once, in the order in which they were made", () => {
    const complaints = new Complaints();
    complaints.add("a", "is wrong", "make it right");
    complaints.unknownMembers("", { titel: "" }, ["title"]);
    complaints.missingMembers("key", {}, ["length"]);
    complaints.wholeNumber("limit", 0, 1, 9);
    complaints.unknownName("per", "owner", "keys", ["key"]);
    const caught = (() => {
      try {
        complaints.settle("Acme");
      } catch (error) {
        return error;
      }
      return undefined;
    })();
    expect(caught).toBeInstanceOf(DeclarationError);
    expect(caught).toMatchObject({
      complaints: [
        { at: "a", what: "is wrong", advice: "make it right" },
        { at: "titel", what: "nothing reads this", advice: 'did you mean "title"?' },
        { at: "key.length", what: "is missing", advice: "add length" },
        { at: "limit", what: "0 is not usable", advice: "give a whole number from 1 to 9" },
        { at: "per", what: 'there is no owner "keys"', advice: 'did you mean "key"?' },
      ],
    });
  });
});
