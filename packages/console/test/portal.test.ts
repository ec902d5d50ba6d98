// The portal as customers use it: in with a key, what they have left, why they were refused, and out again.

import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { ownDemo } from "./fixtures/own-demo.ts";
import { enterPortal, faultsOfPortal, portalOf } from "./fixtures/pages-of-portal.ts";
import { twoViews } from "./fixtures/sizes.ts";
import { faultsOn, useVisitors } from "./fixtures/visitor.ts";

const demo = ownDemo();
const portal = () => portalOf(demo());

const canary = `<img src=x onerror=alert(1)>"><script>alert(2)</script>`;

function enter(page: Page, key: string, at?: string): Promise<void> {
  return enterPortal(page, demo(), key, at);
}

function keyOf(api: "mavera" | "mentova", name: string): string {
  return demo().file[api].keys[name] ?? "";
}

/** A request of Mavera; answers its id. */
async function call(key: string, path: string, more: Record<string, string> = {}): Promise<string> {
  const headers = { authorization: `Bearer ${key}`, ...more };
  const answer = await fetch(`${demo().file.mavera.baseUrl}${path}`, { headers });
  return answer.headers.get("x-request-id") ?? "";
}

describe("the portal", { timeout: 60_000 }, () => {
  const visit = useVisitors();

  it("lets nobody in without a good key, and says why", async () => {
    const { page, complaints } = await visit();
    await page.goto(`${portal()}/requests?code=forbidden`);
    await page.getByLabel("API key").waitFor();
    for (const [key, words] of [
      [demo().file.admin.token, "This is no API key of ours."],
      [keyOf("mavera", "revoked"), "revoked"],
      [keyOf("mavera", "expired"), "expired"],
    ] as const) {
      await page.getByLabel("API key").fill(key);
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByText(words).waitFor();
    }
    expect(await faultsOn(page)).toEqual([]);
    expect(await page.context().cookies()).toEqual([]);
    expect(complaints.splice(0).every((one) => one.includes("401"))).toBe(true);

    await page.getByLabel("API key").fill(keyOf("mavera", "starter"));
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("No request is like that.").waitFor();
    expect(page.url()).toBe(`${portal()}/requests?code=forbidden`);
    const [cookie] = await page.context().cookies();
    expect(cookie).toMatchObject({
      name: "sluice_portal",
      path: "/portal",
      httpOnly: true,
      sameSite: "Strict",
    });
    expect(cookie?.value).not.toContain(keyOf("mavera", "starter").slice(12));

    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByLabel("API key").waitFor();
    await page.goto(`${portal()}/keys`);
    await page.getByLabel("API key").waitFor();
    expect(complaints.splice(0).join()).toContain("401");
  });

  it("leads from the overview to the reason of a refusal, and shows what callers wrote as text", async () => {
    const key = keyOf("mavera", "starter");
    const headers = { "x-client-request-id": canary.replaceAll('"', "") };
    const refused = await call(key, `/nothing/${encodeURIComponent(canary)}`, headers);
    const { page } = await visit();
    await enter(page, key);
    await page.getByRole("heading", { name: "Forecast" }).waitFor();
    await page.getByText("credits left", { exact: false }).first().waitFor();
    const used = page.getByRole("table", { name: "Usage of this month by operation" });
    await used.getByRole("img", { name: /^no operation: / }).waitFor();
    await page.getByRole("link", { name: "resource_not_found" }).click();
    // By its address: tables of the page that is being left have links of their own.
    await page.locator(`tbody a[href$="/requests/${refused}"]`).click();
    await page.getByText("The API has nothing at").waitFor();
    expect(page.url()).toBe(`${portal()}/requests/${refused}`);
    expect(await page.getByText("resource_not_found").count()).toBeGreaterThan(0);
    expect(await faultsOn(page)).toEqual([]);
  });

  it("shows a key of a project what is its own, and a test key that it is one", async () => {
    const { page } = await visit();
    await enter(page, keyOf("mavera", "overBudget"));
    await page.getByRole("heading", { name: "Budgets of this month" }).waitFor();
    const { page: tester } = await visit();
    await enter(tester, keyOf("mavera", "test"), "/warnings");
    await tester.getByText("test key", { exact: true }).waitFor();
    await tester.getByText("sign in with a live key").waitFor();
  });

  it("sets thresholds, shows the secret once, and asks before it ends the webhook", async () => {
    const { page, complaints } = await visit();
    await enter(page, keyOf("mentova", "agency"), "/warnings");
    await page.getByLabel("Webhook").fill("ftp://x.test/");
    await page.getByLabel("Percents").fill("50, 200");
    await page.getByRole("button", { name: "Save" }).click();
    await page.locator(".wrong").first().waitFor();
    complaints.splice(0);
    await page.getByLabel("Webhook").fill("http://127.0.0.1:9/hook");
    await page.getByLabel("Percents").fill("50, 95");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("whsec_").waitFor();
    expect(await faultsOn(page)).toEqual([]);
    await page.getByRole("button", { name: "I have it" }).click();
    await page.getByText("hears when 50 %, 95 % of credits").waitFor();
    await page.getByRole("button", { name: "End the webhook …" }).click();
    await page.getByRole("button", { name: "End the webhook", exact: true }).click();
    await page.getByText("No webhook is set").waitFor();
    expect(complaints).toEqual([]);
  });

  it("says what is wrong where the gateway does not answer", async () => {
    const { page, complaints } = await visit();
    await enter(page, keyOf("mavera", "enterprise"));
    await page.route("**/api/v1/plan*", (route) => route.abort());
    await page.getByRole("link", { name: "Limits" }).click();
    await page.getByText("The gateway does not answer").waitFor();
    expect(await faultsOn(page)).toEqual([]);
    complaints.splice(0);
    await page.unroute("**/api/v1/plan*");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("heading", { name: "How fast" }).waitFor();
    // What the client tried again by itself.
    expect(complaints.splice(0).every((one) => one.includes("ERR_FAILED"))).toBe(true);
    expect(complaints).toEqual([]);
  });

  it.each(twoViews)("reads well on a screen of $viewport.width, $colorScheme", async (view) => {
    const key = keyOf("mavera", "starter");
    const requestId = await call(key, "/nothing");
    const { page } = await visit(view);
    expect(await faultsOfPortal(page, demo(), key, requestId)).toEqual([]);
  });
});
