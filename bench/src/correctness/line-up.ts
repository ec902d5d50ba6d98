/** Who is compared, in the order of the columns. Another limiter is another file in `contenders/`. */
import type { Contender } from "./contender.ts";
import { expressRateLimit, expressRateLimitRedis } from "./contenders/express-rate-limit.ts";
import { fastifyRateLimit, fastifyRateLimitRedis } from "./contenders/fastify-rate-limit.ts";
import { honoRateLimiter } from "./contenders/hono-rate-limiter.ts";
import { flexible, flexiblePostgres, flexibleRedis } from "./contenders/rate-limiter-flexible.ts";
import { sluice, sluiceShared } from "./contenders/sluice.ts";
import { upstashBucket, upstashSliding } from "./contenders/upstash-ratelimit.ts";

export const CONTENDERS: readonly Contender[] = [
  sluice,
  sluiceShared,
  expressRateLimit,
  expressRateLimitRedis,
  flexible,
  flexibleRedis,
  flexiblePostgres,
  upstashSliding,
  upstashBucket,
  fastifyRateLimit,
  fastifyRateLimitRedis,
  honoRateLimiter,
];
