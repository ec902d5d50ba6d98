/** Configuration: a file of plain data becomes what a gateway is made from, or a list of all that is wrong with it. */
export { type Changes, changesBetween } from "./changes.ts";
export type {
  Config,
  CorsConfig,
  DrainConfig,
  InternalListenerConfig,
  KeysConfig,
  ListenersConfig,
  OpenPathConfig,
  PortalConfig,
  PublicListenerConfig,
  SecretsConfig,
  StatusConfig,
  StoresConfig,
  UpstreamConfig,
  WarningsConfig,
} from "./config.ts";
export { ConfigError } from "./config-error.ts";
export { contractFromModule } from "./contract/from-module.ts";
export type {
  CodeConfig,
  ContractConfig,
  ContractTerms,
  KeyConfig,
  OpenApiContractConfig,
  OperationConfig,
  PlanConfig,
  PriceConfig,
  SlotConfig,
  SpellingConfig,
  WindowConfig,
} from "./contract-config.ts";
export { configFrom, configNames, type LoadedConfig, loadConfig } from "./load-config.ts";
export { readAnew } from "./module-graph.ts";
export type { JsonSchema } from "./schema/json-schema.ts";
export { Surroundings } from "./surroundings.ts";
export { type UnprotectedRoute, unprotectedRoutes } from "./unprotected.ts";
export type { Duration, SecretSource, Size, UrlSource } from "./written.ts";
