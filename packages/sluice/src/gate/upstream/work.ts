/** The work that is handed to the upstream, with its deadline and the caller's departure as one signal. */
import { fillPattern, HOP_BY_HOP, namedByConnection } from "../../contract/index.ts";
import type { Call, PassedBody, Upgrade } from "../call.ts";
import { clientAddress } from "../keys/address-guard.ts";
import type { Caller } from "../keys/identity.ts";
import type { Settings } from "../settings.ts";
import type { Visit } from "../visit.ts";
import type { Due } from "./deadlines.ts";
import { DeadlineError, type RunningWork } from "./running.ts";
import type { Work } from "./upstream.ts";

type AbortListener = (reason: unknown) => void;

/** One class rather than closures: most handlers are done at once and never look at the signal. */
class VisitWork implements RunningWork, Work, Due {
  readonly #visit: Visit;
  readonly #gate: Settings;
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  #controller: AbortController | undefined;
  #reason: unknown;
  /** Nearly always one at most, for which a set would be dear. */
  #listener: AbortListener | undefined;
  #others: Set<AbortListener> | undefined;
  #stopListening: (() => void) | undefined;
  /** Its place in the line of deadlines, and who hears when it is due. */
  dueMs = 0;
  before: Due | undefined = undefined;
  after: Due | undefined = undefined;
  #isTimed = false;
  #onDeadline: ((error: DeadlineError) => void) | undefined;
  #closed = false;
  #hopNames: ReadonlySet<string> | undefined | null = null;

  constructor(visit: Visit, gate: Settings, method: string, path: string) {
    this.#visit = visit;
    this.#gate = gate;
    this.operation = visit.settled.name;
    this.method = method;
    this.path = path;
  }

  get work(): Work {
    return this;
  }
  get call(): Call {
    return this.#visit.call;
  }
  get search(): string {
    return this.#visit.search;
  }
  get params(): unknown {
    return this.#visit.input?.params;
  }
  get query(): unknown {
    return this.#visit.input?.query;
  }
  get body(): unknown {
    return this.#visit.input?.body;
  }
  get bodyBytes(): Uint8Array | undefined {
    return this.#visit.input?.bodyBytes;
  }
  get passedBody(): PassedBody | undefined {
    return this.#visit.input?.passedBody;
  }
  get upgrade(): Upgrade | undefined {
    const { call, settled } = this.#visit;
    const { upgrade } = call;
    return upgrade?.protocol === settled.server.upgrades ? upgrade : undefined;
  }
  get needsWhole(): boolean {
    const { server } = this.#visit.settled;
    const isRead = server.price?.kind === "at_most" && server.price.actual !== undefined;
    return isRead || server.detaches !== undefined || this.#visit.hold?.remembers === true;
  }
  get requestId(): string {
    return this.#visit.requestId;
  }
  get address(): string {
    return clientAddress(this.#visit.call, this.#gate.trustedHops);
  }
  get peer(): string {
    return this.#visit.call.address;
  }
  get host(): string | undefined {
    return this.#visit.call.header("host");
  }
  get caller(): Caller {
    return this.#visit.caller;
  }

  headers(): Iterable<readonly [string, string]> {
    const headers: (readonly [string, string])[] = [];
    for (const header of this.call.headers()) if (!this.hides(header[0])) headers.push(header);
    return headers;
  }

  hides(name: string): boolean {
    const named = this.#named();
    return (
      HOP_BY_HOP.has(name) ||
      this.#gate.privateHeaders.has(name) ||
      name.startsWith("sluice-") ||
      named?.has(name) === true
    );
  }

  /** What the caller's own hop has named, read once. */
  #named(): ReadonlySet<string> | undefined {
    if (this.#hopNames === null) {
      this.#hopNames = namedByConnection(this.call.header("connection"));
    }
    return this.#hopNames;
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      const controller = new AbortController();
      this.#controller = controller;
      this.onAbort((reason) => controller.abort(reason));
    }
    return this.#controller.signal;
  }

  onAbort(listener: (reason: unknown) => void): () => void {
    this.#listen();
    // Whoever looks late must learn of what happened before.
    if (this.#reason !== undefined) listener(this.#reason);
    else if (!this.#closed) this.#hear(listener);
    return () => {
      if (this.#listener === listener) this.#listener = undefined;
      else this.#others?.delete(listener);
    };
  }

  #hear(listener: AbortListener): void {
    if (this.#listener === undefined) this.#listener = listener;
    else {
      this.#others ??= new Set();
      this.#others.add(listener);
    }
  }

  get abortReason(): unknown {
    return this.#reason;
  }

  #listen(): void {
    if (this.#stopListening !== undefined || this.#reason !== undefined || this.#closed) return;
    const { call, settled } = this.#visit;
    // A job that has been started goes on without its caller, and somebody must hear that it has, to hold what it may cost.
    if (settled.server.detaches !== undefined) return;
    const leave = () => this.#abort(new Error("the caller left"));
    if (call.aborted) leave();
    else this.#stopListening = call.onAbort(leave);
  }

  withinDeadline<T, U>(
    result: Promise<T>,
    conclude: (done: T) => U,
    fail: (error: unknown) => U,
  ): Promise<U> {
    return new Promise((resolve, reject) => {
      let isOver = false;
      const failed = (error: unknown) => {
        if (isOver) return;
        isOver = true;
        try {
          resolve(fail(error));
        } catch (fault) {
          reject(fault);
        }
      };
      this.#onDeadline = failed;
      this.keepDeadline();
      result.then((done) => {
        if (isOver) return;
        try {
          resolve(conclude(done));
          isOver = true;
        } catch (error) {
          failed(error);
        }
      }, failed);
    });
  }

  keepDeadline(): void {
    if (this.#isTimed) return;
    this.#isTimed = true;
    this.#visit.settled.deadlines.start(this);
  }

  onDue(): void {
    this.#isTimed = false;
    const error = new DeadlineError(`no answer within ${this.#visit.settled.deadlineMs} ms`);
    this.#abort(error);
    this.#onDeadline?.(error);
  }

  close(): void {
    this.#closed = true;
    this.#listener = undefined;
    this.#others = undefined;
    this.#stopListening?.();
    if (!this.#isTimed) return;
    this.#isTimed = false;
    this.#visit.settled.deadlines.stop(this);
  }

  #abort(reason: unknown): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    const first = this.#listener;
    const others = this.#others;
    this.#listener = undefined;
    this.#others = undefined;
    first?.(reason);
    for (const listener of others ?? []) listener(reason);
  }
}

export function workFor(visit: Visit, gate: Settings, purpose: "run" | "quote"): RunningWork {
  return purpose === "run"
    ? new VisitWork(visit, gate, visit.settled.wire.method, visit.path)
    : new VisitWork(visit, gate, "POST", quotePath(visit));
}

/** The upstream's route for quotes, with the parameters as the caller wrote them. */
function quotePath({ matched, settled, path }: Visit): string {
  if (matched.kind !== "operation" || settled.quotePattern === undefined) return path;
  return fillPattern(settled.quotePattern, matched.rawParams);
}
