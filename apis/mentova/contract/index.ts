// Mentova's whole contract, checked when this file is loaded.

import { defineApi } from "sluice";
import { readPages } from "../pages.ts";
import type { MentovaCode } from "./codes.ts";
import { server } from "./server.ts";
import { wire } from "./wire.ts";

export type { MentovaCode };
export { wire };

export const mentova = defineApi(wire, server, readPages<MentovaCode>());
