// What an API of ours takes that stands over the stores of other gates: the admin API and the portal's.

import type { AnyApi } from "sluice";
import type { Clock, Random } from "sluice/base";
import type { GateOptions, OperatorStores, Peppers } from "sluice/gate";
import type { WarningDesk } from "./desk/warning-desk.ts";

export interface OverStoresOptions {
  readonly stores: OperatorStores;
  /** The contracts of the gates over these stores. */
  readonly apis: readonly AnyApi[];
  /** The same as the gates'. */
  readonly pepper: Peppers;
  /** Whoever delivers warnings. @default nobody does here */
  readonly warnings?: WarningDesk;
  readonly onEvent?: GateOptions["onEvent"];
  readonly onAnswer?: GateOptions["onAnswer"];
  /** Proxies in front that append to `X-Forwarded-For`. @default 0 */
  readonly trustedHops?: number;
  /** @default the machine's */
  readonly clock?: Clock;
  /** @default the machine's */
  readonly random?: Random;
}
