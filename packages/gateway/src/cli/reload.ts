// `sluice reload`: tells the process that serves a configuration to read it anew, once it is known to be right.

import { loadConfig } from "../config/index.ts";
import { say } from "./say.ts";
import { signalServing } from "./serving-mark.ts";

export async function reload(path: string): Promise<void> {
  const { file } = await loadConfig(path);
  const pid = signalServing(file, "SIGHUP");
  say(`Process ${pid} reads ${file} anew; its log says what changed.`);
}
