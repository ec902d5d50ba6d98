// The types help whoever writes a configuration: what is wrong is underlined before anything is started.

import { describe, expect, it } from "vitest";
import type { Config } from "../../src/index.ts";
import { load } from "./small.ts";

/** As a user writes it: plain data, and a type that is gone when it runs. */
const whole = {
  contract: {
    title: "Acme",
    support: "help@acme.dev",
    docs: "https://docs.acme.dev",
    status: "https://status.acme.dev",
    basePath: "/v1",
    envelope: "problem",
    codes: {
      not_found: { message: "There is no such thing." },
      BRAND_LOCKED: {
        status: 409,
        message: "Locked.",
        action: "wait",
        retry: "wait",
        retryAfter: { always: "5s" },
      },
    },
    conditions: {
      invalid_field: { code: "invalid_field", fields: { model: "invalid_parameter" } },
    },
    domain: { brand_locked: "BRAND_LOCKED" },
    key: {
      prefixes: { live: "acme_live_", test: "acme_test_" },
      places: [{ header: "X-API-Key" }, { bearer: true }],
    },
    plans: {
      free: { allowance: { credits: 100, reset: "monthly" } },
      pro: {
        title: "Pro",
        allowance: { credits: 5_000, reset: { after: "30d" } },
        limits: { brands: 10 },
      },
    },
    requires: { plans: ["free", "pro"] },
    windows: {
      perMinute: { per: "key", limit: { free: 10, pro: 600 }, within: "1m" },
      perDay: { per: "account", limit: 10_000, within: "24h", operations: ["createBrand"] },
    },
    slots: { running: { per: "account", limit: 3, operations: ["createBrand"], retryAfter: "2s" } },
    limitsDown: "closed",
    folding: [
      { when: { status: 409 }, condition: "conflict", message: { pointer: "/detail" } },
      { when: { pointer: "/error", equals: "locked" }, condition: "brand_locked" },
    ],
    headers: {
      rateLimit: "ratelimit",
      help: true,
      creditsRemaining: "X-Credits-Remaining",
      warning: "X-Running-Low",
    },
    warnings: { percents: [50, 80, 100] },
    operations: {
      createBrand: {
        method: "POST",
        path: "/workspaces/{workspace}/brands",
        summary: "Creates a brand.",
        params: { type: "object", properties: { workspace: { type: "string", maxLength: 40 } } },
        body: {
          type: "object",
          required: ["name"],
          properties: {
            name: { type: "string", minLength: 1 },
            colours: { type: "array", items: { $ref: "#/$defs/colour" } },
          },
          additionalProperties: false,
          $defs: { colour: { type: "string", pattern: "^#[0-9a-f]{6}$" } },
        },
        output: { type: "object" },
        price: { atMost: 50, actual: { pointer: "/usage/credits" } },
        plans: ["pro"],
        permission: "brands:write",
        scope: { workspace: { param: "workspace" } },
        idempotency: true,
        deadline: "2m",
        bodyMax: "64KiB",
      },
      listBrands: {
        method: "GET",
        path: "/brands",
        summary: "Lists brands.",
        query: { properties: { limit: { type: "integer" } } },
      },
      chat: {
        method: "POST",
        path: "/chat",
        summary: "Answers in a stream.",
        body: {},
        price: { atMost: 9, actual: { pointer: "/cost", inEvents: "/cost" } },
        stream: { completion: { data: "[DONE]" } },
      },
      train: {
        method: "POST",
        path: "/train",
        summary: "Starts a job.",
        body: {},
        price: { atMost: 500 },
        detaches: { maxAge: "6h" },
      },
      launch: {
        method: "POST",
        path: "/launch",
        summary: "Launches.",
        body: {},
        price: { quote: "/launch/quote", pointer: "/credits" },
      },
      upload: {
        method: "PUT",
        path: "/files/{name*}",
        summary: "Takes a file.",
        passesBody: true,
        bodyMax: "512MiB",
        price: { fixed: 2 },
      },
    },
  },
  upstreams: {
    main: {
      url: "http://127.0.0.1:9000",
      connectionsMax: 64,
      queueMax: 100,
      connectTimeout: "500ms",
      idleTimeout: "10m",
      keepAlive: "3s",
      headersSize: "32KiB",
    },
    files: {
      url: { env: "FILES_URL" },
      operations: ["upload"],
      insecureAnyCertificate: true,
      socket: "./files.sock",
    },
  },
  stores: { kind: "sqlite", folder: "./data" },
  listeners: {
    public: {
      host: "0.0.0.0",
      port: 443,
      headersTimeout: "5s",
      requestTimeout: "2m",
      uploadPerSecondMin: "1KiB",
      keepAlive: "70s",
      stalled: "30s",
      connectionsPerAddressMax: 100,
      connectionsMax: 5_000,
      headersSize: "8KiB",
      headersMax: 64,
    },
    internal: { host: "127.0.0.1", port: 9_090 },
  },
  secrets: {
    pepper: { file: "./pepper.json" },
    caller: [{ id: "1", secret: { env: "CALLER_SECRET" } }],
  },
  open: ["GET /health", { path: "/docs/{rest*}", upstream: "files" }],
  mount: "/api",
  trustedHops: 1,
  drain: { notice: "5s", answers: "20s", streams: "2m" },
  logs: "events",
  metrics: true,
  traces: "http://127.0.0.1:4318/v1/traces",
} satisfies Config;

describe("a configuration with every option", () => {
  it("is taken, by the types and at start", async () => {
    const environment = {
      FILES_URL: "https://files",
      CALLER_SECRET: "0123456789abcdef0123456789abcdef",
    };
    const { settings } = await load(whole, "/x", environment);
    expect(Object.keys(settings.apis[0]?.api.wire.operations ?? {})).toHaveLength(6);
  });
});

const { contract, upstreams } = whole;

describe("the types", () => {
  it("refuse what the check at start refuses", () => {
    const wrong = [
      // @ts-expect-error: a name that nothing reads
      { contract, upstreams, listenrs: {} } satisfies Config,
      // @ts-expect-error: there is no upstream
      { contract } satisfies Config,
      // @ts-expect-error: a duration has a unit
      { contract, upstreams, drain: { answers: 5 } } satisfies Config,
      // @ts-expect-error: a unit that there is not
      { contract, upstreams, drain: { answers: "5w" } } satisfies Config,
      // @ts-expect-error: an envelope that there is not
      { contract: { ...contract, envelope: "nestd" }, upstreams } satisfies Config,
      // @ts-expect-error: stores of another kind have no folder
      { contract, upstreams, stores: { kind: "memory", folder: "x" } } satisfies Config,
      // @ts-expect-error: a secret is not written here
      { contract, upstreams, secrets: { pepper: "secret" } } satisfies Config,
      {
        contract: {
          ...contract,
          // @ts-expect-error: a method that there is not
          operations: { a: { method: "FETCH", path: "/a", summary: "A." } },
        },
        upstreams,
      } satisfies Config,
      {
        contract: {
          ...contract,
          operations: {
            // @ts-expect-error: a type that there is not
            a: { method: "POST", path: "/a", summary: "A.", body: { type: "objekt" } },
          },
        },
        upstreams,
      } satisfies Config,
    ];
    expect(wrong).toHaveLength(9);
  });

  it("know the three forms of a contract", () => {
    const { title: _, operations: __, ...terms } = contract;
    const forms: Config["contract"][] = [
      contract,
      "./contract/index.ts",
      { openapi: "./openapi.yaml", ...terms, operations: { createBrand: { price: { fixed: 1 } } } },
    ];
    expect(forms).toHaveLength(3);
  });
});
