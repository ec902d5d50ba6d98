// The contracts that are served, as data: what an operator's tools show of plans, limits, prices and codes.

import { type AnyApi, limitFor, type ServerOperation } from "sluice";
import type { z } from "zod";
import * as schemas from "../contract/schemas/apis.ts";
import type { Desk } from "../desk/desk.ts";
import { findById } from "../lists/page.ts";
import { permissionsOf, titleOf } from "./against-contract.ts";
import { type AdminHandlers, answerPage } from "./answer.ts";
import { codesOf } from "./codes.ts";
import { firstCallOf } from "./first-call.ts";

type ShownApi = z.output<typeof schemas.one>;
type ShownPlan = z.output<typeof schemas.plans>["data"][number];

export function apiHandlers({ apis }: Desk): Pick<AdminHandlers, "listApis" | "listPlans"> {
  const contracts = apis.map((api) => ({ id: titleOf(api), shown: shownApi(api) }));
  const plans = apis.flatMap((api) =>
    api.wire.plans.map((name) => ({ id: `${titleOf(api)}/${name}`, shown: shownPlan(api, name) })),
  );
  return {
    async listApis({ query }) {
      const found = await findById(query, "apis", (page) => behind(contracts, page));
      return answerPage(schemas.page, found, ({ shown }) => shown);
    },
    async listPlans({ query }) {
      const found = await findById(query, "plans", (page) => behind(plans, page));
      return answerPage(schemas.plans, found, ({ shown }) => shown);
    },
  };
}

function behind<Row extends { readonly id: string }>(
  rows: readonly Row[],
  { limit, after }: { limit: number; after?: string },
): readonly Row[] {
  const from = after === undefined ? 0 : rows.findIndex(({ id }) => id === after) + 1;
  return after !== undefined && from === 0 ? [] : rows.slice(from, from + limit);
}

function shownApi(api: AnyApi): ShownApi {
  const { wire } = api;
  const { about, key, slots = {} } = wire;
  return {
    title: about.title,
    basePath: wire.basePath,
    support: about.support ?? null,
    docs: about.docs ?? null,
    prefixes: { live: key.prefixes.live, test: key.prefixes.test ?? null },
    plans: [...wire.plans],
    permissions: [...permissionsOf(api)],
    firstCall: firstCallOf(api),
    windows: mapped(wire.windows, ({ per, limit, windowMs }) => ({
      per,
      limit: plain(limit),
      windowMs,
    })),
    slots: mapped(slots, ({ per, limit }) => ({ per, limit: plain(limit) })),
    operations: Object.keys(wire.operations).map((name) => shownOperation(api, name)),
    codes: codesOf(api),
  };
}

function shownOperation(api: AnyApi, name: string): ShownApi["operations"][number] {
  const { wire, server } = api;
  const declared = wire.operations[name];
  const operation: ServerOperation | undefined = server.operations[name];
  if (declared === undefined || operation === undefined) throw new Error(`no operation ${name}`);
  const plans = operation.plans ?? server.requires?.plans;
  const windows = Object.entries(wire.windows).filter(
    ([, { operations }]) => operations?.includes(name) ?? true,
  );
  const slots = Object.entries(wire.slots ?? {}).filter(([, { operations }]) =>
    operations.includes(name),
  );
  return {
    name,
    method: declared.method,
    path: declared.path,
    summary: declared.summary,
    permission: operation.permission ?? null,
    plans: plans === undefined ? null : [...plans],
    price: shownPrice(operation),
    windows: windows.map(([window]) => window),
    slots: slots.map(([slot]) => slot),
    idempotency: declared.idempotency ?? false,
    isStream: declared.stream !== undefined,
    isJob: operation.detaches !== undefined,
  };
}

function shownPrice({ price }: ServerOperation): ShownApi["operations"][number]["price"] {
  if (price === undefined) return { kind: "free", credits: 0 };
  return { kind: price.kind, credits: price.kind === "quote" ? null : price.credits };
}

function shownPlan({ wire, server }: AnyApi, name: string): ShownPlan {
  const { title = name, allowance = null, limits = {} } = server.plans[name] ?? {};
  return {
    api: wire.about.title,
    name,
    title,
    allowance,
    limits: { ...limits },
    windows: mapped(wire.windows, ({ per, limit, windowMs }) => ({
      per,
      limit: limitFor(limit, name) ?? 0,
      windowMs,
    })),
    slots: mapped(wire.slots ?? {}, ({ per, limit }) => ({
      per,
      limit: limitFor(limit, name) ?? 0,
    })),
  };
}

function mapped<A, B>(record: Readonly<Record<string, A>>, to: (one: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, one]) => [name, to(one)]));
}

function plain(limit: number | Readonly<Record<string, number>>) {
  return typeof limit === "number" ? limit : { ...limit };
}
