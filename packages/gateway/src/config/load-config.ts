/** A configuration from its file to what a gateway is made from: found, read, checked, made whole; or all that is wrong. */
import { readFileSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { type AnyApi, type Complaint, Complaints } from "sluice";
import { type ApiSettings, type GatewaySettings, gatewayDefaults } from "../settings.ts";
import type { Config } from "./config.ts";
import { ConfigError } from "./config-error.ts";
import { contractFrom } from "./contract/from-data.ts";
import { contractFromModule } from "./contract/from-module.ts";
import type { ContractConfig } from "./contract-config.ts";
import {
  checkBesideAdmin,
  checkJobs,
  checkShadowPlans,
  checkShadows,
  checkUpstreamsUsed,
  openPathsFrom,
  routesFrom,
} from "./cross-checks.ts";
import { docsFrom } from "./docs-place.ts";
import { leaksFrom } from "./leaks.ts";
import { readAnew } from "./module-graph.ts";
import { withOperations } from "./openapi/contract.ts";
import { portalFrom } from "./portal.ts";
import { isObject } from "./schema/json-schema.ts";
import {
  adminFrom,
  boundsFrom,
  corsFrom,
  drainFrom,
  keysFrom,
  listenersFrom,
  signingSecretsFrom,
  storesFrom,
  upstreamsFrom,
} from "./sections.ts";
import { checkShape } from "./shape/check.ts";
import { configShapeFor } from "./shape/config-shape.ts";
import { statusFrom } from "./status.ts";
import { type Environment, Surroundings } from "./surroundings.ts";

export interface LoadedConfig {
  /** The file that was read. */
  readonly file: string;
  readonly settings: GatewaySettings;
  /** What an OpenAPI file says that nobody can be held to, for the operator to know. */
  readonly notices: readonly Complaint[];
  /** The contract as data, for telling what a reload changed; undefined where a module made it. */
  readonly contract: ContractConfig | undefined;
}

/** What a configuration may be called; the first that a folder has counts. */
export const configNames: readonly string[] = [
  "sluice.config.ts",
  "sluice.config.js",
  "sluice.config.mjs",
  "sluice.config.json",
];

/**
 * Reads the configuration in a file, or the one that a folder has. Throws a `ConfigError` that lists everything that is
 * wrong. Reading it again gives new settings and leaves the old ones as they are.
 */
export async function loadConfig(
  path: string,
  environment: Environment = process.env,
): Promise<LoadedConfig> {
  const file = findFile(resolve(path));
  return configFrom(await readConfig(file), file, environment);
}

function findFile(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile()) return path;
  const name = configNames.find((one) =>
    statSync(join(path, one), { throwIfNoEntry: false })?.isFile(),
  );
  if (name !== undefined) return join(path, name);
  const what = found === undefined ? "there is no such file" : "there is no configuration in it";
  const advice = `make one with "sluice init", or name one: ${configNames.join(", ")}`;
  throw new ConfigError(path, [{ at: basename(path), what, advice }]);
}

async function readConfig(file: string): Promise<unknown> {
  try {
    if (file.endsWith(".json")) return JSON.parse(readFileSync(file, "utf8"));
    const exported = await readAnew(file);
    if (exported["default"] !== undefined) return exported["default"];
  } catch (error) {
    const what = `cannot be read: ${lineOf(error, file)}${error instanceof Error ? error.message : error}`;
    throw new ConfigError(file, [{ at: basename(file), what, advice: "mend it, and try again" }]);
  }
  const what = "exports nothing by default";
  throw new ConfigError(file, [{ at: basename(file), what, advice: "write export default { … }" }]);
}

/** Where in the file it was: a message of Node's own does not say so, its stack does. */
function lineOf(error: unknown, file: string): string {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const name = basename(file).replaceAll(".", "\\.");
  const line = new RegExp(`${name}(?:\\?[^:\\n]*)?:(\\d+)`).exec(stack)?.[1];
  return line === undefined ? "" : `line ${line}: `;
}

/** The configuration as a value, for whoever has it already. Files are looked for beside `file`. */
export async function configFrom(
  config: unknown,
  file: string,
  environment: Environment,
): Promise<LoadedConfig> {
  const complaints = new Complaints();
  const begins = {
    contract: beginsOpenApi(config, "contract"),
    shadow: beginsOpenApi(config, "shadow"),
  };
  checkShape("", config, configShapeFor(begins), complaints);
  stopAtComplaints(file, complaints);
  const around = new Surroundings(dirname(file), environment, complaints);
  const made = await settingsFrom(config as Config, around);
  stopAtComplaints(file, complaints);
  return { ...made, file };
}

function beginsOpenApi(config: unknown, name: "contract" | "shadow"): boolean {
  const contract = isObject(config) ? config[name] : undefined;
  return isObject(contract) && contract["openapi"] !== undefined;
}

function stopAtComplaints(file: string, { list }: Complaints): void {
  if (list.length > 0) throw new ConfigError(file, list);
}

type Made = Omit<LoadedConfig, "file">;

async function settingsFrom(config: Config, around: Surroundings): Promise<Made> {
  const { complaints } = around;
  const secrets = signingSecretsFrom(config.secrets, around);
  const upstreams = upstreamsFrom(config.upstreams, around);
  const names = Object.keys(upstreams);
  const notices = new Complaints();
  const { api, contract } = await servedBy(config, around, notices);
  const open = openPathsFrom(config.open, names, complaints);
  const apis: ApiSettings[] = [];
  if (api !== undefined) {
    const routes = routesFrom(config.upstreams, Object.keys(api.wire.operations), complaints);
    const keys = keysFrom(config.keys);
    const cors = corsFrom(config.cors, complaints);
    const mount = config.mount ?? "";
    const docs = docsFrom(config.docs, { api, mount, open }, complaints);
    const shadow = await shadowFrom(config.shadow, api, around);
    const more = { ...(cors && { cors }), ...(docs && { docs }), ...(shadow && { shadow }) };
    const served = { api, mount, upstreams, routes, open, keys, ...more };
    checkShadows(open, api, complaints);
    checkUpstreamsUsed(served, complaints);
    checkJobs(api, secrets, complaints);
    if (config.admin !== false || config.portal) checkBesideAdmin(api, complaints);
    apis.push(served);
  }
  const leaks = leaksFrom(config.leaks, apis, around);
  const status = statusFrom(config.status, { apis, leaks }, complaints);
  const settings: GatewaySettings = {
    apis,
    secrets,
    stores: storesFrom(config.stores, config.secrets?.pepper, around),
    listeners: listenersFrom(config.listeners, around),
    bounds: boundsFrom(config.listeners?.public, around),
    trustedHops: config.trustedHops ?? gatewayDefaults.trustedHops,
    drain: drainFrom(config.drain),
    ...adminFrom(config, complaints),
    warnings: { allowPrivate: config.warnings?.allowPrivate ?? false },
    leaks,
    status,
    portal: portalFrom(config.portal, { apis, leaks, status }, complaints),
    watch: {
      log: config.logs ?? "requests",
      metrics: config.metrics ?? true,
      tracesUrl: config.traces && around.url("traces", config.traces, ["http:", "https:"])?.href,
    },
  };
  return { settings, notices: notices.list, contract };
}

interface Served {
  readonly api: AnyApi | undefined;
  readonly contract: ContractConfig | undefined;
}

/** The contract that only watches: every complaint about it says that it is this one. */
async function shadowFrom(
  shadow: Config["shadow"],
  api: AnyApi,
  around: Surroundings,
): Promise<AnyApi | undefined> {
  if (shadow === undefined) return undefined;
  const own = new Complaints();
  const served = await servedBy({ contract: shadow }, around.hearing(own), new Complaints());
  for (const { at, what, advice } of own.list) {
    around.complaints.add(at.replace(/^contract\b/, "shadow"), what, advice);
  }
  if (served.api !== undefined) checkShadowPlans(api, served.api, around.complaints);
  return served.api;
}

async function servedBy(
  { contract }: Pick<Config, "contract">,
  around: Surroundings,
  notices: Complaints,
): Promise<Served> {
  if (typeof contract === "string") {
    return { api: await contractFromModule(contract, around, readAnew), contract: undefined };
  }
  if (!("openapi" in contract)) return { api: contractFrom(contract, around), contract };
  const whole = withOperations(contract, around, notices);
  if (whole === undefined) return { api: undefined, contract: undefined };
  return { api: contractFrom(whole.contract, around, whole.styles), contract: whole.contract };
}
