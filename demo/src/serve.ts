// The demo, from its environment to its greeting: plain APIs, the gateway before them, demo data.

import { stopOnSignals } from "@sluice/gateway";
import {
  type Contracts,
  contracts,
  docsOf,
  mounts,
  openDemo,
  PORTAL_PATH,
  statusPath,
} from "./demo.ts";
import type { Environment } from "./environment.ts";
import { chaptersFor } from "./examples/index.ts";
import { type DemoFile, demoPath, prepareHome, readKeys, writeDemoFile } from "./home.ts";
import { describeDemo, type Landing } from "./landing.ts";
import { besideTheApis } from "./pages.ts";
import { seedMavera } from "./seeding/mavera.ts";
import { seedMentova } from "./seeding/mentova.ts";
import { seedPast } from "./seeding/past.ts";

/** Resolves once it answers. What the APIs promise may be told otherwise than they do by themselves. */
export async function serve(
  environment: Environment,
  promised: Contracts = contracts,
): Promise<void> {
  const { home } = environment;
  prepareHome(home);
  let landing: Landing = { html: "", text: "" };
  const demo = await openDemo(
    environment,
    promised,
    besideTheApis(() => landing),
  );
  const seeded = {
    mavera: await seedMavera(demo, readKeys(home, "mavera")),
    mentova: await seedMentova(demo, readKeys(home, "mentova")),
  };
  await seedPast(demo);
  const { url, internalUrl, admin, consoleUrl } = await demo.gateway.listen();
  if (admin === undefined || consoleUrl === undefined) {
    throw new Error("the demo has an admin API, and a console over it");
  }
  stopOnSignals({
    say: console.log,
    stopping: () => stopping(demo.gateway.underWay),
    drain: () => demo.close(),
  });
  const baseUrl = (api: keyof typeof mounts) =>
    `${url}${mounts[api]}${demo[api].gate.api.wire.basePath}`;
  const file: DemoFile = {
    url,
    admin,
    mavera: { baseUrl: baseUrl("mavera"), ...seeded.mavera },
    mentova: { baseUrl: baseUrl("mentova"), ...seeded.mentova },
  };
  // Nothing has been answered yet: whoever sees the demo alive finds the file.
  writeDemoFile(home, file);
  landing = describeDemo(file, demoPath(home));
  if (internalUrl !== undefined) demo.mavera.resume(internalUrl);
  console.log(greeting(file, demoPath(home), consoleUrl));
}

function stopping(underWay: number): string {
  if (underWay === 0) return "Stopped.";
  const what = underWay === 1 ? "a request is" : `${underWay} requests are`;
  return `Stopping once ${what} answered; Ctrl-C again stops at once.`;
}

function greeting(file: DemoFile, path: string, consoleUrl: string): string {
  const tries = chaptersFor(file)
    .flatMap(({ examples }) => examples.filter(({ telling }) => telling))
    .flatMap(({ title, answer, command }) => ["", `# ${title} → ${answer}`, command]);
  const lines = [
    `Sluice demo: ${file.url} (the same in a browser, with more to try)`,
    `Errors and limits, for callers: ${file.url}${docsOf("mavera")}/ and ${file.url}${docsOf("mentova")}/`,
    `Portal, for customers with a key of theirs: ${file.url}${PORTAL_PATH}/`,
    `Whether they work, for everybody: ${file.url}${statusPath}`,
    `Keys and ids: ${path}`,
    `Console, which this link opens once, within 15 minutes: ${consoleUrl}`,
    `Admin API: ${file.admin.url} (its token is there, too)`,
    ...tries,
    "",
    "Ctrl-C stops.",
  ];
  return lines.join("\n");
}
