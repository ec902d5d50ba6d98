// What a list of requests is narrowed down by, as its address says it.

export interface Filters {
  readonly requestId?: string;
  readonly code?: string;
  readonly operation?: string;
  readonly status?: number;
  readonly ending?: Ending;
  readonly keyId?: string;
}

export const endings = ["done", "refused", "fault", "replayed", "abandoned"] as const;
type Ending = (typeof endings)[number];

export function filtersIn(search: Readonly<Record<string, unknown>>): Filters {
  const { status } = search;
  const ending = endings.find((one) => one === search["ending"]);
  const number = Number(status);
  const isStatus = Number.isInteger(number) && number >= 100 && number <= 599;
  return {
    ...text(search, "requestId"),
    ...text(search, "code"),
    ...text(search, "operation"),
    ...text(search, "keyId"),
    ...(isStatus && { status: number }),
    ...(ending && { ending }),
  };
}

function text<Name extends string>(search: Readonly<Record<string, unknown>>, name: Name) {
  const value = search[name];
  const isThere = (typeof value === "string" || typeof value === "number") && value !== "";
  return (isThere ? { [name]: String(value) } : {}) as { readonly [N in Name]?: string };
}
