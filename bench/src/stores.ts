// `npm run bench:stores`: what durability costs: money that is on the disk before it is acknowledged,
// keys, and the request log. Each figure stands beside a bound measured in the same seconds.

import { BenchError, describeMachine, requireMachine } from "./machine.ts";
import { type Options, runCommand } from "./options.ts";
import { scratchFolder } from "./scratch.ts";
import { controlName, gateSection } from "./stores/gate-rows.ts";
import { keySection } from "./stores/key-rows.ts";
import { ledgerSection } from "./stores/ledger-rows.ts";
import { printSection, type Section } from "./stores/section.ts";

const SECTIONS: readonly Section[] = [ledgerSection, keySection, gateSection];

async function measure(options: Options): Promise<void> {
  const sections = SECTIONS.flatMap((section) => wantedOf(section, options));
  if (sections.length === 0) {
    const names = SECTIONS.flatMap(({ rows }) => rows.map(({ name }) => name));
    throw new BenchError(`No row matches. Rows: ${names.join("; ")}`);
  }
  console.log(describeMachine(requireMachine()));
  const { rounds, seconds } = options;
  console.log(`${rounds} rounds of ${seconds} s`);
  const run = {
    rounds,
    seconds,
    folder: scratchFolder(),
    progress: (text: string) => console.error(`  ${text}`),
  };
  for (const section of sections) await printSection(section, run);
}

/** With the rows that were asked for; the A/A row comes with any of its section. */
function wantedOf(section: Section, { wants }: Options): readonly Section[] {
  const isWanted = (name: string) => wants(`${section.title} ${name}`);
  const rows = section.rows.filter(({ name }) => name === controlName || isWanted(name));
  const any = rows.some(({ name }) => name !== controlName);
  return any ? [{ ...section, rows }] : [];
}

await runCommand("bench:stores", "the A/A row comes with any of its table", measure);
