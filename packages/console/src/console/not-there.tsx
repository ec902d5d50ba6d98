// An address that leads nowhere.

import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

export function NotThere(): ReactNode {
  return (
    <div className="door">
      <main className="stack">
        <h1>There is no such page</h1>
        <p>The address may be mistyped, or from another version of the console.</p>
        <p>
          <Link to="/">Overview</Link>
        </p>
      </main>
    </div>
  );
}
