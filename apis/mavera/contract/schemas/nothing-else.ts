// Members that a record has no place for. What is not kept is not taken either: nobody is to believe that a limit
// holds, or an alert comes, of which nobody knows. Null asks for neither, so it may stand.

import { z } from "zod";

/** Unlike a strict object, which is refused as a whole, this blames the member: `budget_alert`. */
export const nothingElse: z.ZodType<unknown> = z.null();
