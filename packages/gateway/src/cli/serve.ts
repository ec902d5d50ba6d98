// `sluice serve`: from a configuration to a gateway that serves it, reads it anew when told to, and stops without loss.

import { ConfigError, changesBetween, type LoadedConfig, loadConfig } from "../config/index.ts";
import { type Addresses, type Gateway, openGateway } from "../gateway.ts";
import { reach } from "../lifecycle/reach.ts";
import { stopOnSignals } from "../lifecycle/signals.ts";
import type { GatewaySettings } from "../settings.ts";
import { StartError } from "../start-error.ts";
import { writeAdminFile } from "./admin-file.ts";
import { loud, say } from "./say.ts";
import { markServing } from "./serving-mark.ts";
import { tellOf } from "./validate.ts";

export async function serve(path: string): Promise<void> {
  const loaded = await loadConfig(path);
  const gateway = await openGateway(loaded.settings);
  const addresses = await listen(gateway, loaded);
  const removeMark = markServing(loaded.file, addresses.url);
  const removeAdminFile = writeAdminFile(loaded.file, addresses.admin);
  reloadOnSignal(gateway, loaded);
  stopOnSignals({
    say,
    drain: () =>
      stop(gateway).finally(() => {
        removeAdminFile();
        removeMark();
      }),
  });
  // Whoever reads where it is may send a signal at once.
  tellWhere(addresses, loaded);
  tellOf(loaded);
  tellWhoIsAway(loaded.settings);
}

function tellWhere(
  { url, internalUrl, admin, consoleUrl }: Addresses,
  { settings }: LoadedConfig,
): void {
  for (const { api, mount, docs } of settings.apis) {
    say(`${loud(api.wire.about.title)} is served at ${loud(`${url}${mount}`)}`);
    if (docs !== undefined) say(`Its documents, for callers: ${url}${mount}${docs.path}/`);
  }
  if (internalUrl !== undefined) say(`Health, metrics and the ends of jobs: ${internalUrl}`);
  if (admin !== undefined) say(`The admin API: ${admin.url}`);
  if (consoleUrl !== undefined) say(`The console: ${shownTo(process.stderr, consoleUrl)}`);
}

/** What signs somebody in is for people who look at it, not for whoever collects what is said. */
function shownTo(output: { readonly isTTY?: boolean }, signInUrl: string): string {
  const [page = signInUrl] = signInUrl.split("#", 1);
  return output.isTTY === true ? `${signInUrl} (signs you in once, within 15 minutes)` : page;
}

async function listen(gateway: Gateway, { file, settings }: LoadedConfig): Promise<Addresses> {
  try {
    return await gateway.listen();
  } catch (error) {
    await gateway.close();
    if (!(error instanceof StartError)) throw error;
    throw new StartError(`${error.message} It is ${placeOf(error, settings)} of ${file}.`);
  }
}

/** What the configuration calls the listener that could not have its place. */
function placeOf({ cause }: StartError, { listeners }: GatewaySettings): string {
  const { port } = (cause ?? {}) as { readonly port?: number };
  const isInternal = port !== undefined && port === listeners.internal?.port;
  return isInternal ? "listeners.internal.port" : "listeners.public.port";
}

/** An API may come later than its gate; whoever starts both should hear which one is missing. */
function tellWhoIsAway({ apis }: GatewaySettings): void {
  const upstreams = apis.flatMap((served) => Object.entries(served.upstreams));
  for (const [name, place] of upstreams) {
    reach(place).catch((error: Error) => {
      say(
        `The upstream ${name} is not there yet (${error.message}): callers hear 503 until it is.`,
      );
    });
  }
}

/** One after the other, however many signals come. A configuration that is wrong changes nothing. */
function reloadOnSignal(gateway: Gateway, first: LoadedConfig): void {
  let current = first;
  let reloading = Promise.resolve();
  const reload = async () => {
    try {
      const fresh = await loadConfig(first.file);
      const { now, atRestart } = changesBetween(current, fresh);
      gateway.reload(fresh.settings);
      current = fresh;
      say(now.length === 0 ? "Reloaded; nothing changed." : `Reloaded: ${now.join(", ")}.`);
      if (atRestart.length > 0) say(`Changed, but only after a restart: ${atRestart.join(", ")}.`);
      tellOf(fresh);
    } catch (error) {
      say(`Not reloaded; the configuration before goes on. ${reasonOf(error)}`);
    }
  };
  process.on("SIGHUP", () => {
    reloading = reloading.then(reload);
  });
}

function reasonOf(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

async function stop(gateway: Gateway): Promise<boolean> {
  const { failures } = await gateway.close();
  for (const { step, error } of failures) say(`While it stopped, ${step}: ${reasonOf(error)}`);
  say("Stopped.");
  return failures.length === 0;
}
