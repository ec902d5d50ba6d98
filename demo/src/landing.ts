// The page at `/`: what is here and what to try, as HTML for browsers and as text for everything else.

import { docsOf, PORTAL_PATH, statusPath } from "./demo.ts";
import { type Chapter, chaptersFor } from "./examples/index.ts";
import type { DemoFile } from "./home.ts";

export interface Landing {
  readonly html: string;
  readonly text: string;
}

const what =
  "This is Sluice, the errors-and-limits layer of an HTTP API that is sold by the key. Behind it stand two " +
  "APIs: Mavera, which answers as personas do, and Mentova, which measures how often language models mention a " +
  "brand. Here both make up what they say.";
const who =
  "The accounts are such that each refusal can be met: no plan, no credits, a budget that is spent, a subscription " +
  "that lapsed, keys that were revoked or expired. A restart keeps everything.";

export function describeDemo(file: DemoFile, path: string): Landing {
  const places = [
    ["Mavera", file.mavera.baseUrl],
    ["Mentova", file.mentova.baseUrl],
    ["Mavera docs", `${file.url}${docsOf("mavera")}/`],
    ["Mentova docs", `${file.url}${docsOf("mentova")}/`],
    ["Portal", `${file.url}${PORTAL_PATH}/`],
    ["Status page", `${file.url}${statusPath}`],
    ["Health", `${file.url}/healthz`],
    ["Admin API", file.admin.url],
    ["Keys and ids", path],
  ] as const;
  const chapters = chaptersFor(file);
  return { html: asHtml(places, chapters), text: asText(places, chapters) };
}

type Places = readonly (readonly [name: string, value: string])[];

function asText(places: Places, chapters: readonly Chapter[]): string {
  const lines = [
    "Sluice demo",
    "",
    ...wrap(what),
    ...wrap(who),
    "",
    ...places.map(([name, value]) => `${`${name}:`.padEnd(15)}${value}`),
    "",
    ...chapters.flatMap(({ title, examples }) => [
      `${title}`,
      "=".repeat(title.length),
      "",
      ...examples.flatMap(({ title, answer, command }) => [
        `# ${title}`,
        `# → ${answer}`,
        command,
        "",
      ]),
    ]),
  ];
  return lines.join("\n");
}

function wrap(text: string): string[] {
  return text.match(/.{1,98}(?:\s|$)/g)?.map((line) => line.trimEnd()) ?? [];
}

function asHtml(places: Places, chapters: readonly Chapter[]): string {
  const rows = places.map(([name, value]) => `<dt>${name}</dt><dd>${placeHtml(value)}</dd>`);
  const sections = chapters.map(
    ({ title, examples }) => `<h2>${escapeHtml(title)}</h2>\n${examples.map(asItem).join("\n")}`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sluice demo</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<main>
<h1>Sluice demo</h1>
<p>${escapeHtml(what)}</p>
<p>${escapeHtml(who)}</p>
<dl>${rows.join("")}</dl>
<p>Each of these lines can be pasted into a shell as it is.</p>
${sections.join("\n")}
</main>
</body>
</html>
`;
}

/** Pages are there to be read in a browser; the rest asks for a key, or is a file. */
function placeHtml(value: string): string {
  const code = `<code>${escapeHtml(value)}</code>`;
  const isPage = value.endsWith("/docs/") || value.endsWith(statusPath);
  return isPage ? `<a href="${new URL(value).pathname}">${code}</a>` : code;
}

function asItem({ title, answer, command }: Chapter["examples"][number]): string {
  return (
    `<section><h3>${escapeHtml(title)}</h3><p>Answer: ${escapeHtml(answer)}</p>` +
    `<pre tabindex="0"><code>${escapeHtml(command)}</code></pre></section>`
  );
}

const style = `
:root { color-scheme: light dark; --text: #1c2024; --quiet: #5a626b; --back: #fff; --box: #f3f5f7; --line: #d5dae0 }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6e8eb; --quiet: #a4acb5; --back: #14171a; --box: #1e2328; --line: #363d45 }
}
body { margin: 0; background: var(--back); color: var(--text); font: 1rem/1.5 system-ui, sans-serif }
main { max-width: 52rem; margin: 0 auto; padding: 2rem 1rem 4rem }
h1 { font-size: 1.6rem; margin: 0 0 1rem }
h2 { font-size: 1.25rem; margin: 2.5rem 0 0 }
h3 { font-size: 1rem; margin: 2rem 0 0 }
p { margin: 0 0 0.75rem }
a { color: inherit }
section p { color: var(--quiet); margin: 0 0 0.5rem }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1rem; margin: 1.25rem 0 }
dd { margin: 0; overflow-wrap: anywhere }
code { font: 0.875rem/1.5 ui-monospace, monospace }
pre {
  margin: 0; padding: 0.75rem 1rem; border: 1px solid var(--line); border-radius: 6px;
  background: var(--box); white-space: pre-wrap; overflow-wrap: anywhere
}`;

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
