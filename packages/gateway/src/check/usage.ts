/** The account's usage, read where the contract shows it: any number that moves when a call is charged. */
import { at } from "sluice";
import { isDone, jsonOf } from "./exchange.ts";
import { operationRequest, sendable } from "./requests.ts";
import type { Session } from "./session.ts";

/** Undefined where it cannot be read: the promise then needs more. */
export async function readUsage(session: Session): Promise<number | undefined> {
  const { usage, keys } = session.target;
  if (usage === undefined) return undefined;
  const request = sendable(operationRequest(session.target, usage.operation), keys.main);
  const exchange = await session.ask(request);
  if (exchange.answer === undefined || !isDone(exchange)) return undefined;
  const value = at(jsonOf(exchange.answer.body), usage.pointer);
  return typeof value === "number" ? value : undefined;
}

export const NO_USAGE = "a number at the pointer of --usage, in an answer to the main key";
