// The count of holds that ran out is of all of them, not of a page.

import { createMemoryStores } from "sluice/store/memory";
import { expect, it } from "vitest";
import { countExpired } from "../../src/stores/expired-holds.ts";

it("counts every hold that ran out, and none that only cost too much", async () => {
  const { ledger } = createMemoryStores();
  const funds = { accountId: "acct_1", allowance: undefined };
  const call = { funds, budgets: [], amount: 0, operation: "create", keyId: "key_1" };
  const reserve = (holdId: string) => ledger.reserve({ ...call, holdId, expiresAtMs: 1 }, 0);
  expect(await countExpired(ledger)).toBe(0);
  for (let at = 0; at < 2_000; at++) reserve(`hold ${at}`);
  for (const holdId of ["hold 7", "hold 1500"]) {
    ledger.settle({ holdId, charge: 0, overage: 3, rememberMs: 0 }, 0);
  }
  ledger.expire(1, 10_000);
  expect(ledger.oddHolds({ limit: 10_000 })).toHaveLength(2_000);
  expect(await countExpired(ledger)).toBe(1_998);
});
