// `sluice console`: the way in to the console of the gate that serves, for whoever has its token already.

import type { TypedFor } from "../command/commands.ts";
import { CommandError, exitCodes } from "../exit-codes.ts";
import { openInBrowser } from "../open-browser.ts";
import type { Operator } from "../operator/operator.ts";
import { tellSecret } from "../operator/secret.ts";
import { show } from "../print/shown.ts";
import { fromNow } from "../print/words.ts";
import { loud, say } from "../say.ts";

export async function showSignIn(operator: Operator, typed: TypedFor<"console">): Promise<void> {
  if (operator.url === undefined) {
    throw new CommandError(
      'Nobody serves, so there is no console: "npx sluice serve" first.',
      exitCodes.notReached,
    );
  }
  const made = await operator.call("createSignIn", {});
  const url = new URL(made.path, operator.url).href;
  if (typed.json) return show(typed, { ...made, url }, () => []);
  if (typed.open && (await openInBrowser(url))) {
    return say(`Opened ${loud(url.replace(/#.*/, ""))} in your browser.`);
  }
  if (typed.open) say("No browser could be opened here: follow the link yourself.");
  tellSecret(`The link, which signs you in once and ends ${fromNow(made.expiresAtMs)},`, url);
}
