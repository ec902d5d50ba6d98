// `sluice init`: a few questions, a configuration that works, and a key to call with. Where any of it fails, the folder is as
// it was.

import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { systemRandom, toHex } from "sluice/base";
import { configNames, type LoadedConfig, loadConfig } from "../../config/index.ts";
import { StartError } from "../../start-error.ts";
import { homeName, makeHome } from "../home.ts";
import { loud, say } from "../say.ts";
import { answersTo, type Given } from "./ask.ts";
import { makeFirstKey } from "./first-key.ts";
import { questionsFor, type Wishes } from "./questions.ts";
import { configText, secretFile } from "./template.ts";

const SECRET_BYTES = 32;
const OWNER_ONLY_FILE = 0o600;
const fileName = "sluice.config.ts";

interface Options extends Given {
  /** Asks nothing. */
  readonly yes?: boolean;
  /** Replaces a configuration that is there. */
  readonly force?: boolean;
}

export async function init(options: Options): Promise<void> {
  const folder = process.cwd();
  checkFolder(folder, options.force ?? false);
  const wishes = await answersTo(questionsFor(folder), options, {
    asksNothing: options.yes ?? false,
    hasTerminal: process.stdin.isTTY === true,
  });
  const { loaded, key } = await orAsItWas(folder, () => make(folder, wishes));
  say(`\nWrote ${loud(fileName)}, and ${loud(`${homeName}/`)} with what must stay secret.`);
  tellKey(loaded, key);
}

function checkFolder(folder: string, mayReplace: boolean): void {
  const found = configNames.find((name) => existsSync(join(folder, name)));
  if (found === undefined || (found === fileName && mayReplace)) return;
  const other = found === fileName ? "add --force to replace it" : "take it away first";
  throw new StartError(`${join(folder, found)} is there already: edit it, or ${other}.`);
}

async function make(folder: string, wishes: Wishes) {
  const file = join(folder, fileName);
  makeHome(file);
  makeSecret(join(folder, secretFile));
  writeFileSync(file, configText(wishes, basename(folder)));
  const loaded = await loadConfig(file);
  return { loaded, key: await makeFirstKey(loaded.settings) };
}

async function orAsItWas<T>(folder: string, change: () => Promise<T>): Promise<T> {
  const file = join(folder, fileName);
  const home = join(folder, homeName);
  const textBefore = existsSync(file) ? readFileSync(file) : undefined;
  const hadHome = existsSync(home);
  try {
    return await change();
  } catch (error) {
    try {
      if (textBefore === undefined) rmSync(file, { force: true });
      else writeFileSync(file, textBefore);
      if (!hadHome) rmSync(home, { recursive: true, force: true });
    } catch {
      // What could not be written need not be put back.
    }
    const { code, syscall } = error as { readonly code?: string; readonly syscall?: string };
    if (syscall === undefined) throw error;
    throw new StartError(
      `Cannot write in ${folder} (${code}): go to a folder that you can write to.`,
    );
  }
}

/** Kept where it is: other upstreams may know it already. */
function makeSecret(path: string): void {
  if (existsSync(path)) return;
  const secret = toHex(systemRandom.bytes(SECRET_BYTES));
  writeFileSync(path, `${secret}\n`, { mode: OWNER_ONLY_FILE });
}

/** On standard output by itself, for KEY=$(sluice init …); whoever keeps it so does not want it on the screen. */
function tellKey(loaded: LoadedConfig, key: string): void {
  const isSeen = process.stdout.isTTY === true;
  say(`\nYour first key${isSeen ? "" : " is on standard output"}; it is not shown again.\n`);
  console.log(key);
  say(`${isSeen ? "\n" : ""}Start your API, then the gate, and call it from another terminal:\n`);
  say("  npx sluice serve");
  say(`  ${curl(loaded, isSeen ? key : "$KEY")}\n`);
}

/** A call that passes: the first operation that only reads, and has nothing to fill in. */
function curl({ settings }: LoadedConfig, key: string): string {
  const [served] = settings.apis;
  const { operations, basePath } = served?.api.wire ?? { operations: {}, basePath: "" };
  const paths = Object.values(operations)
    .filter(({ method }) => method === "GET")
    .map(({ path }) => path.replace(/\{\w+\*\}$/, ""));
  const path = paths.find((one) => !one.includes("{")) ?? "/";
  const { host, port } = settings.listeners.public;
  return `curl -i -H "Authorization: Bearer ${key}" http://${host}:${port}${basePath}${path}`;
}
