// How a key stands: what it is now, and what it will soon be.

import type { ReactNode } from "react";
import { DAY_MS } from "sluice/base";
import { Mark } from "../../../parts/mark.tsx";
import { useNow } from "../../../parts/now.ts";
import { Ago } from "../../../parts/time.tsx";
import type { Output } from "../../admin.ts";

export type KeyShown = Output<"findKey">;

const SOON_MS = 14 * DAY_MS;

export function KeyMark({ of }: { readonly of: KeyShown }): ReactNode {
  const nowMs = useNow();
  const { state, expiresAtMs, overlapUntilMs } = of;
  if (state === "revoked") return <Mark tone="bad">revoked</Mark>;
  if (state === "expired" || (expiresAtMs ?? Infinity) <= nowMs) return <Mark>expired</Mark>;
  return (
    <span className="row">
      <Mark tone="good">active</Mark>
      {isRotating(of, nowMs) && (
        <Mark tone="accent">
          rotating, ends <Ago atMs={overlapUntilMs ?? 0} />
        </Mark>
      )}
      {expiresAtMs !== null && expiresAtMs <= nowMs + SOON_MS && (
        <Mark tone="warn">
          expires <Ago atMs={expiresAtMs} />
        </Mark>
      )}
    </span>
  );
}

/** Whether an older secret opens it, too. */
export function isRotating({ state, overlapUntilMs }: KeyShown, nowMs: number): boolean {
  return state === "active" && overlapUntilMs !== null && overlapUntilMs > nowMs;
}
