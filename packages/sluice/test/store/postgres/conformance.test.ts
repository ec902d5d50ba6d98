// The stores on PostgreSQL do what the ports promise: all but the limits, which it does not have.

import { afterAll, describe, it } from "vitest";
import {
  directoryConformance,
  ledgerConformance,
  requestLogConformance,
} from "../../../src/store/conformance/index.ts";
import type { PostgresStores } from "../../../src/store/postgres/index.ts";
import { empty, type Opened, openStores, useServer } from "./database.ts";

describe("store/postgres", () => {
  const { database } = useServer();
  let opened: Opened | undefined;
  afterAll(() => opened?.close());

  /** One database for all, emptied for each: to make a new one takes longer than most scenarios. */
  const make = async (): Promise<{ stores: PostgresStores; close(): Promise<void> }> => {
    opened ??= await openStores(database());
    const { stores, pool } = opened;
    return { stores, close: () => empty(pool) };
  };
  directoryConformance({ describe, it }, make);
  ledgerConformance({ describe, it }, make, { traces: 10 });
  requestLogConformance({ describe, it }, make);
});
