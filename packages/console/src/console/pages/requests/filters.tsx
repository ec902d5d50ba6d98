// What the list is narrowed to: choices that the contracts know, texts for the rest, and each that is set, to be taken away.

import { type ReactNode, useState } from "react";
import { SelectField, TextField } from "../../../parts/field.tsx";
import { useAdmin } from "../../admin.ts";
import { type Equal, endings, equals, type RequestSearch } from "./search.ts";

export interface FiltersProps {
  readonly search: RequestSearch;
  onChange(search: RequestSearch): void;
}

export function Filters({ search, onChange }: FiltersProps): ReactNode {
  const { data } = useAdmin("listApis", { query: { limit: 100 } });
  const apis = data?.data ?? [];
  const ofApi = apis.filter(({ title }) => search.api === undefined || title === search.api);
  const set = (name: Equal) => (value: string) => onChange(withOne(search, name, value));
  const names = (all: readonly string[]) => [...new Set(all)].sort();
  return (
    <div className="filters">
      <Choice name="ending" {...{ search, set }} of={endings} />
      <Choice
        name="code"
        {...{ search, set }}
        of={names(ofApi.flatMap(({ codes }) => codes.map(({ code }) => code)))}
      />
      <Choice
        name="operation"
        {...{ search, set }}
        of={names(ofApi.flatMap(({ operations }) => operations.map(({ name }) => name)))}
      />
      <Choice name="api" {...{ search, set }} of={apis.map(({ title }) => title)} />
      <details>
        <summary>More filters</summary>
        <div className="filters">
          {(["account", "key", "condition", "status", "request", "client"] as const).map((name) => (
            <Text key={name} name={name} {...{ search, set }} />
          ))}
        </div>
      </details>
    </div>
  );
}

/** Status is the one that is a number. */
function withOne(search: RequestSearch, name: Equal, value: string): RequestSearch {
  const { [name]: _, ...rest } = search;
  if (value === "") return rest;
  return { ...rest, [name]: name === "status" ? Number(value) : value };
}

interface OneProps {
  readonly name: Equal;
  readonly search: RequestSearch;
  readonly set: (name: Equal) => (value: string) => void;
}

function Choice({
  name,
  search,
  set,
  of,
}: OneProps & { readonly of: readonly string[] }): ReactNode {
  const value = String(search[name] ?? "");
  // What an address says may be nothing that a contract has.
  const all = value === "" || of.includes(value) ? of : [value, ...of];
  return (
    <SelectField
      label={equals[name]}
      value={value}
      onChange={(event) => set(name)(event.target.value)}
    >
      <option value="">any</option>
      {all.map((one) => (
        <option key={one}>{one}</option>
      ))}
    </SelectField>
  );
}

function Text({ name, search, set }: OneProps): ReactNode {
  const value = String(search[name] ?? "");
  return <OneText key={value} label={equals[name]} value={value} name={name} onSet={set(name)} />;
}

interface OneTextProps {
  readonly label: string;
  readonly name: Equal;
  readonly value: string;
  onSet(value: string): void;
}

/** Set by Enter, or on leaving it. */
function OneText({ label, name, value, onSet }: OneTextProps): ReactNode {
  const [text, setText] = useState(value);
  const isWrong = name === "status" && !/^([1-5]\d\d)?$/.test(text.trim());
  const give = () => {
    if (!isWrong && text.trim() !== value) onSet(text.trim());
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        give();
      }}
    >
      <TextField
        label={label}
        value={text}
        spellCheck={false}
        wrong={isWrong ? "A number from 100 to 599." : undefined}
        onChange={({ target }) => setText(target.value)}
        onBlur={give}
      />
    </form>
  );
}

/** Each filter that is set, as a button that takes it away. */
export function Chips({ search, onChange }: FiltersProps): ReactNode {
  const names = (Object.keys(equals) as Equal[]).filter((name) => search[name] !== undefined);
  if (names.length === 0) return undefined;
  return (
    <ul className="chips" aria-label="Filters that are set">
      {names.map((name) => (
        <li key={name}>
          <button
            type="button"
            className="chip"
            aria-label={`Remove the filter ${equals[name]} ${search[name]}`}
            onClick={() => onChange(withOne(search, name, ""))}
          >
            {equals[name]} <code>{search[name]}</code> <span aria-hidden="true">×</span>
          </button>
        </li>
      ))}
      {names.length > 1 && (
        <li>
          <button
            type="button"
            className="button plain"
            onClick={() => onChange(names.reduce((rest, name) => withOne(rest, name, ""), search))}
          >
            Remove all
          </button>
        </li>
      )}
    </ul>
  );
}
