// What a gateway is made from: plain and complete. Every secret has been read.

import type { AnyApi, UpgradeProtocol } from "sluice";
import type { CorsOptions } from "sluice/adapter/cors";
import type { GateOptions, OwnContext } from "sluice/gate";
import type { Secret } from "./caller/sign.ts";
import type { DocsSettings } from "./docs/serve-docs.ts";
import type { DoorBounds, DoorTls } from "./door/door.ts";
import type { LeaksSettings } from "./leaks/settings.ts";
import type { DrainTimes } from "./lifecycle/drain.ts";
import type { PortalSettings } from "./portal/settings.ts";
import type { StatusSettings } from "./status/settings.ts";
import type { StoresSettings } from "./stores/opened.ts";
import type { GatedUpstreamOptions } from "./upstream/upstream-settings.ts";
import type { WarningsSettings } from "./warnings/warnings.ts";
import type { WatchOptions } from "./watch/watch.ts";

export interface GatewaySettings {
  /** One or several, each below a path of its own. */
  readonly apis: readonly ApiSettings[];
  readonly stores: StoresSettings;
  /**
   * What callers are signed with on the way to upstreams, and the ends of jobs on the way back. The first one signs, all are
   * believed. Empty: upstreams are told of nobody, and no end of a job is believed.
   */
  readonly secrets: readonly Secret[];
  readonly listeners: {
    /** Where callers come. */
    readonly public: ListenerSettings;
    /** Where health, metrics and the ends of jobs are asked and told: for the operator and for upstreams. */
    readonly internal: ListenerSettings | undefined;
  };
  readonly bounds: Partial<DoorBounds>;
  /** Proxies in front that append to `X-Forwarded-For`. */
  readonly trustedHops: number;
  readonly drain: DrainTimes;
  readonly watch: WatchSettings;
  /** Whether the internal listener answers the admin API. */
  readonly admin: boolean;
  /** Whether the internal listener shows the console, which needs the admin API. */
  readonly console: boolean;
  /** Who hears that credits or a budget run low, and how; undefined: nobody. */
  readonly warnings: WarningsSettings | undefined;
  /** Where customers look after what they bought; undefined: nowhere. */
  readonly portal: PortalSettings | undefined;
  /** What becomes of keys that GitHub finds in public, and where it reports them; undefined: nobody may. */
  readonly leaks: LeaksSettings | undefined;
  /** Where everybody may read how the APIs are; undefined: nowhere. */
  readonly status: StatusSettings | undefined;
}

export interface ApiSettings {
  readonly api: AnyApi;
  /** The path under which it is served; empty for the root. */
  readonly mount: string;
  /** By name; the first one does what names none. */
  readonly upstreams: Readonly<Record<string, UpstreamPlace>>;
  /** The upstream of each operation that does not go to the first. */
  readonly routes: Readonly<Record<string, string>>;
  readonly open: readonly OpenPathSettings[];
  /** What the gate answers by itself, where the contract says so. */
  readonly answers?: GateAnswers;
  readonly keys?: KeySettings;
  /** Pages of other origins that may call it from a browser. @default none may */
  readonly cors?: CorsOptions;
  /** Where its documents are served, in front of everything else below the mount. @default nowhere */
  readonly docs?: DocsSettings;
  /** Another contract that decides beside it, of which only the differences are told. @default none */
  readonly shadow?: AnyApi;
}

/** What looking up keys may take; both of the gate's own, and with its defaults. */
export type KeySettings = Pick<GateOptions, "unknownKeysPerMinute" | "keyCacheMax">;

/** `Answers` of any contract: each takes the input of its own operation. */
export type GateAnswers = Readonly<Record<string, (input: never, context: OwnContext) => unknown>>;

/** An upstream, less what all of a gateway's have in common. */
export type UpstreamPlace = Omit<
  GatedUpstreamOptions,
  "secret" | "publicScheme" | "trustedHops" | "onFailure" | "clock"
>;

/** A path that goes to an upstream without a key and without limits. */
export interface OpenPathSettings {
  /** @default all */
  readonly method?: string;
  /** A pattern of whole paths, below the mount: `/docs/{page*}`. */
  readonly path: string;
  /** @default the first upstream */
  readonly upstream?: string;
  /** What a GET may upgrade its connection to. @default nothing */
  readonly upgrades?: UpgradeProtocol;
  /** How long an upgraded connection may last. @default 3,600,000 */
  readonly upgradedMsMax?: number;
}

export interface ListenerSettings {
  readonly host: string;
  /** 0 means any free port. */
  readonly port: number;
  readonly tls?: DoorTls;
}

/** Where all of it is off, what an operator should hear of goes to standard error in words. */
export type WatchSettings = Pick<WatchOptions, "log" | "metrics" | "tracesUrl">;

/** For what a gateway is not told. */
export const gatewayDefaults = {
  secrets: [],
  bounds: {},
  trustedHops: 0,
  drain: { noticeMs: 0, answersMs: 30_000, streamsMs: 300_000 },
  watch: { log: "none", metrics: false, tracesUrl: undefined },
  admin: true,
  console: true,
  warnings: undefined,
  portal: undefined,
  leaks: undefined,
  status: undefined,
} as const satisfies Partial<GatewaySettings>;
