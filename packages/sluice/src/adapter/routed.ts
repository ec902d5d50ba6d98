/** What a route learns of the call that it works for, under whatever object its framework hands it. */
import { assert } from "../base/index.ts";
import type { AnyApi, Api, InputFor, OperationOf } from "../contract/index.ts";
import { type EmbeddedCaller, embeddedCaller, type Work } from "../gate/index.ts";

/** A member of what the framework hands on: a weak map of every request would cost the collector more than all else here. */
const WORK = Symbol("what the gate has handed on");

interface Noted {
  [WORK]?: Work;
}

/** @param under what the framework hands to its routes. */
export function noteWork(under: object, work: Work): void {
  (under as Noted)[WORK] = work;
}

/** Who calls: account, workspace, project, key id, plan, limits, and the request id. Throws for what did not pass the gate. */
export function callerOf(under: object): EmbeddedCaller {
  return embeddedCaller(workOf(under));
}

/** Aborts when the caller leaves or the deadline of the operation passes. */
export function signalOf(under: object): AbortSignal {
  return workOf(under).signal;
}

/** What an operation gets. */
export type InputOf<A extends AnyApi, O extends string> =
  A extends Api<infer _W, infer S>
    ? O extends keyof S["operations"]
      ? InputFor<S["operations"][O]>
      : never
    : never;

/**
 * Parameters, query and body as the contract's schemas gave them back. Throws where the call is of another operation.
 *
 * @example
 * const { body } = inputOf(api, "render", req);
 */
export function inputOf<A extends AnyApi, O extends OperationOf<A["wire"]>>(
  _api: A,
  operation: O,
  under: object,
): InputOf<A, O> {
  const work = workOf(under);
  assert(
    work.operation === operation,
    () => `inputOf: the call is of ${work.operation}, not of ${operation}`,
  );
  const { params, query, body } = work;
  return { params, query, body } as InputOf<A, O>;
}

function workOf(under: object): Work {
  const work = (under as Noted)[WORK];
  assert(
    work !== undefined,
    "this request did not come through the gate: mount it before the route",
  );
  return work;
}

/** The contract has an operation that nobody does: for the operator, since the caller can do nothing about it. */
export function noRoute({ operation, method, path }: Work): Error {
  return new Error(
    `no route answers ${method} ${path}: ${operation} is in the contract, so add one`,
  );
}
