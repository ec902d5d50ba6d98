// A change that somebody asks for: sent once however often the button is pressed, and all that is shown is asked anew after it.
// Answers are not kept by anything: some have a secret that may be seen once.

import { wire } from "@sluice/gateway/admin/wire";
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { WireOperation } from "sluice";
import { isApiError } from "sluice/client";
import { wordsOf } from "../parts/asked.tsx";
import { admin, type Input, type Operation, type Output } from "./admin.ts";

export interface Change<O extends Operation> {
  /** Undefined where it was refused, or where the same is on its way. */
  readonly send: (input: Input<O>) => Promise<Output<O> | undefined>;
  readonly isSending: boolean;
  readonly error: unknown;
  /** What is wrong with a field, by its name in the API or by the beginning of it. */
  readonly wrong: (field: string) => string | undefined;
  /** What is wrong, unless one of these fields says so already. */
  readonly otherwise: (fields: readonly string[]) => unknown;
  /** Forgets what went wrong. */
  readonly reset: () => void;
}

/** @param after what is asked anew: nothing where the session ends with the change. */
export function useChange<O extends Operation>(
  operation: O,
  after: "everything" | "nothing" = "everything",
): Change<O> {
  const queries = useQueryClient();
  const [error, setError] = useState<unknown>();
  const [isSending, setSending] = useState(false);
  const current = useRef({ isSending: false, input: "", key: "" });
  const send = async (input: Input<O>): Promise<Output<O> | undefined> => {
    const { current: now } = current;
    if (now.isSending) return undefined;
    const text = JSON.stringify(input);
    // The same again, after an answer that was lost, is the same change.
    if (now.input !== text) Object.assign(now, { input: text, key: newKey() });
    now.isSending = true;
    setSending(true);
    setError(undefined);
    try {
      const output = await sendOnce(operation, input, now.key);
      now.input = "";
      if (after === "everything") await queries.invalidateQueries();
      return output;
    } catch (failure) {
      setError(failure);
      // It may be refused because what is shown here is out of date.
      if (isOutOfDate(failure)) void queries.invalidateQueries();
      return undefined;
    } finally {
      now.isSending = false;
      setSending(false);
    }
  };
  return {
    send,
    isSending,
    error,
    wrong: (field) => (isAbout(error, field) ? wordsOf(error) : undefined),
    otherwise: (fields) => (fields.some((field) => isAbout(error, field)) ? undefined : error),
    reset: () => setError(undefined),
  };
}

/** By a key where the operation takes one; the others do twice what they do once. */
async function sendOnce<O extends Operation>(
  operation: O,
  input: Input<O>,
  idempotencyKey: string,
): Promise<Output<O>> {
  const declared: WireOperation = wire.operations[operation];
  const options = declared.idempotency === true ? { idempotencyKey } : {};
  return (await admin.call(operation, input, options)) as Output<O>;
}

function isAbout(error: unknown, field: string): boolean {
  const about = isApiError(error) ? error.param : undefined;
  return about === field || about?.startsWith(`${field}.`) === true;
}

function isOutOfDate(error: unknown): boolean {
  return isApiError(error) && (error.status === 404 || error.status === 409);
}

function newKey(): string {
  // Not `randomUUID`: a console that is reached by plain HTTP has none.
  return crypto.getRandomValues(new Uint32Array(4)).join("-");
}
