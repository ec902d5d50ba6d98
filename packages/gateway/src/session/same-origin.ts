// Whether a request comes from our own pages. SameSite is not enough: another port of this machine is the same site.

import type { Call } from "sluice/gate";

/** What a browser says by itself (Fetch Metadata), or where it is too old for that, the origin that it names. */
export function isSameOrigin(call: Call): boolean {
  const site = call.header("sec-fetch-site");
  if (site !== undefined) return site === "same-origin";
  const origin = call.header("origin");
  const host = call.header("host");
  if (origin === undefined || host === undefined || !URL.canParse(origin)) return false;
  return new URL(origin).host === host.toLowerCase();
}
