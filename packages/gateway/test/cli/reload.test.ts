// Other settings for a gate that serves, while calls are under way.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { startPlain } from "../fixtures/bureau.ts";
import { sluice } from "./fixtures/command.ts";
import { type Made, made, type Served, served } from "./fixtures/served.ts";

// Each test starts processes, on a machine that may have much else to do.
vi.setConfig({ testTimeout: 60_000 });

const CALLERS = 8;

/** Calls and calls until it is stopped; answers every status that was heard, and how often. */
function keepCalling({ ask }: Served) {
  let isOver = false;
  const heard = new Map<string, number>();
  const call = async () => {
    while (!isOver) {
      const said = await ask("/a").then(
        async (response) => `${response.status} ${await response.text()}`,
        (error: unknown) => String(error),
      );
      heard.set(said, (heard.get(said) ?? 0) + 1);
    }
  };
  const callers = Array.from({ length: CALLERS }, call);
  const stop = async () => {
    isOver = true;
    await Promise.all(callers);
    return heard;
  };
  onTestFinished(() => void stop());
  return stop;
}

async function underLoad(): Promise<Served & { home: Made; stop: ReturnType<typeof keepCalling> }> {
  const plain = await startPlain((_, response) => response.end("plain"));
  const home = await made({ upstream: plain.url, limit: 900_000 });
  const all = await served(home);
  return { ...all, home, stop: keepCalling(all) };
}

describe("a gate that serves", () => {
  it("takes another configuration at SIGHUP and at sluice reload, and drops nothing", async () => {
    const { home, command, ask, stop } = await underLoad();
    home.rewrite((text) => text.replace("limit: 900000", "limit: 900001"));
    command.signal("SIGHUP");
    await command.says(/^Reloaded: contract\.windows\.requests\.$/m);
    expect((await ask("/a")).headers.get("x-ratelimit-limit")).toBe("900001");
    home.rewrite((text) => text.replace("limit: 900001", "limit: 900002"));
    const { code, out, err } = await sluice(home.folder, ["reload"]);
    expect([code, out, err]).toEqual([
      0,
      "",
      `Process ${command.pid} reads ${join(home.folder, "sluice.config.ts")} anew; its log says what changed.\n`,
    ]);
    await command.says(/(Reloaded: contract\.windows\.requests\.\n[\s\S]*){2}/);
    expect((await ask("/a")).headers.get("x-ratelimit-limit")).toBe("900002");
    const heard = await stop();
    expect([...heard.keys()]).toEqual(["200 plain"]);
    expect(heard.get("200 plain")).toBeGreaterThan(CALLERS);
  });

  it("goes on as before where the configuration is wrong, and says what is", async () => {
    const { home, command, ask, stop } = await underLoad();
    home.rewrite((text) => text.replace("limit: 900000", "limit: 0"));
    command.signal("SIGHUP");
    await command.says(/Not reloaded; the configuration before goes on\. .* cannot be used:\n/);
    await command.says(/ {2}contract\.windows\.requests\.limit: .*\n {4}→ /);
    const { code, err } = await sluice(home.folder, ["reload"]);
    expect([code, err]).toEqual([2, expect.stringContaining("contract.windows.requests.limit: ")]);
    expect((await ask("/a")).headers.get("x-ratelimit-limit")).toBe("900000");
    home.rewrite((text) => text.replace("limit: 0", "limit: 7"));
    command.signal("SIGHUP");
    await command.says(/^Reloaded: contract\.windows\.requests\.$/m);
    expect([...(await stop()).keys()].filter((said) => !said.startsWith("429"))).toEqual([
      "200 plain",
    ]);
  });

  it("says what waits for a restart", async () => {
    const home = await made();
    const { command } = await served(home);
    home.rewrite((text) => text.replace("  upstreams:", "  trustedHops: 1,\n  upstreams:"));
    command.signal("SIGHUP");
    await command.says(/^Changed, but only after a restart: trustedHops\.$/m);
  });
});

describe("sluice reload", () => {
  it("says so where nobody serves", async () => {
    const { folder } = await made();
    const { code, err } = await sluice(folder, ["reload"]);
    const file = join(folder, "sluice.config.ts");
    expect([code, err]).toEqual([2, `Nobody serves ${file}: start it with "npx sluice serve".\n`]);
  });

  it("signals nobody else once the gate was killed, whoever has its number by now", async () => {
    const home = await made();
    const { command } = await served(home);
    command.signal("SIGKILL");
    await command.ended;
    // As where the number of the process was given to another one: this one, which SIGHUP would end.
    let signals = 0;
    const hear = () => void signals++;
    process.on("SIGHUP", hear);
    onTestFinished(() => void process.off("SIGHUP", hear));
    const note = { pid: process.pid, startedAtMs: 0 };
    writeFileSync(join(home.folder, ".sluice", "serve.pid"), `${process.pid}\n`);
    writeFileSync(join(home.folder, ".sluice", "serve", "serving.json"), JSON.stringify(note));
    const { code, err } = await sluice(home.folder, ["reload"]);
    expect([code, err.startsWith("Nobody serves "), signals]).toEqual([2, true, 0]);
  });
});
