// The demo's status page: linked to, with a past that says that it is made up, once, and with what happens from now on.

import { describe, expect, test } from "vitest";
import { newHome, startDemo } from "./demo-process.ts";

interface Told {
  readonly state: string;
  readonly apis: readonly {
    readonly title: string;
    readonly requests: number;
    readonly days: readonly { readonly date: string; readonly requests: number }[];
  }[];
  readonly incidents: readonly {
    readonly title: string;
    readonly updates: readonly { text: string }[];
  }[];
}

async function told(url: string): Promise<Told> {
  return (await (await fetch(`${url}/status.json`)).json()) as Told;
}

describe("the demo's status page", () => {
  test("is linked to from the page at / and named by the greeting", async () => {
    const { file, stdout } = await startDemo();
    expect(stdout).toContain(`${file.url}/status\n`);
    const landing = await (await fetch(file.url, { headers: { accept: "text/html" } })).text();
    expect(landing).toContain('<a href="/status">');
    const page = await fetch(`${file.url}/status`);
    expect([page.status, page.headers.get("content-type")]).toEqual([
      200,
      "text/html; charset=utf-8",
    ]);
    expect(await page.text()).toContain("are made up");
  });

  test("has a past of both APIs, which a second start leaves as it was", async () => {
    const home = newHome();
    const first = await startDemo(home);
    first.signal("SIGTERM");
    await first.ended;
    const second = await startDemo(home);
    const before = await told(second.file.url);
    expect([before.state, before.apis.map(({ title }) => title)]).toEqual([
      "ok",
      ["Mentova", "Mavera"],
    ]);
    for (const { days, requests } of before.apis) {
      expect(days).toHaveLength(60);
      expect(requests).toBeGreaterThan(1_000);
    }
    expect(before.incidents).toHaveLength(1);
    expect(before.incidents[0]?.updates[0]?.text).toContain("made up");
    second.signal("SIGTERM");
    await second.ended;
    const third = await startDemo(home);
    const after = await told(third.file.url);
    expect(after.apis).toEqual(before.apis);
    expect(after.incidents).toEqual(before.incidents);
  });
});
