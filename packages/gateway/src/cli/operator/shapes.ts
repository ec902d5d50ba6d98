// What the admin API answers, by name: its schemas say it, and are not loaded for it.

import type { z } from "zod";
import type * as accounts from "../../admin/contract/schemas/accounts.ts";
import type * as apis from "../../admin/contract/schemas/apis.ts";
import type * as credits from "../../admin/contract/schemas/credits.ts";
import type * as keys from "../../admin/contract/schemas/keys.ts";
import type * as notices from "../../admin/contract/schemas/notices.ts";
import type * as requests from "../../admin/contract/schemas/requests.ts";
import type * as scopes from "../../admin/contract/schemas/scopes.ts";
import type * as tokens from "../../admin/contract/schemas/tokens.ts";

export type Account = z.output<typeof accounts.one>;
export type Overrides = NonNullable<z.input<typeof accounts.change>["overrides"]>;
export type Usage = z.output<typeof accounts.usage>;
export type Health = z.output<typeof apis.health>;
export type Balance = z.output<typeof credits.balance>;
export type Budget = z.output<typeof credits.budgets>["data"][number];
export type Entry = z.output<typeof credits.entries>["data"][number];
export type Grant = z.output<typeof credits.grant>;
export type Hold = z.output<typeof credits.hold>;
export type Key = z.output<typeof keys.one>;
export type Rotation = z.output<typeof keys.rotation>;
export type Incident = z.output<typeof notices.incident>;
export type Warning = z.output<typeof notices.warning>;
export type Row = z.output<typeof requests.row>;
export type Explanation = z.output<typeof requests.explanation>;
export type Workspace = z.output<typeof scopes.workspace>;
export type Project = z.output<typeof scopes.project>;
export type Token = z.output<typeof tokens.one>;
export type RecordedChange = z.output<typeof tokens.changes>["data"][number];
