// Whether a request comes from our own pages. SameSite is not enough: another port of this machine is the same site.

import type { Call } from "sluice/gate";

/**
 * What a browser says by itself (Fetch Metadata); or where it says nothing, since it is too old, or the page came by plain HTTP
 * from another machine: the origin that it names, which it leaves out of a GET of our own pages, or the page's address.
 */
export function isSameOrigin(call: Call): boolean {
  const site = call.header("sec-fetch-site");
  if (site !== undefined) return site === "same-origin";
  const origin = call.header("origin") ?? call.header("referer");
  const host = call.header("host");
  if (origin === undefined || host === undefined || !URL.canParse(origin)) return false;
  return new URL(origin).host === host.toLowerCase();
}
