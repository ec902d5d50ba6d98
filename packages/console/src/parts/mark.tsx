// A word in a colour; the word says it, too.

import type { ReactNode } from "react";

export type Tone = "plain" | "good" | "warn" | "bad" | "accent";

export function Mark({
  tone = "plain",
  children,
}: {
  readonly tone?: Tone;
  readonly children: ReactNode;
}): ReactNode {
  return <span className={`mark ${tone}`}>{children}</span>;
}

export function StatusMark({ status }: { readonly status: number }): ReactNode {
  const tone = status >= 500 ? "bad" : status >= 400 ? "warn" : status >= 200 ? "good" : "plain";
  return <Mark tone={tone}>{status}</Mark>;
}
