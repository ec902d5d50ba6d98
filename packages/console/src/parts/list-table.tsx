// A list as a table, page by page: TanStack Table says what stands where, and a button asks for more.

import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { type ColumnDef, tableFeatures, useTable } from "@tanstack/react-table";
import { type ReactNode, useMemo } from "react";
import { Problem, Waiting } from "./asked.tsx";
import type { PageOf } from "./asking.ts";
import { Wide } from "./wide.tsx";

const features = tableFeatures({});

export type Column<Row extends object> = ColumnDef<typeof features, Row>;

/** A column without state: a heading, and what stands in a row. */
export function column<Row extends object>(
  header: string,
  cell: (row: Row) => ReactNode,
  kind: "text" | "long" | "number" = "text",
): Column<Row> {
  return { id: header, header, cell: ({ row }) => cell(row.original), meta: { kind } };
}

export interface TableProps<Row extends object> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
}

export function Table<Row extends object>({
  caption,
  columns,
  rows,
  keyOf,
}: TableProps<Row>): ReactNode {
  const table = useTable({
    features,
    columns: columns as Column<Row>[],
    data: rows,
    getRowId: keyOf,
  });
  return (
    <Wide aria-label={caption}>
      <table className="table">
        <caption className="only-read">{caption}</caption>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => (
                <th key={header.id} scope="col" className={kindOf(header.column.columnDef)}>
                  <table.FlexRender header={header} />
                </th>
              ))}
            </tr>
          ))}
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row) => (
            <tr key={row.id}>
              {row.getAllCells().map((cell) => (
                <td key={cell.id} className={kindOf(cell.column.columnDef)}>
                  <table.FlexRender cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
}

function kindOf<Row extends object>({ meta }: Column<Row>): string | undefined {
  const { kind } = (meta ?? {}) as { readonly kind?: string };
  return kind === "text" ? undefined : kind;
}

export interface ListTableProps<Row extends object> extends Omit<TableProps<Row>, "rows"> {
  readonly query: UseInfiniteQueryResult<InfiniteData<PageOf<Row>>>;
  /** What to say where nothing is. */
  readonly empty: ReactNode;
}

export function ListTable<Row extends object>({
  query,
  empty,
  ...table
}: ListTableProps<Row>): ReactNode {
  const rows = useMemo(() => query.data?.pages.flatMap(({ data }) => data) ?? [], [query.data]);
  if (query.data === undefined) {
    return query.isError ? (
      <Problem error={query.error} retry={() => void query.refetch()} />
    ) : (
      <Waiting />
    );
  }
  return (
    <>
      {query.isError && <Problem error={query.error} retry={() => void query.refetch()} />}
      {rows.length === 0 ? <div className="empty">{empty}</div> : <Table {...table} rows={rows} />}
      {query.hasNextPage && (
        <p>
          <button
            type="button"
            className="button"
            disabled={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {query.isFetchingNextPage ? "Loading …" : "More"}
          </button>
        </p>
      )}
    </>
  );
}
