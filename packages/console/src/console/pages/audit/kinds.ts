// What can be changed, and what an address may say of it.

export const kinds = ["account", "workspace", "project", "key", "grant", "incident"] as const;

export interface AuditSearch {
  readonly account?: string;
  readonly kind?: (typeof kinds)[number];
  readonly id?: string;
  readonly by?: string;
}

export function auditSearch(given: Readonly<Record<string, unknown>>): AuditSearch {
  const kind = kinds.find((one) => one === given["kind"]);
  return {
    ...text("account", given),
    ...(kind !== undefined && { kind }),
    ...text("id", given),
    ...text("by", given),
  };
}

function text<Name extends string>(name: Name, given: Readonly<Record<string, unknown>>) {
  const value = given[name];
  return (typeof value === "string" && value !== "" ? { [name]: value } : {}) as {
    readonly [N in Name]?: string;
  };
}
