// The way in to the console, from a terminal: a link on standard output, or in the browser of this machine.

import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { buildConsole } from "../../fixtures/built-console.ts";
import { newFolder, sluice } from "../fixtures/command.ts";
import { openShop } from "./shop.ts";

vi.setConfig({ testTimeout: 120_000 });

const LINK = /^http:\/\/127\.0\.0\.1:\d+\/console\/sign-in#[\w-]{43}$/;

async function enter(link: string): Promise<number> {
  const { origin, hash } = new URL(link);
  const { status } = await fetch(`${origin}/console/session`, {
    method: "POST",
    headers: { "sec-fetch-site": "same-origin" },
    body: JSON.stringify({ code: hash.slice(1) }),
  });
  return status;
}

beforeAll(() => buildConsole(), 60_000);

describe("sluice console", () => {
  it("prints a link alone on standard output, which is good once", async () => {
    const shop = await openShop();
    const serving = await shop.serve();
    const { out, err } = await shop.run("console");
    expect(out.trim()).toMatch(LINK);
    expect(err).toMatch(/signs you in once and ends in 1\d minutes, is on standard output/);
    expect([await enter(out.trim()), await enter(out.trim())]).toEqual([200, 401]);
    await serving.stop();
  });

  it("says what to do where nobody serves, or where the console is off", async () => {
    const shop = await openShop({ console: false });
    const serving = await shop.serve();
    expect(await shop.run("console")).toMatchObject({ code: 2, out: "" });
    await serving.stop();
    const { code, err } = await shop.run("console");
    expect([code, err]).toEqual([
      3,
      'Nobody serves, so there is no console: "npx sluice serve" first.\n',
    ]);
  });

  it.runIf(process.platform === "linux")(
    "hands the link to a browser, and shows it to nobody else; or prints it where there is none",
    async () => {
      const shop = await openShop();
      const serving = await shop.serve();
      const bin = newFolder();
      const browser = join(bin, "xdg-open");
      const open = () => sluice(shop.folder, ["console", "--open"], { environment: { PATH: bin } });

      writeFileSync(browser, `#!/bin/sh\nprintf %s "$1" > ${join(bin, "opened")}\n`);
      chmodSync(browser, 0o700);
      const { out, err } = await open();
      const opened = readFileSync(join(bin, "opened"), "utf8");
      expect(opened).toMatch(LINK);
      expect([out, err]).toEqual(["", `Opened ${opened.replace(/#.*/, "")} in your browser.\n`]);

      writeFileSync(browser, "#!/bin/sh\nexit 3\n");
      const failed = await open();
      expect(failed.out.trim()).toMatch(LINK);
      expect(failed.err).toContain("No browser could be opened here");
      await serving.stop();
    },
  );
});
