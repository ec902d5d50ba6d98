// nginx as a reverse proxy of one worker, as its documentation sets it for speed: connections to the
// upstream are kept, no access log, bodies go through unbuffered; with guards also auth_request and
// limit_req by key.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { findCommand } from "@sluice-internal/test-servers/command";
import { freePort } from "@sluice-internal/test-servers/server-process";
import { rowFolder } from "../section.ts";
import { type ServerProcess, startProgram } from "../server-process.ts";
import { PATHS } from "./answers.ts";
import {
  KEEP_ALIVE_MS,
  type ProxySetup,
  REQUESTS_A_SECOND,
  UPSTREAM_CONNECTIONS,
} from "./setup.ts";

const COMMAND = { names: ["nginx"], debianPackage: "nginx-light", folders: ["/usr/sbin"] };

export async function startNginx(
  core: number,
  setup: ProxySetup,
  isGuarded: boolean,
): Promise<ServerProcess> {
  const folder = rowFolder(setup);
  const port = await freePort();
  const file = join(folder, "nginx.conf");
  writeFileSync(file, config(setup, folder, port, isGuarded));
  return startProgram(findCommand(COMMAND), ["-p", folder, "-c", file, "-e", "stderr"], core, port);
}

function config(setup: ProxySetup, folder: string, port: number, isGuarded: boolean): string {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  return `
daemon off;
${process.getuid?.() === 0 ? "user root;" : ""}
worker_processes 1;
pid ${folder}/nginx.pid;
error_log stderr error;
events { worker_connections 16384; }
http {
  access_log off;
  ${temporary.map((kind) => `${kind}_temp_path ${folder}/${kind};`).join("\n  ")}
  keepalive_timeout ${KEEP_ALIVE_MS}ms;
  keepalive_requests 100000000;
  client_max_body_size 0;
  proxy_http_version 1.1;
  proxy_set_header Connection "";
  proxy_max_temp_file_size 0;
  proxy_request_buffering off;
  upstream api {
    server ${new URL(setup.upstream).host};
    keepalive ${UPSTREAM_CONNECTIONS};
    keepalive_requests 100000000;
  }
  ${isGuarded ? keys(setup) : ""}
  server {
    listen 127.0.0.1:${port} backlog=4096;
    ${isGuarded ? GUARDS : ""}
    location / { proxy_pass http://api; }
    location = ${PATHS.events} { proxy_buffering off; proxy_pass http://api; }
  }
}
`;
}

function keys({ key }: ProxySetup): string {
  return `map $http_x_api_key $account { default ""; "${key}" acct_bench; }
  limit_req_zone $http_x_api_key zone=keys:10m rate=${REQUESTS_A_SECOND}r/s;`;
}

/** The subrequest is answered from nginx's own memory: a server that is asked would cost more. */
const GUARDS = `auth_request /auth;
    limit_req zone=keys burst=${REQUESTS_A_SECOND} nodelay;
    location = /auth {
      internal;
      auth_request off;
      if ($account = "") { return 401; }
      return 204;
    }`;
