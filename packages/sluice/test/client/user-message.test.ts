// What end users read: the application's own words, in their language, and never what the server said.

import { mavera as api, wire as mavera } from "@sluice-apis/mavera/contract";
import { describe, expect, it } from "vitest";
import { ApiError } from "../../src/client/errors/api-error.ts";
import { createUserMessage, type UserMessages } from "../../src/client/errors/user-message.ts";
import { ACTIONS } from "../../src/contract/index.ts";
import { failureOf, NOW_MS } from "./failure/answers.ts";

const about = { code: "credits_exhausted", action: "top_up" } as const;
const texts: UserMessages = {
  credits_exhausted: "No credits are left.",
  de: { credits_exhausted: "Das Guthaben ist aufgebraucht.", wait: "Bitte warten." },
  "de-CH": { credits_exhausted: "S Guethabe isch ufbruucht." },
  "zh-Hant": { top_up: "點數已用完。" },
};

const said = (
  language?: string,
  which: Parameters<ReturnType<typeof createUserMessage>>[0] = about,
) => createUserMessage(texts, language)(which);

describe("a message for end users", () => {
  it("is a sentence for who must act, where the application has none of its own", () => {
    const speak = createUserMessage();
    const sentences = ACTIONS.map((action) => speak({ code: "any", action }));
    expect(new Set(sentences).size).toBe(ACTIONS.length);
    for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].+\.$/);
  });

  it("is the application's own for a code", () => {
    expect(said()).toBe("No credits are left.");
  });

  it.each([
    ["de", "Das Guthaben ist aufgebraucht."],
    ["DE-at", "Das Guthaben ist aufgebraucht."],
    ["de-CH-1996", "S Guethabe isch ufbruucht."],
    ["de_CH", "S Guethabe isch ufbruucht."],
    ["zh-Hant-TW", "點數已用完。"],
    ["zh", "No credits are left."],
    ["fr", "No credits are left."],
    ["", "No credits are left."],
  ])("is in the narrowest language that there is: %s", (language, text) => {
    expect(said(language)).toBe(text);
  });

  it("is one for the action where the language has none for the code", () => {
    expect(said("de-CH", { code: "rate_limit_exceeded", action: "wait" })).toBe("Bitte warten.");
    expect(said("de", { code: "forbidden", action: "contact" })).toContain("contact support");
  });

  it("is never a member of every object, nor a language", () => {
    for (const code of ["constructor", "__proto__", "toString", "de"]) {
      expect(said("en", { code, action: "contact" })).toContain("contact support");
    }
  });

  it("can be taken from the contract's pages", () => {
    const pages = Object.fromEntries(
      Object.values(api.pages).map(({ code, endUser }) => [code, endUser]),
    );
    const speak = createUserMessage(pages);
    for (const [code, { action }] of Object.entries(mavera.codes)) {
      expect(speak({ code, action })).toBe(pages[code]);
    }
  });

  it("says nothing of what went on inside", () => {
    const message = "PSQLException: relation accounts at db-3.internal:5432";
    const error = new ApiError(failureOf(500, { message, code: "pg_error" }), { nowMs: NOW_MS });
    expect(error.userMessage).toBe("We are a little busy. Please try again in a moment.");
  });
});
