// How much of a cap is used and held. A drawing without styles of its own: the page's policy allows none.

import type { ReactNode } from "react";

export interface BarProps {
  readonly used: number;
  readonly held?: number;
  readonly cap: number;
  /** What it is about, for whoever hears it. */
  readonly label: string;
}

const NEAR = 0.75;

export function Bar({ used, held = 0, cap, label }: BarProps): ReactNode {
  const share = (part: number) => (cap === 0 ? 100 : Math.min(100, (100 * part) / cap));
  const tone = used + held >= cap ? "bad" : used + held >= cap * NEAR ? "warn" : "";
  return (
    <svg
      className={`bar ${tone}`}
      role="img"
      aria-label={`${label}: ${Math.round(share(used))} percent used`}
      preserveAspectRatio="none"
      viewBox="0 0 100 1"
    >
      <rect className="used" x="0" y="0" width={share(used)} height="1" />
      <rect
        className="held"
        x={share(used)}
        y="0"
        width={share(used + held) - share(used)}
        height="1"
      />
    </svg>
  );
}
