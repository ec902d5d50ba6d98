// Every option that the checker knows, with its path and its shape: `contract.windows.<window>.limit`, `open[].path`.

import type { Shape } from "../../src/config/shape/shape.ts";

export type Options = ReadonlyMap<string, Shape>;

export function optionsOf(...shapes: readonly Shape[]): Options {
  const found = new Map<string, Shape>();
  for (const shape of shapes) collect("", shape, found);
  return found;
}

function collect(at: string, shape: Shape, found: Map<string, Shape>): void {
  switch (shape.kind) {
    case "object":
      for (const [name, { shape: inner }] of Object.entries(shape.members)) {
        const path = at === "" ? name : `${at}.${name}`;
        if (!found.has(path)) found.set(path, inner);
        // A contract like the other one: what it takes is said there.
        if (path === "shadow") continue;
        collect(path, inner, found);
      }
      return;
    case "map":
      collect(`${at}.<${shape.name}>`, shape.of, found);
      return;
    case "list":
      collect(`${at}[]`, shape.of, found);
      return;
    case "one of":
    case "kinds":
    case "either":
      for (const inner of Object.values(shape.by)) collect(at, inner, found);
  }
}
