// Answers in the form that the contract says: what does not fit its schema does not compile.

import { isRefusal, type Refusal } from "sluice";
import { type Handlers, reply, type WorkDone } from "sluice/gate";
import type { z } from "zod";
import type { admin } from "../contract/index.ts";
import type { Found } from "../lists/page.ts";

export type AdminHandlers = Handlers<typeof admin>;

export function answer<S extends z.ZodType>(
  _schema: S,
  body: z.output<S>,
  status: 200 | 201 = 200,
): WorkDone {
  return reply(body, status);
}

/** A page of a list, each record as it is shown. */
export function answerPage<Row, Shown>(
  _schema: z.ZodType<{ data: Shown[]; next: string | null }>,
  found: Found<Row> | Refusal,
  shown: (row: Row) => Shown,
): WorkDone | Refusal {
  if (isRefusal(found)) return found;
  return reply({ data: found.data.map(shown), next: found.next });
}
