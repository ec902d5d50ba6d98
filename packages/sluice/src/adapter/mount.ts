/** Where an API is mounted in a larger server: a prefix of the path that the gate never sees. */
import { assert } from "../base/index.ts";

/** Matches no operation: what lies outside the mount is not the API's. */
const OUTSIDE = "*";

/** A mount that can never match would make every request a 404 without a word. */
export function checkMount(mount: string | undefined): string {
  if (mount === undefined || mount === "") return "";
  assert(
    /^(?:\/[^/?#]+)+$/.test(mount),
    () => `mount is "${mount}"; write it like /api, without a / at the end`,
  );
  return mount;
}

/** The target of a request line below the mount; what lies outside matches nothing. */
export function belowMount(mount: string, target: string): string {
  return mount === "" ? target : (targetBelow(mount, target) ?? OUTSIDE);
}

/** What lies below a path; undefined for what lies elsewhere. */
export function targetBelow(path: string, target: string): string | undefined {
  if (!target.startsWith(path)) return undefined;
  const below = target.slice(path.length);
  if (below.startsWith("/")) return below;
  return below === "" || below.startsWith("?") ? `/${below}` : undefined;
}
