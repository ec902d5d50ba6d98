/** All pages of an API's documents, in the order in which one reads them. */
import type { AnyApi } from "../../contract/index.ts";
import { type Reference, referenceOf } from "../model/reference.ts";
import { authenticationPage } from "./authentication.ts";
import { codePage } from "./code-page.ts";
import { creditsPage } from "./credits.ts";
import { handlingPage } from "./handling.ts";
import { indexPage } from "./index-page.ts";
import type { DocPage } from "./markdown.ts";
import { operationPage, operationsPage } from "./operation-pages.ts";
import { overviewPage } from "./overview.ts";
import { rateLimitsPage } from "./rate-limits.ts";

/**
 * Deterministic: the same contract gives the same bytes. Links between pages are relative, to `.md` files.
 *
 * @example
 * for (const { path, markdown } of pagesOf(api)) writeFileSync(`docs/${path}.md`, markdown);
 */
export function pagesOf(api: AnyApi): readonly DocPage[] {
  return pagesFor(referenceOf(api));
}

export function pagesFor(reference: Reference): readonly DocPage[] {
  const pages = [
    overviewPage(reference),
    handlingPage(reference),
    rateLimitsPage(reference),
    creditsPage(reference),
    authenticationPage(reference),
    operationsPage(reference),
    ...reference.codes.map((one) => codePage(reference, one)),
    ...reference.operations.map((one) => operationPage(reference, one)),
  ];
  return [indexPage(reference, pages), ...pages];
}
