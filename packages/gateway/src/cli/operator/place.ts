// Where an operator's command is asked: at the address that was given, at the gateway that serves a configuration or the demo
// of this machine, or, while nobody serves, on the stores themselves.

import { readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { adminFileName } from "../admin-file.ts";
import { CommandError, exitCodes } from "../exit-codes.ts";
import { homeName } from "../home.ts";

export interface Where {
  readonly config?: string;
  readonly url?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

export interface Served {
  readonly url: string;
  readonly token: string;
  /** The file that says so; undefined where it was given by hand, which is then meant. */
  readonly file: string | undefined;
}

export interface Stopped {
  readonly kind: "configuration" | "demo";
  /** The configuration, or the home of the demo. */
  readonly path: string;
}

export interface Place {
  /** Undefined where nobody is known to serve. */
  readonly served: Served | undefined;
  /** What is opened where nobody does; undefined where an address was given. */
  readonly stopped: Stopped | undefined;
}

const tokenName = "SLUICE_ADMIN_TOKEN";
const urlName = "SLUICE_ADMIN_URL";
const demoFileName = "demo.json";

export function placeOf(where: Where, environment: Environment): Place {
  if (where.config !== undefined && where.url !== undefined) {
    throw new CommandError("Say --config or --url, not both.", exitCodes.refused);
  }
  const token = environment[tokenName] || undefined;
  const url =
    where.url ?? (where.config === undefined ? environment[urlName] || undefined : undefined);
  if (url !== undefined) return { served: given(url, token), stopped: undefined };
  const path = resolve(where.config ?? ".");
  const folder = isFolder(path) ? path : dirname(path);
  const home = join(folder, homeName);
  const demoHome = environment["SLUICE_HOME"] ? resolve(environment["SLUICE_HOME"]) : home;
  const gateway = accessIn(join(home, adminFileName), token);
  const demo = readJson(join(demoHome, demoFileName));
  if (gateway !== undefined || demo === undefined || where.config !== undefined) {
    return { served: gateway, stopped: { kind: "configuration", path } };
  }
  const served = accessOf(demo["admin"], join(demoHome, demoFileName), token);
  return { served, stopped: { kind: "demo", path: demoHome } };
}

function given(url: string, token: string | undefined): Served {
  const advice = `something like "http://127.0.0.1:8788/admin/v1"`;
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new CommandError(
      `${JSON.stringify(url)} is no address: give --url ${advice}.`,
      exitCodes.refused,
    );
  }
  if (token === undefined) {
    throw new CommandError(
      `No token for ${url}: put one into the variable ${tokenName}, where other users of this machine do not see it.`,
      exitCodes.refused,
    );
  }
  return { url, token, file: undefined };
}

function accessIn(file: string, token: string | undefined): Served | undefined {
  return accessOf(readJson(file), file, token);
}

function accessOf(access: unknown, file: string, own: string | undefined): Served | undefined {
  if (typeof access !== "object" || access === null) return undefined;
  const { url, token, pid } = access as Readonly<Record<string, unknown>>;
  if (typeof url !== "string" || typeof token !== "string") return undefined;
  // One that a crash left behind.
  if (typeof pid === "number" && !isAlive(pid)) return undefined;
  return { url, token: own ?? token, file };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { readonly code?: string }).code !== "ESRCH";
  }
}

/** Undefined where there is none, or none that we wrote. */
function readJson(file: string): Readonly<Record<string, unknown>> | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as { readonly code?: string };
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw new CommandError(
      `Cannot read ${file} (${code}): be the user that the gateway runs as, or give --url and ${tokenName}.`,
      exitCodes.notReached,
    );
  }
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? true;
}
