// A list of changes: when, what, how it was before and after, and by whom.

import { Link } from "@tanstack/react-router";
import { type Column, column } from "../../../parts/list-table.tsx";
import { Time } from "../../../parts/time.tsx";
import { type Change, Changed, Subject } from "./changed.tsx";

export const columns: readonly Column<Change>[] = [
  column("When", ({ atMs }) => <Time atMs={atMs} />),
  column("What", (change) => <Subject change={change} />),
  column("Changed", (change) => <Changed change={change} />),
  column("By", ({ by }) => (
    <Link to="/audit" search={{ by }}>
      {by}
    </Link>
  )),
];
