// One API on the page: how it is, its days, and those of each of its operations.

import { escapeHtml } from "../pages/html.ts";
import { barsSvg, p95Line } from "./bars.ts";
import { DAYS_SHOWN, dateOf } from "./calendar.ts";
import type { Figures } from "./figures.ts";
import type { OperationHistory } from "./numbers.ts";
import type { ApiReport, Report } from "./report.ts";
import { atMost, countOf, percent, stateWords } from "./words.ts";

/** With more, the operations are folded away. */
const OPEN_OPERATIONS_MAX = 12;

/** @param index of the API on the page. */
export function apiSection(
  api: ApiReport,
  { apis, firstDayMs, madeAtMs, isKnown }: Report,
  index: number,
): string {
  const { title, state, total, days, operations } = api;
  const shown = escapeHtml(title);
  const isOpen = apis.length === 1 && operations.length <= OPEN_OPERATIONS_MAX;
  const name = `<h2 id="api-${index + 1}">${shown} <span class="badge ${state}">${stateWords[state]}</span></h2>`;
  if (!isKnown.numbers) {
    return `<section class="api">\n${name}\n<p class="quiet">Its numbers cannot be told right now.</p>\n</section>`;
  }
  return `<section class="api">
${name}
${facts(total)}
${barsSvg(title, api, firstDayMs)}
<p class="ends" aria-hidden="true"><span>${dateOf(firstDayMs)}</span><span>${dateOf(madeAtMs)}</span></p>
${days.length === 0 ? "" : `${latency(api, firstDayMs)}\n${everyDay(api)}`}
${operations.length === 0 ? "" : operationTable(shown, operations, { firstDayMs, isOpen })}
</section>`;
}

function facts(total: Figures): string {
  const all = [
    [`Available, ${DAYS_SHOWN} days`, percent(total.availability)],
    ["Requests", total.requests.toLocaleString("en-US")],
    ["Failures", total.failures.toLocaleString("en-US")],
    ["p50", atMost(total.p50MsMax)],
    ["p95", atMost(total.p95MsMax)],
  ];
  const items = all.map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`);
  return `<dl class="figures">${items.join("")}</dl>`;
}

function latency(api: ApiReport, firstDayMs: number): string {
  const { words, svg } = p95Line(api, firstDayMs);
  return `<p class="caption">p95 by day: ${words}</p>\n${svg}`;
}

const COLUMNS = ["Requests", "Failures", "Available", "p50", "p95"];

function everyDay({ title, days }: ApiReport): string {
  const rows = days.toReversed().map((day) => {
    const cells = [
      ...[day.requests, day.failures].map((count) => count.toLocaleString("en-US")),
      ...[percent(day.availability), atMost(day.p50MsMax), atMost(day.p95MsMax)],
    ];
    return `<tr><th scope="row">${dateOf(day.dayMs)}</th>${numbers(cells, COLUMNS)}</tr>`;
  });
  return `<details>
<summary>${countOf(days.length, "day")} in numbers</summary>
<table>
<caption>${escapeHtml(title)}, by day (UTC)</caption>
<thead><tr><th scope="col">Day</th>${heads(COLUMNS)}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>
</details>`;
}

const OPERATION_COLUMNS = ["Available", "p50", "p95"];

function operationTable(
  title: string,
  operations: readonly OperationHistory[],
  { firstDayMs, isOpen }: { readonly firstDayMs: number; readonly isOpen: boolean },
): string {
  const rows = operations.map((operation) => {
    const { name, method, path, total } = operation;
    const cells = [percent(total.availability), atMost(total.p50MsMax), atMost(total.p95MsMax)];
    return `<tr><th scope="row"><code>${escapeHtml(name)}</code><span>${escapeHtml(`${method} ${path}`)}</span></th>
<td class="days">${barsSvg(name, operation, firstDayMs)}</td>${numbers(cells, OPERATION_COLUMNS)}</tr>`;
  });
  return `<details${isOpen ? " open" : ""}>
<summary>${countOf(operations.length, "operation")}</summary>
<table class="operations">
<caption>${title}, by operation, ${DAYS_SHOWN} days</caption>
<thead><tr><th scope="col">Operation</th><th scope="col">By day</th>${heads(OPERATION_COLUMNS)}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>
</details>`;
}

function heads(names: readonly string[]): string {
  return names.map((name) => `<th scope="col" class="number">${name}</th>`).join("");
}

/** On a phone each stands under its own name. */
function numbers(cells: readonly string[], names: readonly string[]): string {
  return cells
    .map((cell, i) => `<td class="number" data-label="${names[i]}">${cell}</td>`)
    .join("");
}
