// What the API of this folder promises its callers, written down beside it: the API itself never loads this.

import { customEnvelope, defineApi, defineWire, standard } from "sluice";
import { z } from "zod";
import { LIMIT, WINDOW_MS } from "./app.ts";

const fix = { action: "fix_request", retry: "never" } as const;
const again = { action: "wait", retry: "backoff" } as const;

const codes = {
  NO_TOKEN: { status: 401, message: "Send your token as X-Token.", ...fix },
  BAD_TOKEN: {
    status: 401,
    message: "This token does not work.",
    action: "rotate_key",
    retry: "never",
  },
  NOT_HERE: { status: 404, message: "There is nothing here.", ...fix },
  NOT_SO: { status: 405, message: "Not with this method.", ...fix },
  TOO_BIG: { status: 413, message: "At most {limit} bytes.", ...fix },
  NOT_JSON: { status: 415, message: "Send JSON.", ...fix },
  LONG_HEADERS: { status: 431, message: "The headers are too long.", ...fix },
  UNREADABLE: { status: 400, message: "This could not be read.", ...fix },
  MISSING: { status: 422, message: '"{param}" is missing.', ...fix },
  WRONG: { status: 422, message: '"{param}" {expected}.', ...fix },
  SLOW_DOWN: {
    status: 429,
    message: "Slow down. Again in {retryAfter} s.",
    action: "wait",
    retry: "wait",
  },
  LATER: { status: 503, message: "Later.", ...again, retryAfter: { otherwiseMs: 1_000 } },
  NOT_ALLOWED: { status: 403, message: "Not with this token.", action: "contact", retry: "never" },
  NOT_NOW: { status: 409, message: "Not as things are.", ...fix },
  BROKEN: { status: 500, message: "We broke something.", ...again },
} as const;

const shape = z.object({
  ok: z.literal(false),
  problem: z.object({ id: z.string(), text: z.string(), field: z.string().optional() }),
});

const wire = defineWire({
  about: { title: "Bookshop" },
  basePath: "/shop",
  envelope: customEnvelope({
    name: "bookshop",
    contentType: "application/json",
    encode: ({ code, message, param }) => ({
      ok: false,
      problem: { id: code, text: message, ...(param !== undefined && { field: param }) },
    }),
    decode(body) {
      const found = shape.safeParse(body);
      if (!found.success) return undefined;
      const { id, text, field } = found.data.problem;
      return { code: id, message: text, ...(field !== undefined && { param: field }) };
    },
  }),
  codes,
  conditions: {
    malformed_request: "UNREADABLE",
    headers_too_large: "LONG_HEADERS",
    request_timeout: "UNREADABLE",
    missing_key: "NO_TOKEN",
    malformed_key: "BAD_TOKEN",
    unknown_key: "BAD_TOKEN",
    revoked_key: "BAD_TOKEN",
    expired_key: "BAD_TOKEN",
    rate_limited: "SLOW_DOWN",
    concurrency_limited: "SLOW_DOWN",
    subscription_inactive: "NOT_ALLOWED",
    plan_required: "NOT_ALLOWED",
    forbidden: "NOT_ALLOWED",
    not_found: "NOT_HERE",
    method_not_allowed: "NOT_SO",
    body_too_large: "TOO_BIG",
    unsupported_media_type: "NOT_JSON",
    malformed_body: "UNREADABLE",
    invalid_parameter: "WRONG",
    missing_field: "MISSING",
    invalid_field: "WRONG",
    credits_exhausted: "NOT_ALLOWED",
    budget_exceeded: "NOT_ALLOWED",
    credits_unavailable: "LATER",
    request_in_progress: "LATER",
    idempotency_key_reused: "NOT_NOW",
    replay_unavailable: "NOT_NOW",
    conflict: "NOT_NOW",
    plan_limit_reached: "NOT_ALLOWED",
    resource_limit_reached: "NOT_ALLOWED",
    internal: "BROKEN",
    unavailable: "LATER",
    upstream_timeout: "LATER",
  },
  key: { prefixes: { live: "bk_" }, alphabet: "hex", length: 32, places: [{ header: "X-Token" }] },
  plans: ["all"],
  windows: { requests: { per: "key", limit: LIMIT, windowMs: WINDOW_MS } },
  headers: { rateLimit: "none" },
  operations: {
    listBooks: { method: "GET", path: "/books", summary: "Lists the books." },
    addBook: { method: "POST", path: "/books", summary: "Adds a book." },
    getBook: { method: "GET", path: "/books/{id}", summary: "Shows one book." },
  },
});

/** Nobody has written pages yet: what there is to say stands in the catalogue. */
const pages = Object.fromEntries(
  Object.entries(codes).map(([code, { message }]) => {
    const [like = ""] = Object.values(standard.pages);
    return [code, like.replace(/^# .*/, `# ${code}`).replaceAll("{}", message)];
  }),
) as Record<keyof typeof codes, string>;

export const bookshop = defineApi(
  wire,
  {
    plans: { all: { title: "All" } },
    operations: {
      listBooks: {},
      addBook: {
        body: z.object({ title: z.string() }),
        bodyBytesMax: 10_240,
        successStatus: 201,
        example: { body: { title: "Persuasion" } },
      },
      getBook: { params: z.object({ id: z.string() }), example: { params: { id: "b1" } } },
    },
  },
  pages,
);
