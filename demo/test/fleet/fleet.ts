// Several demos for one home, on one Redis and one PostgreSQL, each on a port of its own.

import { onTestFinished } from "vitest";
import type { Servers } from "../../src/environment.ts";
import type { DemoFile } from "../../src/home.ts";
import { answering, DemoProcess, type Later, newHome, type Started } from "../demo-process.ts";
import { variablesOf } from "./servers.ts";

export interface Fleet {
  readonly home: string;
  readonly servers: Servers;
  readonly demos: readonly DemoProcess[];
  /** demo.json with the address of each demo. */
  readonly files: readonly DemoFile[];
  /** demo.json with the address of another demo each time that it is asked for one. */
  readonly inTurn: DemoFile;
}

interface Size {
  /** @default 2 */
  readonly demos?: number;
  readonly later?: Later;
  readonly started?: Pick<Started, "command">;
}

/** Demos that answer, all of which were started at once. */
export async function startFleet(servers: Servers, size: Size = {}): Promise<Fleet> {
  const { demos: count = 2, later = onTestFinished, started } = size;
  const home = newHome(later);
  const one = { ...started, later, variables: variablesOf(servers) };
  const starting = Array.from({ length: count }, () => new DemoProcess(home, one));
  const demos = await Promise.all(starting.map(answering));
  const files = demos.map(fileOf);
  return { home, servers, demos, files, inTurn: inTurnOf(files) };
}

/** Whichever demo has written the file last: what this one knows of itself. */
export function fileOf(demo: DemoProcess): DemoFile {
  const { url, admin, mavera, mentova } = demo.file;
  const here = (address: string) => address.replace(url, demo.url);
  return {
    url: demo.url,
    admin,
    mavera: { ...mavera, baseUrl: here(mavera.baseUrl) },
    mentova: { ...mentova, baseUrl: here(mentova.baseUrl) },
  };
}

function inTurnOf(files: readonly DemoFile[]): DemoFile {
  const [first] = files;
  if (first === undefined) throw new Error("a fleet has a demo");
  let turns = 0;
  const next = () => files[turns++ % files.length] ?? first;
  return {
    get url() {
      return next().url;
    },
    admin: first.admin,
    mavera: {
      ...first.mavera,
      get baseUrl() {
        return next().mavera.baseUrl;
      },
    },
    mentova: {
      ...first.mentova,
      get baseUrl() {
        return next().mentova.baseUrl;
      },
    },
  };
}
