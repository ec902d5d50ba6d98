/** How a finding is shown in one sign, here and in the document. */
import type { Finding } from "../finding.ts";

export function sign(found: Finding | undefined): "✓" | "✗" | "–" {
  if (found === undefined) return "–";
  return found.mark === "kept" ? "✓" : "✗";
}
