// The demo, from its environment to its greeting: engines, gates, demo data, one server in front.

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { answerUnreadable, createNodeListener } from "sluice/adapter/node";
import { type Contracts, contracts, openDemo } from "./demo.ts";
import { drainOnSignal } from "./drain.ts";
import type { Engines } from "./engines/engines.ts";
import { type Environment, StartError } from "./environment.ts";
import { chaptersFor } from "./examples/index.ts";
import { createFront } from "./front.ts";
import { type DemoFile, demoPath, prepareHome, readKeys, writeDemoFile } from "./home.ts";
import { describeDemo, type Landing } from "./landing.ts";
import { seedMavera } from "./seeding/mavera.ts";
import { seedMentova } from "./seeding/mentova.ts";

const host = "127.0.0.1";
const mounts = { mavera: "/mavera", mentova: "/mentova" } as const;

/** Resolves once it answers. What the APIs promise may be told otherwise than they do by themselves. */
export async function serve(
  { port, home, servers }: Environment,
  promised: Contracts = contracts,
): Promise<void> {
  prepareHome(home);
  const demo = await openDemo(home, await openEngines(home, servers), promised);
  const seeded = {
    mavera: await seedMavera(demo, readKeys(home, "mavera")),
    mentova: await seedMentova(demo, readKeys(home, "mentova")),
  };
  const listenerOf = (api: keyof typeof mounts) =>
    createNodeListener(demo[api].gate, { mount: mounts[api] });
  let landing: Landing = { html: "", text: "" };
  const server = createServer(
    createFront({
      apis: { [mounts.mavera]: listenerOf("mavera"), [mounts.mentova]: listenerOf("mentova") },
      landing: () => landing,
    }),
  );
  // Bytes that are no request name no API: one of them must answer.
  answerUnreadable(server, demo.mentova.gate);
  drainOnSignal(server, { say: console.log, close: () => demo.close() });
  const url = `http://${host}:${await listen(server, port)}`;
  const baseUrl = (api: keyof typeof mounts) =>
    `${url}${mounts[api]}${demo[api].gate.api.wire.basePath}`;
  const file: DemoFile = {
    url,
    mavera: { baseUrl: baseUrl("mavera"), ...seeded.mavera },
    mentova: { baseUrl: baseUrl("mentova"), ...seeded.mentova },
  };
  // Nothing has been answered yet: whoever sees the demo alive finds the file.
  writeDemoFile(home, file);
  demo.tell(url);
  landing = describeDemo(file, demoPath(home));
  console.log(greeting(file, demoPath(home)));
}

/** What is not used is not even loaded. */
async function openEngines(home: string, servers: Environment["servers"]): Promise<Engines> {
  if (servers === undefined) {
    const { openEmbedded } = await import("./engines/embedded.ts");
    return openEmbedded(home);
  }
  const { openShared } = await import("./engines/shared.ts");
  return openShared(home, servers);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(explain(error, port)));
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

function explain(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === "EADDRINUSE") {
    return new StartError(
      `Port ${port} is in use: stop what listens there, or choose another with PORT=<number> npm start.`,
    );
  }
  if (error.code === "EACCES") {
    return new StartError(
      `Port ${port} needs rights that you lack: choose one above 1023 with PORT.`,
    );
  }
  return error;
}

function greeting(file: DemoFile, path: string): string {
  const tries = chaptersFor(file)
    .flatMap(({ examples }) => examples.filter(({ telling }) => telling))
    .flatMap(({ title, answer, command }) => ["", `# ${title} → ${answer}`, command]);
  const lines = [
    `Sluice demo: ${file.url} (the same in a browser, with more to try)`,
    `Keys and ids: ${path}`,
    ...tries,
    "",
    "Ctrl-C stops.",
  ];
  return lines.join("\n");
}
