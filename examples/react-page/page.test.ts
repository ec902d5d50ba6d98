// The page in a real browser, with a real gate on its own origin; the browser's clock and the gate's go as the test says.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { answers } from "@sluice-apis/mavera/answers";
import { mavera } from "@sluice-apis/mavera/contract";
import { createMaveraUpstream } from "@sluice-apis/mavera/upstream";
import { launchChromium } from "@sluice-internal/test-servers/chromium";
import type { Browser, Locator } from "playwright-core";
import { createFetchHandler } from "sluice/adapter/fetch";
import { seededRandom, VirtualClock } from "sluice/base";
import { type Account, createGate, fetchUpstream } from "sluice/gate";
import { createMemoryStores } from "sluice/store/memory";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";

const ORIGIN = "https://mavera.test";
const PERSONAS = `${ORIGIN}${mavera.wire.basePath}/personas`;

/** What a browser loads, by its path. */
async function bundlePage(): Promise<ReadonlyMap<string, string>> {
  // As people get it: for its own developers, React begins everything twice.
  vi.stubEnv("NODE_ENV", "production");
  const root = fileURLToPath(new URL(".", import.meta.url));
  const built = await build({ root, logLevel: "silent", build: { write: false } });
  vi.unstubAllEnvs();
  const outputs = "output" in built ? built.output : [];
  const files = outputs.map((file): [string, string] => {
    const text = file.type === "chunk" ? file.code : String(file.source);
    return [file.fileName === "index.html" ? "/" : `/${file.fileName}`, text];
  });
  return new Map(files);
}

/** Mavera behind a gate, for one customer. */
async function openMavera(subscription: Account["subscription"]) {
  const shared = { clock: new VirtualClock(Date.now()), random: seededRandom("page") };
  const stores = createMemoryStores();
  const upstream = createMaveraUpstream(shared);
  const pepper = new Uint8Array(32).fill(7);
  const behind = { stores, answers, upstream: fetchUpstream(upstream.fetch), pepper };
  const gate = createGate(mavera, { ...shared, ...behind });
  const account = { id: "visitor", name: "Visitor", plan: "starter", subscription } as const;
  await stores.directory.putAccount(account, { by: "test", atMs: shared.clock.wallMs() });
  const made = { accountId: account.id, name: "one", by: "test" };
  const { secret: key } = await gate.keys.create(made);
  onTestFinished(() => {
    upstream.close();
    gate.close();
  });
  const used = () => {
    const { allowance } = mavera.server.plans.starter;
    return stores.ledger.balance({ accountId: account.id, allowance }, shared.clock.wallMs()).used;
  };
  const rows = () => stores.log.find({ limit: 1_000 });
  return { handle: createFetchHandler(gate), clock: shared.clock, key, used, rows };
}

describe("the page", { timeout: 60_000 }, () => {
  let files: ReadonlyMap<string, string>;
  let browser: Browser;
  beforeAll(async () => {
    [files, browser] = await Promise.all([bundlePage(), launchChromium()]);
  });
  afterAll(() => browser?.close());

  async function open(
    subscription: Account["subscription"] = "active",
    keyFrom = (key: string) => key,
  ) {
    const api = await openMavera(subscription);
    const network = { losesAnswers: false };
    const server = createServer(async (request, response) => {
      const { url = "/", method = "GET" } = request;
      const file = files.get(url);
      if (file !== undefined) {
        response.writeHead(200, { "content-type": url === "/" ? "text/html" : "text/javascript" });
        return response.end(file);
      }
      if (!url.startsWith("/mavera/")) return response.writeHead(404).end();
      let body = "";
      for await (const piece of request.setEncoding("utf8")) body += piece;
      const headers = request.headers as Record<string, string>;
      const asked = { method, headers, ...(method === "POST" && { body }) };
      const answer = await api.handle(new Request(`${ORIGIN}${url.replace("/mavera", "")}`, asked));
      const text = await answer.text();
      if (network.losesAnswers) return response.destroy();
      return response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(text);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const context = await browser.newContext();
    const page = await context.newPage();
    const told: string[] = [];
    page.on("console", (message) => told.push(message.text()));
    page.on("pageerror", (error) => told.push(`${error.message} ${error.stack}`));
    onTestFinished(async () => {
      expect([...told, await page.content()].join("\n")).not.toContain(api.key.slice(10));
      await context.close();
      server.close();
      server.closeAllConnections();
    });
    await page.clock.install();
    await page.goto(
      `http://127.0.0.1:${(server.address() as AddressInfo).port}/#key=${keyFrom(api.key)}`,
    );
    return { ...api, page, network };
  }

  it("says where to buy what is used up, and asks for it once", async () => {
    const { page, rows } = await open("inactive");
    const alert = page.getByRole("alert");
    await alert.getByRole("link", { name: "Look at credits" }).waitFor();
    expect(await alert.textContent()).toContain("This feature is used up for now.");
    await page.clock.fastForward(600_000);
    expect(rows().map(({ status }) => status)).toEqual([402]);
  });

  it("counts down to the moment at which a limit lets it go on, and goes on", async () => {
    const { page, rows, clock, handle, key } = await open();
    await page.getByText("personas").waitFor();
    const headers = { authorization: `Bearer ${key}` };
    while ((await handle(new Request(PERSONAS, { headers }))).status === 200);
    const before = rows().length;
    await page.getByRole("button", { name: "Ask" }).click();
    const timer = page.getByRole("timer");
    await timer.waitFor();
    const secondsLeft = async () => Number(/(\d+) s/.exec((await timer.textContent()) ?? "")?.[1]);
    const first = await secondsLeft();
    expect(first).toBeGreaterThan(30);
    expect(first).toBeLessThanOrEqual(60);
    await page.clock.fastForward(20_000);
    expect(await secondsLeft()).toBeLessThanOrEqual(first - 19);
    await clock.advance(60_000);
    await page.clock.fastForward(45_000);
    await page.getByText("credits").waitFor();
    expect(await timer.count()).toBe(0);
    const asked = rows().slice(0, rows().length - before);
    expect(asked.map(({ status }) => status).sort()).toEqual([200, 429]);
  });

  it("tries again by itself where no answer comes, and is charged once", async () => {
    const { page, used, network } = await open();
    await page.getByText("personas").waitFor();
    network.losesAnswers = true;
    await page.getByRole("button", { name: "Ask" }).click();
    await page.getByText("We try again by ourselves.").waitFor();
    network.losesAnswers = false;
    await page.clock.fastForward(10_000);
    const said = await page.getByText("credits").textContent();
    expect(used()).toBe(Number.parseInt(said ?? "", 10));
  });

  it("says in the end that it has given up, and does not say that it tries", async () => {
    const { page, network } = await open();
    await page.getByText("personas").waitFor();
    network.losesAnswers = true;
    const form = page.locator("form");
    const alert = form.getByRole("alert");
    const later = async (what: Locator) => {
      await page.clock.fastForward(40_000);
      return what.count();
    };
    const patience = { timeout: 50_000, interval: 100 };
    await form.getByRole("button").click();
    await form.getByRole("status").waitFor();
    await expect.poll(() => later(alert), patience).toBe(1);
    expect(await alert.textContent()).toMatch(/^We are a little busy\. Please try again/);
    expect(await form.getByRole("status").count()).toBe(0);
    network.losesAnswers = false;
    await form.getByRole("button").click();
    await expect.poll(() => later(form.getByText("credits")), patience).toBe(1);
  });

  it("names the request to whom must be asked, where the visitor's key is none", async () => {
    const { page, rows } = await open("active", (key) => key.replaceAll(/[a-z]/g, "x"));
    const alert = page.getByRole("alert");
    await alert.waitFor();
    expect(await alert.textContent()).toBe(
      `This feature is not set up correctly. Please contact support. Request ${rows()[0]?.requestId}`,
    );
    expect(rows()).toHaveLength(1);
  });
});
