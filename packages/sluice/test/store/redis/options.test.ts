// Law 9: settings that would do nothing, or harm, are errors that say what to do instead.

import { Cluster, Redis } from "ioredis";
import { describe, expect, it } from "vitest";
import { createRedisLimits, type RedisLimitsOptions } from "../../../src/store/redis/index.ts";

const client = new Redis({ lazyConnect: true, autoResendUnfulfilledCommands: false });

describe("createRedisLimits refuses", () => {
  it.each<[string, object, string]>([
    ["an unknown option", { client, deadline: 5 }, 'nothing reads the option "deadline"'],
    ["no client", {}, "client is missing"],
    ["a prefix that moves the hash tag", { client, prefix: "a{b}" }, "without braces"],
    ["a deadline of nothing", { client, deadlineMs: 0 }, "from 1 to 10000"],
    ["a lease of a moment", { client, leaseMs: 10 }, "from 1000 to 3600000"],
    [
      "a client that sends calls again",
      { client: new Redis({ lazyConnect: true }) },
      "make it with { autoResendUnfulfilledCommands: false }",
    ],
    [
      "a Cluster that sends calls again",
      { client: new Cluster([{ port: 1 }], { lazyConnect: true }) },
      "make it with { retryDelayOnFailover: 0 }",
    ],
  ])("%s", (_, options, advice) => {
    expect(() => createRedisLimits(options as RedisLimitsOptions)).toThrow(advice);
  });
});
