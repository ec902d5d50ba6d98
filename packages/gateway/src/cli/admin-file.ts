// Where tools of this machine find the admin API of the gateway that serves a configuration, and a token: a file that nobody but
// its owner reads, and that goes with the process. One that a crash leaves behind opens nothing: its token was in memory only.

import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Addresses } from "../gateway.ts";
import { makeHome } from "./home.ts";
import { say } from "./say.ts";

export const adminFileName = "admin.json";

const OWNER_ONLY = 0o600;

/** Answers how to take it away again. A gate serves without it, too: where nothing can be written. */
export function writeAdminFile(configFile: string, admin: Addresses["admin"]): () => void {
  if (admin === undefined) return () => undefined;
  try {
    const file = join(makeHome(configFile), adminFileName);
    const text = `${JSON.stringify({ ...admin, pid: process.pid }, null, 2)}\n`;
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, text, { mode: OWNER_ONLY });
    // A draft that a crash left behind keeps the mode that it had.
    chmodSync(draft, OWNER_ONLY);
    renameSync(draft, file);
    return () => removeOwn(file, text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    say(`Tools of this machine will not find the admin API at ${admin.url}. ${reason}`);
    return () => undefined;
  }
}

/** Another process may have written its own by now. */
function removeOwn(file: string, text: string): void {
  try {
    if (readFileSync(file, "utf8") === text) rmSync(file);
  } catch {
    // It is gone already.
  }
}
