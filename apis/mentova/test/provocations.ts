// For each code of the catalogue the way to be refused with it. A code that is added without one does not
// compile.

import type { HeldBack } from "@sluice-internal/both-ways/held-back";
import type { MentovaCode } from "../contract/index.ts";
import { agencyId, type LiveApi, type LiveApiOptions, spendDownTo } from "./live-api.ts";
import { sendRaw } from "./raw-http.ts";
import type { Ask, Reply } from "./reply.ts";

/** A request, and how it is sent where no HTTP client would send it. */
export interface Provocation extends Ask {
  readonly what: string;
  readonly raw?: () => Promise<Reply>;
}

/** Brings the API to where the request is refused, and gives the request. */
type Provoke = (api: LiveApi, held: HeldBack) => Provocation | Promise<Provocation>;

export const provocations: Readonly<Record<MentovaCode, Provoke>> = {
  MISSING_API_KEY: () => ({ what: "GET /brands", key: null }),
  INVALID_API_KEY: ({ keys }) => ({ what: "GET /brands", key: keys.revoked }),
  PLAN_REQUIRED: ({ keys }) => ({ what: "GET /brands", key: keys.free }),
  NOT_FOUND: () => ({ what: "GET /brands/absent" }),
  VALIDATION_ERROR: () => ({ what: "POST /brands", json: {} }),
  LIMIT_REACHED(api) {
    for (let n = 1; n <= 10; n++) api.upstream.addBrand(agencyId, { name: `Brand ${n}` });
    return { what: "POST /brands", json: { name: "One too many" } };
  },
  LIMIT_EXCEEDED({ upstream }) {
    const { id } = upstream.addBrand(agencyId, { name: "Acme" });
    for (let n = 1; n <= 5; n++) upstream.addAvatar(agencyId, id, { name: `Avatar ${n}` });
    return { what: `POST /brands/${id}/avatars`, json: { name: "Number six" } };
  },
  async QUOTA_EXCEEDED(api) {
    const { brandId, topicId } = addTopic(api);
    await spendDownTo(api, 19);
    return { what: `POST /brands/${brandId}/campaigns`, json: { topicId } };
  },
  CONFLICT({ upstream }) {
    upstream.addBrand(agencyId, { name: "Acme" });
    return { what: "POST /brands", json: { name: "Acme" } };
  },
  async RATE_LIMITED(api) {
    for (let n = 1; n <= 60; n++) await api.send("GET /brands");
    return { what: "GET /brands" };
  },
  INTERNAL_ERROR(api) {
    const { brandId } = addTopic(api);
    return { what: `GET /brands/${brandId}`, headers: { "X-Break": "please" } };
  },

  BAD_REQUEST: () => ({ what: "POST /brands", body: '{"name":', headers: json }),
  METHOD_NOT_ALLOWED: () => ({ what: "PUT /brands" }),
  PAYLOAD_TOO_LARGE: () => ({ what: "POST /brands", json: { name: "x".repeat(1_048_576) } }),
  UNSUPPORTED_MEDIA_TYPE: () => ({
    what: "POST /brands",
    body: "name=Acme",
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
  }),
  REQUEST_TIMEOUT(api) {
    return { what: "GET /brands", raw: () => sendRaw(api, "GET /api/v1/brands HTTP/1.1\r\nHost:") };
  },
  HEADERS_TOO_LARGE(api) {
    const bytes = `GET /api/v1/brands HTTP/1.1\r\nHost: x\r\nX-Large: ${"x".repeat(20_000)}\r\n\r\n`;
    return { what: "GET /brands", raw: () => sendRaw(api, bytes) };
  },
  async REQUEST_IN_PROGRESS(api, held) {
    const headers = { "Idempotency-Key": "one", "X-Hold": "please" };
    const request = { what: "POST /brands", json: { name: "Acme" }, headers };
    api.send(request.what, request).catch(() => undefined);
    await held.entered;
    return request;
  },
  async IDEMPOTENCY_KEY_REUSED(api) {
    const headers = { "Idempotency-Key": "one" };
    await api.send("POST /brands", { json: { name: "First" }, headers });
    return { what: "POST /brands", json: { name: "Second" }, headers };
  },
  SERVICE_UNAVAILABLE(api) {
    const { brandId, topicId } = addTopic(api);
    api.outages.begin("ledger");
    return { what: `POST /brands/${brandId}/campaigns`, json: { topicId } };
  },
};

const json = { "Content-Type": "application/json" };

export function addTopic({ upstream }: LiveApi): { brandId: string; topicId: string } {
  const brand = upstream.addBrand(agencyId, { name: "Topical" });
  const topic = upstream.addTopic(agencyId, brand.id, { seed: "running shoes" });
  return { brandId: brand.id, topicId: topic.id };
}

/** Codes that only a server gives that was started for them. */
export const servers: Readonly<Partial<Record<MentovaCode, LiveApiOptions>>> = {
  REQUEST_TIMEOUT: { headersTimeoutMs: 200 },
};
