// The check of an API that knows nothing of Sluice: it keeps its word, and habits of Express that break it are found.

import { readFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { askPage, check, openSender, type Report, reportText } from "@sluice/gateway/check";
import { seededRandom, VirtualClock } from "sluice/base";
import { describe, expect, it, onTestFinished } from "vitest";
import { answerUnreadable, createApp } from "./app.ts";
import { bookshop } from "./contract.ts";

const main = `bk_${"0".repeat(32)}`;

/** Time passes where the check waits, and nowhere else. */
async function checkApp(clock: VirtualClock, app: RequestListener): Promise<Report> {
  const server = createServer(app);
  answerUnreadable(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const { send, close } = openSender({ url: new URL(`http://127.0.0.1:${port}`) });
  onTestFinished(() => {
    close();
    server.close();
  });
  const passing = Object.assign(Object.create(clock) as VirtualClock, {
    wallMs: () => clock.wallMs(),
    monotonicMs: () => clock.monotonicMs(),
    sleep: (ms: number) => clock.advance(ms),
  });
  const target = { api: bookshop, keys: { main }, may: new Set([]) };
  return check(target, { send, askPage, clock: passing, random: seededRandom("books") });
}

function idsOf({ judged }: Report, kind: string): readonly string[] {
  return judged.filter(({ finding }) => finding.kind === kind).map(({ promise }) => promise.id);
}

describe("an Express API with a contract that was written for it", () => {
  it("keeps every promise; what needs more keys says so", async () => {
    const clock = new VirtualClock();
    const app = createApp({ tokens: new Set([main]), now: () => clock.monotonicMs() });
    const report = await checkApp(clock, app);
    expect(idsOf(report, "broken"), reportText(report)).toEqual([]);
    expect(idsOf(report, "not_provoked")).toEqual([
      "refusals.revoked_key",
      "refusals.expired_key",
      "refusals.subscription_inactive",
      "refusals.invalid_parameter",
      "keys.alike",
      "rate.owner",
    ]);
  });

  it("is found out where Express answers in its own way", async () => {
    const clock = new VirtualClock();
    const app = createApp({ tokens: new Set([main]), now: () => clock.monotonicMs() });
    // The last layer is what turns Express's errors into the API's own.
    app.router.stack.pop();
    const report = await checkApp(clock, app);
    expect(idsOf(report, "broken")).toEqual(["errors.envelope", "errors.no-internals"]);
    const page = readFileSync(new URL("../../docs/check.md", import.meta.url), "utf8");
    const [shown = ""] = /^ {2}✗[\s\S]*?(?=```)/m.exec(page) ?? [];
    expect(shown).not.toBe("");
    expect(reportText(report)).toContain(shown.trimEnd());
  });
});
