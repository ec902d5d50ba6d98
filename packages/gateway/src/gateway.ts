// A gateway from its settings: the one place that knows all of its parts, and the order in which they begin and end.

import { keyHeaders } from "sluice";
import type { Gate, Stores } from "sluice/gate";
import type { Door } from "./door/door.ts";
import { openNodeDoor } from "./door/node-door.ts";
import type { Pages } from "./serving/front.ts";
import type { Surroundings } from "./serving/served-api.ts";
import { type Serving, serveAll } from "./serving/serving.ts";
import type { GatewaySettings, ListenerSettings } from "./settings.ts";
import { openStores } from "./stores/open.ts";
import type { OpenedStores } from "./stores/opened.ts";

export interface Gateway {
  readonly stores: Stores;
  /** One for each API, in the order of the settings. */
  readonly gates: readonly Gate[];
  /** Requests that are under way now, streams included. */
  readonly underWay: number;
  /** Opens the doors. From then on whoever comes is answered. */
  listen(): Promise<Addresses>;
  /** From the next request on other settings hold; those that are under way end as they began. */
  reload(settings: GatewaySettings): void;
  /** Answers what is under way, writes down what it cost, and lets go of everything. */
  close(): Promise<void>;
}

export interface Addresses {
  readonly url: string;
  readonly internalUrl: string | undefined;
}

export interface GatewayExtras {
  /** Stores that are open already, and become the gateway's. @default it opens those of its settings */
  readonly opened?: OpenedStores;
  /** Answers paths that are no API's, or leaves them. @default leaves them */
  readonly pages?: Pages;
}

/** Opens the stores and puts in order what the process before left behind; answers nobody before `listen`. */
export async function openGateway(
  settings: GatewaySettings,
  extras: GatewayExtras = {},
): Promise<Gateway> {
  const opened = extras.opened ?? (await openStores(settings.stores));
  try {
    const gateway = new RunningGateway(settings, extras, opened);
    await gateway.takeOver();
    return gateway;
  } catch (error) {
    await opened.close();
    throw error;
  }
}

class RunningGateway implements Gateway {
  readonly #extras: GatewayExtras;
  readonly #opened: OpenedStores;
  #serving: Serving;
  /** Earlier settings with requests that are still under way. */
  readonly #retiring = new Set<Promise<void>>();
  #stopSweeping: () => void = () => undefined;
  #door: Door | undefined;

  constructor(settings: GatewaySettings, extras: GatewayExtras, opened: OpenedStores) {
    this.#extras = extras;
    this.#opened = opened;
    this.#serving = this.#serve(settings);
  }

  get stores(): Stores {
    return this.#opened.stores;
  }

  get gates(): readonly Gate[] {
    return this.#serving.apis.map(({ gate }) => gate);
  }

  get underWay(): number {
    return this.gates.reduce((sum, gate) => sum + gate.underWay, 0);
  }

  async takeOver(): Promise<void> {
    const { first, settings } = this.#serving;
    await this.#opened.takeOver(
      first,
      settings.apis.map(({ api }) => api),
    );
    this.#stopSweeping = first.sweeper.start();
  }

  async listen(): Promise<Addresses> {
    const { settings } = this.#serving;
    const listener = settings.listeners.public;
    this.#door = await openNodeDoor({
      ...listener,
      answer: (call) => this.#serving.front(call),
      unreadable: (condition, address) => this.#serving.first.unreadable(condition, address),
      keyHeaders: settings.apis.flatMap(({ api }) => keyHeaders(api.wire.key)),
      bounds: settings.bounds,
    });
    const url = urlOf(listener, this.#door.port);
    this.#opened.started(url);
    return { url, internalUrl: undefined };
  }

  reload(settings: GatewaySettings): void {
    const before = this.#serving;
    this.#serving = this.#serve(settings);
    this.#stopSweeping();
    this.#stopSweeping = this.#serving.first.sweeper.start();
    const { tls } = settings.listeners.public;
    if (tls !== undefined) this.#door?.renewTls(tls);
    const retired = before.close().finally(() => this.#retiring.delete(retired));
    this.#retiring.add(retired);
  }

  async close(): Promise<void> {
    await this.#door?.close(this.#serving.settings.drain);
    await Promise.all([...this.#retiring, this.#serving.close()]);
    this.#stopSweeping();
    await this.#opened.close();
  }

  #serve(settings: GatewaySettings): Serving {
    const around: Surroundings = {
      opened: this.#opened,
      secret: settings.secrets[0],
      trustedHops: settings.trustedHops,
      publicScheme: settings.listeners.public.tls === undefined ? "http" : "https",
    };
    return serveAll(settings, around, this.#extras.pages ?? (() => undefined));
  }
}

function urlOf({ host, tls }: ListenerSettings, port: number): string {
  const shown = host.includes(":") ? `[${host}]` : host;
  return `${tls === undefined ? "http" : "https"}://${shown}:${port}`;
}
