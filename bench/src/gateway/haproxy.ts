// haproxy as a reverse proxy of one thread: connections to the upstream are kept and shared; with guards also a
// map of keys, and a stick table that counts by key.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { findCommand } from "@sluice-internal/test-servers/command";
import { freePort } from "@sluice-internal/test-servers/server-process";
import { rowFolder } from "../section.ts";
import { type ServerProcess, startProgram } from "../server-process.ts";
import {
  KEEP_ALIVE_MS,
  type ProxySetup,
  REQUESTS_A_SECOND,
  UPSTREAM_CONNECTIONS,
} from "./setup.ts";

const COMMAND = { names: ["haproxy"], debianPackage: "haproxy", folders: ["/usr/sbin"] };

export async function startHaproxy(
  core: number,
  setup: ProxySetup,
  isGuarded: boolean,
): Promise<ServerProcess> {
  const folder = rowFolder(setup);
  const port = await freePort();
  const file = join(folder, "haproxy.cfg");
  const map = join(folder, "keys.map");
  writeFileSync(map, `${setup.key} acct_bench\n`);
  writeFileSync(file, config(setup, port, isGuarded ? guards(map) : ""));
  return startProgram(findCommand(COMMAND), ["-db", "-q", "-f", file], core, port);
}

/** Without strict limits it makes do with the files that this process may open. */
function config({ upstream }: ProxySetup, port: number, guarded: string): string {
  return `
global
  nbthread 1
  maxconn 16384
  no strict-limits
defaults
  mode http
  option http-no-delay
  http-reuse always
  timeout connect 5s
  timeout client ${KEEP_ALIVE_MS}ms
  timeout server ${KEEP_ALIVE_MS}ms
frontend public
  bind 127.0.0.1:${port} backlog 4096
  ${guarded}
  default_backend api
backend api
  server main ${new URL(upstream).host} maxconn ${UPSTREAM_CONNECTIONS} pool-max-conn -1
${guarded === "" ? "" : TABLE}`;
}

function guards(map: string): string {
  return `http-request set-var(txn.account) req.hdr(x-api-key),map_str(${map})
  http-request deny deny_status 401 if !{ var(txn.account) -m found }
  http-request track-sc0 req.hdr(x-api-key) table keys
  http-request deny deny_status 429 if { sc_http_req_rate(0) gt ${REQUESTS_A_SECOND} }`;
}

const TABLE = `backend keys
  stick-table type string len 64 size 100k expire 10s store http_req_rate(1s)
`;
