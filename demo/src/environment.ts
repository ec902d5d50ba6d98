// What the demo takes from its environment, and the mistakes that it explains in one line.

import { join } from "node:path";
import { StartError } from "@sluice/gateway";

export interface Environment {
  /** 0 means any free port. */
  readonly port: number;
  readonly home: string;
  /** Undefined where everything is kept in files of the home. */
  readonly servers: Servers | undefined;
}

/** Where several demos keep together what they know. */
export interface Servers {
  readonly redisUrl: string;
  readonly databaseUrl: string;
}

const defaultPort = 8787;
const maxPort = 65_535;

export function readEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
  workingDirectory: string,
): Environment {
  return {
    port: readPort(variables["PORT"]),
    home: variables["SLUICE_HOME"] || join(workingDirectory, ".sluice"),
    servers: readServers(variables["SLUICE_REDIS_URL"], variables["SLUICE_DATABASE_URL"]),
  };
}

function readServers(redisUrl = "", databaseUrl = ""): Servers | undefined {
  if (redisUrl === "" && databaseUrl === "") return undefined;
  checkUrl("SLUICE_REDIS_URL", redisUrl, ["redis:", "rediss:"], "redis://127.0.0.1:6379");
  checkUrl(
    "SLUICE_DATABASE_URL",
    databaseUrl,
    ["postgres:", "postgresql:"],
    "postgres://sluice@127.0.0.1:5432/sluice",
  );
  return { redisUrl, databaseUrl };
}

/** Says nothing of the address itself: it may hold a password. */
function checkUrl(name: string, text: string, protocols: readonly string[], example: string): void {
  if (text === "") {
    throw new StartError(
      `${name} is not set: limits go to Redis and the rest to PostgreSQL, so set both or none.`,
    );
  }
  if (!isAddress(text, protocols)) {
    throw new StartError(
      `${name} is no address: set it to something like ${example}, with special characters ` +
        "of a password percent-encoded.",
    );
  }
}

function isAddress(text: string, protocols: readonly string[]): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return protocols.includes(protocol) && isEncoded(username) && isEncoded(password);
}

/** As the drivers read it, which may throw. */
function isEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function readPort(text: string | undefined): number {
  if (text === undefined || text === "") return defaultPort;
  if (/^\d{1,5}$/.test(text) && Number(text) <= maxPort) return Number(text);
  throw new StartError(
    `PORT is ${JSON.stringify(text)}: set it to a whole number from 0 to ${maxPort}, ` +
      `or leave it out for ${defaultPort}.`,
  );
}
