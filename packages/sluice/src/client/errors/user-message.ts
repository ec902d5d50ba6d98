/** What to tell the people in front of an application: never what the server said, always a sentence made for them. */
import type { Action } from "../../contract/index.ts";

/**
 * Texts by code, or by action for all codes without one of their own; likewise by language (BCP 47) below its tag:
 * `{ credits_exhausted: "…", wait: "…", de: { wait: "…" } }`. The contract's pages have one a code, under "What to show
 * an end user".
 */
export type UserMessages = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

export type UserMessage = (about: { readonly code: string; readonly action: Action }) => string;

const BY_ACTION: Readonly<Record<Action, string>> = {
  wait: "We are a little busy. Please try again in a moment.",
  top_up: "This feature is used up for now. Please contact the owner of the account.",
  upgrade: "This feature is not part of the current plan.",
  fix_request: "We could not process this. Please check what you entered.",
  rotate_key: "This feature is not set up correctly. Please contact support.",
  contact: "This feature is not available. Please contact support.",
};

/** The narrowest text: of the language (RFC 4647 §3.4), else of none, else our own; of the code, else of its action. */
export function createUserMessage(texts: UserMessages = {}, language = "en"): UserMessage {
  const byTag = new Map(Object.entries(texts).map(([tag, own]) => [tag.toLowerCase(), own]));
  const sources: readonly (UserMessages | string | undefined)[] = [
    ...tagsOf(language).map((tag) => byTag.get(tag)),
    texts,
    BY_ACTION,
  ];
  return ({ code, action }) => {
    for (const source of sources) {
      if (typeof source !== "object") continue;
      for (const name of [code, action]) {
        const text = Object.hasOwn(source, name) ? source[name] : undefined;
        if (typeof text === "string") return text;
      }
    }
    return BY_ACTION.contact;
  };
}

/** A language and what it falls back to: `zh-hant-tw`, `zh-hant`, `zh`. */
function tagsOf(language: string): readonly string[] {
  const parts = language.toLowerCase().split(/[-_]/);
  return parts.map((_, index) => parts.slice(0, parts.length - index).join("-"));
}
