// An API whose calls cost what they turn out to cost: a story streams and is metered, a film is a job that ends later.

import { atMost, defineApi, defineWire, monthly, standard } from "sluice";
import { z } from "zod";

const wire = defineWire({
  ...standard.wire,
  about: { title: "Studio" },
  basePath: "/v1",
  key: {
    prefixes: { live: "studio_" },
    alphabet: "base62",
    length: 32,
    places: [{ bearer: true }],
  },
  plans: ["pro"],
  windows: { requests: { per: "key", limit: 600, windowMs: 60_000 } },
  slots: { films: { per: "account", limit: 3, operations: ["film"], retryAfterMs: 15_000 } },
  operations: {
    tell: {
      method: "POST",
      path: "/stories",
      summary: "Tells a story, word by word.",
      stream: { completion: { event: "story.completed" } },
    },
    film: { method: "POST", path: "/films", summary: "Starts a film.", idempotency: true },
  },
});

const order = z.object({ prompt: z.string().min(1), workspace_id: z.string().optional() });

export const studio = defineApi(
  wire,
  {
    plans: { pro: { title: "Pro", allowance: { credits: 1_000, reset: monthly } } },
    operations: {
      // Holds 10 credits, charges what the last event says.
      tell: { body: order, price: atMost(10, { pointer: "/credits" }) },
      // Holds 200 and a slot until the end of the job is reported, at most for half an hour; the workspace that
      // the body names must have room in its budget.
      film: {
        body: order,
        price: atMost(200),
        detaches: { maxAgeMs: 30 * 60_000 },
        scope: { workspace: { body: "/workspace_id" } },
      },
    },
  },
  standard.pages,
);
