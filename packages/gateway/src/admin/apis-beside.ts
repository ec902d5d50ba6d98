// What must be true of APIs that an admin API is beside: their titles name them, and their keys are never taken for its tokens.

import type { AnyApi } from "sluice";
import { wire as admin } from "./contract/wire.ts";

/** Nobody else's keys may begin like this. */
const reserved = "sluice";

/** What cannot be, and what to do about it; undefined where all is well. */
export function refuseApis(
  apis: readonly AnyApi[],
): { readonly what: string; readonly advice: string } | undefined {
  // One contract may be served at several mounts.
  const titles = [...new Set(apis)].map(({ wire }) => wire.about.title);
  const twice = titles.find((title, index) => titles.indexOf(title) !== index);
  if (twice !== undefined) {
    return { what: `two contracts have the title "${twice}"`, advice: "give each its own" };
  }
  const { title } = admin.about;
  if (titles.includes(title)) {
    return { what: `"${title}" is the admin API's own title`, advice: "give the contract another" };
  }
  for (const { wire } of apis) {
    const taken = Object.values(wire.key.prefixes).find(isTokenPrefix);
    if (taken === undefined) continue;
    const what = `keys of ${wire.about.title} begin with "${taken}", as tokens of the admin API do`;
    return { what, advice: "choose another prefix" };
  }
  return undefined;
}

/** Whether keys that begin so could be taken for tokens of the admin API. */
export function isTokenPrefix(prefix: string): boolean {
  return prefix.startsWith(reserved) || admin.key.prefixes.live.startsWith(prefix);
}
