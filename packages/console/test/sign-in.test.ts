// The way in and out: a link that is good once, a token, and what becomes of a session when its token ends.

import { describe, expect, it } from "vitest";
import { ownDemo } from "./fixtures/own-demo.ts";
import { faultsOn, useVisitors } from "./fixtures/visitor.ts";

const demo = ownDemo();

describe("the console", { timeout: 30_000 }, () => {
  const visit = useVisitors();

  it("opens by the link that the demo() prints, once", async () => {
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
});
