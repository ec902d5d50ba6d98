// `npm run audit` as a process of its own.

import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const command = fileURLToPath(new URL("../src/audit.ts", import.meta.url));

export interface Audited {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Of the home, or of the servers that the variables name. */
export function audit(
  home: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<Audited> {
  const child = spawn(process.execPath, ["--conditions=sluice-source", command], {
    env: {
      ...process.env,
      SLUICE_REDIS_URL: "",
      SLUICE_DATABASE_URL: "",
      SLUICE_HOME: join(home, "state"),
      ...variables,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk) => {
    stdout += String(chunk);
  });
  child.stderr.on("data", (chunk) => {
    stderr += String(chunk);
  });
  return new Promise((resolve) => {
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}
