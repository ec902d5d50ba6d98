// One API as it is served: its gate, the ways to its upstreams, and the paths that need no key.

import type { AnyApi } from "sluice";
import {
  type Answer,
  type AnswerListener,
  type Answers,
  type Call,
  createGate,
  type EventListener,
  type Gate,
} from "sluice/gate";
import type { Secret } from "../caller/sign.ts";
import type { ApiSettings } from "../settings.ts";
import type { OpenedStores } from "../stores/opened.ts";
import { createHttpUpstream, type HttpUpstream } from "../upstream/http-upstream.ts";
import type { UpstreamFailure } from "../upstream/upstream-failure.ts";
import { openPathsOf } from "./open-paths.ts";
import { routedUpstream } from "./routed-upstream.ts";

/** What all APIs of a gateway have in common. */
export interface Surroundings {
  readonly opened: OpenedStores;
  readonly secret: Secret | undefined;
  readonly trustedHops: number;
  readonly publicScheme: "http" | "https";
  readonly onEvent?: EventListener;
  readonly onAnswer?: AnswerListener;
  readonly onUpstreamFailure?: (failure: UpstreamFailure) => void;
}

export interface ServedApi {
  readonly mount: string;
  readonly gate: Gate;
  /** A call whose target lies below the mount. Never rejects. */
  answer(call: Call): Promise<Answer>;
  /** Whether the contract or an open path takes this path, so that nobody else may. */
  claims(path: string): boolean;
  readonly upstreams: ReadonlyMap<string, HttpUpstream>;
  /** Lets what is under way come to its end; then nothing of it is left. */
  close(): Promise<void>;
}

export function serveApi(settings: ApiSettings, around: Surroundings): ServedApi {
  const { api, mount } = settings;
  const upstreams = new Map(
    Object.entries(settings.upstreams).map(([name, options]) => [
      name,
      createHttpUpstream({
        ...options,
        ...(around.secret && { secret: around.secret }),
        publicScheme: around.publicScheme,
        trustedHops: around.trustedHops,
        ...(around.onUpstreamFailure && { onFailure: around.onUpstreamFailure }),
      }),
    ]),
  );
  const gate = createGate(api, {
    stores: around.opened.stores,
    pepper: around.opened.pepper,
    upstream: routedUpstream(upstreams, settings.routes),
    trustedHops: around.trustedHops,
    ...(around.onEvent && { onEvent: around.onEvent }),
    ...(around.onAnswer && { onAnswer: around.onAnswer }),
    ...(settings.answers && { answers: settings.answers as Answers<AnyApi> }),
  });
  const openPaths = openPathsOf(settings.open, upstreams, gate);
  const { basePath } = api.wire;
  return {
    mount,
    gate,
    upstreams,
    answer:
      openPaths === undefined ? gate.handle : (call) => (openPaths(call) ?? gate.handle)(call),
    claims(path) {
      const below = path.startsWith(basePath) ? path.slice(basePath.length) || "/" : undefined;
      return below !== undefined && api.router.match("GET", below).kind !== "nothing";
    },
    async close() {
      await gate.idle();
      gate.close();
      await Promise.all([...upstreams.values()].map((upstream) => upstream.close()));
    },
  };
}
