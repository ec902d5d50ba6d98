// For each code of the catalogue the way to be refused with it. A code that is added without one does not
// compile.

import type { MaveraCode } from "../contract/index.ts";
import { putFullThread } from "./behind-the-gate.ts";
import { hello, type LiveApiOptions } from "./live-api.ts";
import { spendDownTo, starterId } from "./people.ts";
import { sendRaw } from "./raw-http.ts";
import type { Ask, Reply } from "./reply.ts";
import type { TroublesomeApi } from "./troublesome.ts";

/** A request, and how it is sent where no HTTP client would send it. */
export interface Provocation extends Ask {
  readonly what: string;
  readonly raw?: () => Promise<Reply>;
}

/** Brings the API to where the request is refused, and gives the request: by the test key, unless it names one. */
type Provoke = (troublesome: TroublesomeApi) => Provocation | Promise<Provocation>;

const what = "POST /responses";

const documented = {
  missing_api_key: () => ({ what, json: hello, key: null }),
  invalid_api_key: () => ({ what, json: hello, key: "nonsense" }),
  revoked_api_key: ({ api }) => ({ what, json: hello, key: api.keys.revoked }),
  expired_api_key: ({ api }) => ({ what, json: hello, key: api.keys.expired }),
  invalid_model: () => ({ what, json: { ...hello, model: "gpt-4" } }),
  missing_field: () => ({ what, json: { input: "Hello" } }),
  invalid_field: () => ({ what, json: { ...hello, stream: "yes" } }),
  invalid_persona: () => ({ what, json: { ...hello, persona_id: "nobody" } }),
  async credits_exhausted({ api: { kept, clock } }) {
    await spendDownTo(kept, { accountId: starterId, plan: "starter" }, 4, clock.wallMs());
    return { what, json: hello };
  },
  async budget_exceeded({ api }) {
    const json = { name: "Small", usage_limit: 4 };
    const { body } = await api.send("POST /workspaces", { json });
    return { what, json: { ...hello, workspace_id: body.id } };
  },
  forbidden: ({ api }) => ({ what, json: hello, key: api.keys.viewer }),
  resource_not_found: () => ({ what: "GET /personas/absent" }),
  async rate_limit_exceeded({ api }) {
    for (let n = 1; n <= 60; n++) await api.send("GET /usage", { key: api.keys.test });
    return { what, json: hello };
  },
  internal_error: () => ({ what, json: hello, headers: { "X-Break": "please" } }),
  service_unavailable({ api }) {
    api.outages.begin("ledger");
    return { what, json: hello };
  },
} as const satisfies Partial<Record<MaveraCode, Provoke>>;

const extensions = {
  invalid_request: () => ({
    what,
    body: '{"model":',
    headers: { "Content-Type": "application/json" },
  }),
  method_not_allowed: () => ({ what: "PUT /personas" }),
  request_timeout({ api }) {
    return { what, raw: () => sendRaw(api.url, "GET /api/v1/usage HTTP/1.1\r\nHost:") };
  },
  async conflict({ api }) {
    const thread_id = await putFullThread(api, starterId);
    return { what: "POST /mave/chat", json: { message: "Hello", thread_id } };
  },
  async request_in_progress({ api, held }) {
    const headers = { "Idempotency-Key": "one", "X-Hold": "please" };
    const request = { what, json: hello, headers, key: api.keys.test };
    api.send(what, request).catch(() => undefined);
    await held.entered;
    return request;
  },
  payload_too_large: () => ({ what, json: { ...hello, input: "x".repeat(1_048_576) } }),
  unsupported_media_type: () => ({
    what,
    body: "input=Hello",
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
  }),
  async idempotency_key_reused({ api }) {
    const headers = { "Idempotency-Key": "one" };
    await api.send(what, { json: hello, headers, key: api.keys.test });
    return { what, json: { ...hello, input: "Something else" }, headers };
  },
  headers_too_large({ api }) {
    const bytes = `GET /api/v1/usage HTTP/1.1\r\nHost: x\r\nX-Large: ${"x".repeat(20_000)}\r\n\r\n`;
    return { what, raw: () => sendRaw(api.url, bytes) };
  },
} as const satisfies Partial<Record<MaveraCode, Provoke>>;

export const provocations: Readonly<Record<MaveraCode, Provoke>> = { ...documented, ...extensions };

/** Codes that only a server gives that was started for them. */
export const servers: Readonly<Partial<Record<MaveraCode, LiveApiOptions>>> = {
  request_timeout: { headersTimeoutMs: 200 },
};
