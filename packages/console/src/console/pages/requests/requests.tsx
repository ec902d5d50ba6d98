// All requests that the log has, or those that have something in common: newest first, as far back as one scrolls.

import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { type ReactNode, useMemo, useState } from "react";
import { Empty, Problem, Waiting } from "../../../parts/asked.tsx";
import { count } from "../../../parts/numbers.ts";
import "../../../styles/requests.css";
import { Chips, Filters } from "./filters.tsx";
import { RequestTable } from "./request-table.tsx";
import type { RowWindow } from "./row-window.ts";
import { queryOf, type RequestSearch } from "./search.ts";
import { SearchBox } from "./search-box.tsx";
import { TimeSpan } from "./time-span.tsx";
import { type RequestRow, useRowWindow } from "./use-row-window.ts";

const here = getRouteApi("/inside/requests");

export function Requests(): ReactNode {
  const search = here.useSearch();
  const navigate = here.useNavigate();
  const onChange = (next: RequestSearch) => void navigate({ search: next });
  return (
    <div className="page fills">
      <header>
        <h1>Requests</h1>
        <SearchBox />
      </header>
      <div className="narrowing">
        <TimeSpan search={search} onChange={onChange} />
        <Filters search={search} onChange={onChange} />
        <Chips search={search} onChange={onChange} />
      </div>
      <Found search={search} onChange={onChange} />
    </div>
  );
}

interface FoundProps {
  readonly search: RequestSearch;
  onChange(search: RequestSearch): void;
}

function Found({ search, onChange }: FoundProps): ReactNode {
  const [looks, setLooks] = useState(0);
  const text = JSON.stringify(search);
  // A time that moves stands still while one list is looked at.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another look is another moment.
  const query = useMemo(() => queryOf(JSON.parse(text), Date.now()), [text, looks]);
  const list = useRowWindow(query);
  return (
    <div className="found">
      <p className="row apart">
        <span className="quiet">{foundInWords(list)}</span>
        <button type="button" className="button" onClick={() => setLooks((before) => before + 1)}>
          Look again
        </button>
      </p>
      {list.error !== undefined && <Problem error={list.error} retry={() => list.retry()} />}
      <List key={`${text} ${looks}`} list={list} isNarrowed={text !== "{}"} />
      {list.isFull && (
        <p className="said">
          So far the list goes.{" "}
          <button
            type="button"
            className="button"
            onClick={() => {
              const oldest = list.row(list.known - 1);
              const { last: _, ...rest } = search;
              if (oldest !== undefined) onChange({ ...rest, to: oldest.atMs + 1 });
            }}
          >
            Go on from here
          </button>
        </p>
      )}
    </div>
  );
}

function List({
  list,
  isNarrowed,
}: {
  readonly list: RowWindow<RequestRow>;
  readonly isNarrowed: boolean;
}): ReactNode {
  const navigate = useNavigate();
  if (!list.hasBegun) return list.error === undefined ? <Waiting /> : undefined;
  if (list.isWhole && list.known === 0) {
    return (
      <Empty>
        {isNarrowed ? (
          <p>
            No request of the log is like this. <Link to="/requests">Show all</Link>
          </p>
        ) : (
          <p>The log is empty: no request has come yet.</p>
        )}
      </Empty>
    );
  }
  return (
    <RequestTable
      list={list}
      onOpen={(requestId) => void navigate({ to: "/requests/$requestId", params: { requestId } })}
    />
  );
}

function foundInWords(list: RowWindow<RequestRow>): string {
  if (!list.hasBegun) return "";
  const rows = `${count(list.known)} ${list.known === 1 ? "request" : "requests"}`;
  return list.isWhole ? rows : `${rows} so far, and more behind them`;
}
