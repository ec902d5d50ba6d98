// What a function for each operation of the portal API takes and answers.

import type { Handlers } from "sluice/gate";
import type { portal } from "../contract/index.ts";

export type PortalHandlers = Handlers<typeof portal>;
