// The paths of an API that need no key: which call is for one, and to which upstream it goes.

import { type AnyApi, keyHeaders, Router, routesOf } from "sluice";
import { targetBelow } from "sluice/adapter/node";
import type { Answer, Call } from "sluice/gate";
import type { OpenPathSettings } from "../settings.ts";
import type { HttpUpstream } from "../upstream/http-upstream.ts";
import { CallBelow } from "./call-below.ts";

type Passage = (call: Call) => Promise<Answer>;

/** Says who answers a call past the gate; undefined leaves it to the gate. */
export type OpenPaths = (asked: Pick<Call, "method" | "target">) => WayPast | undefined;

interface WayPast {
  readonly answer: Passage;
  /** Whether a GET may become a WebSocket. */
  readonly mayUpgrade: boolean;
}

/** One name for all methods: a path may be open for some of them. */
const ANY = "ANY";

export function openPathsOf(
  settings: readonly OpenPathSettings[],
  upstreams: ReadonlyMap<string, HttpUpstream>,
  api: Bypassed,
): OpenPaths | undefined {
  if (settings.length === 0) return undefined;
  const passageOf = passagesTo(upstreams, api);
  const ways = settings.map((one) => ({ ...one, answer: passageOf(one) }));
  const byPath = Map.groupBy(ways, ({ path }) => path);
  const paths = Object.fromEntries([...byPath.keys()].map((path) => [path, { method: ANY, path }]));
  const router = new Router(routesOf(paths));
  return ({ method, target }) => {
    // It would show a stranger what an upstream is sent (RFC 9110 §9.3.8).
    if (method === "TRACE") return undefined;
    const query = target.indexOf("?");
    const found = router.match(ANY, query < 0 ? target : target.slice(0, query));
    if (found.kind !== "operation") return undefined;
    const open = byPath
      .get(found.route.operation)
      ?.find((one) => one.method === undefined || one.method === asked(method));
    return open && { answer: open.answer, mayUpgrade: open.upgrades === "websocket" };
  };
}

function asked(method: string): string {
  return method === "HEAD" ? "GET" : method;
}

/** What is passed by. */
interface Bypassed {
  readonly api: AnyApi;
  /** In the contract's envelope. */
  readonly unavailable: (call: Call) => Answer;
}

/** The way past the gate to an open path's upstream, over the connections that it has anyway. */
function passagesTo(
  upstreams: ReadonlyMap<string, HttpUpstream>,
  { api, unavailable }: Bypassed,
): (open: OpenPathSettings) => Passage {
  const droppedHeaders = new Set(keyHeaders(api.wire.key));
  const [first] = upstreams.values();
  return ({ path, upstream: name, upgradedMsMax }) => {
    const upstream = name === undefined ? first : upstreams.get(name);
    if (upstream === undefined) throw new Error(`there is no upstream "${name}" for ${path}`);
    const more = upgradedMsMax === undefined ? {} : { upgradedMsMax };
    const pass = upstream.openPath({ unavailable, droppedHeaders, ...more });
    return (call) => pass(belowBase(api, call));
  };
}

/** What lies below the base path reaches the upstream without it, as operations do. */
function belowBase({ wire }: AnyApi, call: Call): Call {
  if (wire.basePath === "") return call;
  const target = targetBelow(wire.basePath, call.target);
  return target === undefined ? call : new CallBelow(call, target);
}
