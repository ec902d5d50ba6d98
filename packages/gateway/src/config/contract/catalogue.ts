/** The codes of a contract that is written as data: the standard catalogue, with what the user changed or added. */
import {
  CONDITION_NAMES,
  CONDITIONS,
  type CodeEntry,
  type Complaints,
  isCondition,
  PAGE_HEADINGS,
  type Spelling,
  standard,
} from "sluice";
import type { CodeConfig, ContractTerms, SpellingConfig } from "../contract-config.ts";
import type { Surroundings } from "../surroundings.ts";
import { durationMs } from "../written.ts";

type Codes = Record<string, CodeEntry>;
type Spellings = Record<string, Spelling<string, string>>;

export interface Catalogue {
  readonly codes: Codes;
  readonly conditions: Spellings;
  readonly domain: Spellings;
}

const STANDARD: Readonly<Record<string, CodeEntry>> = standard.wire.codes;

export function catalogueFrom(terms: ContractTerms, complaints: Complaints): Catalogue {
  const { codes = {}, conditions = {}, domain = {} } = terms;
  for (const name of Object.keys(conditions)) {
    complaints.unknownName(`contract.conditions.${name}`, "condition", name, CONDITION_NAMES);
  }
  const spelled: Spellings = { ...standard.wire.conditions, ...(conditions as Spellings) };
  const used = new Set([...Object.values(spelled), ...Object.values(domain)].flatMap(codesIn));
  // A standard code that nothing is spelled by any more is not of this API.
  const kept = Object.entries(STANDARD).filter(([code]) => used.has(code) || code in codes);
  const own = Object.entries(codes).map(
    ([code, config]) => [code, entryOf(code, config, complaints)] as const,
  );
  return {
    codes: Object.fromEntries([...kept, ...own]),
    conditions: spelled,
    domain: domain as Spellings,
  };
}

function codesIn(spelling: SpellingConfig | Spelling<string, string>): string[] {
  if (typeof spelling === "string") return [spelling];
  const { code, fields = {}, operations = {} } = spelling;
  return [code, ...Object.values(fields), ...Object.values(operations)].filter(
    (one) => one !== undefined,
  );
}

function entryOf(code: string, config: CodeConfig, complaints: Complaints): CodeEntry {
  const { retryAfter, ...rest } = config;
  const base: Partial<CodeEntry> = STANDARD[code] ?? {};
  const entry = { ...base, ...rest, ...(retryAfter && { retryAfter: waitOf(retryAfter) }) };
  for (const member of ["status", "message", "action", "retry"] as const) {
    if (entry[member] !== undefined) continue;
    const place = `contract.codes.${code}.${member}`;
    complaints.add(place, "is missing: the standard catalogue has no such code", `add ${member}`);
  }
  return entry as CodeEntry;
}

function waitOf(wait: NonNullable<CodeConfig["retryAfter"]>): NonNullable<CodeEntry["retryAfter"]> {
  if ("always" in wait) return { alwaysMs: durationMs(wait.always) ?? 0 };
  return { otherwiseMs: durationMs(wait.otherwise) ?? 0 };
}

/** A page for each code: the user's own where there is one, else the standard one, else one from the catalogue. */
export function pagesFrom(
  folder: string | undefined,
  { codes, conditions, domain }: Catalogue,
  around: Surroundings,
): Record<string, string> {
  const pages = Object.keys(codes).map((code) => {
    const own = folder === undefined ? undefined : around.page(folder, code);
    return [code, own ?? standardPage(code) ?? generatedPage(code)] as const;
  });
  return Object.fromEntries(pages);

  function generatedPage(code: string): string {
    const meant = Object.entries({ ...conditions, ...domain })
      .filter(([, spelling]) => codesIn(spelling).includes(code))
      .map(([name]) => name);
    const [like] = meant.filter(isCondition);
    const model = like === undefined ? undefined : standardPage(like)?.split(/^## .*$/m);
    const happened = like === undefined ? codes[code]?.message : CONDITIONS[like].means;
    const [, , fix = FIX, user = USER] = model ?? [];
    const texts = [happened ?? "", fix.trim(), user.trim()];
    const sections = PAGE_HEADINGS.map((heading, i) => `## ${heading}\n\n${texts[i]}\n`);
    return `# ${code}\n\n${sections.join("\n")}`;
  }
}

const FIX = "Change the request; the message says what is wrong.";
const USER = "We could not process this. Please contact support.";

function standardPage(code: string): string | undefined {
  return isCondition(code) ? standard.pages[code] : undefined;
}
