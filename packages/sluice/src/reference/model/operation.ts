/** Everything that there is to say of one operation. */
import {
  type AnyApi,
  type InputExample,
  type JsonSchema,
  jsonSchemaOf,
  limitFor,
  type Schema,
  type ServerOperation,
  type SlotLimit,
  type WindowLimit,
  type WireOperation,
} from "../../contract/index.ts";
import { pathOfOperation } from "./addresses.ts";
import { type PossibleRefusal, possibleRefusals } from "./possible.ts";
import { type ExampleRequest, inputOf, requestFor } from "./request.ts";

export interface OperationReference {
  readonly name: string;
  readonly wire: WireOperation;
  readonly server: ServerOperation;
  /** With the base path: `/api/v1/brands/{brandId}`. */
  readonly fullPath: string;
  readonly successStatus: number;
  /** JSON Schemas, where the schemas' library gives any. */
  readonly schemas: Readonly<
    Record<"params" | "query" | "body" | "output", JsonSchema | undefined>
  >;
  readonly input: InputExample;
  readonly request: ExampleRequest;
  readonly refusals: readonly PossibleRefusal[];
  /** The same codes, each once. */
  readonly codes: readonly string[];
  /** The plans that include it; undefined for all. */
  readonly plans: readonly string[] | undefined;
  readonly windows: readonly (WindowLimit & { readonly name: string })[];
  readonly slots: readonly (SlotLimit & { readonly name: string })[];
  /** Of its page, below `about.docs` and without an extension. */
  readonly path: string;
}

export function operationReference(api: AnyApi, name: string): OperationReference {
  const wire = api.wire.operations[name] as WireOperation;
  const server = api.server.operations[name] as ServerOperation;
  const refusals = possibleRefusals(api, name);
  const plans = server.plans ?? api.server.requires?.plans;
  const isAll = plans === undefined || api.wire.plans.every((plan) => plans.includes(plan));
  return {
    name,
    wire,
    server,
    fullPath: `${api.wire.basePath}${wire.path}`,
    successStatus: server.successStatus ?? 200,
    schemas: {
      params: schemaOf(server.params),
      query: schemaOf(server.query),
      body: schemaOf(server.body),
      output: schemaOf(server.output),
    },
    input: inputOf(api, name),
    request: requestFor(api, name),
    refusals,
    codes: [...new Set(refusals.map(({ code }) => code))],
    plans: isAll ? undefined : plans,
    windows: named(api.wire.windows, name),
    slots: named(api.wire.slots ?? {}, name),
    path: pathOfOperation(name),
  };
}

function schemaOf(schema: Schema | undefined): JsonSchema | undefined {
  return schema && jsonSchemaOf(schema);
}

function named<L extends { readonly operations?: readonly string[] }>(
  limits: Readonly<Record<string, L>>,
  operation: string,
): readonly (L & { readonly name: string })[] {
  return Object.entries(limits)
    .filter(([, { operations }]) => operations === undefined || operations.includes(operation))
    .map(([name, limit]) => ({ name, ...limit }));
}

/** A limit by plan, in the plans' order. */
export function limitsByPlan(
  { wire, server }: AnyApi,
  { limit }: WindowLimit | SlotLimit,
): readonly { readonly title: string; readonly limit: number }[] {
  return wire.plans.map((plan) => ({
    title: server.plans[plan]?.title ?? plan,
    limit: limitFor(limit, plan) ?? 0,
  }));
}
