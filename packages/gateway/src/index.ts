// The gateway as a library: what `sluice serve` is made of.

export {
  type Changes,
  type CodeConfig,
  type Config,
  ConfigError,
  type ContractConfig,
  type ContractTerms,
  changesBetween,
  configFrom,
  type DrainConfig,
  type Duration,
  type InternalListenerConfig,
  type JsonSchema,
  type KeyConfig,
  type ListenersConfig,
  type LoadedConfig,
  loadConfig,
  type OpenApiContractConfig,
  type OpenPathConfig,
  type OperationConfig,
  type PlanConfig,
  type PriceConfig,
  type PublicListenerConfig,
  type Secret,
  type SecretsConfig,
  type Size,
  type SlotConfig,
  type SpellingConfig,
  type StoresConfig,
  type UnprotectedRoute,
  type UpstreamConfig,
  type UrlSource,
  unprotectedRoutes,
  type WindowConfig,
} from "./config/index.ts";
export type { Door, DoorBounds, DoorOptions, OpenDoor } from "./door/door.ts";
export type {
  ApiSettings,
  DrainSettings,
  GatewaySettings,
  ListenerSettings,
  OpenPath,
  SigningSecret,
  UpstreamSettings,
  WatchSettings,
} from "./settings.ts";
export { StartError } from "./start-error.ts";
export { openForAudit, openStores } from "./stores/open.ts";
export type {
  AuditedLedger,
  FilesSettings,
  OpenedStores,
  PepperPlace,
  SharedSettings,
  StoresSettings,
} from "./stores/opened.ts";
