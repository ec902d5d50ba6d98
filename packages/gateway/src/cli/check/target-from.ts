// What is to be checked, from what was typed. Keys never stand on the command line: others can read it.

import { readFileSync } from "node:fs";
import { type AnyApi, environmentOf, nearestName } from "sluice";
import {
  type Bounds,
  boundsByDefault,
  KEY_ROLES,
  type KeyRole,
  PERMISSIONS,
  type Target,
} from "../../check/index.ts";
import { StartError } from "../../start-error.ts";
import type { TypedFor } from "../command/commands.ts";

type CheckTyped = TypedFor<"check">;

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws StartError that says what to write instead */
export function targetFrom(api: AnyApi, typed: CheckTyped, environment: Environment): Target {
  const { plan, usage, param = [] } = typed;
  if (plan !== undefined && !api.wire.plans.includes(plan)) {
    throw new StartError(`There is no plan "${plan}". ${meant(plan, api.wire.plans)}`);
  }
  return {
    api,
    keys: keysFrom(api, typed.key ?? [], environment),
    may: new Set(PERMISSIONS.filter((one) => typed[one] === true)),
    params: Object.fromEntries(param.map((text) => halvesOf("--param", text, "<name>=<value>"))),
    ...(plan !== undefined && { plan }),
    ...(usage !== undefined && { usage: usageFrom(api, usage) }),
  };
}

export function boundsFrom(typed: CheckTyped): Bounds {
  const { requestsMax, durationMsMax } = boundsByDefault;
  return {
    ...boundsByDefault,
    requestsMax: countFrom("--max-requests", typed["max-requests"], requestsMax),
    durationMsMax: 1_000 * countFrom("--max-seconds", typed["max-seconds"], durationMsMax / 1_000),
  };
}

/** One that names no promise would look at none. */
export function checkNames(only: readonly string[], ids: readonly string[]): void {
  const names = [...new Set(ids.flatMap((id) => [id, id.split(".")[0] ?? id]))];
  const wrong = only.find((one) => !names.includes(one));
  if (wrong === undefined) return;
  const near = nearestName(wrong, names);
  const groups = names.filter((name) => !name.includes("."));
  const advice = near === undefined ? `There is ${groups.join(", ")}.` : `Did you mean "${near}"?`;
  throw new StartError(`This contract makes no promise called "${wrong}". ${advice}`);
}

/** Where the contract's base path begins; one that was written with it is meant without. */
export function urlFrom(text: string | undefined, { wire }: AnyApi): URL {
  const advice = "Write --url https://api.acme.dev, or --against to compare contracts.";
  if (text === undefined)
    throw new StartError(`sluice check needs to know where the API is. ${advice}`);
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new StartError(`"${text}" is no address of an API. ${advice}`);
  }
  if (url.username !== "" || url.search !== "" || url.hash !== "") {
    throw new StartError(`An address has no user, query or fragment here. ${advice}`);
  }
  const path = url.pathname.replace(/\/$/, "");
  if (wire.basePath !== "" && path.endsWith(wire.basePath)) {
    url.pathname = path.slice(0, -wire.basePath.length) || "/";
  }
  return url;
}

function keysFrom(api: AnyApi, given: readonly string[], environment: Environment): Target["keys"] {
  const keys: Partial<Record<KeyRole, string>> = {};
  for (const text of given) {
    const [name, source] = halvesOf("--key", text, "main=env:API_KEY");
    const role = KEY_ROLES.find((one) => one === name);
    if (role === undefined) {
      throw new StartError(`There is no key called "${name}". ${meant(name, KEY_ROLES)}`);
    }
    const secret = secretFrom(role, source, environment);
    if (environmentOf(api.wire.key, secret) === undefined) {
      const shape = `${api.wire.key.prefixes.live}… and ${api.wire.key.length} characters`;
      throw new StartError(`The ${role} key has not the shape of the contract's keys: ${shape}.`);
    }
    keys[role] = secret;
  }
  return keys;
}

function secretFrom(role: KeyRole, source: string, environment: Environment): string {
  const [kind, ...rest] = source.split(":");
  const place = rest.join(":");
  if (kind === "env" && place !== "") {
    const value = environment[place]?.trim();
    if (value) return value;
    throw new StartError(`The environment has no ${place}: set it to the ${role} key.`);
  }
  if (kind === "file" && place !== "") {
    try {
      return readFileSync(place, "utf8").trim();
    } catch {
      throw new StartError(`${place} cannot be read: name the file that holds the ${role} key.`);
    }
  }
  // What was typed may be the key itself, so it is not repeated.
  throw new StartError(
    `The ${role} key is named by where it is: --key ${role}=env:VARIABLE or --key ${role}=file:path. ` +
      "A key on the command line could be read by others on this machine.",
  );
}

function usageFrom(api: AnyApi, text: string): NonNullable<Target["usage"]> {
  const colon = text.indexOf(":");
  const operation = text.slice(0, Math.max(0, colon));
  const names = Object.keys(api.wire.operations);
  if (!names.includes(operation)) {
    throw new StartError(`There is no operation "${operation}". ${meant(operation, names)}`);
  }
  return { operation, pointer: text.slice(colon + 1) };
}

function halvesOf(option: string, text: string, example: string): [name: string, value: string] {
  const equals = text.indexOf("=");
  if (equals > 0) return [text.slice(0, equals), text.slice(equals + 1)];
  throw new StartError(`${option} is written as ${option} ${example}.`);
}

function countFrom(option: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new StartError(`${option} is a whole number, 1 or more.`);
}

function meant(typed: string, names: readonly string[]): string {
  const near = nearestName(typed, names);
  return near === undefined ? `There is ${names.join(", ")}.` : `Did you mean "${near}"?`;
}
