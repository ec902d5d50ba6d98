/**
 * What callers read and use, from a contract: pages, llms.txt, OpenAPI, a handler in Python; and what scanners for leaked keys
 * do. Pure functions of an `AnyApi`; whoever calls them writes the files.
 */

export { githubPatterns } from "./leaks/github.ts";
export { gitleaksRules } from "./leaks/gitleaks.ts";
export { type KeyPattern, keyPatterns } from "./leaks/key-pattern.ts";
export { type LeakKitFile, leakKit } from "./leaks/leak-kit.ts";
export { trufflehogDetectors } from "./leaks/trufflehog.ts";
export { llmsFullText, llmsText } from "./llms.ts";
export { anchorOf, linkTo, PAGES, pathOfCode, pathOfOperation } from "./model/addresses.ts";
export { type Advice, adviceOn } from "./model/advice.ts";
export { type Cause, type CodeReference, codeReference } from "./model/code.ts";
export {
  type EnvelopeMember,
  type EnvelopeRole,
  membersOf,
  placeOf,
} from "./model/envelope-members.ts";
export {
  type CodeExample,
  EXAMPLE_REQUEST_ID,
  type ExampleResponse,
  exampleOf,
} from "./model/example.ts";
export { reasonFor } from "./model/given.ts";
export { type Place, paramOf, placesIn, wrongFor } from "./model/input-schema.ts";
export { type OperationReference, operationReference } from "./model/operation.ts";
export {
  type PossibleRefusal,
  possibleRefusals,
  refusalsOfNoOperation,
} from "./model/possible.ts";
export {
  addressOf,
  type Reference,
  referenceOf,
  type StatusReference,
} from "./model/reference.ts";
export { type Provocation, provoke } from "./model/refused-request.ts";
export { relatedCodes } from "./model/related.ts";
export {
  baseUrlOf,
  type ExampleBody,
  type ExampleKey,
  type ExampleRequest,
  inputOf,
  originOf,
  requestFor,
} from "./model/request.ts";
export { statusWords } from "./model/statuses.ts";
export { environmentName } from "./model/words.ts";
export { type OpenApiOptions, openApiOf } from "./openapi/document.ts";
export { schemaNameOf } from "./openapi/refusals.ts";
export { type BrokenLink, brokenLinks } from "./pages/broken-links.ts";
export type { DocPage } from "./pages/markdown.ts";
export { pagesOf } from "./pages/pages.ts";
export {
  curlText,
  httpText,
  pythonText,
  typescriptText,
} from "./pages/request-text.ts";
export { pythonFileName } from "./python/file-name.ts";
export { pythonHandler } from "./python/python-handler.ts";
