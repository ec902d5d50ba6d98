// Who changed what: a difference that people can read, found by what the address says.

import { describe, expect, it } from "vitest";
import { ask } from "./fixtures/asking.ts";
import { ownDemo } from "./fixtures/own-demo.ts";
import { canary, expectFaultless, signedIn, soon } from "./fixtures/signed-in.ts";
import { useVisitors } from "./fixtures/visitor.ts";

const demo = ownDemo();

describe("the audit", { timeout: 120_000 }, () => {
  const visit = useVisitors();

  it("shows each change as it was before and after, by whom, and no digest of a key", async () => {
    const { secret } = await ask(demo(), "POST", "/tokens", { name: canary, role: "operator" });
    const path = "/accounts/acct_agency";
    const { name } = await ask(demo(), "GET", path);
    await ask(demo(), "PATCH", path, { name: canary, overrides: { windows: {} } }, secret);
    await ask(demo(), "PATCH", path, { name: "Agency" }, secret);
    const visitor = await signedIn(visit, demo(), "/audit");
    const { page } = visitor;
    const newest = page.getByRole("row").nth(1);
    await expect.poll(() => newest.textContent(), soon).toContain(`name ${canary} → Agency`);
    expect(await newest.textContent()).toContain(`token ${canary} (key_`);
    expect(await page.getByRole("row").nth(2).textContent()).toContain(`name ${name} → ${canary}`);
    for (const summary of await page.locator("summary").all()) await summary.click();
    const all = await page.getByRole("table").textContent();
    expect(all).toContain("lastFour");
    expect(all).not.toContain("digest");
    await expectFaultless(visitor);
  });

  it("says that it cannot be read, and is there when it is asked again", async () => {
    const visitor = await signedIn(visit, demo(), "/tokens");
    const { page, complaints } = visitor;
    await page.route("**/admin/v1/changes*", (route) => route.abort());
    await page.getByRole("link", { name: "Audit" }).click();
    await page.getByText("The gateway does not answer. Is it running?").waitFor();
    expect(complaints.splice(0).join()).toContain("ERR_FAILED");
    await expectFaultless(visitor);
    await page.unroute("**/admin/v1/changes*");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("table").waitFor();
  });

  it("is found by account, kind, record and whoever did it; the address says which", async () => {
    const { page } = await signedIn(visit, demo(), "/audit");
    await page.getByLabel("Account id").fill("acct_agency");
    await page.getByLabel("Kind").selectOption("key");
    await page.getByRole("button", { name: "Find" }).click();
    await expect.poll(() => page.url(), soon).toContain("?account=acct_agency&kind=key");
    const others = page.getByRole("cell", { name: /^account / });
    await expect.poll(() => others.count(), soon).toBe(0);
    await page.getByRole("cell", { name: "acct_agency", exact: true }).first().waitFor();
    await page
      .getByRole("link", { name: /^History of key_/ })
      .first()
      .click();
    await expect.poll(() => page.url(), soon).toMatch(/\?kind=key&id=key_/);
    await page.getByLabel("By", { exact: true }).fill("nobody");
    await page.getByRole("button", { name: "Find" }).click();
    await page.getByText("No change is like that.").waitFor();
    await page.getByRole("link", { name: "Show all" }).click();
    await page
      .getByRole("cell", { name: /^account / })
      .first()
      .waitFor();
    await page.getByRole("button", { name: "More" }).or(page.getByRole("table")).first().waitFor();
  });
});
