// What a message says: a text, or parts of several kinds.

import { z } from "zod";
import { textOrList } from "./text-or-list.ts";

/** The documents bound the text of an input; a message has the same bound, and may be empty. */
const text = z.string().max(100_000);

const part = z.looseObject({ type: z.string().min(1) });

export const content = textOrList(part, { text, itemsMax: 128 });
