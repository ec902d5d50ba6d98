// The contract of the admin API: what an operator's tools ask and are answered.

import { type Api, type CodeOf, defineApi } from "sluice";
import { pages } from "./pages.ts";
import { server } from "./server.ts";
import { wire } from "./wire.ts";

export { type Permission, permissions, type Role, roleNames, roles } from "./roles.ts";
export type { LiveEnd, LiveSecond } from "./schemas/live.ts";
export { wire as adminWire };

export type AdminCode = CodeOf<typeof wire>;

/** For `createClient<typeof admin>(adminWire, …)`. */
export const admin: Api<typeof wire, typeof server> = defineApi(wire, server, pages);
