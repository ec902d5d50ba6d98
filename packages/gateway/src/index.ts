// The gateway as a library: what `sluice serve` is made of.

export { type Admin, type AdminOptions, createAdmin } from "./admin/admin.ts";
export { createLiveCounts, type LiveCounts } from "./admin/live/live-counts.ts";
export type { Secret } from "./caller/sign.ts";
export { createJobEndVerifier, type JobEndVerifier } from "./caller/verify-job-end.ts";
export {
  type Changes,
  type CodeConfig,
  type Config,
  ConfigError,
  type ContractConfig,
  type ContractTerms,
  type CorsConfig,
  changesBetween,
  configFrom,
  type DrainConfig,
  type Duration,
  type InternalListenerConfig,
  type JsonSchema,
  type KeyConfig,
  type KeysConfig,
  type ListenersConfig,
  type LoadedConfig,
  loadConfig,
  type OpenApiContractConfig,
  type OpenPathConfig,
  type OperationConfig,
  type PlanConfig,
  type PriceConfig,
  type PublicListenerConfig,
  type SecretSource,
  type SecretsConfig,
  type Size,
  type SlotConfig,
  type SpellingConfig,
  type StatusConfig,
  type StoresConfig,
  type UnprotectedRoute,
  type UpstreamConfig,
  type UrlSource,
  unprotectedRoutes,
  type WarningsConfig,
  type WindowConfig,
} from "./config/index.ts";
export type { Door, DoorBounds, DoorOptions, OpenDoor } from "./door/door.ts";
export { openNodeDoor } from "./door/node-door.ts";
export { type Addresses, type Gateway, type GatewayExtras, openGateway } from "./gateway.ts";
export type { PublicKey } from "./leaks/github-keys.ts";
export type { LeaksSettings, OnLeak } from "./leaks/settings.ts";
export { type StopOptions, stopOnSignals } from "./lifecycle/signals.ts";
export type { Beside, Pages } from "./serving/front.ts";
export {
  type ApiSettings,
  type GateAnswers,
  type GatewaySettings,
  gatewayDefaults,
  type KeySettings,
  type ListenerSettings,
  type OpenPathSettings,
  type UpstreamPlace,
  type WatchSettings,
} from "./settings.ts";
export { StartError } from "./start-error.ts";
export type { StatusSettings } from "./status/settings.ts";
export { openForAudit, openStores } from "./stores/open.ts";
export type {
  AuditedLedger,
  FilesSettings,
  OpenedStores,
  PepperPlace,
  SharedSettings,
  StoresSettings,
} from "./stores/opened.ts";
export { createHttpUpstream, type HttpUpstream } from "./upstream/http-upstream.ts";
export type { OpenPath, OpenPathOptions } from "./upstream/open-path.ts";
export type { FailurePhase, UpstreamFailure } from "./upstream/upstream-failure.ts";
export type { GatedUpstreamOptions, UpstreamOptions } from "./upstream/upstream-settings.ts";
export type { WarningPayload } from "./warnings/message.ts";
export { receiverComplaint } from "./warnings/receivers.ts";
export { signingSecret } from "./warnings/signing.ts";
export type { WarningsSettings } from "./warnings/warnings.ts";
