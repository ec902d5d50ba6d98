// Warnings and where they go: a receiver that fails, one that is mended, a secret that is shown once.

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask } from "./fixtures/asking.ts";
import { ownDemo } from "./fixtures/own-demo.ts";
import { expectFaultless, signedIn, soon } from "./fixtures/signed-in.ts";
import { useVisitors } from "./fixtures/visitor.ts";

const account = "mavera_exhausted";

const demo = ownDemo();
/** What it answers. */
let status = 500;
let received = 0;
let receiver: Server;
beforeAll(async () => {
  receiver = createServer((request, response) => {
    received++;
    request.resume();
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
});
afterAll(() => receiver.close());

function hookUrl(): string {
  const { port } = receiver.address() as AddressInfo;
  return `http://127.0.0.1:${port}/"><img src=x onerror=alert(1)>`;
}

describe("webhooks", { timeout: 120_000 }, () => {
  const visit = useVisitors();

  it("are set, shown their secret once, given a new one, and removed", async () => {
    const visitor = await signedIn(visit, demo(), "/webhooks");
    const { page, complaints } = visitor;
    await page.getByText("Nobody’s credits or budgets have run low.").waitFor();
    await expectFaultless(visitor);
    await page.getByLabel("Webhook of account").fill("mavera_starter");
    await page.getByRole("button", { name: "Show webhook" }).click();
    await page.getByText("none: warnings are only listed").waitFor();

    await page.getByLabel("Receiver", { exact: true }).fill("ftp://example.com/");
    await page.getByLabel("Warned at, in percent").fill("50, 900");
    await page.getByRole("button", { name: "Set", exact: true }).click();
    await page.locator(".wrong").first().waitFor();
    expect(complaints.splice(0).join()).toContain("400");
    await page.getByLabel("Receiver", { exact: true }).fill("http://127.0.0.1:9/hook");
    await page.getByLabel("Warned at, in percent").fill("50, 90");
    await page.getByRole("button", { name: "Set", exact: true }).click();
    await page.getByText(/^whsec_./).waitFor();
    await expectFaultless(visitor);
    await page.getByRole("button", { name: "I have kept it" }).click();
    await page.getByText("50, 90 %").waitFor();
    expect(await page.getByText(/^whsec_\S{20}/).count()).toBe(0);
    await expectFaultless(visitor);

    await page.getByRole("button", { name: "New secret" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "New secret" }).click();
    await page.getByText(/^whsec_./).waitFor();
    await page.getByRole("button", { name: "I have kept it" }).click();

    await page.getByRole("button", { name: "Remove" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await page.getByText("none: warnings are only listed").waitFor();
    const { warnings } = await ask(demo(), "GET", "/accounts/mavera_starter");
    expect(warnings).toBeNull();
  });

  it("show each delivery of a warning, and send it again", async () => {
    await ask(demo(), "PUT", `/accounts/${account}/warnings`, { url: hookUrl(), percents: [100] });
    const { baseUrl, keys } = demo().file.mavera;
    const spend = async () => {
      await fetch(`${baseUrl}/chat/completions`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${keys["exhausted"]}`,
          "content-type": "application/json",
        },
        body: JSON.stringify({ model: "mavera-1", messages: [{ role: "user", content: "Hi" }] }),
      });
      return (
        (await ask(demo(), "GET", `/warnings?accountId=${account}`)).data[0]?.attemptCount ?? 0
      );
    };
    await expect.poll(spend, { timeout: 20_000, interval: 500 }).toBe(1);

    const visitor = await signedIn(visit, demo(), `/webhooks?account=${account}`);
    const { page } = visitor;
    const row = page.getByRole("row").filter({ hasText: account });
    await expect.poll(() => row.textContent(), soon).toMatch(/credits\s*100 %.*waiting/s);
    await row.locator("summary").click();
    await page.getByText("signed with secret").waitFor();
    await expectFaultless(visitor);

    status = 204;
    const before = received;
    await row.getByRole("button", { name: "Send again" }).click();
    await page.getByRole("status").getByText("Delivered:").waitFor();
    expect(received).toBe(before + 1);
    await page.getByLabel("State").selectOption({ label: "receiver gone" });
    await page.getByRole("button", { name: "Find" }).click();
    await page.getByText("No warning is like that.").waitFor();
    expect(new URL(page.url()).search).toBe(`?account=${account}&state=gone`);
  });

  it("are only looked at by whoever may not change them", async () => {
    const { secret } = await ask(demo(), "POST", "/tokens", { name: "Grace", role: "support" });
    const { page } = await signedIn(visit, demo(), `/webhooks/${account}`, { token: secret });
    await page.getByRole("heading", { name: "How a receiver verifies" }).waitFor();
    expect(await page.getByRole("button", { name: /Set|Change|Remove|New secret/ }).count()).toBe(
      0,
    );
  });
});
