// A moment as people choose it: in their own zone, which is named.

import type { ReactNode } from "react";
import { MINUTE_MS } from "sluice/base";
import { TextField } from "./field.tsx";
import { zone } from "./time.tsx";

export interface MomentFieldProps {
  readonly label: string;
  /** As the browser has it: `2026-11-22T13:30`; empty for none. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint: string;
  readonly wrong?: string | undefined;
}

export function MomentField({ onChange, hint, ...field }: MomentFieldProps): ReactNode {
  return (
    <TextField
      {...field}
      type="datetime-local"
      onChange={({ target }) => onChange(target.value)}
      hint={`${hint} Time zone: ${zone}.`}
    />
  );
}

/** Undefined for none. */
export function momentOf(value: string): number | undefined {
  const atMs = Date.parse(value);
  return Number.isNaN(atMs) ? undefined : atMs;
}

/** A moment as the field has it. */
export function fieldOf(atMs: number | null): string {
  if (atMs === null) return "";
  const local = new Date(atMs - new Date(atMs).getTimezoneOffset() * MINUTE_MS);
  return local.toISOString().slice(0, 16);
}
