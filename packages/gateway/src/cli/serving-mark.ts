// Which process serves a configuration, so that another one can tell it to read it anew. The mark is a lock that the
// operating system takes back however the process ends: a number in a file could be another program's by now.

import { existsSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { acquireLock, LockedError } from "sluice/store/sqlite";
import { StartError } from "../start-error.ts";
import { homeName, makeHome } from "./home.ts";
import { say } from "./say.ts";

const folderName = "serve";

/** Answers how to take it away again. A gate serves without a mark, too: where nothing can be written, or another has it. */
export function markServing(configFile: string, address: string): () => void {
  try {
    const home = makeHome(configFile);
    const lock = acquireLock(join(home, folderName), { address });
    const pidFile = join(home, "serve.pid");
    writeFileSync(pidFile, `${process.pid}\n`);
    return () => {
      rmSync(pidFile, { force: true });
      lock.release();
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    say(`"sluice reload" will not find this process; send SIGHUP to ${process.pid}. ${reason}`);
    return () => undefined;
  }
}

/** Signals the process that serves this configuration; answers its pid. */
export function signalServing(configFile: string, signal: NodeJS.Signals): number {
  const pid = servingPid(join(dirname(configFile), homeName, folderName));
  if (pid === undefined) {
    throw new StartError(`Nobody serves ${configFile}: start it with "npx sluice serve".`);
  }
  try {
    process.kill(pid, signal);
    return pid;
  } catch (error) {
    const { code } = error as { readonly code?: string };
    throw new StartError(`Process ${pid} serves ${configFile}, and takes no signal: ${code}.`);
  }
}

/** The process that has the lock; undefined where nobody has. */
function servingPid(folder: string): number | undefined {
  if (!existsSync(folder)) return undefined;
  try {
    acquireLock(folder).release();
    return undefined;
  } catch (error) {
    if (error instanceof LockedError) return error.holder?.pid;
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`Cannot see in ${folder} whether anybody serves: ${reason}.`);
  }
}
