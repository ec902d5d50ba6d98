// Links to what a record is about.

import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

export function AccountLink({ id }: { readonly id: string }): ReactNode {
  return (
    <Link to="/accounts" search={{ search: id }}>
      <code>{id}</code>
    </Link>
  );
}
