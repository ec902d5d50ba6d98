// A secret that is shown once: alone on standard output, so that KEY=$(sluice keys create …) keeps it, and nobody else sees it.

import { say } from "../say.ts";

export function tellSecret(what: string, secret: string): void {
  const isSeen = process.stdout.isTTY === true;
  say(
    `${what}${isSeen ? "" : " is on standard output"}; it is not shown again.${isSeen ? "\n" : ""}`,
  );
  console.log(secret);
}
