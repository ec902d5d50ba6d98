// The files here that are made from a contract.

import { mavera } from "@sluice-apis/mavera/contract";
import { mentova } from "@sluice-apis/mentova/contract";
import { pythonHandler } from "sluice/reference";

/** Texts by name. */
export const files: Readonly<Record<string, string>> = {
  "mavera_errors.py": pythonHandler(mavera),
  "mentova_errors.py": pythonHandler(mentova),
};
