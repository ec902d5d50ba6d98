/** The promises, in the order of the table. Another one is another file in `promises/`. */
import { burstAfterIdle } from "./promises/burst-after-idle.ts";
import { clockSkew } from "./promises/clock-skew.ts";
import { duplicateIdempotencyKey } from "./promises/duplicate-idempotency-key.ts";
import { edgeOfWindow } from "./promises/edge-of-window.ts";
import { failedCallPlace } from "./promises/failed-call-place.ts";
import { mixedCosts } from "./promises/mixed-costs.ts";
import { processKilled } from "./promises/process-killed.ts";
import { refusalNotCharged } from "./promises/refusal-not-charged.ts";
import { refusedNotCounted } from "./promises/refused-not-counted.ts";
import { retryAfter } from "./promises/retry-after.ts";
import { revokedKey, revokedKeyAtOnce } from "./promises/revoked-key.ts";
import { slotsGivenBack } from "./promises/slots-given-back.ts";
import { storeKilled } from "./promises/store-killed.ts";
import { twoLimits } from "./promises/two-limits.ts";
import { twoProcesses } from "./promises/two-processes.ts";
import { windowsAfterCrash } from "./promises/windows-after-crash.ts";
import type { Row } from "./row.ts";

export const ROWS: readonly Row[] = [
  edgeOfWindow,
  burstAfterIdle,
  mixedCosts,
  refusedNotCounted,
  retryAfter,
  twoLimits,
  failedCallPlace,
  twoProcesses,
  clockSkew,
  storeKilled,
  refusalNotCharged,
  slotsGivenBack,
  processKilled,
  windowsAfterCrash,
  duplicateIdempotencyKey,
  revokedKey,
  revokedKeyAtOnce,
];
