/** What the gate answers by itself, where a contract says so: usage, workspaces, projects. */
import type { Awaitable } from "../../base/index.ts";
import type { AnyApi, Api, InputFor, Refusal } from "../../contract/index.ts";
import type { AccountFunds, Stores, WindowClaim } from "../stores.ts";
import type { HandlerContext, WorkDone } from "./upstream.ts";

/** What an answer of the gate's own has to work with: all that the gate keeps. */
export interface OwnContext extends HandlerContext {
  readonly stores: Stores;
  /** Whose money, and what comes with the plan. */
  readonly funds: AccountFunds;
  /** The rate windows that this call counted in, as its key has them. */
  readonly windows: readonly WindowClaim[];
  readonly nowMs: number;
  /** A new id, which grows with time (UUIDv7). */
  newId(): string;
}

type Answer<Input> = (input: Input, context: OwnContext) => Awaitable<WorkDone | Refusal>;

/** One function for each operation that is `answeredBy: "gate"`. */
export type Answers<A extends AnyApi> =
  A extends Api<infer _W, infer S>
    ? {
        readonly [O in keyof S["operations"] as S["operations"][O] extends {
          readonly answeredBy: "gate";
        }
          ? O
          : never]: Answer<InputFor<S["operations"][O]>>;
      }
    : never;

/** The same, as the gate keeps them. */
export type AnyAnswers = Readonly<
  Record<string, Answer<{ params: unknown; query: unknown; body: unknown }>>
>;
