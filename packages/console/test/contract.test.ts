// The contract as an operator reads it: found by a word, side by side, and any refusal as the bytes that a caller gets.

import { describe, expect, it } from "vitest";
import { ownDemo } from "./fixtures/own-demo.ts";
import { expectFaultless, signedIn, soon } from "./fixtures/signed-in.ts";
import { useVisitors } from "./fixtures/visitor.ts";

const demo = ownDemo();

describe("the contract", { timeout: 120_000 }, () => {
  const visit = useVisitors();

  it("has all that are served, each with its codes, found by any word of theirs", async () => {
    const visitor = await signedIn(visit, demo(), "/contract");
    const { page } = visitor;
    await page.getByRole("link", { name: "Mavera" }).click();
    const codes = page.getByRole("table", { name: "Codes of Mavera" });
    await codes.waitFor();
    await expectFaultless(visitor);
    await page.getByLabel("Search codes").fill("zebra");
    await expect.poll(() => page.url(), soon).toContain("search=");
    await page.getByText("is like").waitFor();
    await page.getByLabel("Search codes").fill("credits exhausted");
    await expect.poll(() => codes.getByRole("row").count(), soon).toBe(2);
    await page.reload();
    await expect.poll(() => codes.getByRole("row").count(), soon).toBe(2);
    await codes.getByRole("link", { name: "credits_exhausted" }).first().click();
    await page.getByRole("heading", { name: "How to fix it" }).waitFor();
    await page.getByText("Sluice-Simulate: credits_exhausted").waitFor();
    await expectFaultless(visitor);
  });

  it("says what operations cost and take, and how the plans differ", async () => {
    const visitor = await signedIn(visit, demo(), "/contract/Mavera?view=operations");
    const { page } = visitor;
    const row = page.getByRole("row").filter({ hasText: "createMaveMessage" });
    await expect.poll(() => row.textContent(), soon).toMatch(/up to 50 credits\s*requests\s*mave/);
    await expectFaultless(visitor);
    await page.getByRole("link", { name: "Plans and limits" }).click();
    const window = page.getByRole("row").filter({ hasText: "Window requests" });
    await expect
      .poll(() => window.textContent())
      .toMatch(/60 per min and key.*600 per min and key/s);
    await expectFaultless(visitor);
  });

  it("shows the very bytes that a test key gets on the wire", async () => {
    const visitor = await signedIn(visit, demo(), "/contract/Mavera/refusal");
    const { page } = visitor;
    await page.getByText("Choose a condition to see").waitFor();
    await page.getByLabel("Condition").selectOption("credits_exhausted");
    const body = page.getByRole("region", { name: "The answer" }).locator("pre").nth(1);
    await body.waitFor();
    const { baseUrl, keys } = demo().file.mavera;
    const test = Object.values(keys).find((key) => key.startsWith("mvra_test_")) ?? "";
    const real = await fetch(`${baseUrl}/personas`, {
      headers: { authorization: `Bearer ${test}`, "sluice-simulate": "credits_exhausted" },
    });
    expect([real.status, await real.text()]).toEqual([402, await body.textContent()]);

    await page.getByLabel("Condition").selectOption("invalid_field");
    await page.getByLabel("Operation").selectOption("createChatCompletion");
    await page.getByLabel("Field or parameter").fill("model");
    await page.getByRole("button", { name: "Show" }).click();
    await expect.poll(() => body.textContent(), soon).toContain('"code":"invalid_model"');
    expect(new URL(page.url()).search).toBe(
      "?condition=invalid_field&operation=createChatCompletion&param=model",
    );
    await expectFaultless(visitor);
  });

  it("says of what is not served that it is not", async () => {
    const { page } = await signedIn(visit, demo(), "/contract/Nobody");
    await page.getByText("No contract “Nobody” is served here.").waitFor();
  });
});
