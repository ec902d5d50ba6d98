// Every test of what callers get, once more, with the records in a file instead of in memory.

import { describe } from "vitest";
import { newFile, openUntilDone } from "./records-file.ts";
import { keepRecordsIn } from "./session.ts";

keepRecordsIn(() => openUntilDone(newFile()));

describe("with the records in a file", async () => {
  await import("./avatars.test.ts");
  await import("./brands.test.ts");
  await import("./campaigns.test.ts");
  await import("./insights.test.ts");
  await import("./ownership.test.ts");
  await import("./robustness.test.ts");
  await import("./topics.test.ts");
});
