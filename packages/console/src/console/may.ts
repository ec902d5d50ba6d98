// What the one who is signed in may do. The API refuses the rest anyway: this keeps buttons away that would do nothing.

import { useAdmin } from "./admin.ts";

export type Permission = "read" | "write" | "tokens";

const STAYS_MS = 30_000;

/** False until it is known. */
export function useMay(permission: Permission): boolean {
  const { data } = useAdmin("whoAmI", {}, { everyMs: STAYS_MS });
  return data?.token.permissions.includes(permission) ?? false;
}
