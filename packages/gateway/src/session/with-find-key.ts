// A directory that finds keys in another way, and does everything else as before.

import type { Directory } from "sluice/gate";

export function withFindKey(directory: Directory, findKey: Directory["findKey"]): Directory {
  return new Proxy(directory, {
    get(target, member) {
      if (member === "findKey") return findKey;
      const value: unknown = Reflect.get(target, member);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
