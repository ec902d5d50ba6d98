// `sluice init`: a few questions, a configuration that works, and a key to call with.

import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { systemRandom, toHex } from "sluice/base";
import { type LoadedConfig, loadConfig } from "../../config/index.ts";
import { StartError } from "../../start-error.ts";
import { loud, say } from "../say.ts";
import { answersTo, type Given } from "./ask.ts";
import { makeFirstKey } from "./first-key.ts";
import { questionsFor } from "./questions.ts";
import { configText, secretFile } from "./template.ts";

const SECRET_BYTES = 32;
const OWNER_ONLY_FOLDER = 0o700;
const OWNER_ONLY_FILE = 0o600;

interface Options extends Given {
  /** Asks nothing. */
  readonly yes?: boolean;
  /** Replaces a configuration that is there. */
  readonly force?: boolean;
}

export async function init(options: Options): Promise<void> {
  const folder = process.cwd();
  const file = join(folder, "sluice.config.ts");
  if (existsSync(file) && !options.force) {
    throw new StartError(`${file} is there already: edit it, or add --force to replace it.`);
  }
  const name = basename(folder);
  const wishes = await answersTo(questionsFor(name), options, {
    asksNothing: options.yes ?? false,
    hasTerminal: process.stdin.isTTY === true,
  });
  makeSecret(folder);
  writeFileSync(file, configText(wishes, name));
  const loaded = await loadConfig(file);
  const key = await makeFirstKey(loaded.settings);
  say(`\nWrote ${loud("sluice.config.ts")}, and ${loud(".sluice/")} with what must stay secret.`);
  say("\nYour first key, which is not shown again:\n");
  // By itself on standard output, for KEY=$(sluice init …).
  console.log(key);
  say(`\nStart your API and then the gate, and call it:\n`);
  say("  npx sluice serve");
  say(`  ${curl(loaded, key)}\n`);
}

/** Kept where it is: other upstreams may know it already. */
function makeSecret(folder: string): void {
  const home = join(folder, ".sluice");
  mkdirSync(home, { recursive: true, mode: OWNER_ONLY_FOLDER });
  chmodSync(home, OWNER_ONLY_FOLDER);
  // Nothing of it belongs into a repository.
  writeFileSync(join(home, ".gitignore"), "*\n");
  const path = join(folder, secretFile);
  if (existsSync(path)) return;
  const secret = toHex(systemRandom.bytes(SECRET_BYTES));
  writeFileSync(path, `${secret}\n`, { mode: OWNER_ONLY_FILE });
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
