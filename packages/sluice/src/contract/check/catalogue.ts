/** What must be true of codes, conditions and envelope: every condition mapped, every code reachable. */

import { DAY_MS } from "../../base/index.ts";
import type { CodeEntry, Spelled, Spelling } from "../catalogue.ts";
import { ACTIONS, CHARGED, FACT_NAMES, placeholdersOf, RETRY_ADVICE } from "../catalogue.ts";
import { CONDITION_NAMES, CONDITIONS, type FactName, isCondition } from "../condition.ts";
import type { Envelope, WireError } from "../envelope.ts";
import type { WireDeclaration } from "../wire.ts";
import type { Complaints } from "./advice.ts";

type Declaration = WireDeclaration<string, string, string, string>;

/** One way in which a code is used: the condition, what is known then, and the message in that case. */
interface Use {
  readonly condition: string;
  readonly facts: readonly FactName[];
  readonly message?: { readonly at: string; readonly text: string };
}

const ENTRY_MEMBERS = [
  "status",
  "type",
  "message",
  "action",
  "retry",
  "charged",
  "retryAfter",
  "extension",
  "example",
];

const EXAMPLE_MEMBERS = ["param", "expected", "retryAfterMs", "limit", "allowed", "message", "by"];

/** What an upstream can say of a condition that only its API has. */
const DOMAIN_FACTS: readonly FactName[] = ["param", "limit"];

/** Longer than any reset period. */
const WAIT_MS_MAX = 31 * DAY_MS;

/** A token of RFC 9651, as upstreams write it into `Sluice-Refuse`. */
const DOMAIN_NAME = /^[a-z][a-z0-9_]{0,63}$/;

export function checkCatalogue(declaration: Declaration, complaints: Complaints): void {
  const uses = collectUses(declaration, complaints);
  for (const [code, entry] of Object.entries(declaration.codes)) {
    checkEntry(code, entry, complaints);
    const used = uses.get(code) ?? [];
    if (used.length === 0) {
      complaints.add(
        `codes.${code}`,
        "no condition is spelled this way, so it can never be answered",
        "map a condition to it under conditions or domain, or remove it",
      );
    }
    checkWaits(code, entry, used, complaints);
    for (const use of used) checkMessage(code, entry, use, complaints);
  }
  checkEnvelope(declaration, complaints);
}

function collectUses(declaration: Declaration, complaints: Complaints): Map<string, Use[]> {
  const codes = Object.keys(declaration.codes);
  const operations = Object.keys(declaration.operations);
  const uses = new Map<string, Use[]>();
  const use = (at: string, code: string, how: Use) => {
    if (complaints.unknownName(at, "code", code, codes)) return;
    uses.set(code, [...(uses.get(code) ?? []), how]);
  };
  const take = (at: string, condition: string, spelling: Spelling<string, string>) => {
    const spelled: Spelled<string, string> =
      typeof spelling === "string" ? { code: spelling } : spelling;
    complaints.unknownMembers(at, spelled, ["code", "message", "fields", "operations"]);
    const facts = isCondition(condition) ? CONDITIONS[condition].facts : DOMAIN_FACTS;
    if (spelled.message === undefined) use(at, spelled.code, { condition, facts });
    else {
      const message = { at: `${at}.message`, text: spelled.message };
      checkTemplate(message.at, message.text, complaints);
      use(at, spelled.code, { condition, facts, message });
    }
    for (const [field, code] of Object.entries(spelled.fields ?? {})) {
      use(`${at}.fields.${field}`, code, { condition, facts: [...facts, "param"] });
    }
    for (const [operation, code] of Object.entries(spelled.operations ?? {})) {
      complaints.unknownName(`${at}.operations`, "operation", operation, operations);
      if (code !== undefined) use(`${at}.operations.${operation}`, code, { condition, facts });
    }
  };
  for (const condition of CONDITION_NAMES) {
    const spelling: Spelling<string, string> | undefined = declaration.conditions[condition];
    if (spelling === undefined) {
      complaints.add(
        `conditions.${condition}`,
        "is not mapped",
        `add ${condition}: <code>. It means: ${CONDITIONS[condition].means}`,
      );
    } else take(`conditions.${condition}`, condition, spelling);
  }
  complaints.unknownMembers("conditions", declaration.conditions, CONDITION_NAMES);
  for (const [name, spelling] of Object.entries(declaration.domain ?? {})) {
    if (!DOMAIN_NAME.test(name)) {
      complaints.add(`domain.${name}`, "is no name", "use a-z, 0-9 and _, starting with a letter");
    }
    if (isCondition(name)) {
      complaints.add(`domain.${name}`, "every API has this condition", "map it under conditions");
    } else take(`domain.${name}`, name, spelling);
  }
  return uses;
}

function checkEntry(code: string, entry: CodeEntry, complaints: Complaints): void {
  const at = `codes.${code}`;
  if (!/^[A-Za-z][A-Za-z0-9_]{1,63}$/.test(code)) {
    complaints.add(at, "is no code", "use letters, digits and _, starting with a letter");
  }
  complaints.unknownMembers(at, entry, ENTRY_MEMBERS);
  complaints.wholeNumber(`${at}.status`, entry.status, 400, 599);
  complaints.unknownName(`${at}.action`, "action", entry.action, ACTIONS);
  complaints.unknownName(`${at}.retry`, "retry advice", entry.retry, RETRY_ADVICE);
  complaints.unknownName(`${at}.charged`, "answer to charged", entry.charged ?? "no", CHARGED);
  if (entry.retry === "never" && entry.action === "wait") {
    complaints.add(`${at}.retry`, "waiting helps, yet retry is never", 'set retry: "wait"');
  }
  checkTemplate(`${at}.message`, entry.message, complaints);
  complaints.unknownMembers(`${at}.example`, entry.example ?? {}, EXAMPLE_MEMBERS);
  const wait = entry.retryAfter;
  if (wait !== undefined) {
    const [member, ms] =
      "alwaysMs" in wait ? ["alwaysMs", wait.alwaysMs] : ["otherwiseMs", wait.otherwiseMs];
    complaints.unknownMembers(`${at}.retryAfter`, wait, [member]);
    complaints.wholeNumber(`${at}.retryAfter`, ms, 1, WAIT_MS_MAX);
  }
}

function checkTemplate(at: string, text: string, complaints: Complaints): void {
  if (text.trim() === "") complaints.add(at, "is empty", "say in one sentence what went wrong");
  for (const name of placeholdersOf(text)) {
    complaints.unknownName(at, "placeholder", name, FACT_NAMES);
  }
}

/** Law: every 429 and 503 carries `Retry-After`. */
function checkWaits(
  code: string,
  entry: CodeEntry,
  uses: readonly Use[],
  complaints: Complaints,
): void {
  const mustWait = entry.status === 429 || entry.status === 503 || entry.retry === "wait";
  if (!mustWait || entry.retryAfter !== undefined) return;
  const clueless = uses.filter(({ condition: c }) => !(isCondition(c) && CONDITIONS[c].waits));
  if (clueless.length === 0) return;
  complaints.add(
    `codes.${code}.retryAfter`,
    `a ${entry.status} must say when to come back, and ${clueless[0]?.condition} does not know`,
    "add retryAfter: { otherwiseMs: <milliseconds> }",
  );
}

function checkMessage(code: string, entry: CodeEntry, use: Use, complaints: Complaints): void {
  const { at, text } = use.message ?? { at: `codes.${code}.message`, text: entry.message };
  // A code with a wait of its own always knows when to come back.
  const facts: readonly string[] =
    entry.retryAfter === undefined ? use.facts : [...use.facts, "retryAfter"];
  for (const name of placeholdersOf(text)) {
    const isFact = FACT_NAMES.some((fact) => fact === name);
    if (!isFact || facts.includes(name)) continue;
    complaints.add(
      at,
      `{${name}} is not known when the condition is ${use.condition}`,
      facts.length > 0
        ? `it knows: ${facts.map((fact) => `{${fact}}`).join(" ")}`
        : "leave it out, or give that condition a message of its own",
    );
  }
}

function checkEnvelope({ envelope, codes }: Declaration, complaints: Complaints): void {
  if (!standsStrangers(envelope)) {
    complaints.add("envelope", "decode throws on a body of another kind", "return undefined there");
  }
  for (const [code, { status, type }] of Object.entries(codes)) {
    const error = { code, status, type, message: "A message.", helpUrl: "about:blank" };
    const samples = [undefined, "field"].map((param) => ({ ...error, param }));
    if (samples.every((sample) => readsBack(envelope, sample))) continue;
    complaints.add(
      "envelope",
      `decode does not read back what encode writes for ${code}`,
      "return the same code and message, and the same param where encode writes one",
    );
    return;
  }
}

/** What a client may be handed in place of an error of ours: no JSON, or somebody else's. */
const STRANGE_BODIES = [undefined, null, "text", 7, [], {}];

function standsStrangers(envelope: Envelope): boolean {
  try {
    for (const body of STRANGE_BODIES) envelope.decode(body);
    return true;
  } catch {
    return false;
  }
}

/** Whether what is read back writes the same bytes again. */
function readsBack(envelope: Envelope, error: WireError): boolean {
  try {
    const text = JSON.stringify(envelope.encode(error));
    const decoded = envelope.decode(JSON.parse(text));
    if (decoded?.code !== error.code || decoded.message !== error.message) return false;
    return JSON.stringify(envelope.encode({ ...error, param: decoded.param })) === text;
  } catch {
    return false;
  }
}
