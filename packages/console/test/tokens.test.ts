// Tokens: made with a role, shown once, revoked for ever; and not for everybody.

import { describe, expect, it } from "vitest";
import { ask } from "./fixtures/asking.ts";
import { ownDemo } from "./fixtures/own-demo.ts";
import { canary, expectFaultless, signedIn, soon } from "./fixtures/signed-in.ts";
import { useVisitors } from "./fixtures/visitor.ts";

const demo = ownDemo();

describe("tokens", { timeout: 120_000 }, () => {
  const visit = useVisitors();

  it("are made with a role, shown once, and revoked after a question", async () => {
    const visitor = await signedIn(visit, demo(), "/tokens");
    const { page, complaints } = visitor;
    await page.getByText("There are no tokens beside").waitFor();
    await expectFaultless(visitor);
    await page.getByLabel("Name").fill(canary);
    await page.getByLabel("Role").selectOption("operator");
    await page.getByLabel("Ends").fill("2020-01-01T00:00");
    await page.getByRole("button", { name: "Create token" }).click();
    await page.locator(".wrong").waitFor();
    expect(complaints.splice(0).join()).toContain("400");
    await page.getByLabel("Ends").fill("2099-01-01T00:00");
    await page.getByRole("button", { name: "Create token" }).click();
    const secret = (await page.getByText(/^sluice_token_/).textContent()) ?? "";
    expect((await ask(demo(), "GET", "/whoami", undefined, secret)).token.role).toBe("operator");
    await expectFaultless(visitor);
    await page.getByRole("button", { name: "I have kept it" }).click();
    const row = page.getByRole("row").filter({ hasText: canary });
    await expect.poll(() => row.textContent(), soon).toContain("active");
    expect(await page.content()).not.toContain(secret);
    await expectFaultless(visitor);

    await row.getByRole("button", { name: "Revoke" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    await row.getByRole("button", { name: "Revoke" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Revoke", exact: true }).click();
    await expect.poll(() => row.textContent(), soon).toContain("revoked");
    await expect(ask(demo(), "GET", "/whoami", undefined, secret)).rejects.toThrow("401");
  });

  it("that somebody revokes of their own sign them out", async () => {
    const { secret } = await ask(demo(), "POST", "/tokens", { name: "Ada", role: "owner" });
    const { page, complaints } = await signedIn(visit, demo(), "/tokens", { token: secret });
    const row = page.getByRole("row").filter({ hasText: "yours" });
    await row.getByRole("button", { name: "Revoke Ada" }).click();
    await page.getByRole("button", { name: "Revoke, and sign me out" }).click();
    await page.getByLabel("Token", { exact: true }).waitFor();
    expect(page.url()).toMatch(/\/console\/sign-in/);
    // What the page asked in between was refused.
    expect(complaints.splice(0).filter((one) => !one.includes("401"))).toEqual([]);
  });

  it("are no place for others than owners", async () => {
    const { secret } = await ask(demo(), "POST", "/tokens", { name: "Grace", role: "operator" });
    const visitor = await signedIn(visit, demo(), "/tokens", { token: secret });
    await visitor.page.getByText("Only an owner sees and makes tokens.").waitFor();
    expect(await visitor.page.getByRole("link", { name: "Tokens" }).count()).toBe(0);
    await expectFaultless(visitor);
  });
});
