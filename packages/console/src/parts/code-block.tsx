// Text to the letter: bytes, programs.

import type { ReactNode } from "react";
import { reached } from "./wide.tsx";

export function CodeBlock({ text }: { readonly text: string }): ReactNode {
  return <pre {...reached}>{text}</pre>;
}
