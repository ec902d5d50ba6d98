// The admin API in this process, over stores that nobody serves. Files of a folder are held for the moment, so that no gateway
// starts in between; servers are only opened.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { type AnyApi, redactKeys } from "sluice";
import { createFetchHandler } from "sluice/adapter/fetch";
import { systemClock } from "sluice/base";
import type { GateOptions } from "sluice/gate";
import { createAdmin } from "../../admin/admin.ts";
import { wire } from "../../admin/contract/wire.ts";
import { loadConfig } from "../../config/index.ts";
import { StartError } from "../../start-error.ts";
import { openStores } from "../../stores/open.ts";
import type { OpenedStores, StoresSettings } from "../../stores/opened.ts";
import { CommandError, exitCodes } from "../exit-codes.ts";
import type { Stopped } from "./place.ts";

export interface InProcess {
  readonly token: string;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  close(): Promise<void>;
}

/** A store that is down is told by the command itself; what nobody expected must be seen. */
const tellFaults: GateOptions["onEvent"] = (event) => {
  if (event.kind !== "fault") return;
  const { error } = event;
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  console.error(redactKeys(wire.key, text));
};

interface Kept {
  readonly apis: readonly AnyApi[];
  readonly stores: StoresSettings;
}

/** What the package of the demo tells of itself. */
interface DemoModule {
  kept(home: string, environment: NodeJS.ProcessEnv): Kept;
}

export async function openInProcess(stopped: Stopped): Promise<InProcess> {
  const { apis, stores } = await keptBy(stopped);
  const opened = await open(stores);
  try {
    const admin = createAdmin({
      ...{ apis, stores: opened.stores, pepper: opened.pepper },
      onEvent: tellFaults,
    });
    const handle = createFetchHandler(admin.gate, { addressOf: () => "127.0.0.1" });
    return {
      token: admin.token,
      fetch: (url, init) => handle(new Request(url, init)),
      async close() {
        await admin.close();
        await opened.close();
      },
    };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

async function keptBy({ kind, path }: Stopped): Promise<Kept> {
  if (kind === "configuration") {
    const { apis, stores } = (await loadConfig(path)).settings;
    return { apis: apis.map(({ api }) => api), stores };
  }
  return (await demoModule(path)).kept(path, process.env);
}

/** Not in the sources: the demo is made with the gateway, not the other way round. */
const demoName = "sluice-demo/kept";

async function demoModule(home: string): Promise<DemoModule> {
  try {
    import.meta.resolve(demoName);
  } catch {
    throw new CommandError(
      `Nobody serves the demo of ${home}, and its contracts are not installed here: start it, or ask in Sluice's repository.`,
      exitCodes.notReached,
    );
  }
  return (await import(demoName)) as DemoModule;
}

/** Another command has the folder for a moment only. */
const PATIENCE_MS = 3_000;
const LOOK_AGAIN_MS = 100;
const LOCKED = / is served by another process/;
const withoutAdmin =
  "Or have that one answer: this folder knows of no admin API of its (the option admin, and an internal listener).";

async function open(settings: StoresSettings): Promise<OpenedStores> {
  if (settings.kind === "memory") {
    throw new CommandError(
      'Nobody serves it, and it keeps everything in memory: start it with "npx sluice serve".',
      exitCodes.notReached,
    );
  }
  // Never makes one: what is not there would be empty, and an empty ledger clean.
  if (settings.kind === "sqlite" && !existsSync(join(settings.folder, "sluice.db"))) {
    throw new CommandError(
      `Nothing was kept in ${settings.folder} yet: serve it once with "npx sluice serve", or name another with --config.`,
      exitCodes.notThere,
    );
  }
  const untilMs = systemClock.monotonicMs() + PATIENCE_MS;
  for (;;) {
    try {
      return await openStores(settings);
    } catch (error) {
      if (!(error instanceof StartError)) throw error;
      const isLocked = LOCKED.test(error.message);
      if (!isLocked || systemClock.monotonicMs() > untilMs) {
        const advice = isLocked ? ` ${withoutAdmin}` : "";
        throw new CommandError(`${error.message}${advice}`, exitCodes.notReached);
      }
    }
    await systemClock.sleep(LOOK_AGAIN_MS);
  }
}
