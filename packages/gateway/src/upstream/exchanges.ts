// Everything that is under way to one upstream, whether through the gate or past it: the same connections, the same watch.

import { Connections } from "./connections.ts";
import { Exchange, type OutgoingRequest, type Reception } from "./exchange.ts";
import { QuietWatch } from "./quiet-watch.ts";
import { UpstreamFailure } from "./upstream-failure.ts";
import type { UpstreamSettings } from "./upstream-settings.ts";

export class Exchanges {
  readonly settings: UpstreamSettings;
  readonly #connections: Connections;
  readonly #watch: QuietWatch;

  constructor(settings: UpstreamSettings) {
    this.settings = settings;
    this.#connections = new Connections(settings);
    this.#watch = new QuietWatch(settings.clock);
  }

  begin(request: OutgoingRequest, reception: Reception): Exchange {
    return new Exchange(request, reception, this.#connections, this.#watch);
  }

  /** Tells the operator why an exchange failed; a listener that throws costs nobody an answer. */
  tell(error: unknown): void {
    const failure = error instanceof UpstreamFailure ? error : new UpstreamFailure("head", error);
    try {
      this.settings.onFailure(failure);
    } catch (fault) {
      console.error(fault);
    }
  }

  get load(): { readonly busy: number; readonly waiting: number } {
    return this.#connections.load;
  }

  close(): Promise<void> {
    return this.#connections.close();
  }
}
