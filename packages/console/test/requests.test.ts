// From "customer X is refused" to the reason: the overview, the list of requests, and one request explained.

import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { enter } from "./fixtures/asking.ts";
import { ownDemo } from "./fixtures/own-demo.ts";
import { sizes } from "./fixtures/sizes.ts";
import { faultsOn, useVisitors } from "./fixtures/visitor.ts";

const canary = `"><img src=x onerror="throw new Error('ran')"><script>throw 1</script>`;

const demo = ownDemo();

interface Call {
  readonly key: string;
  readonly model?: string;
  readonly path?: string;
  readonly clientRequestId?: string;
}

/** Answers the request's id. */
async function respond({ key, model = "mavera-1", path = "/responses", clientRequestId }: Call) {
  const { baseUrl, keys } = demo().file.mavera;
  const answer = await fetch(baseUrl + path, {
    method: "POST",
    headers: {
      authorization: `Bearer ${keys[key]}`,
      "content-type": "application/json",
      ...(clientRequestId !== undefined && { "x-request-id": clientRequestId }),
    },
    body: JSON.stringify({ model, input: "Hello" }),
  });
  await answer.arrayBuffer();
  return answer.headers.get("x-request-id") ?? "";
}

describe("the way from a refusal to its reason", { timeout: 60_000 }, () => {
  const visit = useVisitors();
  const reason = (page: Page) => page.getByText(/credits left, and the call may cost/);

  it("takes three clicks: the customer's name, Find, the newest row", async () => {
    await respond({ key: "starter" });
    const requestId = await respond({ key: "exhausted" });
    const { page } = await visit();
    await enter(page, demo());
    let clicks = 0;
    const click = async (where: ReturnType<Page["locator"]>) => {
      clicks++;
      await where.click();
    };
    await click(page.getByRole("searchbox"));
    await page.keyboard.type("mavera_exhausted");
    await click(page.getByRole("button", { name: "Find" }));
    await page.getByText("1 request", { exact: true }).waitFor();
    expect(new URL(page.url()).search).toBe("?account=mavera_exhausted");
    await click(page.locator("tr[data-at] a").first());
    await reason(page).waitFor();
    expect(clicks).toBe(3);
    expect(page.url()).toBe(`${demo().consoleUrl}/requests/${requestId}`);

    const stopped = page.locator(".step.refused");
    expect(await stopped.getByRole("heading").textContent()).toBe("reserve");
    expect(await page.locator(".step.passed").count()).toBe(6);
    expect(await page.locator(".step.not-reached").count()).toBe(2);
    expect(await page.getByText("nothing: no credit moved").count()).toBe(1);
    expect(await page.getByLabel("Body", { exact: true }).textContent()).toContain(
      '"code":"credits_exhausted"',
    );

    await page.getByRole("link", { name: "of this key with this code" }).click();
    await page.getByText("1 request", { exact: true }).waitFor();
  });

  it("is shorter still from the overview, which is live", async () => {
    const { page } = await visit();
    await enter(page, demo());
    await page.getByText("live", { exact: true }).waitFor();
    const requestId = await respond({ key: "overBudget" });
    const keys = page.getByRole("region", { name: /^Most refused keys/ });
    await keys.getByRole("link", { name: /^key_/ }).first().waitFor();
    const newest = page
      .getByRole("region", { name: /^Recent refusals/ })
      .getByRole("row")
      .nth(1);
    await newest.getByText("budget_exceeded").waitFor();
    await newest.getByRole("link").first().click();
    await page.getByRole("heading", { name: /budget_exceeded/ }).waitFor();
    expect(page.url()).toContain(requestId);
  });

  it("begins with a request id that was pasted, or with the caller's own", async () => {
    const requestId = await respond({ key: "viewer", clientRequestId: "their-own-7" });
    const { page } = await visit();
    await enter(page, demo(), "/requests");
    const find = async (text: string) => {
      await page.getByRole("searchbox").fill(text);
      await page.getByRole("searchbox").press("Enter");
    };
    await find("nothing has this");
    await page.getByText("The log has no request with exactly this.").waitFor();
    await find("their-own-7");
    await page.getByText("1 request", { exact: true }).waitFor();
    await find(requestId);
    await page.getByRole("heading", { name: /forbidden/ }).waitFor();
  });

  it("is gone by keyboard alone, and filters stay in the address", async () => {
    await respond({ key: "revoked" });
    await respond({ key: "revoked" });
    const { page } = await visit();
    await enter(page, demo(), "/requests");
    await page.getByLabel("Code", { exact: true }).selectOption("revoked_api_key");
    await page.getByRole("button", { name: "Last hour" }).click();
    await page.getByText("2 requests", { exact: true }).waitFor();
    expect(new URL(page.url()).search).toBe("?code=revoked_api_key&last=1h");
    await page.reload();
    await page.getByText("2 requests", { exact: true }).waitFor();
    expect(await page.getByRole("table").getAttribute("aria-rowcount")).toBe("3");

    await page.getByRole("region", { name: "Requests, newest first" }).focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    const focused = page.locator("tr[data-at='1'] a:focus");
    await focused.waitFor();
    const href = await focused.getAttribute("href");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: /revoked_key/ }).waitFor();
    expect(new URL(page.url()).pathname).toBe(href);
    await page.goBack();
    await page.getByText("2 requests", { exact: true }).waitFor();
  });

  it("shows what a caller wrote as text, and no more", async () => {
    const clientRequestId = canary.slice(0, 60);
    const path = `/${encodeURI(canary)}`;
    const requestId = await respond({ key: "starter", path, clientRequestId });
    const { page } = await visit();
    await enter(page, demo(), `/requests/${requestId}`);
    await page.getByRole("heading", { name: /not_found/ }).waitFor();
    expect(await page.locator("img, main script").count()).toBe(0);
    await page.goto(`${demo().consoleUrl}/requests?${new URLSearchParams({ account: canary })}`);
    await page.getByText("No request of the log is like this.").waitFor();
    expect(await page.locator("img, main script").count()).toBe(0);
  });

  it.each(
    (["phone", "desk"] as const).flatMap((size) =>
      (["light", "dark"] as const).map((theme) => [size, theme] as const),
    ),
  )("has no fault that a %s in %s shows", async (size, colorScheme) => {
    const requestId = await respond({ key: "exhausted" });
    const { page } = await visit({ viewport: sizes[size], colorScheme });
    await enter(page, demo());
    await page.getByText("live", { exact: true }).waitFor();
    await page.getByText("As a table").first().click();
    expect(await faultsOn(page)).toEqual([]);
    await page.goto(`${demo().consoleUrl}/requests?account=mavera_exhausted`);
    await page.locator("tr[data-at] a").first().waitFor();
    await page.getByText("More filters").click();
    expect(await faultsOn(page)).toEqual([]);
    await page.goto(`${demo().consoleUrl}/requests/${requestId}`);
    await reason(page).waitFor();
    expect(await faultsOn(page)).toEqual([]);
  });
});
