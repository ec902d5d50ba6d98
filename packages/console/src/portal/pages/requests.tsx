// The account's requests, newest first, narrowed down by what the address says.

import { getRouteApi, Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { SelectField, TextField } from "../../parts/field.tsx";
import { type Column, column, ListTable } from "../../parts/list-table.tsx";
import { StatusMark } from "../../parts/mark.tsx";
import { count, duration } from "../../parts/numbers.ts";
import { Time } from "../../parts/time.tsx";
import { type Listed, usePortalList } from "../asking.ts";
import { endings, type Filters, filtersIn } from "../request-filters.ts";

type Row = Listed<"listRequests">;

const here = getRouteApi("/inside/requests");

const columns: readonly Column<Row>[] = [
  column("When", ({ atMs, requestId }) => (
    <Link to="/requests/$requestId" params={{ requestId }}>
      <Time atMs={atMs} />
    </Link>
  )),
  column("Status", ({ status }) => <StatusMark status={status} />),
  column("Code", ({ code }) => code !== null && <code>{code}</code>),
  column("Request", ({ method, path }) => (
    <code className="path">
      {method} {path}
    </code>
  )),
  column("Took", ({ durationMs }) => duration(durationMs), "number"),
  column("Credits", ({ charged }) => count(charged), "number"),
];

export function Requests(): ReactNode {
  const filters = here.useSearch();
  const query = usePortalList("listRequests", { query: { ...filters, limit: 50 } });
  const isNarrow = Object.keys(filters).length > 0;
  return (
    <div className="page">
      <header>
        <h1>Requests</h1>
        {isNarrow && <Link to="/requests">Show all</Link>}
      </header>
      <Narrow key={JSON.stringify(filters)} filters={filters} />
      <ListTable
        caption="Requests, newest first"
        columns={columns}
        query={query}
        keyOf={({ requestId }) => requestId}
        empty={
          isNarrow ? (
            <p>No request is like that.</p>
          ) : (
            <p>There are no requests yet. Each that your keys make is listed here.</p>
          )
        }
      />
    </div>
  );
}

/** Read when it is sent: an address is the state of it. */
function Narrow({ filters }: { readonly filters: Filters }): ReactNode {
  const navigate = here.useNavigate();
  const find = (form: FormData) => navigate({ search: filtersIn(Object.fromEntries(form)) });
  return (
    <form
      className="row narrow"
      onSubmit={(event) => {
        event.preventDefault();
        void find(new FormData(event.currentTarget));
      }}
    >
      <TextField label="Request id" name="requestId" defaultValue={filters.requestId ?? ""} />
      <TextField label="Code" name="code" defaultValue={filters.code ?? ""} />
      <TextField
        label="Status"
        name="status"
        inputMode="numeric"
        pattern="[1-5][0-9][0-9]"
        title="Three digits"
        size={5}
        defaultValue={filters.status ?? ""}
      />
      <SelectField label="Ended" name="ending" defaultValue={filters.ending ?? ""}>
        <option value="">in any way</option>
        {endings.map((ending) => (
          <option key={ending} value={ending}>
            {ending}
          </option>
        ))}
      </SelectField>
      <TextField label="Key id" name="keyId" defaultValue={filters.keyId ?? ""} />
      <button type="submit" className="button">
        Find
      </button>
    </form>
  );
}
