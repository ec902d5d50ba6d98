// An incident from its first word to its last, as operators write it and callers read it.

import { describe, expect, it } from "vitest";
import { ask } from "./fixtures/asking.ts";
import { ownDemo } from "./fixtures/own-demo.ts";
import { canary, expectFaultless, signedIn, soon } from "./fixtures/signed-in.ts";
import { useVisitors } from "./fixtures/visitor.ts";

const demo = ownDemo();

describe("incidents", { timeout: 120_000 }, () => {
  const visit = useVisitors();

  it("are told of, spoken of, corrected and ended", async () => {
    const visitor = await signedIn(visit, demo(), "/incidents?open=true");
    const { page } = visitor;
    await page.getByText("No incident is open.").waitFor();
    await expectFaultless(visitor);
    await page.getByRole("button", { name: "Tell of an incident" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Title").fill(canary);
    await dialog.getByLabel("About").selectOption("Mavera");
    await dialog.getByLabel("Operations").selectOption(["createResponse"]);
    await dialog.getByLabel("First word on it").fill(`We look. ${canary}`);
    await expectFaultless(visitor);
    await dialog.getByRole("button", { name: "Tell", exact: true }).click();

    await page.getByRole("heading", { level: 1, name: canary }).waitFor();
    const seen = page.getByRole("region", { name: "What callers see" });
    await seen.getByText(`We look. ${canary}`).waitFor();
    await page.getByLabel("What is new", { exact: true }).fill("A disk was full.");
    await page.getByRole("button", { name: "Say", exact: true }).click();
    await seen.getByText("A disk was full.").waitFor();
    await page.getByRole("form", { name: "Correct it" }).getByLabel("Title").fill("Slow answers");
    await page
      .getByRole("form", { name: "Correct it" })
      .getByLabel("Impact")
      .selectOption("outage");
    await page.getByRole("button", { name: "Change", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Slow answers" }).waitFor();
    await expectFaultless(visitor);

    await page.getByLabel("Last word").fill("It is over.");
    await page.getByRole("button", { name: "End the incident" }).click();
    await page.getByText("It is over, so nothing is added to it.").waitFor();
    const [incident] = (await ask(demo(), "GET", "/incidents")).data;
    expect(incident).toMatchObject({
      title: "Slow answers",
      impact: "outage",
      api: "Mavera",
      operations: ["createResponse"],
      endedAtMs: expect.any(Number),
    });
    expect(incident.updates.map(({ text }: { text: string }) => text)).toEqual([
      `We look. ${canary}`,
      "A disk was full.",
      "It is over.",
    ]);
    await page.getByRole("link", { name: "Its changes" }).click();
    // Its name is on the page before, too: the rows are on this one alone.
    await page.getByRole("row").nth(4).waitFor();
    expect(await page.getByRole("row").count()).toBe(5);
    await expectFaultless(visitor);
  });

  it("that were ended elsewhere meanwhile say so, and nothing is lost", async () => {
    const { id } = await ask(demo(), "POST", "/incidents", { title: "Short", impact: "degraded" });
    const { page, complaints } = await signedIn(visit, demo(), `/incidents/${id}`);
    await page.getByLabel("What is new", { exact: true }).fill("Still looking.");
    await ask(demo(), "POST", `/incidents/${id}/end`, {});
    await page.getByRole("button", { name: "Say", exact: true }).click();
    await page.getByText("It is over, so nothing is added to it.").waitFor();
    expect(complaints.splice(0).join()).toContain("409");
  });

  it("that are open are found alone, and shown without buttons to whoever only reads", async () => {
    await ask(demo(), "POST", "/incidents", { title: "Going on", impact: "maintenance" });
    const { secret } = await ask(demo(), "POST", "/tokens", { name: "Grace", role: "support" });
    const { page } = await signedIn(visit, demo(), "/incidents", { token: secret });
    await page.getByRole("link", { name: "Open", exact: true }).click();
    await page.getByRole("link", { name: "Going on" }).waitFor();
    await expect.poll(() => page.getByRole("row").count(), soon).toBe(2);
    expect(await page.getByRole("button", { name: "Tell of an incident" }).count()).toBe(0);
    await page.getByRole("link", { name: "Going on" }).click();
    await page.getByText("Nothing was said of it yet.").waitFor();
    expect(
      await page.getByRole("button", { name: /^(Say|End the incident|Change)$/ }).count(),
    ).toBe(0);
  });
});
