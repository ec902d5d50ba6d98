/** References within one schema (RFC 6901 §6): `#/$defs/brand`. */
import { at } from "sluice";

/** What a reference leads to, or undefined where it leads nowhere or elsewhere. */
export function referred(root: unknown, reference: string): unknown {
  if (reference === "#") return root;
  if (!reference.startsWith("#/")) return undefined;
  try {
    return at(root, decodeURIComponent(reference.slice(1)));
  } catch {
    return undefined;
  }
}
