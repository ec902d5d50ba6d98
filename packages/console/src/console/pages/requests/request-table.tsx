// A real table of any length: rows out of sight are two empty rows of their height.

import { tableFeatures, useTable } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useMemo, useRef } from "react";
import type { Column } from "../../../parts/list-table.tsx";
import { Wide } from "../../../parts/wide.tsx";
import { columns } from "./columns.tsx";
import type { RowWindow } from "./row-window.ts";
import { useRowKeys } from "./use-row-keys.ts";
import type { RequestRow } from "./use-row-window.ts";

/** As the stylesheet has it. */
const rowPx = 34;
const overscan = 8;
/** Rows that are still to come: there is something to scroll to. */
const comingRows = 50;
const features = tableFeatures({});

export interface RequestTableProps {
  readonly list: RowWindow<RequestRow>;
  onOpen(requestId: string): void;
}

export function RequestTable({ list, onOpen }: RequestTableProps): ReactNode {
  const box = useRef<HTMLElement>(null);
  const rowCount = list.known + (list.isWhole || list.isFull ? 0 : comingRows);
  const virtualizer = useVirtualizer({
    count: rowCount,
    getScrollElement: () => box.current,
    estimateSize: () => rowPx,
    overscan,
    // The first row is behind the heading, which stays.
    scrollPaddingStart: rowPx,
    useFlushSync: false,
  });
  const items = virtualizer.getVirtualItems();
  const first = items.at(0)?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => list.look(first, last), [list, first, last]);
  const keys = useRowKeys(box, list.known, (at) => virtualizer.scrollToIndex(at));
  const openPlainly = (event: React.MouseEvent) => {
    const requestId = requestUnder(event.target);
    const isPlain = !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (requestId === undefined || !isPlain || event.button !== 0) return;
    event.preventDefault();
    onOpen(requestId);
  };
  return (
    <Wide className="rows" aria-label="Requests, newest first" ref={box} {...keys.on}>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: its links are clicked, by Enter too. */}
      <table
        className="table requests"
        aria-rowcount={list.isWhole ? list.known + 1 : -1}
        onClick={openPlainly}
      >
        <caption className="only-read">Requests, newest first</caption>
        <Rows list={list} first={first} last={last} of={rowCount} active={keys.active} />
      </table>
    </Wide>
  );
}

function requestUnder(target: EventTarget): string | undefined {
  if (!(target instanceof Element)) return undefined;
  return target.closest("tr")?.querySelector<HTMLElement>("a[data-request]")?.dataset["request"];
}

interface RowsProps {
  readonly list: RowWindow<RequestRow>;
  readonly first: number;
  readonly last: number;
  readonly of: number;
  readonly active: number;
}

function Rows({ list, first, last, of, active }: RowsProps): ReactNode {
  const version = list.version();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a version of the list is what its rows were then.
  const rows = useMemo(() => {
    const shown: RequestRow[] = [];
    for (let at = first; at <= last; at++) {
      const row = list.row(at);
      if (row !== undefined) shown.push(row);
    }
    return shown;
  }, [list, version, first, last]);
  const table = useTable({
    features,
    columns: columns as Column<RequestRow>[],
    data: rows,
    getRowId: ({ requestId }) => requestId,
  });
  const byId = new Map(table.getRowModel().rows.map((row) => [row.id, row]));
  const places = Array.from({ length: of === 0 ? 0 : last - first + 1 }, (_, at) => first + at);
  return (
    <>
      <thead>
        <tr aria-rowindex={1}>
          {table.getFlatHeaders().map((header) => (
            <th key={header.id} scope="col" className={classOf(header.column.columnDef)}>
              <table.FlexRender header={header} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <Gap rows={first} />
        {places.map((at) => {
          const row = byId.get(list.row(at)?.requestId ?? "");
          return (
            <tr
              key={at}
              aria-rowindex={at + 2}
              data-at={at}
              data-active={at === active || undefined}
            >
              {row === undefined ? (
                <td colSpan={columns.length} className="quiet">
                  …
                </td>
              ) : (
                row.getAllCells().map((cell) => (
                  <td key={cell.id} className={classOf(cell.column.columnDef)}>
                    <table.FlexRender cell={cell} />
                  </td>
                ))
              )}
            </tr>
          );
        })}
        <Gap rows={Math.max(0, of - last - 1)} />
      </tbody>
    </>
  );
}

function classOf({ id, meta }: Column<RequestRow>): string {
  const { kind } = (meta ?? {}) as { readonly kind?: string };
  return `${id?.toLowerCase()}${kind === "number" ? " number" : ""}`;
}

/** Rows that are out of sight. */
function Gap({ rows }: { readonly rows: number }): ReactNode {
  if (rows === 0) return undefined;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it can be focused.
    <tr aria-hidden="true" className="gap">
      <td colSpan={columns.length} style={{ height: rows * rowPx }} />
    </tr>
  );
}
