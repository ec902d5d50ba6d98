// The contract that a command is given by a file: a module that made one with `defineApi`, or a configuration that has one.

import { basename, dirname, resolve } from "node:path";
import { type AnyApi, Complaints } from "sluice";
import {
  ConfigError,
  configNames,
  contractFromModule,
  loadConfig,
  readAnew,
  Surroundings,
} from "../config/index.ts";
import { StartError } from "../start-error.ts";

/** @throws ConfigError, StartError that say what to do */
export async function contractOf(path: string): Promise<AnyApi> {
  const file = resolve(path);
  const isModule = /\.(?:m?[jt]s)$/.test(file) && !configNames.includes(basename(file));
  if (isModule) return fromModule(file);
  const { settings } = await loadConfig(path);
  const [served, ...others] = settings.apis;
  if (served !== undefined && others.length === 0) return served.api;
  throw new StartError(`${path} has ${settings.apis.length} contracts: name the file of one.`);
}

async function fromModule(file: string): Promise<AnyApi> {
  const complaints = new Complaints();
  const around = new Surroundings(dirname(file), process.env, complaints);
  const api = await contractFromModule(basename(file), around, readAnew);
  if (api === undefined) throw new ConfigError(file, complaints.list);
  return api;
}
