// `sluice keys rotate`: a new secret, and some time for whoever has the old one.

import type { TypedFor } from "../command/commands.ts";
import type { Operator } from "../operator/operator.ts";
import { tellSecret } from "../operator/secret.ts";
import { durationFrom } from "../operator/values.ts";
import { show } from "../print/shown.ts";
import { momentFromNow } from "../print/words.ts";
import { say } from "../say.ts";
import { keyOf } from "./keys.ts";

export async function rotateKey(operator: Operator, typed: TypedFor<"keys rotate">) {
  const overlapMs = durationFrom("--overlap", typed.overlap ?? "24h");
  const { id: keyId, accountId } = await keyOf(operator, typed);
  const params = { accountId, keyId };
  const rotated = await operator.call("rotateKey", { params, body: { overlapMs } });
  if (typed.json) return show(typed, rotated, () => []);
  const { overlapUntilMs } = rotated.key;
  say(
    overlapUntilMs === null
      ? "The old secret opens it no more."
      : `The old secret opens it until ${momentFromNow(overlapUntilMs)}; "sluice keys show ${keyId}" says who still uses it.`,
  );
  tellSecret(`The new secret of "${rotated.key.name}"`, rotated.secret);
}
