// The contract of the portal API: what a customer's page asks and is answered.

import { type Api, type CodeOf, defineApi } from "sluice";
import { pages } from "./pages.ts";
import { server } from "./server.ts";
import { wire } from "./wire.ts";

export { type Permission, permissions, type Reach, reaches } from "./reach.ts";
export { wire as portalWire };

export type PortalCode = CodeOf<typeof wire>;

/** For `createClient<typeof portal>(portalWire, …)`. */
export const portal: Api<typeof wire, typeof server> = defineApi(wire, server, pages);
