// The stores on PostgreSQL do what the ports promise: all but the limits, which it does not have.

import type { PostgresAddress } from "@sluice-internal/test-servers/postgres";
import { afterAll, describe, it } from "vitest";
import {
  directoryConformance,
  ledgerConformance,
  noticesConformance,
  requestLogConformance,
} from "../../../src/store/conformance/index.ts";
import type { PostgresStores } from "../../../src/store/postgres/index.ts";
import { empty, type Opened, openStores, useServer } from "./database.ts";

describe("store/postgres", () => {
  const { database } = useServer();
  let address: PostgresAddress | undefined;
  const shared = () => {
    address ??= database();
    return address;
  };
  let opened: Opened | undefined;
  let others: Opened | undefined;
  afterAll(() => Promise.all([opened?.close(), others?.close()]));

  /** One database for all, emptied for each: to make a new one takes longer than most scenarios. */
  const make = async (): Promise<{ stores: PostgresStores; close(): Promise<void> }> => {
    opened ??= await openStores(shared());
    const { stores, pool } = opened;
    return { stores, close: () => empty(pool) };
  };
  directoryConformance({ describe, it }, make);
  ledgerConformance({ describe, it }, make, { traces: 10 });
  requestLogConformance({ describe, it }, make);
  noticesConformance({ describe, it }, async () => {
    const { stores, close } = await make();
    // Another gate, with connections of its own.
    others ??= await openStores(shared());
    return { stores: { notices: stores.notices, others: others.stores.notices }, close };
  });
});
