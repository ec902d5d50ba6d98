/** @upstash/ratelimit over its own HTTP client: its sliding window, and its token bucket. */
import { Ratelimit } from "@upstash/ratelimit";
import { Redis } from "@upstash/redis";
import {
  type Contender,
  faulty,
  type Limiter,
  PASSED,
  type Rate,
  type Servers,
  type Verdict,
} from "../contender.ts";

const HOW =
  "`ephemeralCache: false` (with its default whoever was refused once is shut out until the end of a window), `timeout` as it " +
  "comes; its own HTTP client, answered by a small server that hands its commands to a Redis";

export const upstashSliding: Contender = contender(
  "@upstash/ratelimit, sliding window",
  "`Ratelimit.slidingWindow(limit, window)`",
  ({ limit, windowMs }) => Ratelimit.slidingWindow(limit, `${windowMs} ms`),
);

export const upstashBucket: Contender = contender(
  "@upstash/ratelimit, token bucket",
  "`Ratelimit.tokenBucket(limit, window, limit)`",
  ({ limit, windowMs }) => Ratelimit.tokenBucket(limit, `${windowMs} ms`, limit),
);

type Algorithm = ConstructorParameters<typeof Ratelimit>[0]["limiter"];

function contender(name: string, how: string, algorithm: (rate: Rate) => Algorithm): Contender {
  const limiterOf = (rate: Rate, servers: Servers, prefix: string) =>
    new Ratelimit({
      redis: redisOf(servers),
      limiter: algorithm(rate),
      prefix,
      ephemeralCache: false,
    });
  return {
    name,
    packages: ["@upstash/ratelimit", "@upstash/redis"],
    setUp: `${how}, ${HOW}`,
    needs: ["upstash"],
    hasCosts: true,
    open: (rate, servers): Limiter => {
      const limiter = limiterOf(rate, servers, "one");
      return { ask: (key, cost = 1) => verdict(() => limiter.limit(key, { rate: cost })) };
    },
    openTwo(wide, narrow, servers) {
      const all = limiterOf(wide, servers, "wide");
      const some = limiterOf(narrow, servers, "narrow");
      return {
        async ask(key, which) {
          const first = await verdict(() => all.limit(key));
          return first.passed && which === "both" ? verdict(() => some.limit(key)) : first;
        },
      };
    },
  };
}

/** What the service encodes in base64, the small server says as it is. */
function redisOf({ upstashUrl }: Servers): Redis {
  if (upstashUrl === undefined) throw new Error("a contender on Upstash is given its address");
  return new Redis({ url: upstashUrl, token: "bench", responseEncoding: false });
}

async function verdict(
  limit: () => Promise<{ readonly success: boolean; readonly reset: number }>,
): Promise<Verdict> {
  try {
    const { success, reset } = await limit();
    return success ? PASSED : { passed: false, waitMs: Math.max(0, reset - Date.now()) };
  } catch (error) {
    return faulty(error);
  }
}
