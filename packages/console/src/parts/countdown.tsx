// Until when, second by second.

import { type ReactNode, useEffect, useState } from "react";
import { duration } from "./numbers.ts";
import { Time } from "./time.tsx";

const secondMs = 1_000;

export interface CountdownProps {
  readonly toMs: number;
  /** What is said once it is over. */
  readonly over: ReactNode;
}

export function Countdown({ toMs, over }: CountdownProps): ReactNode {
  const [nowMs, setNowMs] = useState(() => Date.now());
  const leftMs = toMs - nowMs;
  const isRunning = leftMs > 0;
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => setNowMs(Date.now()), secondMs);
    return () => clearInterval(timer);
  }, [isRunning]);
  if (!isRunning) return over;
  return (
    <span className="countdown">
      <strong role="timer">in {duration(Math.ceil(leftMs / secondMs) * secondMs)}</strong>,{" "}
      <Time atMs={toMs} />
    </span>
  );
}
