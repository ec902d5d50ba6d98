// `sluice serve`: from a configuration to a gateway that serves it, reads it anew when told to, and stops without loss.

import { ConfigError, changesBetween, type LoadedConfig, loadConfig } from "../config/index.ts";
import { type Gateway, openGateway } from "../gateway.ts";
import { stopOnSignals } from "../lifecycle/signals.ts";
import { writePid } from "./pid-file.ts";
import { loud, say } from "./say.ts";
import { tellOf } from "./validate.ts";

export async function serve(path: string): Promise<void> {
  const loaded = await loadConfig(path);
  const gateway = await openGateway(loaded.settings);
  const { url, internalUrl } = await gateway.listen();
  const [served] = loaded.settings.apis;
  say(`${loud(served?.api.wire.about.title ?? "")} is served at ${loud(`${url}${served?.mount}`)}`);
  if (internalUrl !== undefined) say(`Health, metrics and the ends of jobs: ${internalUrl}`);
  tellOf(loaded);
  reloadOnSignal(gateway, loaded);
  const removePid = writePid(loaded.file);
  stopOnSignals({ say, drain: () => stop(gateway).finally(removePid) });
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
