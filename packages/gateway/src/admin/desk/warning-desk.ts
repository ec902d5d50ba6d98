// What the admin API asks of whoever delivers warnings.

import type { Warnings } from "../../warnings/warnings.ts";

export type WarningDesk = Pick<Warnings, "send" | "complaint">;
