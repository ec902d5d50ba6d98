// Customers, their keys and their money, as an operator goes about them; and what support sees of the same.

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { ownerOf, signInAs } from "./fixtures/admin-client.ts";
import { ownDemo } from "./fixtures/own-demo.ts";
import { sizes } from "./fixtures/sizes.ts";
import { faultsOn, useVisitors } from "./fixtures/visitor.ts";

const canary = `<img src=x onerror="document.title='run'">"><script>`;
const audit = fileURLToPath(new URL("audit.ts", import.meta.resolve("sluice-demo")));

const demo = ownDemo();

/** Spends credits, as a customer of Mavera. */
async function spend(key: string): Promise<number> {
  const answer = await fetch(`${demo().file.mavera.baseUrl}/responses`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ model: "mavera-1", input: "Hello" }),
  });
  const body = (await answer.json()) as {
    usage?: { credits_used?: number };
    credits_used?: number;
  };
  return answer.ok ? (body.usage?.credits_used ?? body.credits_used ?? Number.NaN) : 0;
}

/** All that queries and mutations of the page keep. */
function cacheOf(page: Page): Promise<string> {
  return page.evaluate<string>(`(() => {
    const root = document.getElementById("root");
    let fiber = root[Object.keys(root).find((name) => name.startsWith("__reactContainer"))];
    while (fiber && !fiber.memoizedProps?.client?.getQueryCache) fiber = fiber.child;
    const { client } = fiber.memoizedProps;
    const kept = [...client.getQueryCache().getAll(), ...client.getMutationCache().getAll()];
    return JSON.stringify(kept.map(({ queryKey, state }) => [queryKey, state]));
  })()`);
}

describe("the console", { timeout: 120_000 }, () => {
  const visit = useVisitors();

  it("makes an account with an exception, and shows hostile names as text", async () => {
    const { page, complaints } = await visit();
    await signInAs(page, demo(), "operator");
    await page.goto(`${demo().consoleUrl}/accounts`);
    await page.getByRole("button", { name: "New account" }).click();
    await page.getByLabel("Name", { exact: true }).fill(canary);
    await page.getByLabel("Plan", { exact: true }).selectOption("professional");
    await page.getByLabel("Id (optional)").fill("mavera_starter");
    await page.getByRole("button", { name: "Create" }).click();
    await page.getByText("This id belongs to something else already").waitFor();
    expect(complaints.splice(0).join()).toContain("409");
    await page.getByLabel("Id (optional)").fill("acme");
    await page.getByRole("button", { name: "Create" }).click();
    await page.getByRole("heading", { name: canary }).waitFor();
    await page.getByRole("button", { name: "Edit exceptions" }).click();
    await page.getByLabel("requests (window)").fill("many");
    await page.getByText("must be a whole number").waitFor();
    await page.getByLabel("requests (window)").fill("1,234");
    await page.getByRole("button", { name: "Save exceptions" }).click();
    await page.getByRole("row", { name: /requests.*1,234 \/ 1 min yes/ }).waitFor();
    const { overrides } = await ownerOf(demo()).call("getAccount", {
      params: { accountId: "acme" },
    });
    expect(overrides).toEqual({ windows: { requests: 1_234 } });
    await page.getByRole("button", { name: "Make inactive" }).click();
    await page.getByText("is refused from now on").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Make inactive" }).click();
    await page.getByText("inactive", { exact: true }).waitFor();
    await page.getByRole("link", { name: "All requests" }).click();
    await page.getByText("Account acme").waitFor();
    await page.getByText("No request of the log is like this.").waitFor();
    expect(await page.title()).not.toBe("run");
  });

  it("shows a secret once, and keeps it nowhere", async () => {
    const { page } = await visit();
    await signInAs(page, demo(), "operator");
    await page.goto(`${demo().consoleUrl}/accounts/mavera_starter/keys`);
    await page.getByRole("button", { name: "New key" }).click();
    await page.getByLabel("Name", { exact: true }).fill("mine");
    await page.getByRole("button", { name: "Create key" }).click();
    await page.getByText("This is the only time").waitFor();
    const [secret = "", line = ""] = await page.locator("code.secret").allTextContents();
    expect(secret).toMatch(/^mvra_live_/);
    expect(line).toMatch(/^curl -i '?https:/);
    expect(line).toContain(secret);
    expect(await spend(secret)).toBeGreaterThan(0);
    // Nothing but its own button closes it.
    await page.keyboard.press("Escape");
    expect(await page.locator("code.secret").count()).toBe(2);
    await page.getByRole("button", { name: "I have it" }).click();
    await page.getByRole("link", { name: "mine" }).waitFor();
    const kept = await page.evaluate<string>(
      "document.documentElement.outerHTML + location.href + JSON.stringify([history.state, { ...localStorage }, { ...sessionStorage }])",
    );
    expect(kept).not.toContain(secret);
    expect(await cacheOf(page)).toContain("listKeys");
    expect(await cacheOf(page)).not.toContain(secret);
  });

  it("rotates with evidence: who uses the older secret is named until its end", async () => {
    const { page } = await visit();
    await signInAs(page, demo(), "operator");
    const params = { accountId: "mavera_starter" };
    const made = await ownerOf(demo()).call("createKey", {
      params,
      body: { name: "old", api: "Mavera" },
    });
    await page.goto(`${demo().consoleUrl}/keys/${made.key.id}`);
    await page.getByRole("button", { name: "Rotate" }).click();
    await page.getByRole("button", { name: "Make a new secret" }).click();
    await page.getByText("This is the only time").waitFor();
    const [newest = ""] = await page.locator("code.secret").allTextContents();
    await page.getByRole("button", { name: "I have it" }).click();
    await page.getByText("Nobody used the older secret in the last hour: it can end.").waitFor();
    expect(await spend(made.secret)).toBeGreaterThan(0);
    await page.getByText("still used, from 1 address").waitFor();
    await page.getByRole("cell", { name: "127.0.0.1" }).waitFor();
    await page.getByRole("link", { name: "The requests with the older secret" }).click();
    await page.getByText("Secret older").waitFor();
    await page.getByText("1 request", { exact: true }).waitFor();
    await page.goBack();
    await page.getByRole("button", { name: "End the older secret now" }).click();
    await page.getByRole("button", { name: "End it" }).click();
    await page.getByText("The rotation is over.").waitFor();
    expect(await spend(made.secret)).toBe(0);
    expect(await spend(newest)).toBeGreaterThan(0);
    await page.getByRole("button", { name: "Revoke" }).click();
    await page.getByRole("button", { name: "Revoke for ever" }).click();
    await page.getByText("revoked", { exact: true }).waitFor();
    expect(await spend(newest)).toBe(0);
  });

  it("has a statement that adds up to what was charged and given, and a ledger that is clean", async () => {
    const { page } = await visit();
    await signInAs(page, demo(), "operator");
    const params = { accountId: "mavera_enterprise" };
    const { remaining: before } = await ownerOf(demo()).call("getCredits", { params });
    let spent = 0;
    for (let calls = 0; calls < 3; calls++)
      spent += await spend(demo().file.mavera.keys["enterprise"] ?? "");
    expect(spent).toBeGreaterThan(0);
    await page.goto(`${demo().consoleUrl}/accounts/mavera_enterprise/credits`);
    await page.getByRole("button", { name: "Give credits" }).click();
    await page.getByLabel("Credits", { exact: true }).fill("250");
    await page.getByLabel("Reason").fill(canary);
    // As fast as a hand can, and faster.
    await page.getByRole("button", { name: "Give", exact: true }).dblclick();
    await page.getByRole("cell", { name: canary }).waitFor();
    const { remaining } = await ownerOf(demo()).call("getCredits", { params });
    expect(remaining).toBe(before - spent + 250);

    await page.getByRole("link", { name: "Statement" }).click();
    await page.getByText("It adds up, line by line.").waitFor();
    const sums = page.getByRole("table", { name: "What the month adds up to" });
    const sum = (name: string) => sums.getByRole("row", { name }).getByRole("cell").textContent();
    expect(await sum("Charged")).toBe(`−${spent}`);
    const count = new Intl.NumberFormat("en").format;
    expect(await sum("Balance at the end")).toBe(`${count(remaining)} credits`);
    expect(await sum("Given: allowance and grants")).toBe(`+${count(before + 250)}`);
    await page.getByText(`The account has ${count(remaining)} credits now: the same.`).waitFor();

    await page.goto(`${demo().consoleUrl}/ledger`);
    await page.getByRole("button", { name: "Prove it" }).click();
    await page.getByText("Clean: every credit is where it should be.").waitFor();
    const env = { ...process.env, SLUICE_HOME: demo().home };
    const proof = execFileSync(process.execPath, ["--conditions=sluice-source", audit], { env });
    expect(proof.toString().trim()).toMatch(/^clean/);
  });

  it("sets a budget in the tree, and takes it away", async () => {
    const { page } = await visit();
    await signInAs(page, demo(), "operator");
    await page.goto(`${demo().consoleUrl}/accounts/mavera_starter/budgets`);
    await page.getByRole("button", { name: "New project" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Spring");
    await page.getByLabel("Budget, in credits").fill("40");
    await page.getByRole("button", { name: "Create" }).click();
    const row = page.getByRole("row", { name: /project Spring/ });
    await row.getByRole("img", { name: "project Spring: 0 percent used" }).waitFor();
    expect(await row.getByRole("cell").allTextContents()).toContain("40");
    await row.getByRole("button", { name: "Set budget of Spring" }).click();
    await page.getByLabel("Budget, in credits").fill("");
    await page.getByRole("button", { name: "Set budget", exact: true }).last().click();
    await row.getByText("no budget").waitFor();
  });

  it("lets support see everything and change nothing, in both themes, on phone and desk", async () => {
    const keys = await ownerOf(demo()).call("listKeys", {
      params: { accountId: "mavera_starter" },
    });
    const places = [
      ...["accounts", "accounts/acme", "accounts/acme/keys", "accounts/mavera_starter/keys"],
      ...["accounts/mavera_over_budget/budgets", "accounts/mavera_enterprise/credits"],
      ...["accounts/mavera_starter/statement", "accounts/mavera_starter/history"],
      ...["keys", `keys/${keys.data[0]?.id}`, "ledger", "accounts/nobody"],
    ];
    for (const [viewport, colorScheme] of [
      [sizes.desk, "light"],
      [sizes.phone, "dark"],
    ] as const) {
      const { page, complaints } = await visit({ viewport, colorScheme });
      await signInAs(page, demo(), "support");
      for (const place of places) {
        await page.goto(`${demo().consoleUrl}/${place}`);
        await page.waitForLoadState("networkidle");
        expect([place, await page.getByText("Loading").count()]).toEqual([place, 0]);
        expect([place, await faultsOn(page)]).toEqual([place, []]);
        const changing = /New|Edit|Rotate|Revoke|Give|Set|Make|Change/;
        expect([place, await page.getByRole("button", { name: changing }).count()]).toEqual([
          place,
          0,
        ]);
      }
      await page.getByText("There is no such thing here").waitFor();
      expect(complaints.splice(0).every((text) => text.includes("404"))).toBe(true);
    }
  });
});
