// A text, or a list of objects. As a plain union it could only be refused as a whole; here it is the item's own
// member that is named: `input.0.content`.

import { z } from "zod";

interface Bounds {
  readonly text: z.ZodType<string>;
  readonly itemsMax: number;
}

export function textOrList<Item>(item: z.ZodType<Item>, { text, itemsMax }: Bounds) {
  // Seemingly unchecked: an item that failed inside the union would take the whole union with it.
  const list = z
    .array(z.unknown() as z.ZodType<Item>)
    .min(1)
    .max(itemsMax);
  return z
    .union([text, list])
    .superRefine((value, context) => {
      if (typeof value === "string") return;
      for (const [index, one] of value.entries()) {
        for (const { path, message } of item.safeParse(one).error?.issues ?? []) {
          context.addIssue({ code: "custom", path: [index, ...path], message });
        }
      }
    })
    .meta({ items: shapeOf(item) });
}

/** As part of another schema, which says itself in which language it is. */
function shapeOf(item: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...shape } = z.toJSONSchema(item, { io: "input" });
  return shape;
}
