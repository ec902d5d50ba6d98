// Text to the letter: bytes, programs.

import type { ReactNode } from "react";

export function CodeBlock({ text }: { readonly text: string }): ReactNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reached by keyboard (WCAG 2.1.1).
    <pre tabIndex={0}>{text}</pre>
  );
}
