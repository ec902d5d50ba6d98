/** Where an API's envelope has the code, the message and the rest, for examples that read it. */
import type { EnvelopeRole } from "../model/envelope-members.ts";
import type { Reference } from "../model/reference.ts";
import type { Places } from "./request-text.ts";

export function envelopePlaces({ envelope }: Reference): Places {
  const found: Partial<Record<EnvelopeRole, readonly (string | number)[]>> = {};
  for (const { role, path } of envelope) if (role !== undefined) found[role] ??= path;
  return found;
}
