// What counts for a contract that only watches, where one process serves: made when somebody first asks, and kept over reloads.

import { MemoryLimits } from "sluice/store/memory";

export function shadowLimitsInMemory(): () => MemoryLimits {
  let limits: MemoryLimits | undefined;
  return () => {
    limits ??= new MemoryLimits();
    return limits;
  };
}
