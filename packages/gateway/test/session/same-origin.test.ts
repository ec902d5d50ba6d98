// Which requests come from our own pages, as browsers say it.

import type { Call } from "sluice/gate";
import { expect, it } from "vitest";
import { isSameOrigin } from "../../src/session/same-origin.ts";

const host = "127.0.0.1:8787";
const from = (headers: Readonly<Record<string, string>>) =>
  isSameOrigin({ header: (name: string) => ({ host, ...headers })[name] } as Call);

it.each([
  ["same-origin", true],
  ["same-site", false],
  ["cross-site", false],
  ["none", false],
  ["", false],
  ["nonsense", false],
])("what a browser says counts, whatever else is there: %j", (site, expected) => {
  const own = { origin: `http://${host}`, referer: `http://${host}/portal/` };
  expect(from({ "sec-fetch-site": site })).toBe(expected);
  expect(from({ "sec-fetch-site": site, ...own })).toBe(expected);
});

it.each([
  ["the same origin", `http://${host}`, true],
  ["in front of TLS that a proxy ends", `https://${host}`, true],
  ["another port", "http://127.0.0.1:8788", false],
  ["another name of this machine", "http://localhost:8787", false],
  ["another site", "https://evil.test", false],
  ["a name that begins alike", "http://127.0.0.1:87870", false],
  ["a sandbox", "null", false],
])("where it says nothing, its origin does: %s", (_, origin, expected) => {
  expect(from({ origin })).toBe(expected);
  expect(from({ referer: `${origin}/portal/keys` })).toBe(expected && origin !== "null");
  // An origin that is there is not outdone by an address.
  expect(from({ origin: "https://evil.test", referer: `${origin}/portal/` })).toBe(false);
});

it("who says nothing at all is nobody's page", () => {
  expect(from({})).toBe(false);
  expect(isSameOrigin({ header: () => undefined } as unknown as Call)).toBe(false);
});
