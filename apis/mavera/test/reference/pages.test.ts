// Mavera's pages, and what its published documents say.

import { describePages } from "@sluice-internal/reference-checks/describe-pages";
import { mavera } from "../../contract/index.ts";
import { sentences } from "./sentences.ts";

// Named by another of the API's documents, about keys.
describePages(mavera, sentences, ["expired_api_key"]);
