// A gateway from its settings: the one place that knows all of its parts, and the order in which they begin and end.

import { keyHeaders } from "sluice";
import type { Gate, JobEnded, JobOutcome, OperatorStores } from "sluice/gate";
import { type Door, type DoorBounds, doorBounds } from "./door/door.ts";
import { openNodeDoor } from "./door/node-door.ts";
import { contractsOf, openParts, type Parts, tell } from "./gateway-parts.ts";
import { createPublicHealth } from "./internal/health.ts";
import {
  ADMIN_PATH,
  createInternalAnswers,
  internalUnreadable,
} from "./internal/internal-answers.ts";
import { leakPages } from "./leaks/at-path.ts";
import { type Drained, drain } from "./lifecycle/drain.ts";
import { reach } from "./lifecycle/reach.ts";
import { type Check, createReadiness, type Readiness } from "./lifecycle/readiness.ts";
import { firstOf } from "./pages/pages.ts";
import { portalPages } from "./portal/at-path.ts";
import type { Beside } from "./serving/front.ts";
import type { ServedAdmin } from "./serving/served-admin.ts";
import { type Serving, serveAll } from "./serving/serving.ts";
import { endedSessions } from "./session/ended.ts";
import type { GatewaySettings, ListenerSettings } from "./settings.ts";
import { statusPages } from "./status/at-path.ts";
import { openStores } from "./stores/open.ts";
import type { OpenedStores } from "./stores/opened.ts";
import type { Warnings } from "./warnings/warnings.ts";
import { createRedaction } from "./watch/redaction.ts";
import type { Watch } from "./watch/watch.ts";

export interface Gateway {
  readonly stores: OperatorStores;
  /** One for each API, in the order of the settings. */
  readonly gates: readonly Gate[];
  /** Requests that are under way now, streams included. */
  readonly underWay: number;
  /** Opens the doors. From then on whoever comes is answered. */
  listen(): Promise<Addresses>;
  /**
   * From the next request on other settings hold; those that are under way end as they began. Stores, addresses and bounds
   * of listeners, and what is watched, stay as they are.
   */
  reload(settings: GatewaySettings): void;
  /** Answers what is under way, writes down what it cost, and lets go of everything. Never rejects; once. */
  close(): Promise<Drained>;
}

export interface Addresses {
  readonly url: string;
  readonly internalUrl: string | undefined;
  /** Where the admin API is, and an owner's token that ends with this process; undefined where it is off. */
  readonly admin: { readonly url: string; readonly token: string } | undefined;
  /** Where the console is, with a code that signs its owner in once; undefined where it is off. */
  readonly consoleUrl: string | undefined;
}

export interface GatewayExtras extends Partial<Beside> {
  /** Stores that are open already, and become the gateway's. @default it opens those of its settings */
  readonly opened?: OpenedStores;
}

/** Opens the stores and puts in order what the process before left behind; answers nobody before `listen`. */
export async function openGateway(
  settings: GatewaySettings,
  extras: GatewayExtras = {},
): Promise<Gateway> {
  const opened = extras.opened ?? (await openStores(settings.stores));
  try {
    const gateway = new RunningGateway(settings, extras, await openParts(settings, opened));
    await gateway.takeOver();
    return gateway;
  } catch (error) {
    await opened.close();
    throw error;
  }
}

/**
 * None of them is needed: what is away is away for every gateway, and with all of them gone callers would hear the load
 * balancer's words. The operator sees it all the same.
 */
function checksOf({ apis }: GatewaySettings, opened: OpenedStores): Check[] {
  const upstreams = apis.flatMap(({ upstreams }) => Object.entries(upstreams));
  return [
    { name: "stores", isNeeded: false, check: () => opened.check() },
    ...upstreams.map(([name, place]) => ({
      name: `upstream ${name}`,
      isNeeded: false,
      check: () => reach(place),
    })),
  ];
}

class RunningGateway implements Gateway {
  readonly #beside: Beside;
  readonly #opened: OpenedStores;
  readonly #watch: Watch | undefined;
  readonly #warnings: Warnings | undefined;
  readonly #readiness: Readiness;
  readonly #admin: ServedAdmin | undefined;
  readonly #signedOut = endedSessions();
  #serving: Serving;
  /** Earlier settings with requests that are still under way. */
  readonly #retiring = new Set<Serving>();
  #stopSweeping: () => void = () => undefined;
  #door: Door | undefined;
  #internalDoor: Door | undefined;
  #closed: Promise<Drained> | undefined;

  constructor(
    settings: GatewaySettings,
    { pages = () => undefined, nothingHere }: GatewayExtras,
    { opened, watch, warnings, openAdmin }: Parts,
  ) {
    this.#opened = opened;
    this.#watch = watch;
    this.#warnings = warnings;
    this.#beside = { pages, nothingHere };
    this.#readiness = createReadiness({
      checks: checksOf(settings, opened),
      redact: watch?.redact ?? createRedaction(settings.apis.map(({ api }) => api.wire.key)),
    });
    const underWay = () => this.underWay;
    const isSecure = settings.listeners.internal?.tls !== undefined;
    this.#admin = openAdmin?.(contractsOf(settings), {
      ...{ opened, watch, warnings, underWay },
      console: settings.console ? { isSecure } : undefined,
    });
    this.#serving = this.#serve(settings);
  }

  get stores(): OperatorStores {
    return this.#opened.stores;
  }

  get gates(): readonly Gate[] {
    return this.#serving.apis.map(({ gate }) => gate);
  }

  get underWay(): number {
    return this.#all.reduce((sum, { underWay }) => sum + underWay, 0);
  }

  /** The newest first. */
  get #all(): readonly Serving[] {
    return [this.#serving, ...this.#retiring];
  }

  async takeOver(): Promise<void> {
    await this.#opened.takeOver(this.gates);
    this.#stopSweeping = this.#serving.first.sweeper.start();
    this.#warnings?.start();
  }

  async listen(): Promise<Addresses> {
    const { settings } = this.#serving;
    const { public: callers, internal } = settings.listeners;
    this.#internalDoor = internal && (await this.#openInternal(internal));
    this.#door = await openNodeDoor({
      ...callers,
      answer: (call) => this.#serving.front.answer(call),
      mayUpgrade: (target) => this.#serving.front.mayUpgrade(target),
      unreadable: (...asked) => this.#serving.front.unreadable(...asked),
      keyHeaders: settings.apis.flatMap(({ api }) => keyHeaders(api.wire.key)),
      bounds: boundsOf(settings),
    });
    this.#watch?.metrics?.watch({
      doors: [this.#door],
      logRowsDropped: () => this.stores.log.dropped(),
      linesDropped: () => this.#watch?.lines.dropped() ?? 0,
    });
    this.#readiness.start();
    const url = urlOf(callers, this.#door.port);
    this.#opened.started(url);
    const internalUrl = internal && urlOf(internal, this.#internalDoor?.port ?? 0);
    const token = this.#admin?.token;
    const admin = internalUrl && token ? { url: internalUrl + ADMIN_PATH, token } : undefined;
    const signIn = this.#admin?.console?.signInPath();
    const consoleUrl = internalUrl && signIn && internalUrl + signIn;
    return { url, internalUrl, admin, consoleUrl };
  }

  #openInternal(listener: ListenerSettings): Promise<Door> {
    const metrics = this.#watch?.metrics;
    const admin = this.#admin;
    const serving = () => this.#serving;
    return openNodeDoor({
      ...listener,
      answer: createInternalAnswers({
        readiness: this.#readiness,
        metrics: metrics && (() => metrics.text()),
        admin: admin?.answer,
        console: admin?.console?.answer,
        jobs: { end: (requestId, outcome) => this.#endJob(requestId, outcome) },
        get verify() {
          return serving().verifyJobEnd;
        },
        onFault: (error) => tell(this.#watch, "The internal listener failed", error),
      }),
      unreadable: internalUnreadable,
      keyHeaders: admin === undefined ? [] : ["authorization"],
    });
  }

  /** A call that started a job may have been answered under the settings before. */
  async #endJob(requestId: string, outcome: JobOutcome): Promise<JobEnded> {
    for (const serving of this.#all) {
      const ended = await serving.endJob(requestId, outcome);
      if (ended.kind !== "unknown") return ended;
    }
    return { kind: "unknown" };
  }

  reload(settings: GatewaySettings): void {
    const before = this.#serving;
    const fresh = this.#serve(settings);
    try {
      this.#admin?.renew(contractsOf(settings));
    } catch (error) {
      void fresh.close();
      throw error;
    }
    this.#serving = fresh;
    this.#stopSweeping();
    this.#stopSweeping = this.#serving.first.sweeper.start();
    const { tls } = settings.listeners.public;
    if (tls !== undefined) this.#door?.renewTls(tls);
    this.#retiring.add(before);
    void before.close().finally(() => this.#retiring.delete(before));
  }

  close(): Promise<Drained> {
    this.#closed ??= this.#drain();
    return this.#closed;
  }

  #drain(): Promise<Drained> {
    const gates = this.#all.flatMap(({ apis }) => apis.map(({ gate }) => gate));
    const parts = {
      readiness: this.#readiness,
      doors: this.#door === undefined ? [] : [this.#door],
      gates,
      lastly: [
        { name: "admin API", run: () => this.#admin?.close() },
        { name: "upstreams", run: () => this.#serving.close() },
        { name: "sweeper", run: () => this.#stopSweeping() },
        { name: "warnings", run: () => this.#warnings?.close() },
        { name: "stores", run: () => this.#opened.close() },
        { name: "internal listener", run: () => this.#internalDoor?.close(AT_ONCE) },
        { name: "lines, metrics, spans", run: () => this.#watch?.close() },
      ],
    };
    return drain(parts, this.#serving.settings.drain);
  }

  #serve(settings: GatewaySettings): Serving {
    const around = {
      opened: this.#opened,
      secret: settings.secrets[0],
      trustedHops: settings.trustedHops,
      publicScheme: settings.listeners.public.tls === undefined ? "http" : "https",
      watch: this.#watch,
      onAnswer: this.#admin?.answered,
      warnings: this.#warnings,
    } as const;
    const aroundPages = {
      ...around,
      admin: this.#admin,
      apis: contractsOf(settings),
      tell: (what: string, error?: unknown) => tell(this.#watch, what, error),
    };
    const leaks = leakPages(settings.leaks, aroundPages);
    const status = statusPages(settings.status, aroundPages);
    const portal = portalPages(settings.portal, { ...aroundPages, over: this.#signedOut });
    return serveAll(settings, around, (claims) => {
      const publicHealth = createPublicHealth(this.#readiness, claims);
      const { pages, nothingHere } = this.#beside;
      return {
        pages: firstOf([pages, leaks, status, portal.pages, publicHealth]),
        nothingHere,
        close: portal.close,
      };
    });
  }
}

/** Whoever asks how far we are need not hear the end of it. */
const AT_ONCE = { answersMs: 1_000, streamsMs: 1_000 };

/** Behind a load balancer all callers come from its address. */
function boundsOf({ bounds, trustedHops }: GatewaySettings): Partial<DoorBounds> {
  const { connectionsMax = doorBounds.connectionsMax } = bounds;
  return trustedHops === 0 ? bounds : { connectionsPerAddressMax: connectionsMax, ...bounds };
}

function urlOf({ host, tls }: ListenerSettings, port: number): string {
  const shown = host.includes(":") ? `[${host}]` : host;
  return `${tls === undefined ? "http" : "https"}://${shown}:${port}`;
}
