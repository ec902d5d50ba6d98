// What the API says of one request, as the parts of its page take it.

import type { Output } from "../../admin.ts";

export type Explanation = Output<"explainRequest">;
