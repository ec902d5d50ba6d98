// What a key may do: everything, or the permissions that are ticked.

import type { ReactNode } from "react";

export interface PermissionsProps {
  /** Of the contract. */
  readonly all: readonly string[];
  /** Null: every permission. */
  readonly chosen: readonly string[] | null;
  readonly onChange: (chosen: readonly string[] | null) => void;
  readonly wrong: string | undefined;
}

export function Permissions({ all, chosen, onChange, wrong }: PermissionsProps): ReactNode {
  if (all.length === 0) return undefined;
  const toggle = (name: string) => {
    const held = chosen ?? all;
    onChange(held.includes(name) ? held.filter((one) => one !== name) : [...held, name]);
  };
  return (
    <fieldset className="choices">
      <legend>Permissions</legend>
      <label>
        <input
          type="checkbox"
          checked={chosen === null}
          onChange={() => onChange(chosen === null ? [...all] : null)}
        />
        every permission
      </label>
      {chosen !== null &&
        all.map((name) => (
          <label key={name}>
            <input type="checkbox" checked={chosen.includes(name)} onChange={() => toggle(name)} />
            <code>{name}</code>
          </label>
        ))}
      {wrong !== undefined && <span className="wrong">{wrong}</span>}
    </fieldset>
  );
}
