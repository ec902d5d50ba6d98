// The page for people: made here, without a program in the browser, and readable without colours.

import { escapeHtml } from "../pages/html.ts";
import { apiSection } from "./api-html.ts";
import { FINE, SOME } from "./bars.ts";
import { DAYS_SHOWN, isoOf } from "./calendar.ts";
import type { ShownIncident } from "./incidents.ts";
import { RECENT_MS } from "./minutes.ts";
import type { Report } from "./report.ts";
import { aboutWords, impactWords, moment, stateWords } from "./words.ts";

/** The page loads its style, and nothing else. `frame-ancestors` is for headers only. */
export const STATUS_POLICY =
  "default-src 'none'; style-src 'self'; img-src data:; form-action 'none'; base-uri 'none'";

/** @param name the last part of the page's path: what it links to lies beside it. */
export function statusHtml(report: Report, name: string): string {
  const title = escapeHtml(report.title);
  return `${head(report, name)}
<body>
<a class="skip" href="#content">Skip to content</a>
<main id="content" tabindex="-1">
<h1>${title}</h1>
${banner(report)}
${group("Now", report.open, "open")}${group("Planned", report.planned, "planned")}${report.apis
  .map((api, i) => apiSection(api, report, i))
  .join("\n")}
<section>
<h2 id="past">Past incidents</h2>
${past(report)}
</section>
</main>
<footer>
<p>A bar is a day (UTC). It counts the requests that were answered. A failure is an answer of 500 or above; a
refusal (no credits, too many requests, a mistake in the request) is none, and a caller who left before the answer is not counted.
Days without a request say “no data”. p50 and p95: half of the requests, and 95 of 100, took so long or less.</p>
<ul class="legend">
<li><span class="key fine"></span>${FINE * 100} % or more</li>
<li><span class="key some"></span>${SOME * 100} % or more</li>
<li><span class="key many"></span>less</li>
<li><span class="key none"></span>no data</li>
</ul>
<p>The same for programs: <a href="${escapeHtml(name)}.json">JSON</a> · <a href="${escapeHtml(name)}.atom">incidents as a feed (Atom)</a></p>
</footer>
</body>
</html>
`;
}

function head({ title, state }: Report, name: string): string {
  const [shown, file] = [escapeHtml(title), escapeHtml(name)];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${STATUS_POLICY}">
<title>${stateWords[state]} · ${shown}</title>
<meta name="description" content="Whether it works, now and in the last ${DAYS_SHOWN} days: ${shown}.">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${file}.css">
<link rel="alternate" type="application/atom+xml" title="Incidents" href="${file}.atom">
<link rel="alternate" type="application/json" href="${file}.json">
</head>`;
}

function banner({ state, asOfMs, isStale, madeAtMs, apis }: Report): string {
  const failing = apis.flatMap(({ title, failing }) => {
    if (failing === undefined) return [];
    const { failures, requests } = failing;
    const words = `of the last ${requests} requests in ${RECENT_MS / 60_000} minutes, ${failures} failed`;
    return [`<p>${escapeHtml(title)}: ${words}.</p>`];
  });
  return `<div class="banner ${state}">
<p class="state">${stateWords[state]}</p>
${failing.join("\n")}
${isStale ? staleNote(asOfMs) : `<p class="asof">As of ${time(asOfMs ?? madeAtMs)}</p>`}
</div>`;
}

function staleNote(asOfMs: number | undefined): string {
  const words =
    asOfMs === undefined
      ? "Not all of this can be told right now."
      : `Nothing newer can be told right now. What you see was true at ${time(asOfMs)}.`;
  return `<p class="stale" role="status">${words}</p>`;
}

function past({ past, isKnown }: Report): string {
  if (past.length > 0) return past.map(incident).join("\n");
  return isKnown.incidents
    ? `<p class="quiet">None in the last ${DAYS_SHOWN} days.</p>`
    : `<p class="quiet">They cannot be told right now.</p>`;
}

function group(title: string, incidents: readonly ShownIncident[], id: string): string {
  if (incidents.length === 0) return "";
  return `<section>\n<h2 id="${id}">${title}</h2>\n${incidents.map(incident).join("\n")}\n</section>\n`;
}

/** Nobody's text is markup, and nobody's direction of writing turns what stands around it. */
function incident(shown: ShownIncident): string {
  const { uuid, title, impact, startedAtMs, endedAtMs, updates, updatesLeftOut } = shown;
  const until = endedAtMs === undefined ? "" : ` to ${time(endedAtMs)}`;
  const said = updates.map(
    ({ atMs, text }) => `<li>${time(atMs)}<p dir="auto">${escapeHtml(text)}</p></li>`,
  );
  if (updatesLeftOut > 0) said.push(`<li class="quiet">${updatesLeftOut} earlier left out</li>`);
  return `<article class="incident ${impact}" id="incident-${uuid}">
<h3 dir="auto">${escapeHtml(title)}</h3>
<p class="facts"><span class="badge ${impact}">${impactWords[impact]}</span> <bdi>${escapeHtml(aboutWords(shown))}</bdi> · ${time(startedAtMs)}${until}</p>
${said.length === 0 ? "" : `<ol class="updates" reversed>\n${said.join("\n")}\n</ol>`}
</article>`;
}

function time(atMs: number): string {
  return `<time datetime="${isoOf(atMs)}">${moment(atMs)}</time>`;
}
