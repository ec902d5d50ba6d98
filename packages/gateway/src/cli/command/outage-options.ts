// What `sluice simulate outage` takes.

import type { Option } from "./command.ts";

export const outageOptions = {
  part: {
    takes: "<name>",
    says: "what is out: api, limits, ledger, directory (of keys) or network",
    otherwise: "api",
  },
  how: {
    takes: "<word>",
    says:
      "down, hung (answers when it is over), mute (works, and is not heard), slow; of the api: failing; of the network: " +
      "down or lossy",
    otherwise: "down",
  },
  percent: { takes: "<number>", says: "how much fails or is lost", otherwise: "50" },
  "slow-by": { takes: "<time>", says: "how much slower it is, on average", otherwise: "2s" },
  from: { takes: "<time>", says: "when it begins; before it is what is normal", otherwise: "20s" },
  length: { takes: "<time>", says: "how long it lasts", otherwise: "30s" },
  after: { takes: "<time>", says: "how long one looks on afterwards", otherwise: "70s" },
  nodes: { takes: "<number>", says: "processes of the gate", otherwise: "2" },
  clients: { takes: "<number>", says: "callers, each with a key and an account", otherwise: "30" },
  rate: {
    takes: "<number>",
    says: "calls a minute of each",
    otherwise: "half of what the contract lets a key do, at most 30",
  },
  shape: { takes: "<word>", says: "steady or bursty", otherwise: "steady" },
  use: {
    takes: "<operation>=<share>",
    says: "what callers call, and how much of the calls it is",
    otherwise: "reads, and the operation that costs least",
    isMany: true,
  },
  plan: { takes: "<name>", says: "that callers are on", otherwise: "the first that may call" },
  credits: { takes: "<credits>", says: "of each account, beside its plan's", otherwise: "enough" },
  attempts: { takes: "<number>", says: "of your client, for a call: 1 to 5", otherwise: "3" },
  "base-delay": { takes: "<time>", says: "its first wait is below this", otherwise: "200ms" },
  deadline: { takes: "<time>", says: "for a call with all its attempts", otherwise: "30s" },
  breaker: {
    takes: "<number>",
    says: "failures in a row that open its breaker; none: it has none",
    otherwise: "5",
  },
  budget: {
    takes: "<number>",
    says: "tokens of its retry budget, 5 of which pay for a retry; none: it has none",
    otherwise: "50",
  },
  compare: {
    takes: "<policy>",
    says: "beside your client: none (tries once), openai, ky, p-retry, axios-retry or aws",
    otherwise: "all of them",
    isMany: true,
  },
  alone: { says: "compares with nobody" },
  scenario: {
    takes: "<file>",
    says: "a scenario as JSON, in place of all that the other options describe; --json shows one",
  },
} as const satisfies Readonly<Record<string, Option>>;
