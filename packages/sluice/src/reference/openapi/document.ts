/** OpenAPI 3.1 from a contract: each operation with its success and every refusal that it can answer, typed and by example. */
import { type AnyApi, IDEMPOTENCY_KEY, type KeyPlace } from "../../contract/index.ts";
import { type Reference, referenceOf } from "../model/reference.ts";
import { headerComponents, type Json } from "./headers.ts";
import { type Components, NO_OPERATION, operationObject, tagOf } from "./operation.ts";
import { codeSchemas, responseOf } from "./refusals.ts";

export interface OpenApiOptions {
  /** Of the API, not of OpenAPI. @default "1.0.0" */
  readonly version?: string;
  /** Of the API's description. @default none is named */
  readonly license?: { readonly name: string; readonly url?: string };
}

/**
 * The document as data. Deterministic: the same contract gives the same bytes.
 *
 * @example
 * writeFileSync("openapi.json", JSON.stringify(openApiOf(api), null, 2));
 */
export function openApiOf(api: AnyApi, { version = "1.0.0", license }: OpenApiOptions = {}): Json {
  const reference = referenceOf(api);
  const { about } = reference;
  const shared: Components = { schemas: {}, responses: {} };
  const paths = pathsOf(reference, shared);
  return pruned({
    openapi: "3.1.0",
    info: {
      title: about.title,
      version,
      ...(about.summary !== undefined && { summary: about.summary }),
      description: introduction(reference),
      ...(about.support !== undefined && {
        contact: { name: `${about.title} support`, email: about.support },
      }),
      ...(license && { license }),
    },
    ...(about.docs !== undefined && {
      externalDocs: { description: "Errors, limits, credits and keys", url: about.docs },
    }),
    servers: [{ url: serverUrl(reference) }],
    security: api.wire.key.places.map((place) => ({ [schemeName(place)]: [] })),
    tags: tagsOf(reference),
    paths,
    components: {
      schemas: { ...shared.schemas, ...codeSchemas(reference) },
      responses: { ...shared.responses, [NO_OPERATION]: noOperation(reference) },
      headers: headerComponents(api),
      parameters: { [IDEMPOTENCY_KEY]: IDEMPOTENCY_PARAMETER },
      securitySchemes: securitySchemes(reference),
    },
  });
}

function introduction({ api, codes }: Reference): string {
  const { test } = api.wire.key.prefixes;
  const retried = codes.filter(({ advice }) => advice.retryable).map(({ code }) => `\`${code}\``);
  const lines = [
    "Every failure has one form. The response of each status lists its codes, each with an example, and says whether to retry.",
    `Retry these codes, and no others: ${retried.join(", ")}. \`Retry-After\` is the least to wait.`,
    test &&
      `A key that begins with \`${test}\` can rehearse each of them with the header \`Sluice-Simulate: <code>\`, without cost.`,
  ];
  return lines.filter((line) => typeof line === "string").join("\n\n");
}

/** Relative where the contract does not say where the API is: to where the document was loaded from. */
function serverUrl({ about, api, baseUrl }: Reference): string {
  if (about.origin !== undefined) return baseUrl;
  return api.wire.basePath === "" ? "/" : api.wire.basePath;
}

function pathsOf(reference: Reference, shared: Components): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const one of reference.operations) {
    // A parameter that stands for all that follows has no notation here.
    const path = one.wire.path.replaceAll("*}", "}");
    const item = paths[path] ?? {};
    item[one.wire.method.toLowerCase()] = operationObject(reference, one, shared);
    paths[path] = item;
  }
  return paths;
}

function tagsOf({ operations }: Reference): readonly Json[] {
  const names = [...new Set(operations.map(tagOf))];
  return names.map((name) => ({ name, description: `Calls that begin with \`/${name}\`.` }));
}

function noOperation(reference: Reference): Json {
  const codes = reference.codes.filter(({ code }) =>
    reference.atNone.some((one) => one.code === code),
  );
  const statuses = [...new Set(codes.map(({ status }) => status))].join(", ");
  const lead = `Answers (${statuses}) to what reaches no operation: a wrong path or method, or bytes that cannot be read.`;
  return responseOf(reference, codes, lead);
}

const IDEMPOTENCY_PARAMETER: Json = {
  name: IDEMPOTENCY_KEY,
  in: "header",
  description:
    "One value for each action, the same with each attempt: the action is then done and charged once. Remembered for 24 hours.",
  schema: { type: "string", minLength: 1, maxLength: 255 },
  example: "5f0c6f0e-9d4e-4a8f-8f57-0d5b2f3c1a77",
};

function schemeName(place: KeyPlace): string {
  return "bearer" in place ? "bearer" : "apiKey";
}

function securitySchemes({ api, about }: Reference): Json {
  const { key } = api.wire;
  const made = about.keysAt === undefined ? "" : ` Keys are made under ${about.keysAt}.`;
  const description = `A key begins with \`${key.prefixes.live}\`.${made}`;
  const schemes = key.places.map((place) => [
    schemeName(place),
    "bearer" in place
      ? { type: "http", scheme: "bearer", bearerFormat: `${key.prefixes.live}…`, description }
      : { type: "apiKey", in: "header", name: place.header, description },
  ]);
  return Object.fromEntries(schemes);
}

/** Without the components that nothing refers to. */
function pruned(document: Json): Json {
  const components = document["components"] as Readonly<Record<string, Json>>;
  const text = JSON.stringify(document);
  const kept = Object.entries(components).flatMap(([kind, all]) => {
    if (kind === "securitySchemes") return [[kind, all] as const];
    const used = Object.entries(all).filter(([name]) =>
      text.includes(`"#/components/${kind}/${name}"`),
    );
    return used.length === 0 ? [] : [[kind, Object.fromEntries(used)] as const];
  });
  return { ...document, components: Object.fromEntries(kept) };
}
