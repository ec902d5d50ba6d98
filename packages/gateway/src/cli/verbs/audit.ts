// `sluice audit`: proves that the money adds up, also while gates serve.

import type { TypedFor } from "../command/commands.ts";
import { CommandError, exitCodes } from "../exit-codes.ts";
import type { Operator } from "../operator/operator.ts";
import { createProgress } from "../print/progress.ts";
import { show } from "../print/shown.ts";
import { counted } from "../print/words.ts";

export async function audit(operator: Operator, typed: TypedFor<"audit">): Promise<void> {
  const progress = createProgress();
  progress.show("Adding up every credit");
  const proof = await operator.call("auditLedger", {}).finally(() => progress.clear());
  const { isClean, broken, brokenCount } = proof;
  show(typed, proof, () => (isClean ? ["clean"] : broken));
  if (isClean) return;
  const shown = broken.length < brokenCount ? `, the first ${broken.length} of them above` : "";
  throw new CommandError(
    `Broken: ${counted(brokenCount, "row")} that should not be so${shown}. Keep a copy of the store, and stop granting until it is understood.`,
    exitCodes.found,
  );
}
