// Early warning as a gateway's customers see it: calls spend, and their webhook hears of it, in order and signed.

import { monthly } from "sluice";
import type { Account } from "sluice/gate";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { openStores, signingSecret } from "../../src/index.ts";
import { apiAt, running, settingsFor, startPlain } from "../fixtures/bureau.ts";
import { percentOf } from "./fixtures/desk-rig.ts";
import { openReceiver } from "./fixtures/receiver.ts";

const allowed = { warnings: { allowPrivate: true } };

/** A gateway whose account has four credits and a webhook, and what that webhook hears. */
async function open(settings: Parameters<typeof settingsFor>[1]) {
  const { url } = await startPlain();
  const receiver = await openReceiver();
  const opened = await openStores({ kind: "memory" });
  const { gateway, ask } = await running(settingsFor([apiAt(url)], settings), { opened });
  const { directory } = gateway.stores;
  const account = (await directory.account("acct_1")) as Account;
  const named: Account = {
    ...account,
    overrides: { allowance: { credits: 4, reset: monthly } },
    warnings: { url: receiver.url, secretVersion: 1 },
  };
  await directory.putAccount(named, { by: "test", atMs: 0 });
  const buy = async () => (await ask("/buy", { method: "POST", body: "" })).status;
  return { receiver, opened, gateway, buy };
}

describe("a gateway's early warning", () => {
  it("tells the customer, before the credits are used up and when they are", async () => {
    const { receiver, opened, buy } = await open(allowed);
    for (let n = 0; n < 4; n++) expect(await buy()).toBe(200);
    expect(await buy()).toBe(402);
    await receiver.arrived(4);
    expect(receiver.percents()).toEqual([50, 75, 90, 100]);
    const webhook = new Webhook(signingSecret(opened.pepper, "acct_1", 1));
    for (const { body, headers } of receiver.received) {
      expect(webhook.verify(body, headers)).toEqual(JSON.parse(body));
    }
    await receiver.close();
  });

  it("writes down what was noted when the gateway ends, for the next one", async () => {
    const { receiver, gateway, buy } = await open(allowed);
    expect(await buy()).toBe(200);
    expect(await buy()).toBe(200);
    await gateway.close();
    const raised = await gateway.stores.notices.warnings({ limit: 9 });
    expect(raised.map(percentOf)).toEqual([50]);
    await receiver.close();
  });

  it("is for the public internet only, unless the settings say otherwise", async () => {
    const { receiver, gateway, buy } = await open({ warnings: { allowPrivate: false } });
    for (let n = 0; n < 2; n++) await buy();
    const attempted = async () => {
      const [warning] = await gateway.stores.notices.warnings({ limit: 1 });
      return warning?.attempts[0]?.error;
    };
    await expect
      .poll(attempted, { timeout: 10_000 })
      .toBe("not sent: it does not begin with https://");
    expect(receiver.received).toHaveLength(0);
    await receiver.close();
  });

  it("is off where a gateway is made without it", async () => {
    const { gateway, buy } = await open({});
    for (let n = 0; n < 4; n++) await buy();
    await gateway.close();
    expect(await gateway.stores.notices.warnings({ limit: 1 })).toEqual([]);
  });
});
