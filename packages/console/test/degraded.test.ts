// What people see while a store is down: that it is, what failed because of it, and that it is over.

import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enter } from "./fixtures/asking.ts";
import { type RunningDemo, startDemo } from "./fixtures/demo.ts";
import { enterPortal } from "./fixtures/pages-of-portal.ts";
import { type SharedServers, startServers } from "./fixtures/shared-servers.ts";
import { faultsOn, useVisitors } from "./fixtures/visitor.ts";

let servers: SharedServers;
let demo: RunningDemo;
beforeAll(async () => {
  servers = await startServers();
  demo = await startDemo(servers.variables);
}, 120_000);
afterAll(async () => {
  await demo?.stop();
  await servers?.close();
});

describe("while PostgreSQL is down", { timeout: 120_000 }, () => {
  const visit = useVisitors();

  it("console and portal say so, and what failed, offer to try again, and recover", async () => {
    const { page, complaints } = await visit();
    const customer = await visit();
    await enterPortal(customer.page, demo, demo.file.mavera.keys["starter"] ?? "");
    await customer.page.getByText("credits left").first().waitFor();
    await enter(page, demo, "/accounts");
    await page.getByText("mavera_starter").waitFor();
    await servers.postgres.crash();
    await page
      .getByText(/Degraded: the store of \w+ does not answer/)
      .first()
      .waitFor();
    await page.getByRole("link", { name: "The starter account" }).click();
    await page.getByRole("alert").first().waitFor();
    await page.getByRole("button", { name: "Try again" }).first().waitFor();
    expect(await faultsOn(page)).toEqual([]);
    await expectPortalDown(customer.page);

    await servers.postgres.start();
    await page
      .getByText(/Degraded/)
      .first()
      .waitFor({ state: "detached" });
    await tryAgainUntil(page, "Credits left");
    await expect.poll(() => page.getByRole("alert").count(), { timeout: 30_000 }).toBe(0);
    await tryAgainUntil(customer.page, "How fast");
    // Answers that were refused meanwhile, and nothing else.
    const said = [...complaints.splice(0), ...customer.complaints.splice(0)];
    expect(said.filter((one) => !/50\d|429/.test(one))).toEqual([]);
  });
});

/** A page that recovers by itself takes the button away, perhaps while it is being clicked. */
async function tryAgainUntil(page: Page, heading: string): Promise<void> {
  const again = page.getByRole("button", { name: "Try again" }).first();
  const isThere = async () => {
    await again.click({ timeout: 2_000 }).catch(() => undefined);
    return page.getByRole("heading", { name: heading }).isVisible();
  };
  await expect.poll(isThere, { timeout: 30_000, interval: 500 }).toBe(true);
}

/** It shows what it has read, leads on, and signs nobody out: whether a key is still good, nobody can tell. */
async function expectPortalDown(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Limits" }).click();
  await page.getByRole("alert").first().waitFor();
  expect(await page.getByRole("button", { name: "Sign out" }).count()).toBe(1);
  await page.getByRole("link", { name: "Overview" }).click();
  await page.getByText("credits left").first().waitFor();
  await page.getByRole("alert").first().waitFor();
  expect(await faultsOn(page)).toEqual([]);
  await page.getByRole("link", { name: "Limits" }).click();
  await page.getByRole("button", { name: "Try again" }).first().waitFor();
}

describe("while the gateway is down, the console", { timeout: 120_000 }, () => {
  const visit = useVisitors();

  it("says so on a page that is open", async () => {
    const { page, complaints } = await visit();
    await enter(page, demo);
    await page.getByRole("heading", { name: "Overview" }).waitFor();
    await page.route("**/console/api/**", (route) => route.abort());
    await page
      .getByText("The gateway does not answer. What is shown may be out of date.")
      .waitFor();
    await page.unroute("**/console/api/**");
    await page.getByText("What is shown may be out of date.").waitFor({ state: "detached" });
    expect(complaints.splice(0).filter((said) => !said.includes("ERR_FAILED"))).toEqual([]);
  });
});
