// What must be true of APIs that an admin API is beside: their titles name them, and their keys are never taken for its tokens.

import type { AnyApi } from "sluice";
import { adminWire } from "./contract/index.ts";

/** Nobody else's keys may begin like this. */
const reserved = "sluice";

/** What cannot be, and what to do about it; undefined where all is well. */
export function refuseApis(apis: readonly AnyApi[]): string | undefined {
  const titles = apis.map(({ wire }) => wire.about.title);
  const twice = titles.find((title, index) => titles.indexOf(title) !== index);
  if (twice !== undefined) return `two contracts have the title ${twice}: give each its own`;
  if (titles.includes(adminWire.about.title)) {
    return `${adminWire.about.title} is the admin API's own title: give the contract another one`;
  }
  for (const { wire } of apis) {
    for (const prefix of Object.values(wire.key.prefixes)) {
      if (!prefix.startsWith(reserved) && !adminWire.key.prefixes.live.startsWith(prefix)) continue;
      return `keys of ${wire.about.title} begin with ${prefix}, as tokens of the admin API do: choose another prefix`;
    }
  }
  return undefined;
}
