// A contract as the admin API shows it.

import type { UseQueryResult } from "@tanstack/react-query";
import { type Listed, useAdmin } from "../../admin.ts";

export type Api = Listed<"listApis">;
export type Code = Api["codes"][number];
export type ApiOperation = Api["operations"][number];

/** A gateway serves a few: one page has them all. */
export const everyApi = { query: { limit: 100 } } as const;

/** Null for a contract that is not served. */
export function useApi(title: string): UseQueryResult<Api | null> {
  const query = useAdmin("listApis", everyApi);
  const found = query.data && (query.data.data.find((api) => api.title === title) ?? null);
  return { ...query, data: found } as UseQueryResult<Api | null>;
}

/** Its words somewhere in one of these texts, whatever their case. */
export function holds(search: string, texts: readonly string[]): boolean {
  const all = texts.join(" ").toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}
