// One API as it is served: its gate, the ways to its upstreams, and the paths that need no key.

import type { AnyApi } from "sluice";
import { withCors } from "sluice/adapter/cors";
import { targetBelow } from "sluice/adapter/node";
import {
  type Answer,
  type AnswerListener,
  type Answers,
  type Call,
  createGate,
  type Gate,
  type LogRow,
  type ShadowOptions,
} from "sluice/gate";
import type { Secret } from "../caller/sign.ts";
import { createDocs } from "../docs/serve-docs.ts";
import { canUpgrade } from "../door/upgrade.ts";
import type { ApiSettings } from "../settings.ts";
import { StartError } from "../start-error.ts";
import type { OpenedStores } from "../stores/opened.ts";
import { createHttpUpstream, type HttpUpstream } from "../upstream/http-upstream.ts";
import type { Warnings } from "../warnings/warnings.ts";
import type { ApiWatch, Watch } from "../watch/watch.ts";
import { openPathsOf } from "./open-paths.ts";
import { routedUpstream } from "./routed-upstream.ts";

/** What all APIs of a gateway have in common. */
export interface Surroundings {
  readonly opened: OpenedStores;
  readonly secret: Secret | undefined;
  readonly trustedHops: number;
  readonly publicScheme: "http" | "https";
  /** Undefined where nobody watches. */
  readonly watch: Watch | undefined;
  /** Told of each answer, beside whoever watches. */
  readonly onAnswer: ((row: LogRow) => void) | undefined;
  /** Undefined where nobody is warned. */
  readonly warnings: Pick<Warnings, "onSpend"> | undefined;
}

export interface ServedApi {
  readonly mount: string;
  readonly gate: Gate;
  /** A call whose target lies below the mount. Never rejects. */
  answer(call: Call): Promise<Answer>;
  /** Whether a GET of this target may become a WebSocket. */
  mayUpgrade(target: string): boolean;
  /** Whether the contract has this path by name, so that nobody else may answer it: a rest names nothing. */
  claims(path: string): boolean;
  readonly upstreams: ReadonlyMap<string, HttpUpstream>;
  /** Lets what is under way come to its end; then nothing of it is left. */
  close(): Promise<void>;
}

/** @throws StartError where this Node cannot do what the settings ask for */
export function serveApi(settings: ApiSettings, around: Surroundings): ServedApi {
  const { api, mount } = settings;
  if (!canUpgrade && asksForUpgrades(settings)) {
    throw new StartError("WebSockets need Node 22.21, 24.9 or later: update Node, or allow none.");
  }
  const watched = around.watch?.forApi(mount === "" ? "main" : mount.slice(1), api);
  const upstreams = upstreamsOf(settings, around);
  const onAnswer = listenerOf(watched?.onAnswer, around.onAnswer);
  const gate = createGate(api, {
    stores: around.opened.stores,
    pepper: around.opened.pepper,
    upstream: routedUpstream(upstreams, settings.routes),
    trustedHops: around.trustedHops,
    ...settings.keys,
    ...(around.warnings && { onSpend: around.warnings.onSpend(api) }),
    ...(watched && { onEvent: watched.onEvent }),
    ...(onAnswer && { onAnswer }),
    ...(settings.shadow && { shadow: shadowOf(settings.shadow, around, watched) }),
    ...(settings.answers && { answers: settings.answers as Answers<AnyApi> }),
  });
  if (gate.shadow !== undefined) watched?.watchShadow(gate.shadow.counts);
  const handle = watched === undefined ? gate.handle : watchedHandle(gate, watched);
  const unavailable = (call: Call) => {
    watched?.begin(call);
    return gate.unavailable(call);
  };
  const openPaths = openPathsOf(settings.open, upstreams, { api, unavailable });
  const behindCors: Gate["handle"] =
    openPaths === undefined ? handle : (call) => (openPaths(call)?.answer ?? handle)(call);
  const { unreadable } = gate;
  const calls =
    settings.cors === undefined
      ? behindCors
      : withCors({ api, handle: behindCors, unreadable }, settings.cors).handle;
  const docs = settings.docs && createDocs(api, settings.docs, mount);
  return {
    mount,
    gate,
    upstreams,
    answer: docs === undefined ? calls : (call) => docs(call) ?? calls(call),
    mayUpgrade(target) {
      const open = openPaths?.({ method: "GET", target });
      if (open !== undefined) return open.mayUpgrade;
      const [path = ""] = target.split("?", 1);
      const below = targetBelow(api.wire.basePath, path);
      const found = below === undefined ? undefined : api.router.match("GET", below);
      if (found?.kind !== "operation") return false;
      return api.server.operations[found.route.operation]?.upgrades !== undefined;
    },
    claims(path) {
      const below = targetBelow(mount + api.wire.basePath, path);
      const found = below === undefined ? undefined : api.router.match("GET", below);
      if (found?.kind !== "operation") return found?.kind === "wrong_method";
      return found.route.pattern.segments.at(-1)?.isRest !== true;
    },
    async close() {
      await gate.idle();
      gate.close();
      await Promise.all([...upstreams.values()].map((upstream) => upstream.close()));
    },
  };
}

function shadowOf(
  api: AnyApi,
  { opened }: Surroundings,
  watched: ApiWatch | undefined,
): ShadowOptions {
  const limits = opened.shadowLimits();
  return { api, limits, ...(watched && { onDifference: watched.onDifference }) };
}

function upstreamsOf(
  { upstreams }: ApiSettings,
  { secret, publicScheme, trustedHops, watch }: Surroundings,
): ReadonlyMap<string, HttpUpstream> {
  const { metrics, lines } = watch ?? {};
  return new Map(
    Object.entries(upstreams).map(([name, options]) => [
      name,
      createHttpUpstream({
        ...options,
        ...(secret && { secret }),
        publicScheme,
        trustedHops,
        onFailure(failure) {
          metrics?.upstreamFailed(name, failure.phase);
          lines?.fail(`The upstream ${name} gave no answer`, failure);
        },
      }),
    ]),
  );
}

/** One where there is one, and none where there is none: a gate without a listener does less. */
function listenerOf(
  watched: AnswerListener | undefined,
  beside: Surroundings["onAnswer"],
): AnswerListener | undefined {
  if (watched === undefined || beside === undefined) return watched ?? beside;
  return (row, call) => {
    watched(row, call);
    beside(row);
  };
}

function watchedHandle({ handle }: Gate, { begin }: ApiWatch): Gate["handle"] {
  return (call) => {
    begin(call);
    return handle(call);
  };
}

function asksForUpgrades({ api, open }: ApiSettings): boolean {
  return [...Object.values(api.server.operations), ...open].some(
    (one) => one.upgrades !== undefined,
  );
}
