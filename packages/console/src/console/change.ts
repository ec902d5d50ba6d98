// Changing things: one call of the admin API, after which everything that it touches is read anew.

import { type UseMutationResult, useMutation, useQueryClient } from "@tanstack/react-query";
import { isApiError } from "sluice/client";
import { wordsOf } from "../parts/asked.tsx";
import { admin, type Input, type Operation, type Output } from "./admin.ts";

/** @param touches the questions whose answers are then old */
export function useChange<O extends Operation>(
  operation: O,
  touches: readonly Operation[],
): UseMutationResult<Output<O>, unknown, Input<O>> {
  const queries = useQueryClient();
  return useMutation<Output<O>, unknown, Input<O>>({
    mutationFn: async (input) => (await admin.call(operation, input)) as Output<O>,
    // What was refused may be so because it is out of date here.
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ["listChanges"] }),
        ...touches.map((name) => queries.invalidateQueries({ queryKey: [name] })),
      ]),
  });
}

/** What is wrong with one field, in words to put beside it. */
export function wrongWith(error: unknown, field: string): string | undefined {
  if (!isApiError(error) || !isOf(error.param, field)) return undefined;
  return wordsOf(error);
}

/** What is wrong, unless one of these fields says so already. */
export function otherwiseWrong(error: unknown, fields: readonly string[]): unknown {
  return fields.some((field) => wrongWith(error, field) !== undefined) ? undefined : error;
}

function isOf(param: string | undefined, field: string): boolean {
  return param === field || param?.startsWith(`${field}.`) === true;
}
