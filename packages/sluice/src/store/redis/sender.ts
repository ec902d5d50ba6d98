// The slice of ioredis, iovalkey and redis (node-redis) that is needed to run a script. The library depends on none of
// them: whoever has a client hands it in.

import { assert } from "../../base/index.ts";

/** A `Redis` or `Cluster` of ioredis 5.4 or later, or of iovalkey. */
export interface IoredisClient {
  readonly status: string;
  readonly isCluster: boolean;
  readonly options: object;
  evalsha(sha: string, keyCount: number, ...keysAndBody: string[]): Promise<unknown>;
  eval(script: string, keyCount: number, ...keysAndBody: string[]): Promise<unknown>;
}

/** What `createClient` of redis 5 or later makes. */
export interface NodeRedisClient {
  readonly isReady: boolean;
  sendCommand(words: string[]): Promise<unknown>;
  readonly select: unknown;
}

/** What `createCluster` of redis 5 or later makes. */
export interface NodeRedisCluster {
  readonly isOpen: boolean;
  sendCommand(key: string, isReadonly: boolean, words: string[]): Promise<unknown>;
  readonly masters: unknown;
}

export type RedisClient = IoredisClient | NodeRedisClient | NodeRedisCluster;

/** Sends one script, once. */
export interface ScriptSender {
  readonly isCluster: boolean;
  ready(): boolean;
  send(
    how: "evalsha" | "eval",
    script: string,
    keys: readonly string[],
    body: string,
  ): Promise<unknown>;
}

export function senderOf(client: RedisClient): ScriptSender {
  if ("evalsha" in client) return ioredisSender(client);
  if ("masters" in client) {
    return {
      isCluster: true,
      ready: () => client.isOpen,
      send: (how, script, keys, body) =>
        client.sendCommand(keys[0] ?? "", false, wordsOf(how, script, keys, body)),
    };
  }
  assert(
    typeof client.sendCommand === "function",
    "createRedisLimits: client must be one of ioredis, iovalkey or redis",
  );
  return {
    isCluster: false,
    ready: () => client.isReady,
    send: (how, script, keys, body) => client.sendCommand(wordsOf(how, script, keys, body)),
  };
}

function ioredisSender(client: IoredisClient): ScriptSender {
  checkResends(client);
  return {
    isCluster: client.isCluster,
    ready: () => client.status === "ready",
    send: (how, script, keys, body) => client[how](script, keys.length, ...keys, body),
  };
}

function wordsOf(how: string, script: string, keys: readonly string[], body: string): string[] {
  return [how.toUpperCase(), script, String(keys.length), ...keys, body];
}

/** A call that is sent again after its connection broke may count twice: that must be off, and is on by default. */
function checkResends({ options, isCluster }: IoredisClient): void {
  const nodes: unknown = Reflect.get(options, "clusterNodeRetryStrategy");
  assert(
    !isCluster || typeof nodes !== "function",
    "createRedisLimits: with clusterNodeRetryStrategy nodes may send calls again; leave it out",
  );
  const [name, value] = isCluster
    ? (["retryDelayOnFailover", 0] as const)
    : (["autoResendUnfulfilledCommands", false] as const);
  const set: unknown = Reflect.get(options, name);
  assert(
    set === value,
    () =>
      `createRedisLimits: with ${name}: ${String(set)} this client sends calls again, and they ` +
      `count twice; make it with { ${name}: ${String(value)} }`,
  );
}
