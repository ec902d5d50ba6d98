// What the demo keeps and by which contracts, for an operator's command while nobody serves it.

import type { FilesSettings, SharedSettings } from "@sluice/gateway";
import type { AnyApi } from "sluice";
import { served } from "./demo.ts";
import { readEnvironment } from "./environment.ts";
import { storesOf } from "./stores.ts";

export interface Kept {
  readonly apis: readonly AnyApi[];
  readonly stores: FilesSettings | SharedSettings;
}

export function kept(home: string, environment: NodeJS.ProcessEnv): Kept {
  const stores = storesOf({ ...readEnvironment(environment, home), home });
  const { mavera, mentova } = served();
  return { apis: [mentova, mavera], stores };
}
