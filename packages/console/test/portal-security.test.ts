// What another page can do to somebody who is signed in to the portal, in a real browser: nothing.

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ownDemo } from "./fixtures/own-demo.ts";
import { useVisitors } from "./fixtures/visitor.ts";

const demo = ownDemo();
let evil: Server;
const portal = () => `${demo().file.url}/portal`;
/** The same site by the rules of cookies, since ports do not count; and another one. */
const evilAt = { "another port": "", "another site": "" };

beforeAll(async () => {
  evil = createServer((_, response) => {
    response.writeHead(200, { "Content-Type": "text/html" });
    response.end("<title>evil</title>");
  });
  await new Promise<void>((resolve) => evil.listen(0, resolve));
  const { port } = evil.address() as AddressInfo;
  evilAt["another port"] = `http://127.0.0.1:${port}/`;
  evilAt["another site"] = `http://localhost:${port}/`;
}, 60_000);
afterAll(() => evil?.close());

async function signedIn(page: Page): Promise<void> {
  await page.goto(`${portal()}/sign-in`);
  await page.getByLabel("API key").fill(demo().file.mentova.keys["agency"] ?? "");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: "Sign out" }).waitFor();
}

/** Asked by a page, with whatever cookies its browser sends along. */
const asked = `async ({ url, method, body }) => {
  const init = { method, mode: "no-cors", credentials: "include", ...(body && { body }) };
  return fetch(url, init).then(({ type }) => type, () => "failed");
}`;

describe("a page of somebody else", { timeout: 60_000 }, () => {
  const visit = useVisitors();

  it.each(["another port", "another site"] as const)(
    "on %s changes nothing and ends nothing",
    async (where) => {
      const { page, complaints } = await visit();
      await signedIn(page);
      await page.goto(evilAt[where]);
      const heard: [string, number][] = [];
      page.on("response", (answer) => {
        if (answer.url().startsWith(portal()))
          heard.push([answer.request().method(), answer.status()]);
      });
      const body = JSON.stringify({ key: demo().file.mentova.keys["stranger"] });
      for (const request of [
        { url: `${portal()}/api/v1/whoami`, method: "GET" },
        { url: `${portal()}/api/v1/thresholds/secret`, method: "POST" },
        { url: `${portal()}/session`, method: "POST", body },
      ]) {
        await page.evaluate(`(${asked})(${JSON.stringify(request)})`);
      }
      // What needs no leave to be sent was sent, and refused; DELETE and PUT are not even sent.
      expect(heard.map(([, status]) => status)).toEqual([403, 403, 403]);
      await page.evaluate(
        `(${asked})(${JSON.stringify({ url: `${portal()}/session`, method: "DELETE" })})`,
      );
      expect(heard.every(([, status]) => status >= 400)).toBe(true);
      complaints.splice(0);
      await page.goto(`${portal()}/keys`);
      await page.getByRole("heading", { name: "Keys" }).waitFor();
      await page.getByText("signed in").waitFor();
    },
  );

  it("does not get it into a frame", async () => {
    const { page, complaints } = await visit();
    await signedIn(page);
    await page.goto(evilAt["another port"]);
    await page.evaluate(`new Promise((resolve) => {
      const frame = document.createElement("iframe");
      frame.onload = resolve;
      frame.src = ${JSON.stringify(`${portal()}/`)};
      document.body.append(frame);
    })`);
    const [, frame] = page.frames();
    // What Chromium says instead has none of it.
    expect(await frame?.locator("#root").count()).toBe(0);
    expect(complaints.splice(0).join()).toContain("frame-ancestors");
  });

  it("a name of this machine is not the other: who signed in at one is a stranger at the other", async () => {
    const { page, complaints } = await visit();
    await signedIn(page);
    await page.goto(`${portal().replace("127.0.0.1", "localhost")}/keys`);
    await page.getByLabel("API key").waitFor();
    expect(complaints.splice(0).join()).toContain("401");
  });
});
