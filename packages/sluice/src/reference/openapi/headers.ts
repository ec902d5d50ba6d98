/** The headers of answers, as components that responses refer to. */
import {
  type AnyApi,
  IDEMPOTENCY_KEY,
  REPLAYED,
  REQUEST_ID,
  RETRY_AFTER,
} from "../../contract/index.ts";
import { EXAMPLE_REQUEST_ID } from "../model/example.ts";

export type Json = { readonly [member: string]: unknown };

const INTEGER = { type: "integer", minimum: 0 } as const;
const TEXT = { type: "string" } as const;

/** What an answer tells of the first window, by header. */
const WINDOW_HEADERS: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
  none: {},
  "x-ratelimit": {
    "X-RateLimit-Limit": { description: "How many requests the window takes.", schema: INTEGER },
    "X-RateLimit-Remaining": { description: "How many are left in it.", schema: INTEGER },
    "X-RateLimit-Reset": {
      description: "When more will be, in seconds since 1970.",
      schema: INTEGER,
    },
  },
  ratelimit: {
    "RateLimit-Policy": {
      description: "The window: its name, `q` requests in `w` seconds.",
      schema: TEXT,
    },
    RateLimit: {
      description: "How it stands: `r` requests are left, and more in `t` seconds.",
      schema: TEXT,
    },
  },
};

/** Every header that any answer of the API has, by name. */
export function headerComponents({ wire }: AnyApi): Readonly<Record<string, Json>> {
  const { creditsRemaining, help, rateLimit } = wire.headers;
  return {
    [REQUEST_ID]: {
      description: "The request's id: what support asks for.",
      required: true,
      schema: { type: "string", format: "uuid" },
      example: EXAMPLE_REQUEST_ID,
    },
    ...WINDOW_HEADERS[rateLimit],
    [RETRY_AFTER]: {
      description: "How many whole seconds to wait before the same request is sent again.",
      schema: { type: "integer", minimum: 1 },
    },
    Allow: { description: "The methods that the path has.", schema: TEXT },
    "WWW-Authenticate": { description: "How to send a key.", schema: TEXT },
    ...(help && { Link: { description: 'The page about the code, `rel="help"`.', schema: TEXT } }),
    ...(creditsRemaining !== undefined && {
      [creditsRemaining]: { description: "How many credits are left.", schema: INTEGER },
    }),
    [REPLAYED]: {
      description: `\`true\` on the stored answer to a repeated ${IDEMPOTENCY_KEY}.`,
      schema: { const: "true" },
    },
  };
}

/** References to those of the given names that the API has. */
export function headersNamed(
  api: AnyApi,
  names: readonly string[],
  required: readonly string[] = [],
): Json {
  const known = headerComponents(api);
  return Object.fromEntries(
    names.flatMap((name) => {
      const header = known[name];
      if (header === undefined) return [];
      const isSurer = required.includes(name) && header["required"] !== true;
      return [
        [name, isSurer ? { ...header, required: true } : { $ref: `#/components/headers/${name}` }],
      ];
    }),
  );
}

export function windowHeaders({ wire }: AnyApi): readonly string[] {
  return Object.keys(WINDOW_HEADERS[wire.headers.rateLimit] ?? {});
}
