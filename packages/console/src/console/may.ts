// What the one who is signed in may do. The API asks the same of each call: what is shown is only kept from disappointing.

import { useAdmin } from "./admin.ts";

export type Permission = "read" | "write" | "tokens";

/** False until it is known. */
export function useMay(permission: Permission): boolean {
  const { data } = useAdmin("whoAmI", {});
  return data?.token.permissions.includes(permission) ?? false;
}
