/** Refusals as responses: one a status, with a schema, a named example and the advice of each code. */
import { REQUEST_ID, RETRY_AFTER } from "../../contract/index.ts";
import type { CodeReference } from "../model/code.ts";
import { addressOf, type Reference } from "../model/reference.ts";
import { statusWords } from "../model/statuses.ts";
import { envelopeSchema } from "./envelope-schema.ts";
import { headersNamed, type Json, windowHeaders } from "./headers.ts";
import type { Schemas } from "./schemas.ts";

/** The name of a code's schema among the components. */
export function schemaNameOf(code: string): string {
  return `Error_${code}`;
}

export function codeSchemas({ api, codes }: Reference): Schemas {
  const schemas = codes.map((one) => {
    const helpUrl = addressOf(api, one.code) ?? "about:blank";
    const { code, entry } = one;
    const schema = envelopeSchema(api.wire.envelope, { code, entry, helpUrl });
    const description = `${one.summary} Retry: ${one.advice.retry}. Costs: ${one.advice.cost}.`;
    return [schemaNameOf(code), { title: code, description, ...schema }] as const;
  });
  return Object.fromEntries(schemas);
}

export type Responses = Record<string, Json>;

/**
 * The responses of codes, by status. Operations that answer the same codes with a status share one response.
 * @param components where they are kept
 */
export function refusalResponses(
  reference: Reference,
  names: readonly string[],
  components: Responses,
): Json {
  const own = reference.codes.filter(({ code }) => names.includes(code));
  const statuses = [...new Set(own.map(({ status }) => status))].toSorted((a, b) => a - b);
  return Object.fromEntries(
    statuses.map((status) => {
      const codes = own.filter((one) => one.status === status);
      const { phrase, means } = statusWords(status);
      const name = `Refused_${status}_${codes.map(({ code }) => code).join("_")}`;
      components[name] ??= responseOf(reference, codes, `${phrase}. ${means}`);
      return [String(status), { $ref: `#/components/responses/${name}` }];
    }),
  );
}

/** One response for several codes, whatever their statuses. */
export function responseOf(
  { api }: Reference,
  codes: readonly CodeReference[],
  lead: string,
): Json {
  const schemas = codes.map(({ code }) => ({ $ref: `#/components/schemas/${schemaNameOf(code)}` }));
  const lines = codes.map(
    ({ code, summary, advice }) => `- \`${code}\`: ${summary} Retry: ${advice.retry}.`,
  );
  const waits = codes.map(({ advice }) => advice.retryAfter);
  const names = [
    REQUEST_ID,
    ...(codes.every(({ status }) => status !== 401) ? windowHeaders(api) : []),
    ...(waits.some((wait) => wait !== "never") ? [RETRY_AFTER] : []),
    ...(codes.some(({ status }) => status === 405) ? ["Allow"] : []),
    ...(codes.some(({ status }) => status === 401) ? ["WWW-Authenticate"] : []),
    "Link",
  ];
  const sure = waits.every((wait) => wait === "always") ? [RETRY_AFTER] : [];
  const examples = codes.map(({ code, summary, example }) => [
    code,
    { summary, value: JSON.parse(example.response.body) as unknown },
  ]);
  const [only] = schemas;
  return {
    description: `${lead}\n\n${lines.join("\n")}`,
    headers: headersNamed(api, names, sure),
    content: {
      [api.wire.envelope.contentType]: {
        schema: schemas.length === 1 ? only : { anyOf: schemas },
        examples: Object.fromEntries(examples),
      },
    },
  };
}
