// `sluice incidents`: what callers are told on the status page.

import type { TypedFor } from "../command/commands.ts";
import { CommandError, exitCodes } from "../exit-codes.ts";
import { orNotThere } from "../operator/failure.ts";
import type { Operator } from "../operator/operator.ts";
import type { Incident } from "../operator/shapes.ts";
import { oneOf, said } from "../operator/values.ts";
import { show, showList } from "../print/shown.ts";
import { type Column, facts } from "../print/table.ts";
import { moment, momentFromNow, orNothing, stamp } from "../print/words.ts";

const columns: readonly Column<Incident>[] = [
  { title: "ID", of: ({ id }) => id },
  { title: "BEGAN (UTC)", of: ({ startedAtMs }) => stamp(startedAtMs) },
  { title: "ENDED (UTC)", of: ({ endedAtMs }) => (endedAtMs === null ? "-" : stamp(endedAtMs)) },
  { title: "IMPACT", of: ({ impact }) => impact },
  {
    title: "ABOUT",
    of: ({ api, operations }) => orNothing([api, ...operations].filter(Boolean).join(" ")),
    mayCut: true,
  },
  { title: "TITLE", of: ({ title }) => title, mayCut: true },
];

const impacts = ["none", "degraded", "outage", "maintenance"] as const;

export async function listIncidents(
  operator: Operator,
  typed: TypedFor<"incidents list">,
): Promise<void> {
  const isOpen = typed.open;
  await showList(
    typed,
    columns,
    (page) => operator.call("listIncidents", { query: { ...page, ...said({ isOpen }) } }),
    isOpen ? "No incident is open." : "There was no incident.",
  );
}

export async function showIncident(
  operator: Operator,
  typed: TypedFor<"incidents show">,
): Promise<void> {
  const [incidentId = ""] = typed.behind;
  const asking = operator.call("getIncident", { params: { incidentId } });
  show(typed, await orNotThere(asking, noIncident(incidentId)), linesOf);
}

export async function createIncident(
  operator: Operator,
  typed: TypedFor<"incidents create">,
): Promise<void> {
  const { title, impact, text, api, operation } = typed;
  if (title === undefined || impact === undefined) {
    throw new CommandError(`Say --title and --impact: ${impacts.join(", ")}.`, exitCodes.refused);
  }
  const operations = operation === undefined ? undefined : [operation];
  const body = {
    title,
    impact: oneOf("--impact", impact, impacts),
    ...said({ text, api, operations }),
  };
  show(typed, await operator.call("createIncident", { body }), linesOf);
}

export async function sayOfIncident(
  operator: Operator,
  typed: TypedFor<"incidents say">,
): Promise<void> {
  const { text } = typed;
  if (text === undefined)
    throw new CommandError("Say what is new: --text <text>.", exitCodes.refused);
  const [incidentId = ""] = typed.behind;
  const changing = operator.call("changeIncident", { params: { incidentId }, body: { text } });
  show(typed, await orNotThere(changing, noIncident(incidentId)), linesOf);
}

export async function endIncident(
  operator: Operator,
  typed: TypedFor<"incidents end">,
): Promise<void> {
  const [incidentId = ""] = typed.behind;
  const body = said({ text: typed.text });
  const ending = operator.call("endIncident", { params: { incidentId }, body });
  show(typed, await orNotThere(ending, noIncident(incidentId)), linesOf);
}

function noIncident(id: string): string {
  return `There is no incident ${id}: "sluice incidents list" shows them.`;
}

function linesOf({
  id,
  title,
  impact,
  api,
  operations,
  startedAtMs,
  endedAtMs,
  updates,
}: Incident): string[] {
  const lines = facts([
    ["Incident", id],
    ["Title", title],
    ["Impact", impact],
    ["About", orNothing([api ?? "everything", ...operations].join(" "))],
    ["Began", momentFromNow(startedAtMs)],
    ["Ended", endedAtMs === null ? "-" : momentFromNow(endedAtMs)],
  ]);
  return [...lines, ...updates.map(({ atMs, text }) => `${moment(atMs)}  ${text}`)];
}
