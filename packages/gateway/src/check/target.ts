/** What is checked, with which keys, and what may be done to find out. */
import type { AnyApi } from "sluice";
import type { KeyRole, Need, Permission } from "./need.ts";

export interface Target {
  readonly api: AnyApi;
  readonly keys: Readonly<Partial<Record<KeyRole, string>>>;
  readonly may: ReadonlySet<Permission>;
  /** The plan of the main key, where limits differ by plan. @default what the answers' headers say */
  readonly plan?: string;
  /** Path parameters of things that exist. @default those of the contract's examples */
  readonly params?: Readonly<Record<string, string>>;
  /** Where the account's usage can be read: an operation that is free, and a JSON pointer to a number. */
  readonly usage?: { readonly operation: string; readonly pointer: string };
}

export interface Bounds {
  readonly requestsMax: number;
  readonly durationMsMax: number;
  /** Windows up to this length are filled without being asked. */
  readonly shortWindowMs: number;
}

export const boundsByDefault: Bounds = {
  requestsMax: 2_000,
  durationMsMax: 300_000,
  shortWindowMs: 5_000,
};

/** The first of what is needed that was not given. */
export function missingNeed(target: Target, needs: readonly Need[]): Need | undefined {
  return needs.find((need) => {
    if (need === "usage") return target.usage === undefined;
    return "key" in need ? target.keys[need.key] === undefined : !target.may.has(need.may);
  });
}
