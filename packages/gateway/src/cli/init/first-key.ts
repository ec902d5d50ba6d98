// The first account and its first key, so that the first call works. The key is shown once; nobody keeps it.

import { systemClock } from "sluice/base";
import { openGateway } from "../../gateway.ts";
import type { GatewaySettings } from "../../settings.ts";
import { StartError } from "../../start-error.ts";

const by = "sluice init";
const accountId = "acct_first";

export async function makeFirstKey(settings: GatewaySettings): Promise<string> {
  const gateway = await openGateway(settings);
  try {
    const [gate] = gateway.gates;
    if (gate === undefined) throw new StartError("The configuration serves no API.");
    const [plan = ""] = gate.api.wire.plans;
    const known = await gateway.stores.directory.account(accountId);
    if (known === undefined) {
      const account = { id: accountId, name: "First", plan, subscription: "active" } as const;
      await gateway.stores.directory.putAccount(account, { by, atMs: systemClock.wallMs() });
    }
    const { secret } = await gate.keys.create({ accountId, name: "first", by });
    return secret;
  } finally {
    await gateway.close();
  }
}
