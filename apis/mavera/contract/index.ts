// Mavera's whole contract, checked when this file is loaded.

import { type CodeOf, defineApi } from "sluice";
import { readPages } from "../pages.ts";
import { server } from "./server.ts";
import { wire } from "./wire.ts";

export { wire };

/** A code of this API. */
export type MaveraCode = CodeOf<typeof wire>;

export const mavera = defineApi(wire, server, readPages<MaveraCode>());
