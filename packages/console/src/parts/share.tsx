// A part of a whole, as a bar. A drawing without styles of its own: the page's policy allows none.

import type { ReactNode } from "react";
import { percent } from "./numbers.ts";

export interface ShareProps {
  readonly part: number;
  readonly of: number;
  /** What it is the share of, for whoever hears it. */
  readonly label: string;
}

export function Share({ part, of, label }: ShareProps): ReactNode {
  return (
    <svg
      className="bar"
      role="img"
      aria-label={`${label}: ${percent(part, of)}`}
      preserveAspectRatio="none"
      viewBox="0 0 100 1"
    >
      <rect className="used" x="0" y="0" width={of === 0 ? 0 : (100 * part) / of} height="1" />
    </svg>
  );
}
