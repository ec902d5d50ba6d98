import { describeFrozen } from "@sluice-internal/reference-checks/describe-frozen";
import { mavera } from "../../contract/index.ts";

describeFrozen(mavera, new URL("../../contract-history/frozen.json", import.meta.url));
