// Mavera's whole contract, checked when this file is loaded.

import { defineApi } from "sluice";
import { readPages } from "../pages.ts";
import type { MaveraCode } from "./codes.ts";
import { server } from "./server.ts";
import { wire } from "./wire.ts";

export type { MaveraCode };
export { wire };

export const mavera = defineApi(wire, server, readPages<MaveraCode>());
