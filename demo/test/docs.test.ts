// From a refusal to the page that says what to do: on the demo's own port, for people and for programs.

import { describe, expect, test } from "vitest";
import { startDemo } from "./demo-process.ts";

const apis = [
  ["mavera", "missing_api_key"],
  ["mentova", "MISSING_API_KEY"],
] as const;

describe("a refusal of the demo", () => {
  test.each(apis)("of %s links to the page of its code", async (api, code) => {
    const { file } = await startDemo();
    const refusal = await fetch(`${file[api].baseUrl}/anything`);
    expect(refusal.status).toBe(401);
    const [, help = ""] = /<([^>]+)>; rel="help"/.exec(refusal.headers.get("link") ?? "") ?? [];
    expect(help).toBe(`/${api}/docs/errors/${code}`);
    const page = await fetch(new URL(help, refusal.url), { headers: { accept: "text/html" } });
    expect([page.status, await page.text()]).toEqual([
      200,
      expect.stringContaining(`>${code}</h1>`),
    ]);
    const markdown = await fetch(new URL(help, refusal.url), {
      headers: { accept: "text/markdown" },
    });
    expect(await markdown.text()).toMatch(new RegExp(`^# ${code}\n`));
  });

  test("is explained on pages that the page at / links to", async () => {
    const { file } = await startDemo();
    const landing = await (await fetch(file.url, { headers: { accept: "text/html" } })).text();
    for (const [api] of apis) {
      expect(landing).toContain(`<a href="/${api}/docs/">`);
      expect((await fetch(`${file.url}/${api}/docs/`)).status).toBe(200);
    }
  });
});
