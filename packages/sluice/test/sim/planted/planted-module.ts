// The library once more, with one bug in it: the sources are loaded under addresses of their own, and one of them is changed on
// the way. Nothing of it is written to disk, and the library that everybody else uses stays as it is.

import { registerHooks } from "node:module";
import type * as Sim from "sluice/sim";
import { PLANTED } from "./bugs.ts";
import type { Planted } from "./planted-bug.ts";

const SOURCES = new URL("../../../src/", import.meta.url).href;
const MARK = "planted";

registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    const mark = markOf(context.parentURL);
    if (mark === undefined || !resolved.url.startsWith(SOURCES)) return resolved;
    return { ...resolved, url: `${resolved.url}?${MARK}=${mark}` };
  },
  load(url, context, next) {
    const loaded = next(url, context);
    const bug = PLANTED[Number(markOf(url) ?? -1)];
    if (bug === undefined || !url.startsWith(`${SOURCES}${bug.file}?`)) return loaded;
    return { ...loaded, source: changed(bug, String(loaded.source)) };
  },
});

/** The simulator, over the library with this bug. */
export async function simulatorWith(bug: Planted): Promise<typeof Sim> {
  const mark = PLANTED.indexOf(bug);
  return (await import(`${SOURCES}sim/index.ts?${MARK}=${mark}`)) as typeof Sim;
}

function markOf(url: string | undefined): string | undefined {
  return url?.match(/\?planted=(\d+)$/)?.[1];
}

function changed({ name, file, find, put }: Planted, source: string): string {
  const count = source.split(find).length - 1;
  if (count === 1) return source.replace(find, () => put);
  throw new Error(`"${name}": ${file} has its text ${count} times; change the row in bugs.ts`);
}
