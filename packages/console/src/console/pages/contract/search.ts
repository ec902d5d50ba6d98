// What the addresses of a contract's pages may say.

export const views = ["codes", "operations", "plans"] as const;

export interface ContractSearch {
  readonly view?: (typeof views)[number];
  readonly search?: string;
}

export function contractSearch(given: Readonly<Record<string, unknown>>): ContractSearch {
  const view = views.find((one) => one === given["view"]);
  return { ...(view && { view }), ...textIn("search", given) };
}

export interface RefusalSearch {
  readonly condition?: string;
  readonly operation?: string;
  readonly param?: string;
}

export function refusalSearch(given: Readonly<Record<string, unknown>>): RefusalSearch {
  return {
    ...textIn("condition", given),
    ...textIn("operation", given),
    ...textIn("param", given),
  };
}

function textIn<Name extends string>(name: Name, given: Readonly<Record<string, unknown>>) {
  const value = given[name];
  return (typeof value === "string" && value !== "" ? { [name]: value } : {}) as {
    readonly [N in Name]?: string;
  };
}
