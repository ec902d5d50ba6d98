// Rate windows and slots in Redis or Valkey, one server or a Cluster, over the client that the user has.

export { DistantLimits, type DistantLimits as RedisLimits } from "./limits/distant-limits.ts";
export type {
  BatchReply,
  Command,
  CommandAnswer,
  LimitsEngine,
  PastPlaces,
  ShardCommand,
} from "./limits/engine.ts";
export { LimitsDownError } from "./limits/lane.ts";
export { createRedisLimits, type RedisLimitsOptions } from "./redis-limits.ts";
export type {
  IoredisClient,
  NodeRedisClient,
  NodeRedisCluster,
  RedisClient,
} from "./sender.ts";
