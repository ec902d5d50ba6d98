/** The client: every refusal handled as it must be, and nothing sent that would be refused. */

export {
  type CallOptions,
  type Client,
  type ClientStreamEvent,
  createClient,
} from "./create-client.ts";
export { ApiError, type ApiErrorOf } from "./errors/api-error.ts";
export { apiErrorIn, isApiError, isApiErrorOf } from "./errors/guards.ts";
export { type WaitOptions, waitMsOf } from "./errors/wait-of.ts";
export type { ClientListener, PublicEvent } from "./events.ts";
export type { ClientFetch } from "./fetch.ts";
export { describeEvent, type LoggerLike, logTo } from "./logging.ts";
export type { ClientOptions, DeadlineOptions } from "./settings.ts";
export { type OpenTelemetryLike, type SpanLike, type TracerLike, traceTo } from "./tracing.ts";
export { type FetchLike, fetchTransport, type Transport } from "./transport/transport.ts";
export { type UndiciLike, undiciTransport } from "./transport/undici-transport.ts";
