/**
 * Libraries that know no clock but the platform's, in virtual time: while something runs, the global timers, dates and
 * chance are those of a virtual clock; afterwards they are the platform's again.
 */
import { type Random, seededRandom, VirtualClock } from "sluice/base";

/** Real turns of the event loop between two timers: whoever hops from turn to turn has come to rest by then. */
const TURNS = 12;
/** Real turns without any timer after which nothing can happen any more. */
const GRACE_TURNS = 2_000;

/** Taken before anything is replaced. */
const { setImmediate } = globalThis;
const PlatformDate = Date;

/** Runs to its end, or throws when that takes more than `limitMs` of virtual time. */
export async function inVirtualTime<T>(
  limitMs: number,
  act: (clock: VirtualClock) => Promise<T>,
): Promise<T> {
  const clock = new VirtualClock();
  const restore = replaceGlobals(clock, seededRandom("client bench"));
  try {
    let hasEnded = false;
    const running = act(clock).finally(() => {
      hasEnded = true;
    });
    running.catch(() => "thrown below, where it is awaited");
    for (let idle = 0; ; ) {
      await turns();
      if (hasEnded) return await running;
      const leftMs = limitMs - clock.monotonicMs();
      if (await clock.runNext(leftMs)) idle = 0;
      else if (++idle > GRACE_TURNS) throw new Error(`not done in ${limitMs} ms of virtual time`);
    }
  } finally {
    restore();
  }
}

/** Time moves only where `act` moves it. */
export async function withVirtualGlobals<T>(
  act: (clock: VirtualClock) => Promise<T>,
  seed = "bench",
): Promise<T> {
  const clock = new VirtualClock();
  const restore = replaceGlobals(clock, seededRandom(seed));
  try {
    return await act(clock);
  } finally {
    restore();
  }
}

async function turns(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Answers how to put everything back. */
function replaceGlobals(clock: VirtualClock, random: Random): () => void {
  const undo = [
    replace(
      globalThis,
      "setTimeout",
      (callback: Callback, ms?: number, ...given: unknown[]) =>
        new VirtualTimer(clock, () => callback(...given), ms, false),
    ),
    replace(
      globalThis,
      "setInterval",
      (callback: Callback, ms?: number, ...given: unknown[]) =>
        new VirtualTimer(clock, () => callback(...given), ms, true),
    ),
    replace(globalThis, "clearTimeout", stop),
    replace(globalThis, "clearInterval", stop),
    replace(globalThis, "Date", dateOf(clock)),
    replace(performance, "now", () => clock.monotonicMs()),
    replace(Math, "random", () => random.float()),
    // Nobody reads where a hundred thousand errors came from, and finding out takes most of the time.
    replace(Error, "stackTraceLimit", 0),
  ];
  return () => {
    for (const put of undo) put();
  };
}

function replace(owner: object, name: string, value: unknown): () => void {
  const own = Object.getOwnPropertyDescriptor(owner, name);
  Object.defineProperty(owner, name, { value, configurable: true, writable: true });
  return () => {
    if (own === undefined) Reflect.deleteProperty(owner, name);
    else Object.defineProperty(owner, name, own);
  };
}

type Callback = (...given: unknown[]) => void;

/** What the platform's own timers look like from outside. */
class VirtualTimer {
  readonly #clock: VirtualClock;
  readonly #callback: () => void;
  readonly #ms: number;
  readonly #repeats: boolean;
  #cancel: (() => void) | undefined;

  constructor(clock: VirtualClock, callback: () => void, ms = 1, repeats = false) {
    this.#clock = clock;
    this.#callback = callback;
    // The platform counts whole milliseconds, at least one.
    this.#ms = Math.max(1, Math.trunc(ms));
    this.#repeats = repeats;
    this.refresh();
  }

  refresh(): this {
    this.stop();
    this.#cancel = this.#clock.after(this.#ms, () => {
      this.#cancel = undefined;
      if (this.#repeats) this.refresh();
      this.#callback();
    });
    return this;
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  hasRef(): boolean {
    return true;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}

function stop(timer: unknown): void {
  if (timer instanceof VirtualTimer) timer.stop();
}

function dateOf(clock: VirtualClock): typeof Date {
  return new Proxy(PlatformDate, {
    construct: (target, given: [], subclass) =>
      Reflect.construct(target, given.length === 0 ? [clock.wallMs()] : given, subclass),
    apply: () => new PlatformDate(clock.wallMs()).toString(),
    get: (target, name) => (name === "now" ? () => clock.wallMs() : Reflect.get(target, name)),
  });
}
