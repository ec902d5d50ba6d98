// Declarations: one that is right passes, and every way to get it wrong is refused at start, with what is
// wrong, where, and what to do about it.

import { describe, expect, it } from "vitest";
import { type Complaint, DeclarationError } from "../../src/contract/index.ts";
import { acme, declare } from "./fixtures/acme.ts";
import { all, drop, set } from "./fixtures/bend.ts";
import {
  wrongConditions,
  wrongEntries,
  wrongEnvelopes,
  wrongWaits,
} from "./fixtures/wrong/codes.ts";
import { wrongFolding, wrongPages } from "./fixtures/wrong/folding.ts";
import { wrongKeys } from "./fixtures/wrong/key.ts";
import { wrongHeaders, wrongLimits, wrongPlans } from "./fixtures/wrong/limits.ts";
import { wrongMessages } from "./fixtures/wrong/messages.ts";
import { wrongPassing } from "./fixtures/wrong/passing.ts";
import { wrongPrices, wrongServer, wrongServing } from "./fixtures/wrong/server.ts";
import { wrongShown } from "./fixtures/wrong/shown.ts";
import { wrongAbout, wrongMembers, wrongOperations } from "./fixtures/wrong/wire.ts";

const TABLES = {
  members: wrongMembers,
  about: wrongAbout,
  conditions: wrongConditions,
  waits: wrongWaits,
  codes: wrongEntries,
  messages: wrongMessages,
  envelopes: wrongEnvelopes,
  keys: wrongKeys,
  plans: wrongPlans,
  limits: wrongLimits,
  headers: wrongHeaders,
  operations: wrongOperations,
  server: wrongServer,
  passing: wrongPassing,
  serving: wrongServing,
  prices: wrongPrices,
  folding: wrongFolding,
  pages: wrongPages,
  shown: wrongShown,
};

/** What is said of a draft, or of nothing at all. */
function refusalOf(draft: Parameters<typeof declare>[0]): DeclarationError {
  try {
    declare(draft);
  } catch (error) {
    if (error instanceof DeclarationError) return error;
    throw error;
  }
  throw new Error("the declaration passed");
}

describe("a declaration that is right", () => {
  it("passes, and says what it declared", () => {
    const api = declare(acme);
    expect(api.wire.spellings.codeOf("not_found", undefined, undefined)).toBe("not_found");
    expect(api.router.match("GET", "/items")).toMatchObject({ route: { operation: "listItems" } });
    expect(api.pages.conflict.howToFix).toContain("Change the request");
  });

  it("is frozen, so that what was checked stays what is served", () => {
    const api = declare(acme);
    expect(Object.isFrozen(api)).toBe(true);
    expect(Object.isFrozen(api.wire)).toBe(true);
  });

  it("stays as it was, whatever the tables below make of its copies", () => {
    const before = JSON.stringify(acme);
    for (const { break: bend } of Object.values(TABLES).flat()) bend(acme);
    expect(JSON.stringify(acme)).toBe(before);
  });
});

describe.each(Object.entries(TABLES))("a wrong declaration (%s)", (_table, rows) => {
  it.each(rows)("is refused for $name", ({ break: bend, at, what, advice, also = [] }) => {
    const { complaints } = refusalOf(bend(acme));
    expect(complaints.map((complaint) => complaint.at).sort()).toEqual([at, ...also].sort());
    const said = complaints.filter((complaint) => complaint.at === at);
    expect(said).toContainEqual({
      at,
      what: expect.stringContaining(what),
      advice: expect.stringContaining(advice),
    } satisfies Complaint);
  });
});

describe("a declaration with several mistakes", () => {
  it("hears of all of them at once, in the wire layer", () => {
    const error = refusalOf(
      all(
        set("wire.codes.conflict.status", 200),
        set("wire.windows.minute.limit.free", 0),
        drop("wire.operations.analyse.method"),
        set("wire.key.length", 8),
      )(acme),
    );
    expect(error.complaints.map(({ at }) => at)).toEqual([
      "codes.conflict.status",
      "key.length",
      "windows.minute.limit.free",
      "operations.analyse.method",
    ]);
  });

  it("hears of all of them at once, in the server layer and the pages", () => {
    const error = refusalOf(
      all(
        set("server.limitsDown", "shut"),
        drop("server.operations.analyse"),
        set("server.folding.0.condition", "gone"),
        drop("pages.internal"),
      )(acme),
    );
    expect(error.complaints.map(({ at }) => at)).toEqual([
      "limitsDown",
      "operations.analyse",
      "folding.0.condition",
      "pages.internal",
    ]);
  });

  it("hears so in a message that a person can act on", () => {
    const error = refusalOf(
      all(set("wire.codes.conflict.retry", "nevr"), set("wire.plans", ["free", "pro"]))(acme),
    );
    expect(error.name).toBe("DeclarationError");
    expect(error.message).toBe(
      [
        "Acme cannot be served:",
        '  codes.conflict.retry: there is no retry advice "nevr"',
        '    → did you mean "never"?',
        '  windows.minute.limit.team: there is no plan "team"',
        "    → use one of: free, pro",
      ].join("\n"),
    );
  });
});

describe("what looks wrong and is right", () => {
  it.each([
    ["an API without documents", all(drop("wire.about.docs"), drop("wire.headers.help"))],
    ["an API at the root", set("wire.basePath", "")],
    ["an API without slots", drop("wire.slots")],
    [
      "no windows, where no header speaks of them",
      all(set("wire.windows", {}), set("wire.headers.rateLimit", "none")),
    ],
    [
      "hexadecimal keys without a checksum",
      all(set("wire.key.alphabet", "hex"), drop("wire.key.checksum")),
    ],
    ["a plan with nothing but a title", drop("server.plans.pro.allowance")],
    ["any plan", all(drop("server.requires"), drop("server.operations.deleteItem.plans"))],
    [
      "a field's own code that speaks of the field",
      set("wire.conditions.not_found", { code: "not_found", fields: { model: "missing_field" } }),
    ],
    [
      "a narrow rule before a broad one",
      set("server.folding", [
        { when: { status: 409, pointer: "/error", equals: "full" }, condition: "archive_full" },
        { when: { status: 409 }, condition: "conflict" },
      ]),
    ],
    [
      "a rule for a service that is down",
      set("server.folding", [{ when: { status: 503 }, condition: "unavailable" }]),
    ],
  ])("passes: %s", (_name, bend) => {
    expect(() => declare(bend(acme))).not.toThrow();
  });
});
