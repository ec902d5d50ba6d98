// What is wider or longer than its place, and scrolls in it: it must be reached by keyboard (WCAG 2.1.1).

import type { ComponentProps, ReactNode } from "react";

export const reached = { tabIndex: 0 } as const;

/** A named part of the page, since whoever comes to it by keyboard must hear where they are. */
export function Wide({
  className = "wide",
  ...section
}: ComponentProps<"section"> & { readonly "aria-label": string }): ReactNode {
  return <section className={className} {...reached} {...section} />;
}
