// The secret that digests of keys are made with, from a file or as it was given.

import type { GateOptions } from "sluice/gate";
import { openPepper } from "sluice/store/sqlite";
import type { PepperPlace } from "./opened.ts";

export function pepperFrom(place: PepperPlace): GateOptions["pepper"] {
  return "file" in place ? openPepper(place.file) : place.secret;
}
