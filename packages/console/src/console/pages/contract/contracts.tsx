// The contracts that are served; where there is only one, its page at once.

import { Link, Navigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Asked } from "../../../parts/asked.tsx";
import { type Column, column, Table } from "../../../parts/list-table.tsx";
import { useAdmin } from "../../admin.ts";
import { type Api, everyApi } from "./api.ts";

const columns: readonly Column<Api>[] = [
  column("Contract", ({ title }) => (
    <Link to="/contract/$api" params={{ api: title }}>
      {title}
    </Link>
  )),
  column("Base path", ({ basePath }) => <code>{basePath}</code>),
  column("Keys begin with", ({ prefixes: { live, test } }) => (
    <code>{test === null ? live : `${live} ${test}`}</code>
  )),
  column("Operations", ({ operations }) => operations.length, "number"),
  column("Codes", ({ codes }) => codes.length, "number"),
  column("Plans", ({ plans }) => plans.length, "number"),
];

export function Contracts(): ReactNode {
  const query = useAdmin("listApis", everyApi);
  return (
    <div className="page">
      <header>
        <h1>Contracts</h1>
      </header>
      <Asked query={query}>
        {({ data }) => {
          const [only, ...others] = data;
          if (only !== undefined && others.length === 0) {
            return <Navigate to="/contract/$api" params={{ api: only.title }} replace />;
          }
          if (only === undefined) return <p className="empty">No contract is served here.</p>;
          return (
            <Table caption="Contracts" columns={columns} rows={data} keyOf={({ title }) => title} />
          );
        }}
      </Asked>
    </div>
  );
}
