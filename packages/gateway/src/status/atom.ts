// Incidents as a feed (RFC 4287), plain text only.

import { escapeHtml } from "../pages/html.ts";
import { isoOf } from "./calendar.ts";
import { type ShownIncident, uuidOf } from "./incidents.ts";
import { allIncidents, type Report } from "./report.ts";
import { aboutWords, impactWords, moment } from "./words.ts";

/** @param name the last part of the page's path: links of the feed are relative to where it lies. */
export function statusAtom(report: Report, name: string): string {
  const incidents = allIncidents(report);
  const updatedMs = Math.max(report.firstDayMs, ...incidents.map(updatedMsOf));
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<id>urn:uuid:${uuidOf(`feed ${report.title}`)}</id>
<title>${xml(`${report.title}: incidents`)}</title>
<updated>${isoOf(updatedMs)}</updated>
<author><name>${xml(report.title)}</name></author>
<link rel="self" type="application/atom+xml" href="${xml(`${name}.atom`)}"/>
<link rel="alternate" type="text/html" href="${xml(name)}"/>
${incidents.map((one) => entry(one, name)).join("")}</feed>
`;
}

function entry(incident: ShownIncident, name: string): string {
  const { uuid, title, impact, startedAtMs, endedAtMs } = incident;
  const lines = [
    `${impactWords[impact]} · ${aboutWords(incident)}`,
    `From ${moment(startedAtMs)}${endedAtMs === undefined ? "" : ` to ${moment(endedAtMs)}`}`,
    ...incident.updates.map(({ atMs, text }) => `${moment(atMs)}: ${text}`),
  ];
  return `<entry>
<id>urn:uuid:${uuid}</id>
<title>${xml(title)}</title>
<published>${isoOf(startedAtMs)}</published>
<updated>${isoOf(updatedMsOf(incident))}</updated>
<link rel="alternate" type="text/html" href="${xml(`${name}#incident-${uuid}`)}"/>
<content type="text">${xml(lines.join("\n\n"))}</content>
</entry>
`;
}

/** What is still to come has been announced, and did not change since then. */
function updatedMsOf({ updates, startedAtMs, endedAtMs }: ShownIncident): number {
  const said = updates.map(({ atMs }) => atMs);
  return said.length > 0 ? Math.max(...said, endedAtMs ?? 0) : (endedAtMs ?? startedAtMs);
}

/** Not even an escape may stand for these (XML 1.0 §2.2). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not get through
const UNSPEAKABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;

function xml(text: string): string {
  return escapeHtml(text.replaceAll(UNSPEAKABLE, "\ufffd"));
}
