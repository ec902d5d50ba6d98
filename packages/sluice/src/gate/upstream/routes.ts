/** An upstream of a framework's own routes: the call, which came through the framework, knows the way to them. */
import { type Awaitable, assert } from "../../base/index.ts";
import type { AnyApi, Api, InputFor, Refusal } from "../../contract/index.ts";
import type { Call } from "../call.ts";
import type { HandlerContext, Upstream, Work, WorkDone } from "./upstream.ts";

/** A call through an adapter behind which there are routes. */
export interface RoutedCall extends Call {
  /** Lets the framework go on to them, and answers what they say. What it throws is a fault. */
  readonly routes: (work: Work) => Awaitable<WorkDone | Refusal>;
}

type Quote<Input> = (input: Input, context: HandlerContext) => Awaitable<number | Refusal>;

/** A function for each operation whose price is a quote: what it will cost, before a route does anything. */
export type Quotes<A extends AnyApi> =
  A extends Api<infer _W, infer S>
    ? {
        readonly [O in keyof S["operations"] as S["operations"][O] extends {
          readonly price: { readonly kind: "quote" };
        }
          ? O
          : never]: Quote<InputFor<S["operations"][O]>>;
      }
    : never;

/**
 * The framework's own routes do the work: for gates behind `sluice/adapter/hono`, `express`, `fastify` or `next`.
 *
 * @param quotes for operations that are priced by quote, which no route is asked for. @default none
 * @example
 * const gate = createGate(api, { stores, upstream: routes(api), pepper });
 * app.use(sluiceExpress(gate));
 */
export function routes<A extends AnyApi>(
  api: A,
  ...[quotes]: keyof Quotes<A> extends never ? [] : [quotes: Quotes<A>]
): Upstream {
  const byName = (quotes ?? {}) as Readonly<Record<string, Quote<Work>>>;
  checkQuotes(api, byName);
  return {
    run(work) {
      const { call } = work;
      assert(
        isRouted(call),
        "the upstream is routes(api), and the call came through an adapter that has none: use the adapter of your framework, or handlers(api, { … })",
      );
      return call.routes(work);
    },
    quote(work) {
      const quote = byName[work.operation];
      assert(quote !== undefined, () => `${work.operation} was checked by routes`);
      return quote(work, work);
    },
  };
}

function isRouted(call: Call): call is RoutedCall {
  return "routes" in call;
}

function checkQuotes(api: AnyApi, quotes: Readonly<Record<string, unknown>>): void {
  const quoted = Object.entries(api.server.operations)
    .filter(([, { price }]) => price?.kind === "quote")
    .map(([name]) => name);
  for (const name of quoted) {
    assert(
      typeof quotes[name] === "function",
      () => `routes: ${name} is priced by quote; give routes(api, { ${name}: (input) => credits })`,
    );
  }
  for (const name of Object.keys(quotes)) {
    assert(
      quoted.includes(name),
      () =>
        `routes: nothing reads the quote of ${name}; priced by quote: ${quoted.join(", ") || "none"}`,
    );
  }
}
