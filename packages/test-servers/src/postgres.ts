// A PostgreSQL server of a test's own: a new cluster in a temporary folder, reached by a socket in it, with fsync on
// as in production. It can be stopped as by a power cut and started again.

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chownSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { findCommand } from "./command.ts";

/** What a driver needs to connect. */
export interface PostgresAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
}

export interface PostgresServer {
  /** Makes a database, a copy of another one if it is told so. */
  createDatabase(template?: string): PostgresAddress;
  /** As by a power cut: nothing is written to the disk any more (`pg_ctl stop -m immediate`). */
  crash(): Promise<void>;
  /** After a crash: resolves once it has recovered. */
  start(): Promise<void>;
  /** Ends the server and removes its files. */
  close(): Promise<void>;
}

const USER = "sluice";
/** Of the socket's name only: the server listens to no network. */
const PORT = 5432;
const READY = /database system is ready to accept connections/;

export async function startPostgres(): Promise<PostgresServer> {
  const owner = serverOwner();
  const folder = mkdtempSync(join(tmpdir(), "sluice-postgres-"));
  if (owner !== undefined) chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, "data");
  const options = { ...owner, cwd: folder, encoding: "utf8" } as const;
  const initdb = ["-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"];
  must(spawnSync(program("initdb"), initdb, options));
  let server = await startServer(data, folder, owner);
  const killAtExit = () => server.kill("SIGQUIT");
  process.on("exit", killAtExit);
  let databases = 0;
  const end = async () => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    server.kill("SIGQUIT");
    await once(server, "exit");
  };
  return {
    createDatabase(template = "template0") {
      const database = `test_${++databases}`;
      const socket = ["-h", folder, "-p", String(PORT), "-U", USER];
      must(spawnSync(program("createdb"), [...socket, "-T", template, database], options));
      return { host: folder, port: PORT, user: USER, database };
    },
    crash: end,
    async start() {
      server = await startServer(data, folder, owner);
    },
    async close() {
      // Its data is thrown away: nothing need be written to the disk first.
      await end();
      process.off("exit", killAtExit);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** The server refuses to run as root: then it belongs to the user that every Unix has for such things. */
function serverOwner(): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (flag: string) => Number(must(spawnSync("id", [flag, "nobody"], TEXT)));
  return { uid: idOf("-u"), gid: idOf("-g") };
}

const TEXT = { encoding: "utf8" } as const;

async function startServer(
  data: string,
  folder: string,
  owner: Owner | undefined,
): Promise<ChildProcess> {
  const settings = {
    listen_addresses: "",
    unix_socket_directories: folder,
    port: PORT,
    shared_buffers: "32MB",
    log_checkpoints: "off",
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const server = spawn(program("postgres"), ["-D", data, ...flags], {
    ...owner,
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const lines: string[] = [];
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: server.stderr }).on("line", (line) => {
      if (lines.length < 50) lines.push(line);
      if (READY.test(line)) resolve();
    });
    server.on("error", reject);
    server.on("exit", () => reject(new Error(`postgres did not start:\n${lines.join("\n")}`)));
  });
  return server;
}

/** Debian keeps the programs of each version in a folder of its own; the newest counts. */
function program(name: string): string {
  const versions = "/usr/lib/postgresql";
  const folders = listFolder(versions)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(versions, version, "bin"));
  return findCommand({ names: [name], debianPackage: "postgresql", folders });
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function must(ended: { readonly status: number | null; stdout: string; stderr: string }): string {
  if (ended.status === 0) return ended.stdout;
  throw new Error(`A program of PostgreSQL failed: ${ended.stderr}`);
}
