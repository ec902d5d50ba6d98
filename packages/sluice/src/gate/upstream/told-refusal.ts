/** `Sluice-Refuse: conflict; param="name"` (RFC 9651): an upstream that speaks our vocabulary. */
import { parseItem, Token } from "structured-headers";
import { type Refusal, refuseDomain } from "../../contract/index.ts";

/** What the header's value says. Throws where it is no item: then the upstream is at fault. */
export function toldRefusal(header: string): Refusal {
  const [value, parameters] = parseItem(header);
  const condition = value instanceof Token ? value.toString() : String(value);
  const param = parameters.get("param");
  return refuseDomain(condition, { ...(typeof param === "string" && { param }) });
}
