// Which changes are shown; what is chosen stands in the address.

import { getRouteApi } from "@tanstack/react-router";
import type { FormEvent, ReactNode } from "react";
import { SelectField, TextField } from "../../../parts/field.tsx";
import { auditSearch, kinds } from "./kinds.ts";

const here = getRouteApi("/inside/audit");

export function AuditFilters(): ReactNode {
  const search = here.useSearch();
  const navigate = here.useNavigate();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = Object.fromEntries(new FormData(event.currentTarget));
    void navigate({ search: auditSearch(given) });
  };
  return (
    <form className="filters" aria-label="Which changes" onSubmit={submit}>
      <TextField label="Account id" name="account" defaultValue={search.account} />
      <SelectField label="Kind" name="kind" defaultValue={search.kind ?? ""}>
        <option value="">Every kind</option>
        {kinds.map((kind) => (
          <option key={kind}>{kind}</option>
        ))}
      </SelectField>
      <TextField label="Record id" name="id" defaultValue={search.id} />
      <TextField label="By" name="by" defaultValue={search.by} />
      <button type="submit" className="button">
        Find
      </button>
    </form>
  );
}
