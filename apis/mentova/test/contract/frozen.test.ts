import { describeFrozen } from "@sluice-internal/reference-checks/describe-frozen";
import { mentova } from "../../contract/index.ts";

describeFrozen(mentova, new URL("../../contract-history/frozen.json", import.meta.url));
