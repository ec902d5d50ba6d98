// `npm run scoreboard`: one adversarial trace a promise, against us and each peer that can express it. Prints a table, and
// writes `bench/CORRECTNESS.md` when all rows were played.

import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { CLIENT_ROWS, PEERS } from "./correctness/clients/line-up.ts";
import { play, playClients } from "./correctness/conductor.ts";
import { CONTENDERS } from "./correctness/line-up.ts";
import { documentOf } from "./correctness/report/document.ts";
import { printed } from "./correctness/report/terminal.ts";
import { ROWS } from "./correctness/rows.ts";

const { values } = parseArgs({
  options: { only: { type: "string", multiple: true, default: [] } },
});
const { only } = values;
const names = [...ROWS, ...CLIENT_ROWS].map(({ name }) => name);
const unknown = only.filter((text) => !names.some((name) => name.includes(text)));
if (unknown.length > 0) {
  console.error(
    `--only ${unknown.join(", ")}: no row has it in its name.\nRows: ${names.join("; ")}`,
  );
  process.exit(1);
}
const wants = ({ name }: { readonly name: string }) =>
  only.length === 0 || only.some((text) => name.includes(text));
const seconds = () => Math.round(performance.now() / 1_000);
const tell = (name: string) => console.error(`${String(seconds()).padStart(4)} s  ${name}`);

const servers = await play(ROWS.filter(wants), CONTENDERS, tell);
const clients = await playClients(CLIENT_ROWS.filter(wants), PEERS, tell);
console.log(printed(servers) + printed(clients));
if (only.length === 0) {
  const file = new URL("../CORRECTNESS.md", import.meta.url);
  writeFileSync(file, documentOf(servers, clients));
  console.log(`written: bench/CORRECTNESS.md (${new Date().toISOString().slice(0, 10)})`);
}
