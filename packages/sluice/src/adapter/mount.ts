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

/** The target of a request line below the mount. */
export function belowMount(mount: string, target: string): string {
  if (mount === "") return target;
  if (!target.startsWith(mount)) return OUTSIDE;
  const below = target.slice(mount.length);
  if (below.startsWith("/")) return below;
  return below === "" || below.startsWith("?") ? `/${below}` : OUTSIDE;
}
