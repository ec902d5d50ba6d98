// Every test of what callers get, once more, with the records in a file instead of in memory.

import { describe } from "vitest";
import { newFile, openUntilDone } from "./records-file.ts";
import { keepRecordsIn } from "./session.ts";

keepRecordsIn(() => openUntilDone(newFile()));

describe("with the records in a file", async () => {
  await import("./chat-completions.test.ts");
  await import("./focus-groups.test.ts");
  await import("./jobs.test.ts");
  await import("./mave.test.ts");
  await import("./personas.test.ts");
  await import("./responses.test.ts");
  await import("./robustness.test.ts");
  await import("./streams.test.ts");
  await import("./video-analyses.test.ts");
});
