// The gateway as a library: what `sluice serve` is made of.

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
