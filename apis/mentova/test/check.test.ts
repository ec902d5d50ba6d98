// Whether the API keeps the promises of its contract, seen from outside only: what a stranger could find out, and nothing
// falsely blamed.

import {
  askPage,
  check,
  openSender,
  type Report,
  reportText,
  type Target,
} from "@sluice/gateway/check";
import { passing } from "@sluice-internal/both-ways/passing";
import { seededRandom } from "sluice/base";
import { expect, it, onTestFinished, vi } from "vitest";
import { mentova } from "../contract/index.ts";
import { startApi } from "./live-api.ts";

// Hundreds of requests, one after the other.
vi.setConfig({ testTimeout: 60_000 });

type Given = Pick<Target, "keys" | "may"> & Partial<Target>;

async function checked(
  given: (live: Awaited<ReturnType<typeof startApi>>) => Given,
): Promise<Report> {
  const live = await startApi();
  const { send, close } = openSender({ url: new URL(new URL(live.url).origin) });
  onTestFinished(close);
  const target = { api: mentova, ...given(live) };
  const random = seededRandom("check");
  const bounds = { durationMsMax: 3_600_000 };
  return check(target, { send, askPage, clock: passing(live.clock), random, bounds });
}

function idsOf({ judged }: Report, kind: string): readonly string[] {
  return judged.filter(({ finding }) => finding.kind === kind).map(({ promise }) => promise.id);
}

it("keeps every promise that a check with all keys can provoke", async () => {
  const report = await checked(({ keys }) => ({
    keys: {
      main: keys.agency,
      second: keys.second,
      test: keys.test,
      revoked: keys.revoked,
      expired: keys.expired,
      "no-plan": keys.free,
    },
    may: new Set(["write", "spend", "exhaust"]),
  }));
  expect(idsOf(report, "broken"), reportText(report)).toEqual([]);
  // Nobody's subscription has lapsed here, nobody's credits are spent, and no operation shows the usage.
  expect(idsOf(report, "not_provoked")).toEqual([
    "refusals.subscription_inactive",
    "refusals.credits_exhausted",
    "refusals.budget_exceeded",
    "idempotency.charged-once",
    "credits.usage",
    "credits.refusals-free",
    "credits.charged",
  ]);
});
