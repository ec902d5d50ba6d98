/** Step 4: may this account, plan and key make this call. */
import { type Refusal, refuse } from "../../contract/index.ts";
import type { Settings } from "../settings.ts";
import type { Visit } from "../visit.ts";

export function authorise(visit: Visit, gate: Settings): Refusal | undefined {
  const { account, key } = visit.known.subscriber;
  if (account.subscription !== "active") return refuse("subscription_inactive");
  const plans = visit.operation ? visit.operation.plans : gate.plansForAll;
  if (plans !== undefined && !plans.has(account.plan)) {
    return refuse("plan_required", { by: account.plan });
  }
  const permission = visit.operation?.server.permission;
  if (permission !== undefined && key.permissions?.includes(permission) === false) {
    return refuse("forbidden", { by: permission });
  }
  return undefined;
}
