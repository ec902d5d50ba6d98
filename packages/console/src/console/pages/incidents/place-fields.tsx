// What an incident is about: every contract, one, or operations of one.

import type { ReactNode } from "react";
import { SelectField } from "../../../parts/field.tsx";
import { useAdmin } from "../../admin.ts";

export interface Place {
  /** Empty for all. */
  readonly api: string;
  readonly operations: readonly string[];
}

export interface PlaceFieldsProps {
  readonly place: Place;
  readonly onChange: (place: Place) => void;
  readonly wrong: (field: string) => string | undefined;
}

export function PlaceFields({ place, onChange, wrong }: PlaceFieldsProps): ReactNode {
  const { data } = useAdmin("listApis", { query: { limit: 100 } });
  const apis = data?.data ?? [];
  const chosen = apis.find(({ title }) => title === place.api);
  return (
    <>
      <SelectField
        label="About"
        value={place.api}
        onChange={({ target }) => onChange({ api: target.value, operations: [] })}
        wrong={wrong("api")}
      >
        <option value="">Everything</option>
        {apis.map(({ title }) => (
          <option key={title} value={title}>
            {title}
          </option>
        ))}
      </SelectField>
      {chosen !== undefined && (
        <SelectField
          label="Operations"
          multiple
          size={6}
          value={[...place.operations]}
          onChange={({ target }) => {
            const operations = [...target.selectedOptions].map(({ value }) => value);
            onChange({ ...place, operations });
          }}
          hint="None chosen: all of them."
          wrong={wrong("operations")}
        >
          {chosen.operations.map(({ name, method, path }) => (
            <option key={name} value={name}>
              {name} ({method} {path})
            </option>
          ))}
        </SelectField>
      )}
    </>
  );
}
