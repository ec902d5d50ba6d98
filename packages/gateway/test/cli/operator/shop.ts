// A gate with plans, credits and budgets in a folder of its own, as whoever operates it finds it: serving, or stopped.

import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startPlain } from "../../fixtures/bureau.ts";
import { Command, newFolder } from "../fixtures/command.ts";
import { type Run, run } from "./run.ts";

export interface Shop {
  readonly folder: string;
  /** Runs a command for this folder. */
  run(...args: readonly string[]): Promise<Run>;
  /** Runs one that must go well; answers its JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what an answer says by name
  json(...args: readonly string[]): Promise<any>;
  /** Everything that any command has said, secrets that were asked for left out. */
  readonly said: readonly string[];
  serve(): Promise<Serving>;
}

export interface Serving {
  readonly url: string;
  readonly adminUrl: string;
  /** Answers the request's id. */
  call(path: string, key: string, init?: RequestInit): Promise<{ status: number; id: string }>;
  stop(): Promise<void>;
}

const contract = {
  title: "Shop",
  key: { prefixes: { live: "shop_live_" }, places: [{ bearer: true }] },
  plans: {
    free: { allowance: { credits: 100, reset: "monthly" } },
    pro: { allowance: { credits: 1_000, reset: "monthly" } },
  },
  windows: { requests: { per: "key", limit: 3, within: "1m" } },
  headers: { creditsRemaining: "X-Credits-Remaining" },
  operations: {
    report: { method: "GET", path: "/report", summary: "A report.", price: { fixed: 5 } },
    read: { method: "GET", path: "/{path*}", summary: "Reads." },
  },
};

export async function openShop(
  more: object = {},
  environment: NodeJS.ProcessEnv = {},
): Promise<Shop> {
  const plain = await startPlain();
  const folder = newFolder();
  const config = {
    contract,
    upstreams: { main: { url: plain.url } },
    listeners: { public: { port: 0 }, internal: { port: 0 } },
    ...more,
  };
  const file = join(folder, "sluice.config.json");
  writeFileSync(file, JSON.stringify(config));
  chmodSync(folder, 0o700);
  const said: string[] = [];
  const runHere = async (...args: readonly string[]) => {
    const ended = await run([...args, "--config", folder], environment);
    said.push(args[1] === "create" || args[1] === "rotate" ? ended.err : ended.out + ended.err);
    return ended;
  };
  return {
    folder,
    said,
    run: runHere,
    async json(...args) {
      const { code, out, err } = await runHere(...args, "--json");
      if (code !== 0) throw new Error(`sluice ${args.join(" ")} ended with ${code}: ${err}`);
      return JSON.parse(out);
    },
    serve: () => serve(folder, said, environment),
  };
}

async function serve(
  folder: string,
  said: string[],
  environment: NodeJS.ProcessEnv,
): Promise<Serving> {
  const command = new Command(folder, ["serve"], { environment });
  const [, url = ""] = await command.says(/is served at (\S+)/);
  const [, adminUrl = ""] = await command.says(/The admin API: (\S+)/);
  return {
    url,
    adminUrl,
    async call(path, key, init = {}) {
      const headers = { ...init.headers, Authorization: `Bearer ${key}` };
      const response = await fetch(`${url}${path}`, { ...init, headers });
      await response.arrayBuffer();
      return { status: response.status, id: response.headers.get("x-request-id") ?? "" };
    },
    async stop() {
      command.signal("SIGTERM");
      const { out, err } = await command.ended;
      said.push(out + err);
    },
  };
}
