// The example keeps what the contract promises below /v1, and its own page is left alone.

import {
  AS_PROMISED,
  type ExampleProgram,
  startExample,
  tryExample,
} from "@sluice-internal/adapters/example-program";
import { afterAll, beforeAll, expect, it } from "vitest";

let program: ExampleProgram;
beforeAll(async () => {
  program = await startExample(new URL("server.ts", import.meta.url));
});
afterAll(() => program.stop());

it("serves its page, its routes and every refusal, sixty calls a minute", async () => {
  expect(await tryExample(program)).toEqual({ ...AS_PROMISED, page: "Welcome to Acme." });
});
