// The way in and out: a link that is good once, a token, and what becomes of a session when its token ends. And what people are
// told where a page of it fails or does not load.

import { describe, expect, it } from "vitest";
import { enter } from "./fixtures/asking.ts";
import { ownDemo } from "./fixtures/own-demo.ts";
import { faultsOn, useVisitors } from "./fixtures/visitor.ts";

const demo = ownDemo();

describe("the console", { timeout: 30_000 }, () => {
  const visit = useVisitors();

  it("opens by the link that the demo prints, once", async () => {
    const { page } = await visit();
    await page.goto(demo().signInUrl);
    await page.getByRole("heading", { name: "Overview" }).waitFor();
    expect(page.url()).toBe(`${demo().consoleUrl}/`);
    await page.getByText("live", { exact: true }).waitFor();
    expect(await faultsOn(page)).toEqual([]);

    const { page: late, complaints } = await visit();
    await late.goto(demo().signInUrl);
    await late.getByText("This link was used before").waitFor();
    expect(await faultsOn(late)).toEqual([]);
    expect(complaints.splice(0).join()).toContain("401");
  });

  it("opens by a token, at the page that was asked for, and closes", async () => {
    const { page, complaints } = await visit();
    await page.goto(`${demo().consoleUrl}/accounts?search=exhausted`);
    await page.getByLabel("Token").fill(demo().file.admin.token);
    // Nothing else is asked for before it is known who asks.
    expect(complaints.splice(0)).toEqual([expect.stringContaining("401")]);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("mavera_exhausted").waitFor();
    expect(await page.getByText("acct_agency").count()).toBe(0);
    expect(page.url()).toBe(`${demo().consoleUrl}/accounts?search=exhausted`);

    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByLabel("Token").waitFor();
    await page.goto(`${demo().consoleUrl}/accounts`);
    await page.getByLabel("Token").waitFor();
    expect(complaints.splice(0).join()).toContain("401");
  });

  it("says of a page with a fault what to do, and shows it once the answer is mended", async () => {
    const { page, complaints } = await visit();
    await enter(page, demo());
    const accounts = /\/v1\/accounts(\?|$)/;
    await page.route(accounts, (route) => route.fulfill({ json: { next: null } }));
    await page.getByRole("link", { name: "Accounts", exact: true }).click();
    await page.getByText("It has a fault: nothing that you did.").waitFor();
    expect(await faultsOn(page)).toEqual([]);
    await page.getByRole("link", { name: "Keys", exact: true }).click();
    await page.getByRole("heading", { name: "Keys" }).waitFor();
    await page.getByRole("link", { name: "Accounts", exact: true }).click();
    await page.unroute(accounts);
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText("mavera_starter").waitFor();
    expect(complaints.splice(0).join()).toContain("undefined");
  });

  it("says of a page that did not load what to do, and shows it once it is there", async () => {
    const { page, complaints } = await visit();
    await enter(page, demo());
    await page.getByRole("heading", { name: "Overview" }).waitFor();
    await page.route("**/assets/ledger-*", (route) => route.abort());
    await page.getByRole("link", { name: "Ledger", exact: true }).click();
    await page.getByText("A part of it did not load.").waitFor();
    expect(page.url()).toBe(`${demo().consoleUrl}/ledger`);
    expect(await faultsOn(page)).toEqual([]);
    await page.unroute("**/assets/ledger-*");
    await page.getByRole("button", { name: "Reload the page" }).click();
    await page.getByRole("button", { name: "Prove it" }).waitFor();
    expect(complaints.splice(0).join()).toContain("ERR_FAILED");
  });
});
