// Mentova's pages, and what its published documents say.

import { describePages } from "@sluice-internal/reference-checks/describe-pages";
import { mentova } from "../../contract/index.ts";
import { sentences } from "./sentences.ts";

describePages(mentova, sentences);
