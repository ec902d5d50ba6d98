// Incidents: what the status page tells callers, in the operator's words.

import { type Refusal, refuse, refuseDomain } from "sluice";
import { type HandlerContext, type Incident, UPDATES_MAX } from "sluice/gate";
import type { z } from "zod";
import * as schemas from "../contract/schemas/notices.ts";
import type { Desk } from "../desk/desk.ts";
import { findById } from "../lists/page.ts";
import { oneOf, refuseField, titleOf } from "./against-contract.ts";
import { type AdminHandlers, answer, answerPage } from "./answer.ts";

type Operations =
  | "listIncidents"
  | "createIncident"
  | "getIncident"
  | "changeIncident"
  | "endIncident";

export function incidentHandlers(desk: Desk): Pick<AdminHandlers, Operations> {
  const { notices } = desk.stores;
  return {
    async listIncidents({ query: { isOpen, ...asked } }) {
      const open = isOpen === true ? { openAtMs: desk.clock.wallMs() } : {};
      const list = isOpen === true ? "open incidents" : "incidents";
      const found = await findById(asked, list, (page) => notices.incidents({ ...page, ...open }));
      return answerPage(schemas.incidents, found, shownIncident);
    },

    async createIncident({ body }, context) {
      const { id = desk.newId("inc"), title, impact, api, operations = [], text } = body;
      const refusal = refusePlace(desk, api, operations);
      if (refusal !== undefined) return refusal;
      return desk.inTurn(`incident ${id}`, async () => {
        if ((await notices.incident(id)) !== undefined) {
          return refuseDomain("already_exists", { param: "id" });
        }
        const nowMs = desk.clock.wallMs();
        const { startedAtMs = nowMs } = body;
        const updates = said([], text, nowMs);
        const incident = {
          id,
          title,
          impact,
          api,
          operations,
          startedAtMs,
          endedAtMs: undefined,
          updates,
        };
        await put(desk, undefined, incident, context);
        return answer(schemas.incident, shownIncident(incident), 201);
      });
    },

    async getIncident({ params }) {
      const incident = await notices.incident(params.incidentId);
      return incident === undefined
        ? refuse("not_found")
        : answer(schemas.incident, shownIncident(incident));
    },

    changeIncident: ({ params, body: { text, ...change } }, context) =>
      changing(desk, params.incidentId, context, (before, nowMs) => {
        const api = change.api === undefined ? before.api : (change.api ?? undefined);
        const operations = change.operations ?? (change.api === undefined ? before.operations : []);
        const { title = before.title, impact = before.impact } = change;
        const updates = said(before.updates, text, nowMs);
        return (
          refusePlace(desk, api, operations) ?? {
            ...before,
            title,
            impact,
            api,
            operations,
            updates,
          }
        );
      }),

    endIncident: ({ params, body: { text } }, context) =>
      changing(desk, params.incidentId, context, (before, nowMs) => ({
        ...before,
        updates: said(before.updates, text, nowMs),
        endedAtMs: Math.max(nowMs, before.startedAtMs),
      })),
  };
}

function changing(
  desk: Desk,
  id: string,
  context: HandlerContext,
  change: (before: Incident, nowMs: number) => Incident | Refusal,
) {
  return desk.inTurn(`incident ${id}`, async () => {
    const before = await desk.stores.notices.incident(id);
    if (before === undefined) return refuse("not_found");
    if (before.endedAtMs !== undefined) return refuseDomain("incident_over");
    const after = change(before, desk.clock.wallMs());
    if ("kind" in after) return after;
    if (after.updates.length > UPDATES_MAX) {
      return refuse("resource_limit_reached", { limit: UPDATES_MAX });
    }
    await put(desk, before, after, context);
    return answer(schemas.incident, shownIncident(after));
  });
}

/** Its entry in the log of changes comes second: what was not done must not stand there. */
async function put(
  desk: Desk,
  before: Incident | undefined,
  after: Incident,
  context: HandlerContext,
): Promise<void> {
  const { directory, notices } = desk.stores;
  await notices.putIncident(after);
  const change = await desk.changeBy(context);
  await directory.note({ ...change, accountId: "", kind: "incident", id: after.id, before, after });
}

function said(before: Incident["updates"], text: string | undefined, atMs: number) {
  return text === undefined ? before : [...before, { atMs, text }];
}

/** A contract or an operation that nobody serves would be on nobody's status page. */
function refusePlace(
  { apis }: Desk,
  title: string | undefined,
  operations: readonly string[],
): Refusal | undefined {
  if (title === undefined) {
    return operations.length === 0 ? undefined : refuse("missing_field", { param: "api" });
  }
  const api = apis.find((one) => titleOf(one) === title);
  if (api === undefined) return refuseField("api", oneOf(apis.map(titleOf)));
  const names = Object.keys(api.wire.operations);
  const stranger = operations.findIndex((name) => !names.includes(name));
  return stranger < 0 ? undefined : refuseField(`operations.${stranger}`, oneOf(names));
}

function shownIncident(incident: Incident): z.output<typeof schemas.incident> {
  const { id, title, impact, api = null, operations, startedAtMs, endedAtMs = null } = incident;
  const updates = incident.updates.map(({ atMs, text }) => ({ atMs, text }));
  return { id, title, impact, api, operations: [...operations], startedAtMs, endedAtMs, updates };
}
