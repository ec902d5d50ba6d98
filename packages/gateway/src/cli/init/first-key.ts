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
    const { directory } = gateway.stores;
    const { plans } = gate.api.wire;
    const [plan = ""] = plans;
    const known = await directory.account(accountId);
    // An account on a plan that a new configuration has no more could not call.
    if (known === undefined || !plans.includes(known.plan)) {
      const account = { id: accountId, name: "First", plan, subscription: "active" } as const;
      await directory.putAccount({ ...known, ...account }, { by, atMs: systemClock.wallMs() });
    }
    const { secret } = await gate.keys.create({ accountId, name: "first", by });
    return secret;
  } finally {
    await gateway.close();
  }
}
