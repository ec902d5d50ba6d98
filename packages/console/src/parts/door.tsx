// What is shown to whoever is not inside: the way in, or that an address leads nowhere.

import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

export function Door({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <div className="door">
      <main className="stack">
        <h1>{title}</h1>
        {children}
      </main>
    </div>
  );
}

export function NotThere(): ReactNode {
  return (
    <Door title="There is no such page">
      <p>The address may be mistyped, or from another version of these pages.</p>
      <p>
        <Link to="/">Overview</Link>
      </p>
    </Door>
  );
}
