// A gate of Acme with a second contract beside it: Acme with other limits, prices or plans.

import { type AnyApi, type Api, defineApi, standard } from "../../../src/contract/index.ts";
import type { Difference, Limits, ShadowCounts } from "../../../src/gate/index.ts";
import { MemoryLimits } from "../../../src/store/memory/index.ts";
import { acme, wire } from "../fixtures/acme.ts";
import { createRig, type Rig, type RigOptions } from "../fixtures/rig.ts";

const content_rejected = [
  "# content_rejected",
  "## What happened\n\nThe content broke the rules.",
  "## How to fix\n\nWrite something else.",
  "## What to show an end user\n\nPlease write something else.",
].join("\n\n");

/** Acme, but for what is changed. */
export function otherAcme(changed: {
  readonly windows?: Partial<typeof wire.windows> | Record<string, unknown>;
  readonly slots?: unknown;
  readonly operations?: Readonly<Record<string, object>>;
  readonly plans?: Readonly<Record<string, object>>;
}): AnyApi {
  const { operations = {}, plans = {} } = changed;
  const { operations: own, plans: ownPlans, ...server } = acme.server;
  const changedOperations = Object.entries(own).map(([name, one]) => [
    name,
    { ...one, ...operations[name] },
  ]);
  return defineApi(
    {
      ...wire,
      windows: { ...wire.windows, ...changed.windows },
      ...(changed.slots !== undefined && { slots: changed.slots }),
    } as typeof wire,
    {
      ...server,
      plans: { ...ownPlans, ...plans },
      operations: Object.fromEntries(changedOperations),
    } as never,
    { ...standard.pages, content_rejected } as never,
  ) as unknown as AnyApi;
}

export interface WatchedRig extends Rig {
  readonly differences: Difference[];
  readonly counts: () => ShadowCounts;
  /** Lets the shadow judge what stands in line. */
  judge(): Promise<void>;
}

export async function createWatched(
  api: AnyApi | Api,
  options: RigOptions & {
    readonly limits?: Limits;
    readonly onDifference?: (difference: Difference) => void;
  } = {},
): Promise<WatchedRig> {
  const { limits = new MemoryLimits(), onDifference, ...others } = options;
  const differences: Difference[] = [];
  const hear = (difference: Difference) => {
    differences.push(difference);
    onDifference?.(difference);
  };
  const shadow = { api: api as AnyApi, limits, onDifference: hear };
  const rig = await createRig({ ...others, gate: { ...others.gate, shadow } });
  return {
    ...rig,
    differences,
    counts: () => {
      if (rig.gate.shadow === undefined) throw new Error("there is no shadow");
      return rig.gate.shadow.counts();
    },
    judge: () => rig.clock.advance(1),
  };
}
