/** Where an API's documents are served, and what must not be there already. */
import { type Complaints, type PathPattern, parsePattern } from "sluice";
import type { DocsSettings } from "../docs/serve-docs.ts";
import type { ApiSettings } from "../settings.ts";
import type { Config } from "./config.ts";
import { meet } from "./cross-checks.ts";

const USUAL = "/docs";

/** Nobody's path is taken from them unasked: without a word about it, whatever else answers there goes on to do so. */
export function docsFrom(
  docs: Config["docs"],
  served: Pick<ApiSettings, "api" | "mount" | "open">,
  complaints: Complaints,
): DocsSettings | undefined {
  if (docs === false) return undefined;
  const path = typeof docs === "object" ? docs.path : USUAL;
  const taken = whoAnswers(path, served);
  if (taken === undefined) return { path };
  if (docs !== undefined) {
    const at = docs === true ? "docs" : "docs.path";
    const advice = 'choose another place, such as { path: "/reference" }, or write docs: false';
    complaints.add(at, `${taken} at ${path} already`, advice);
  }
  return undefined;
}

function whoAnswers(
  path: string,
  { api, mount, open }: Pick<ApiSettings, "api" | "mount" | "open">,
): string | undefined {
  if (mount === "" && /^\/(?:healthz|readyz)(?:\/|$)/.test(path)) return "the gateway's health is";
  const mine = [path, `${path}/{page*}`].map((text) => parsePattern(text));
  const isMine = (text: string) => {
    const theirs = parsePattern(text);
    return typeof theirs !== "string" && mine.some((one) => meets(one, theirs));
  };
  const shadowed = open.find((one) => isMine(one.path));
  if (shadowed !== undefined) return `the open path ${shadowed.path} answers`;
  const { basePath, operations } = api.wire;
  const operation = Object.entries(operations).find(([, one]) => isMine(`${basePath}${one.path}`));
  return operation && `the operation ${operation[0]} answers`;
}

function meets(mine: PathPattern | string, theirs: PathPattern): boolean {
  return typeof mine !== "string" && meet(mine, theirs);
}
