import { Account, Answer, Attempt, Call, Caller, Directory, Gate, GateOptions, Key, Limits, LogRow, OperatorStores, OwnContext, Peppers, SpendListener, Subscriber, Upstream, WarningRecord } from "sluice/gate";
import { Action, AnyApi, Api, Charged, CodeOf, Complaint, Facts, FoldingRule, HeaderPolicy, KeyPlace, LimitOwner, Method, OperationExample, RefusedExample, RetryAdvice, Scope, UpgradeProtocol } from "sluice";
import { Awaitable, Clock, Random } from "sluice/base";
import { CorsOptions } from "sluice/adapter/cors";
import { Refuser } from "sluice/adapter/node";
import { z } from "zod";

declare module "@sluice/gateway" {
  export {
    Addresses,
    Admin,
    AdminOptions,
    ApiSettings,
    AuditedLedger,
    Beside,
    Changes,
    CodeConfig,
    Config,
    ConfigError,
    ContractConfig,
    ContractTerms,
    CorsConfig,
    Door,
    DoorBounds,
    DoorOptions,
    DrainConfig,
    Duration,
    FailurePhase,
    FilesSettings,
    GateAnswers,
    GatedUpstreamOptions,
    Gateway,
    GatewayExtras,
    GatewaySettings,
    HttpUpstream,
    InternalListenerConfig,
    JobEndVerifier,
    JsonSchema,
    KeyConfig,
    KeySettings,
    KeysConfig,
    LeaksSettings,
    ListenerSettings,
    ListenersConfig,
    LiveCounts,
    LoadedConfig,
    OnLeak,
    OpenApiContractConfig,
    OpenDoor,
    OpenPath,
    OpenPathConfig,
    OpenPathOptions,
    OpenPathSettings,
    OpenedStores,
    OperationConfig,
    Pages,
    PepperPlace,
    PlanConfig,
    PriceConfig,
    PublicKey,
    PublicListenerConfig,
    Secret,
    SecretSource,
    SecretsConfig,
    SharedSettings,
    Size,
    SlotConfig,
    SpellingConfig,
    StartError,
    StatusConfig,
    StatusSettings,
    StopOptions,
    StoresConfig,
    StoresSettings,
    UnprotectedRoute,
    UpstreamConfig,
    UpstreamFailure,
    UpstreamOptions,
    UpstreamPlace,
    UrlSource,
    WarningPayload,
    WarningsConfig,
    WarningsSettings,
    WatchSettings,
    WindowConfig,
    changesBetween$1 as changesBetween,
    configFrom,
    createAdmin,
    createHttpUpstream,
    createJobEndVerifier,
    createLiveCounts,
    gatewayDefaults,
    loadConfig,
    openForAudit,
    openGateway,
    openNodeDoor,
    openStores,
    receiverComplaint,
    signingSecret,
    stopOnSignals,
    unprotectedRoutes,
  };
}

declare module "@sluice/gateway/admin" {
  export {
    AdminCode,
    LiveEnd,
    LiveSecond,
    Permission$2 as Permission,
    Role,
    admin,
    wire$1 as adminWire,
    permissions$1 as permissions,
    roleNames,
    roles,
  };
}

declare module "@sluice/gateway/admin/wire" {
  export {
    wire$1 as wire,
  };
}

declare module "@sluice/gateway/check" {
  export {
    AskPage,
    Bounds,
    Change,
    CheckAnswer,
    CheckOptions,
    CheckRequest,
    ContractSummary,
    Counts,
    Exchange,
    Fault,
    Finding,
    Judged,
    KEY_ROLES,
    KeyRole,
    PERMISSIONS,
    Permission$1 as Permission,
    Report,
    SEVERITIES,
    Send,
    SendSettings,
    Sender,
    Severity,
    Style,
    Target,
    askPage,
    boundsByDefault,
    changesBetween,
    changesText,
    check,
    countsOf,
    isSummary,
    openSender,
    plainStyle,
    promiseIds,
    reportJson,
    reportJunit,
    reportText,
    summaryOf,
  };
}

declare module "@sluice/gateway/portal" {
  export {
    Permission,
    PortalCode,
    Reach,
    permissions,
    portal,
    wire as portalWire,
    reaches,
  };
}

declare module "@sluice/gateway/portal/wire" {
  export {
    terms,
    wire,
  };
}

declare module "@sluice/gateway/verify" {
  export {
    CallerVerifier,
    JobEndAnswer,
    JobEndError,
    JobEndReport,
    PlainHeaders,
    ReceivedRequest,
    ReportedOutcome,
    Secrets,
    SignedCaller,
    Verified,
    VerifierOptions,
    createVerifier,
    reportJobEnd,
  };
}

interface Addresses {
  readonly url: string;
  readonly internalUrl: string | undefined;
  readonly admin: {
    readonly url: string;
    readonly token: string;
  } | undefined;
  readonly consoleUrl: string | undefined;
}

interface Admin {
  readonly gate: Gate;
  readonly token: string;
  answer(call: Call): Promise<Answer>;
  close(): Promise<void>;
}

type AdminCode = CodeOf<typeof wire$1>;

interface AdminOptions extends OverStoresOptions {
  readonly live?: LiveCounts;
  readonly sessions?: Sessions;
  readonly signIns?: SignInDesk;
  readonly token?: LocalSecret;
}

interface ApiPromise {
  readonly id: string;
  readonly group: Group;
  readonly says: string;
  readonly needs: readonly Need[];
  isMade?(api: AnyApi): boolean;
  probe(session: Session): Promise<Finding> | Finding;
}

interface ApiSettings {
  readonly api: AnyApi;
  readonly mount: string;
  readonly upstreams: Readonly<Record<string, UpstreamPlace>>;
  readonly routes: Readonly<Record<string, string>>;
  readonly open: readonly OpenPathSettings[];
  readonly answers?: GateAnswers;
  readonly keys?: KeySettings;
  readonly cors?: CorsOptions;
  readonly docs?: DocsSettings;
  readonly shadow?: AnyApi;
}

interface AskOptions {
  readonly expected?: Expected;
  readonly asItComes?: boolean;
}

type AskPage = (url: string) => Promise<number>;

interface AuditedLedger {
  audit(): Promise<readonly string[]>;
  expired(): Promise<number>;
  close(): Promise<void>;
}

interface Beside {
  readonly pages: Pages;
  readonly nothingHere?: ((call: Call) => Answer) | undefined;
}

interface Bounds {
  readonly requestsMax: number;
  readonly durationMsMax: number;
  readonly shortWindowMs: number;
}

interface CallerVerifier {
  verify(request: ReceivedRequest): Verified;
}

interface Change {
  readonly severity: Severity;
  readonly at: string;
  readonly what: string;
  readonly advice: string;
}

interface Changes {
  readonly now: readonly string[];
  readonly atRestart: readonly string[];
}

interface CheckAnswer {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: string;
  readonly flaw?: string;
}

type CheckBody = {
  readonly kind: "text";
  readonly text: string;
} |
{
  readonly kind: "bytes";
  readonly bytes: number;
  readonly isDeclared: boolean;
};

interface CheckOptions {
  readonly send: Send;
  readonly askPage: AskPage;
  readonly clock: Clock;
  readonly random: Random;
  readonly bounds?: Partial<Bounds>;
  readonly only?: readonly string[];
  readonly onJudged?: (judged: Judged, index: number, count: number) => void;
  readonly onWait?: (what: string, ms: number) => void;
  readonly onSay?: (what: string) => void;
}

interface CheckRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: CheckBody | undefined;
  readonly raw?: (target: string) => string;
}

interface CodeConfig {
  readonly status?: number;
  readonly type?: string;
  readonly message?: string;
  readonly action?: Action;
  readonly retry?: RetryAdvice;
  readonly charged?: Charged;
  readonly retryAfter?: {
    readonly always: Duration;
  } | {
    readonly otherwise: Duration;
  };
}

interface CodeSummary {
  readonly status: number;
  readonly type: string | null;
  readonly action: string;
  readonly retry: string;
  readonly charged: string;
  readonly retryAfter: string | null;
  readonly conditions: readonly string[];
}

interface Config {
  readonly contract: ContractConfig | OpenApiContractConfig | string;
  readonly upstreams: Readonly<Record<string, UpstreamConfig>>;
  readonly stores?: StoresConfig;
  readonly listeners?: ListenersConfig;
  readonly secrets?: SecretsConfig;
  readonly keys?: KeysConfig;
  readonly cors?: CorsConfig;
  readonly open?: readonly (string | OpenPathConfig)[];
  readonly docs?: boolean | {
    readonly path: string;
  };
  readonly mount?: string;
  readonly trustedHops?: number;
  readonly drain?: DrainConfig;
  readonly warnings?: WarningsConfig;
  readonly leaks?: LeaksConfig;
  readonly status?: boolean | StatusConfig;
  readonly logs?: "requests" | "events" | "none";
  readonly metrics?: boolean;
  readonly traces?: UrlSource;
  readonly admin?: boolean;
  readonly portal?: boolean | PortalConfig;
  readonly shadow?: ContractConfig | OpenApiContractConfig | string;
  readonly console?: boolean;
}

declare class ConfigError extends Error {
  readonly name = "ConfigError";
  readonly exitCode: ExitCode;
  readonly file: string;
  readonly complaints: readonly Complaint[];
  constructor(file: string, complaints: readonly Complaint[]);
}

interface ContractConfig extends ContractTerms {
  readonly operations: Readonly<Record<string, OperationConfig>>;
}

interface ContractSummary {
  readonly format: 1;
  readonly title: string;
  readonly basePath: string;
  readonly envelope: {
    readonly contentType: string;
    readonly members: readonly string[];
  };
  readonly headers: {
    readonly rateLimit: string;
    readonly help: boolean;
    readonly creditsRemaining: string | null;
  };
  readonly key: {
    readonly prefixes: Readonly<Record<string, string>>;
    readonly alphabet: string;
    readonly length: number;
    readonly checksum: string;
    readonly places: readonly string[];
  };
  readonly plans: readonly string[];
  readonly limits: Readonly<Record<string, LimitSummary>>;
  readonly codes: Readonly<Record<string, CodeSummary>>;
  readonly operations: Readonly<Record<string, OperationSummary>>;
}

interface ContractTerms {
  readonly title: string;
  readonly summary?: string;
  readonly origin?: string;
  readonly keysAt?: string;
  readonly support?: string;
  readonly docs?: string;
  readonly status?: string;
  readonly basePath?: string;
  readonly envelope?: "nested" | "flat" | "problem";
  readonly codes?: Readonly<Record<string, CodeConfig>>;
  readonly conditions?: Readonly<Record<string, SpellingConfig>>;
  readonly domain?: Readonly<Record<string, SpellingConfig>>;
  readonly pages?: string;
  readonly key: KeyConfig;
  readonly plans: Readonly<Record<string, PlanConfig>>;
  readonly requires?: {
    readonly plans: readonly string[];
  };
  readonly windows?: Readonly<Record<string, WindowConfig>>;
  readonly slots?: Readonly<Record<string, SlotConfig>>;
  readonly limitsDown?: "open" | "local" | "closed";
  readonly warnings?: {
    readonly percents: readonly number[];
  };
  readonly folding?: readonly FoldingRule[];
  readonly examples?: Readonly<Record<string, RefusedExample>>;
  readonly headers?: Partial<HeaderPolicy>;
}

interface CorsConfig {
  readonly origins: readonly string[] | "*";
  readonly credentials?: boolean;
  readonly exposedHeaders?: readonly string[];
  readonly maxAge?: Duration;
}

interface Counts {
  readonly kept: number;
  readonly broken: number;
  readonly notProvoked: number;
}

interface DocsSettings {
  readonly path: string;
}

interface Door {
  readonly host: string;
  readonly port: number;
  readonly connections: number;
  readonly turnedAway: number;
  renewTls(tls: DoorTls): void;
  close(grace: Grace): Promise<void>;
}

interface DoorBounds {
  readonly headersTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly uploadBytesPerSecondMin: number;
  readonly keepAliveMs: number;
  readonly stalledMs: number;
  readonly connectionsMax: number;
  readonly connectionsPerAddressMax: number;
  readonly headerBytesMax: number;
  readonly headersMax: number;
}

interface DoorOptions {
  readonly host: string;
  readonly port: number;
  readonly tls?: DoorTls;
  readonly answer: (call: Call) => Promise<Answer>;
  readonly unreadable: Refuser["unreadable"];
  readonly keyHeaders: readonly string[];
  readonly mayUpgrade?: (target: string) => boolean;
  readonly bounds?: Partial<DoorBounds>;
  readonly clock?: Clock;
}

interface DoorTls {
  readonly cert: string;
  readonly key: string;
}

interface DrainConfig {
  readonly notice?: Duration;
  readonly answers?: Duration;
  readonly streams?: Duration;
}

interface DrainTimes extends Grace {
  readonly noticeMs: number;
}

interface Drained {
  readonly failures: readonly {
    readonly step: string;
    readonly error: unknown;
  }[];
}

type Duration = `${number}${"ms" | "s" | "m" | "h" | "d"}`;

type Environment = Readonly<Record<string, string | undefined>>;

interface Exchange {
  readonly request: CheckRequest;
  readonly expected: Expected | undefined;
  readonly answer: CheckAnswer | undefined;
  readonly failure: string | undefined;
  readonly sentMs: number;
  readonly receivedMs: number;
  readonly receivedWallMs: number;
}

type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

interface Expected {
  readonly condition: string;
  readonly operation: string | undefined;
  readonly facts: Facts;
  readonly wordsKnown: boolean;
}

type FailurePhase =
"queue" |
"connect" |
"head" |
"body";

interface Fault {
  readonly exchange: Exchange | undefined;
  readonly expected: string;
  readonly found: string;
}

interface FieldSummary {
  readonly required: boolean;
  readonly takes: string | readonly string[];
}

interface FilesSettings {
  readonly kind: "sqlite";
  readonly folder: string;
  readonly pepper?: PepperPlace;
  readonly called?: {
    readonly folder: string;
  };
}

type FindById = (keyId: string) => Promise<Subscriber | undefined>;

type Finding =
{
  readonly kind: "kept";
  readonly answers: number;
} | {
  readonly kind: "broken";
  readonly faults: readonly Fault[];
} |
{
  readonly kind: "not_provoked";
  readonly needs: string;
};

declare const GROUPS: readonly ["Refusals", "Errors", "Keys", "Request ids", "Protocol", "Rate limits", "Simulation", "Idempotency", "Credits"];

type GateAnswers = Readonly<Record<string, (input: never, context: OwnContext) => unknown>>;

interface GatedUpstreamOptions extends UpstreamOptions {
  readonly secret?: Secret;
}

interface Gateway {
  readonly stores: OperatorStores;
  readonly gates: readonly Gate[];
  readonly underWay: number;
  listen(): Promise<Addresses>;
  reload(settings: GatewaySettings): void;
  close(): Promise<Drained>;
}

interface GatewayExtras extends Partial<Beside> {
  readonly opened?: OpenedStores;
}

interface GatewaySettings {
  readonly apis: readonly ApiSettings[];
  readonly stores: StoresSettings;
  readonly secrets: readonly Secret[];
  readonly listeners: {
    readonly public: ListenerSettings;
    readonly internal: ListenerSettings | undefined;
  };
  readonly bounds: Partial<DoorBounds>;
  readonly trustedHops: number;
  readonly drain: DrainTimes;
  readonly watch: WatchSettings;
  readonly admin: boolean;
  readonly console: boolean;
  readonly warnings: WarningsSettings | undefined;
  readonly portal: PortalSettings | undefined;
  readonly leaks: LeaksSettings | undefined;
  readonly status: StatusSettings | undefined;
}

interface Grace {
  readonly answersMs: number;
  readonly streamsMs: number;
}

type Group = (typeof GROUPS)[number];

interface Host {
  on(signal: "SIGINT" | "SIGTERM", listener: () => void): unknown;
  exit(code: number): void;
  readonly ppid: number;
  readonly env: Readonly<Record<string, string | undefined>>;
}

interface HttpUpstream extends Upstream {
  openPath(options: OpenPathOptions): OpenPath;
  readonly load: {
    readonly busy: number;
    readonly waiting: number;
  };
  close(): Promise<void>;
}

interface InternalListenerConfig {
  readonly host?: string;
  readonly port?: number;
}

interface Invitation {
  readonly code: string;
  readonly expiresAtMs: number;
}

type JobEndAnswer = {
  readonly ended: "charged";
  readonly credits: number;
} | {
  readonly ended: "released";
} | {
  readonly ended: "unknown";
};

declare class JobEndError extends Error {
  readonly name = "JobEndError";
  readonly status: number;
  readonly retryable: boolean;
  constructor(status: number, said: string);
}

interface JobEndReport {
  readonly gatewayUrl: string;
  readonly secretId: string;
  readonly secret: string;
  readonly requestId: string;
  readonly outcome: ReportedOutcome;
  readonly fetch?: typeof globalThis.fetch;
  readonly nowMs?: () => number;
}

type JobEndVerifier = (received: ReceivedJobEnd) => SignatureFault | undefined;

interface JsonSchema {
  readonly type?: JsonType | readonly JsonType[];
  readonly properties?: Readonly<Record<string, JsonSchema | boolean>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema | boolean;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly description?: string;
  readonly anyOf?: readonly (JsonSchema | boolean)[];
  readonly oneOf?: readonly (JsonSchema | boolean)[];
  readonly allOf?: readonly (JsonSchema | boolean)[];
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema | boolean>>;
  readonly [keyword: string]: unknown;
}

type JsonType = "string" | "number" | "integer" | "boolean" | "object" | "array" | "null";

interface Judged {
  readonly promise: Pick<ApiPromise, "id" | "group" | "says">;
  readonly finding: Finding;
}

declare const KEY_ROLES: readonly ["main", "second", "test", "revoked", "expired", "lapsed", "no-plan", "no-permission", "no-credits", "no-budget"];

interface KeyConfig {
  readonly prefixes: {
    readonly live: string;
    readonly test?: string;
  };
  readonly alphabet?: "hex" | "base62";
  readonly length?: number;
  readonly checksum?: "none" | "crc32";
  readonly places?: readonly KeyPlace[];
}

type KeyRole = (typeof KEY_ROLES)[number];

type KeySettings = Pick<GateOptions, "unknownKeysPerMinute" | "keyCacheMax">;

interface KeysConfig {
  readonly unknownPerMinute?: number;
  readonly cacheMax?: number;
}

interface LeaksConfig {
  readonly path: string;
  readonly onLeak: "revoke" | "quarantine" | "note";
  readonly quarantine?: Duration;
  readonly githubKeys?: string;
}

interface LeaksSettings {
  readonly path: string;
  readonly onLeak: OnLeak;
  readonly quarantineMs: number;
  readonly pinnedKeys?: readonly PublicKey[];
}

interface LimitSummary {
  readonly per: string;
  readonly limit: Readonly<Record<string, number>>;
  readonly windowMs: number | null;
  readonly operations: readonly string[] | null;
}

interface ListenerSettings {
  readonly host: string;
  readonly port: number;
  readonly tls?: DoorTls;
}

interface ListenersConfig {
  readonly public?: PublicListenerConfig;
  readonly internal?: InternalListenerConfig;
}

interface LiveCounts {
  answered(row: LogRow): void;
  watch(endsAfterMs: number, signal: AbortSignal): LiveEvents | undefined;
  stop(): void;
  readonly watchers: number;
}

type LiveEnd = z.infer<typeof end>;

type LiveEvent = {
  readonly name: "second";
  readonly data: LiveSecond;
} | {
  readonly name: "end";
  readonly data: LiveEnd;
};

interface LiveEvents extends AsyncIterable<LiveEvent> {
  next(): Promise<IteratorResult<LiveEvent, undefined>>;
  return(): Promise<IteratorResult<LiveEvent, undefined>>;
}

type LiveSecond = z.infer<typeof second>;

interface LoadedConfig {
  readonly file: string;
  readonly settings: GatewaySettings;
  readonly notices: readonly Complaint[];
  readonly contract: ContractConfig | undefined;
}

interface LocalSecret {
  readonly secret: string;
  readonly madeAtMs: number;
}

type Need = {
  readonly key: KeyRole;
} | {
  readonly may: Permission$1;
} | "usage";

type OnLeak = "revoke" | "quarantine" | "note";

interface OpenApiContractConfig extends Omit<ContractTerms, "title"> {
  readonly openapi: string;
  readonly title?: string;
  readonly leaveOut?: readonly string[];
  readonly operations?: Readonly<Record<string, Partial<OperationConfig>>>;
}

type OpenDoor = (options: DoorOptions) => Promise<Door>;

type OpenPath = (call: Call) => Promise<Answer>;

interface OpenPathConfig {
  readonly path: string;
  readonly upstream?: string;
  readonly upgrades?: "websocket";
  readonly deadline?: Duration;
}

interface OpenPathOptions {
  readonly unavailable: (call: Call) => Answer;
  readonly droppedHeaders?: ReadonlySet<string>;
  readonly headTimeoutMs?: number;
  readonly upgradedMsMax?: number;
}

interface OpenPathSettings {
  readonly method?: string;
  readonly path: string;
  readonly upstream?: string;
  readonly upgrades?: UpgradeProtocol;
  readonly upgradedMsMax?: number;
}

interface Opened {
  readonly text: string;
  readonly expiresAtMs: number;
}

interface OpenedStores {
  readonly stores: OperatorStores;
  readonly pepper: GateOptions["pepper"];
  shadowLimits(): Limits;
  takeOver(gates: readonly Gate[]): Promise<void>;
  started(address: string): void;
  check(): Promise<void>;
  close(): Promise<void>;
}

interface OperationConfig {
  readonly method: Method;
  readonly path: string;
  readonly summary: string;
  readonly params?: JsonSchema;
  readonly query?: JsonSchema;
  readonly body?: JsonSchema;
  readonly output?: JsonSchema;
  readonly successStatus?: number;
  readonly reports?: readonly string[];
  readonly example?: OperationExample;
  readonly price?: PriceConfig;
  readonly plans?: readonly string[];
  readonly permission?: string;
  readonly scope?: Scope;
  readonly detaches?: {
    readonly maxAge: Duration;
  };
  readonly stream?: {
    readonly completion: {
      readonly event: string;
    } | {
      readonly data: string;
    };
  };
  readonly idempotency?: boolean;
  readonly deadline?: Duration;
  readonly bodyMax?: Size;
  readonly passesBody?: boolean;
  readonly upgrades?: "websocket";
}

interface OperationSummary {
  readonly method: string;
  readonly path: string;
  readonly idempotency: boolean;
  readonly stream: string | null;
  readonly permission: string | null;
  readonly plans: readonly string[] | null;
  readonly price: number | string | null;
  readonly bodyBytesMax: number | null;
  readonly successStatus: number;
  readonly codes: readonly string[];
  readonly takes: Readonly<Record<string, FieldSummary>>;
  readonly answers: Readonly<Record<string, FieldSummary>>;
}

interface Options {
  readonly clock: Clock;
  readonly underWay: () => number;
}

interface OverStoresOptions {
  readonly stores: OperatorStores;
  readonly apis: readonly AnyApi[];
  readonly pepper: Peppers;
  readonly warnings?: WarningDesk;
  readonly onEvent?: GateOptions["onEvent"];
  readonly onAnswer?: GateOptions["onAnswer"];
  readonly trustedHops?: number;
  readonly clock?: Clock;
  readonly random?: Random;
}

declare const PERMISSIONS: readonly ["write", "spend", "exhaust", "links"];

type Pages = (call: Call) => Awaitable<Answer> | undefined;

type PepperPlace =
{
  readonly file: string;
} |
{
  readonly secret: Uint8Array;
};

type Peppers$1 = GateOptions["pepper"];

type Permission = (typeof permissions)[number];

type Permission$1 = (typeof PERMISSIONS)[number];

type Permission$2 = (typeof permissions$1)[number];

type PlainHeaders = {
  get(name: string): string | null;
} | Readonly<Record<string, string | readonly string[] | undefined>>;

interface PlanConfig {
  readonly title?: string;
  readonly allowance?: {
    readonly credits: number;
    readonly reset: "monthly" | {
      readonly after: Duration;
    };
  };
  readonly limits?: Readonly<Record<string, number>>;
}

type PortalCode = CodeOf<typeof wire>;

interface PortalConfig {
  readonly path: string;
}

interface PortalSettings {
  readonly path: string;
}

type PriceConfig =
{
  readonly fixed: number;
} | {
  readonly atMost: number;
  readonly actual?: {
    readonly pointer: string;
    readonly inEvents?: string;
  } | {
    readonly header: "Sluice-Cost";
  };
} | {
  readonly quote: string;
  readonly pointer: string;
};

interface PublicKey {
  readonly id: string;
  readonly pem: string;
}

interface PublicListenerConfig extends InternalListenerConfig {
  readonly tls?: {
    readonly cert: string;
    readonly key: string;
  };
  readonly headersTimeout?: Duration;
  readonly requestTimeout?: Duration;
  readonly uploadPerSecondMin?: Size;
  readonly keepAlive?: Duration;
  readonly stalled?: Duration;
  readonly connectionsMax?: number;
  readonly connectionsPerAddressMax?: number;
  readonly headersSize?: Size;
  readonly headersMax?: number;
}

type Reach = (typeof reaches)[number];

type Reading = Pick<LoadedConfig, "settings" | "contract">;

interface ReceivedJobEnd {
  readonly method: string;
  readonly path: string;
  readonly headers: PlainHeaders;
}

interface ReceivedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: PlainHeaders;
}

type Receiver = Pick<NonNullable<Account["warnings"]>, "url" | "secretVersion">;

interface Report {
  readonly target: Target;
  readonly judged: readonly Judged[];
  readonly requests: number;
  readonly durationMs: number;
}

type ReportedOutcome = {
  readonly outcome: "completed";
  readonly credits?: number;
} | {
  readonly outcome: "failed";
};

type Role = keyof typeof roles;

declare const SEVERITIES: readonly ["breaking", "careful", "fine"];

interface Secret {
  readonly id: string;
  readonly secret: string;
}

type SecretSource = {
  readonly env: string;
} | {
  readonly file: string;
};

type Secrets = Readonly<Record<string, string>>;

interface SecretsConfig {
  readonly pepper?: SecretSource;
  readonly caller?: readonly {
    readonly id: string;
    readonly secret: SecretSource;
  }[];
}

type Send = (request: CheckRequest) => Promise<CheckAnswer>;

type SendOnce = (warning: WarningRecord, receiver: Receiver) => Promise<Attempt>;

interface SendSettings {
  readonly url: URL;
  readonly timeoutMs?: number;
  readonly answerBytesMax?: number;
}

interface Sender {
  readonly send: Send;
  close(): void;
}

declare class Session {
  #private;
  readonly target: Target;
  readonly clock: Clock;
  readonly random: Random;
  readonly bounds: Bounds;
  readonly say: SessionOptions["onSay"];
  constructor({ target, send, clock, random, bounds, onWait, onSay }: SessionOptions);
  get exchanges(): readonly Exchange[];
  get secrets(): readonly string[];
  strangersKey(): string;
  ask(request: CheckRequest, { expected, asItComes }?: AskOptions): Promise<Exchange>;
  wait(what: string, ms: number): Promise<void>;
  remember<T>(name: string, find: () => Promise<T>): Promise<T>;
  askPage(ask: (url: string) => Promise<number>, url: string): Promise<number | string>;
  get requests(): number;
}

interface SessionOptions {
  readonly target: Target;
  readonly send: Send;
  readonly clock: Clock;
  readonly random: Random;
  readonly bounds: Bounds;
  readonly onWait: (what: string, ms: number) => void;
  readonly onSay: (what: string) => void;
}

interface Sessions {
  readonly lifetimeMs: number;
  open(key: Pick<Key, "id" | "createdAtMs">, secret?: string): Promise<Opened>;
  secretOf(text: string): Promise<string | undefined>;
  end(text: string): void;
  over(directory: Directory, find: FindById): Directory;
}

type Severity = (typeof SEVERITIES)[number];

interface SharedSettings {
  readonly kind: "shared";
  readonly redisUrl: string;
  readonly databaseUrl: string;
  readonly pepper: PepperPlace;
  readonly folder?: string;
  readonly called?: {
    readonly redis: string;
    readonly database: string;
  };
}

interface SignInDesk {
  invite(token: Pick<Key, "id" | "createdAtMs">): SignInLink;
}

interface SignInLink extends Invitation {
  readonly path: string;
}

type SignatureFault =
"missing" |
"malformed" |
"unknown_secret" |
"not_now" |
"mismatch";

type SignedCaller = Caller & {
  readonly operation: string;
};

type Size = `${number}${"B" | "KiB" | "MiB"}`;

interface SlotConfig {
  readonly per: LimitOwner;
  readonly limit: number | Readonly<Record<string, number>>;
  readonly operations: readonly string[];
  readonly retryAfter?: Duration;
}

type SpellingConfig = string | {
  readonly code: string;
  readonly message?: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly operations?: Readonly<Record<string, string>>;
};

declare class StartError extends Error {
  readonly name = "StartError";
  readonly exitCode: ExitCode;
}

interface StatusConfig {
  readonly path?: string;
  readonly title?: string;
  readonly hidden?: readonly string[];
}

interface StatusSettings {
  readonly path: string;
  readonly title: string;
  readonly hidden: readonly string[];
}

interface StopOptions {
  readonly drain: () => Promise<boolean>;
  readonly say: (line: string) => void;
  readonly stopping?: () => string;
  readonly host?: Host;
  readonly clock?: Clock;
}

type StoresConfig =
{
  readonly kind: "memory";
} | {
  readonly kind: "sqlite";
  readonly folder?: string;
} | {
  readonly kind: "shared";
  readonly redisUrl: UrlSource;
  readonly databaseUrl: UrlSource;
};

type StoresSettings =
{
  readonly kind: "memory";
} | FilesSettings | SharedSettings;

interface Style {
  good(text: string): string;
  bad(text: string): string;
  faint(text: string): string;
}

interface Target {
  readonly api: AnyApi;
  readonly keys: Readonly<Partial<Record<KeyRole, string>>>;
  readonly may: ReadonlySet<Permission$1>;
  readonly plan?: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly usage?: {
    readonly operation: string;
    readonly pointer: string;
  };
}

interface UnprotectedRoute {
  readonly route: string;
  readonly reason: string;
}

interface UpstreamConfig {
  readonly url: UrlSource;
  readonly operations?: readonly string[];
  readonly socket?: string;
  readonly ca?: string;
  readonly insecureAnyCertificate?: boolean;
  readonly connectionsMax?: number;
  readonly queueMax?: number;
  readonly connectTimeout?: Duration;
  readonly keepAlive?: Duration;
  readonly idleTimeout?: Duration;
  readonly headersSize?: Size;
}

declare class UpstreamFailure extends Error {
  readonly name = "UpstreamFailure";
  readonly phase: FailurePhase;
  constructor(phase: FailurePhase, cause: unknown);
}

interface UpstreamOptions {
  readonly url: string;
  readonly socketPath?: string;
  readonly publicScheme?: "http" | "https";
  readonly trustedHops?: number;
  readonly ca?: string | readonly string[];
  readonly insecureAnyCertificate?: boolean;
  readonly connectionsMax?: number;
  readonly queueMax?: number;
  readonly connectTimeoutMs?: number;
  readonly keepAliveMs?: number;
  readonly idleTimeoutMs?: number;
  readonly headerBytesMax?: number;
  readonly onFailure?: (failure: UpstreamFailure) => void;
  readonly clock?: Clock;
}

type UpstreamPlace = Omit<GatedUpstreamOptions, "secret" | "publicScheme" | "trustedHops" | "onFailure" | "clock">;

type UrlSource = string | SecretSource;

type Verified = {
  readonly caller: SignedCaller;
  readonly requestId: string;
  readonly reason?: undefined;
} | {
  readonly reason: SignatureFault;
  readonly advice: string;
  readonly caller?: undefined;
  readonly requestId?: undefined;
};

interface VerifierOptions {
  readonly secrets: Secrets;
  readonly nowMs?: () => number;
}

type WarningDesk = Pick<Warnings, "send" | "complaint">;

interface WarningPayload {
  readonly type: "credits.low" | "budget.low";
  readonly timestamp: string;
  readonly data: {
    readonly id: string;
    readonly accountId: string;
    readonly scope?: "workspace" | "project" | "key";
    readonly scopeId?: string;
    readonly percent: number;
    readonly used: number;
    readonly cap: number;
    readonly periodStart: string | null;
    readonly resetAt: string | null;
  };
}

interface Warnings {
  onSpend(api: AnyApi): SpendListener;
  readonly send: SendOnce;
  complaint(url: string): string | undefined;
  wake(): void;
  start(): void;
  close(): Promise<void>;
}

interface WarningsConfig {
  readonly allowPrivate?: boolean;
}

interface WarningsSettings {
  readonly allowPrivate: boolean;
}

interface WatchOptions {
  readonly apis: readonly AnyApi[];
  readonly log: "requests" | "events" | "none";
  readonly logTo?: number | string;
  readonly metrics: boolean;
  readonly tracesUrl: string | undefined;
}

type WatchSettings = Pick<WatchOptions, "log" | "metrics" | "tracesUrl">;

interface WindowConfig {
  readonly per: LimitOwner;
  readonly limit: number | Readonly<Record<string, number>>;
  readonly within: Duration;
  readonly operations?: readonly string[];
}

declare const admin: Api<typeof wire$1, typeof server$1>;

declare function askPage(url: string): Promise<number>;

declare const boundsByDefault: Bounds;

declare function changesBetween(old: ContractSummary, now: ContractSummary): readonly Change[];

declare function changesBetween$1(old: Reading, fresh: Reading): Changes;

declare function changesText(changes: readonly Change[]): string;

declare function check(target: Target, options: CheckOptions): Promise<Report>;

declare function configFrom(config: unknown, file: string, environment: Environment): Promise<LoadedConfig>;

declare function countsOf({ judged }: Report): Counts;

declare function createAdmin(options: AdminOptions): Admin;

declare function createHttpUpstream(options: GatedUpstreamOptions): HttpUpstream;

declare function createJobEndVerifier(secrets: Secrets, nowMs: () => number): JobEndVerifier;

declare function createLiveCounts({ clock, underWay }: Options): LiveCounts;

declare function createVerifier({ secrets, nowMs }: VerifierOptions): CallerVerifier;

declare const end: z.ZodObject<{
  reason: z.ZodEnum<{
    again: "again";
    stopping: "stopping";
  }>;
}, z.core.$strip>;

declare const exitCodes: {
  readonly fine: 0;
  readonly found: 1;
  readonly refused: 2;
  readonly notReached: 3;
  readonly notThere: 4;
  readonly fault: 70;
};

declare const gatewayDefaults: {
  readonly secrets: readonly [];
  readonly bounds: {};
  readonly trustedHops: 0;
  readonly drain: {
    readonly noticeMs: 0;
    readonly answersMs: 30000;
    readonly streamsMs: 300000;
  };
  readonly watch: {
    readonly log: "none";
    readonly metrics: false;
    readonly tracesUrl: undefined;
  };
  readonly admin: true;
  readonly console: true;
  readonly warnings: undefined;
  readonly portal: undefined;
  readonly leaks: undefined;
  readonly status: undefined;
};

declare function isSummary(value: unknown): value is ContractSummary;

declare function loadConfig(path: string, environment?: Environment): Promise<LoadedConfig>;

declare function openForAudit(settings: Exclude<StoresSettings, {
  kind: "memory";
}>): Promise<AuditedLedger>;

declare function openGateway(settings: GatewaySettings, extras?: GatewayExtras): Promise<Gateway>;

declare function openNodeDoor(options: DoorOptions): Promise<Door>;

declare function openSender({ url, timeoutMs, answerBytesMax }: SendSettings): Sender;

declare function openStores(settings: StoresSettings): Promise<OpenedStores>;

declare const permissions: readonly ["own", "account", "change"];

declare const permissions$1: readonly ["read", "write", "tokens"];

declare const plainStyle: Style;

declare const portal: Api<typeof wire, typeof server>;

declare function promiseIds(target: Target): readonly string[];

declare const reaches: readonly ["account", "workspace", "project"];

declare function receiverComplaint(url: string, allowPrivate: boolean): string | undefined;

declare function reportJobEnd(report: JobEndReport): Promise<JobEndAnswer>;

declare function reportJson(report: Report): string;

declare function reportJunit({ target, judged, durationMs }: Report): string;

declare function reportText(report: Report, style?: Style): string;

declare const roleNames: [Role, ...Role[]];

declare const roles: {
  readonly support: readonly ["read"];
  readonly operator: readonly ["read", "write"];
  readonly owner: readonly ["read", "write", "tokens"];
};

declare const second: z.ZodObject<{
  atMs: z.ZodInt;
  requests: z.ZodInt;
  refusals: z.ZodArray<z.ZodObject<{
    api: z.ZodString;
    code: z.ZodString;
    count: z.ZodInt;
  }, z.core.$strip>>;
  faults: z.ZodInt;
  credits: z.ZodInt;
  latency: z.ZodNullable<z.ZodObject<{
    p50Ms: z.ZodNumber;
    p95Ms: z.ZodNumber;
    p99Ms: z.ZodNumber;
  }, z.core.$strip>>;
  underWay: z.ZodInt;
  degraded: z.ZodObject<{
    limits: z.ZodInt;
    keys: z.ZodInt;
  }, z.core.$strip>;
  refusedKeys: z.ZodArray<z.ZodObject<{
    keyId: z.ZodString;
    count: z.ZodInt;
  }, z.core.$strip>>;
}, z.core.$strip>;

declare const server: {
  readonly plans: {
    readonly customers: {
      readonly title: "Customers";
    };
  };
  readonly limitsDown: "local";
  readonly operations: {
    readonly whoAmI: {
      readonly permission: "own";
      readonly output: import("zod").ZodObject<{
        account: import("zod").ZodObject<{
          id: import("zod").ZodString;
          name: import("zod").ZodString;
          plan: import("zod").ZodString;
          subscription: import("zod").ZodEnum<{
            active: "active";
            inactive: "inactive";
          }>;
        }, import("zod/v4/core").$strip>;
        key: import("zod").ZodObject<{
          id: import("zod").ZodString;
          accountId: import("zod").ZodString;
          workspaceId: import("zod").ZodNullable<import("zod").ZodString>;
          projectId: import("zod").ZodNullable<import("zod").ZodString>;
          api: import("zod").ZodNullable<import("zod").ZodString>;
          name: import("zod").ZodString;
          environment: import("zod").ZodEnum<{
            live: "live";
            test: "test";
          }>;
          state: import("zod").ZodEnum<{
            active: "active";
            expired: "expired";
            revoked: "revoked";
          }>;
          prefix: import("zod").ZodString;
          lastFour: import("zod").ZodString;
          permissions: import("zod").ZodNullable<import("zod").ZodArray<import("zod").ZodString>>;
          budget: import("zod").ZodNullable<import("zod").ZodInt>;
          createdAtMs: import("zod").ZodInt;
          expiresAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
          revokedAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
          overlapUntilMs: import("zod").ZodNullable<import("zod").ZodInt>;
        }, import("zod/v4/core").$strip>;
        reach: import("zod").ZodEnum<{
          account: "account";
          project: "project";
          workspace: "workspace";
        }>;
        permissions: import("zod").ZodArray<import("zod").ZodEnum<{
          account: "account";
          change: "change";
          own: "own";
        }>>;
        workspace: import("zod").ZodNullable<import("zod").ZodObject<{
          id: import("zod").ZodString;
          name: import("zod").ZodString;
        }, import("zod/v4/core").$strip>>;
        project: import("zod").ZodNullable<import("zod").ZodObject<{
          id: import("zod").ZodString;
          name: import("zod").ZodString;
        }, import("zod/v4/core").$strip>>;
      }, import("zod/v4/core").$strip>;
    };
    readonly getPlan: {
      readonly permission: "own";
      readonly output: import("zod").ZodObject<{
        api: import("zod").ZodString;
        name: import("zod").ZodString;
        title: import("zod").ZodString;
        subscription: import("zod").ZodEnum<{
          active: "active";
          inactive: "inactive";
        }>;
        allowance: import("zod").ZodNullable<import("zod").ZodObject<{
          credits: import("zod").ZodInt;
          reset: import("zod").ZodDiscriminatedUnion<[import("zod").ZodObject<{
            kind: import("zod").ZodLiteral<"calendar_month">;
          }, import("zod/v4/core").$strict>, import("zod").ZodObject<{
            kind: import("zod").ZodLiteral<"lazy">;
            everyMs: import("zod").ZodInt;
          }, import("zod/v4/core").$strict>], "kind">;
        }, import("zod/v4/core").$strict>>;
        windows: import("zod").ZodArray<import("zod").ZodObject<{
          limit: import("zod").ZodInt;
          isException: import("zod").ZodBoolean;
          name: import("zod").ZodString;
          per: import("zod").ZodEnum<{
            account: "account";
            key: "key";
          }>;
          windowMs: import("zod").ZodInt;
          operations: import("zod").ZodNullable<import("zod").ZodArray<import("zod").ZodString>>;
        }, import("zod/v4/core").$strip>>;
        slots: import("zod").ZodArray<import("zod").ZodObject<{
          limit: import("zod").ZodInt;
          isException: import("zod").ZodBoolean;
          name: import("zod").ZodString;
          per: import("zod").ZodEnum<{
            account: "account";
            key: "key";
          }>;
          operations: import("zod").ZodArray<import("zod").ZodString>;
        }, import("zod/v4/core").$strip>>;
        counts: import("zod").ZodArray<import("zod").ZodObject<{
          limit: import("zod").ZodInt;
          isException: import("zod").ZodBoolean;
          name: import("zod").ZodString;
        }, import("zod/v4/core").$strip>>;
        docs: import("zod").ZodNullable<import("zod").ZodString>;
        support: import("zod").ZodNullable<import("zod").ZodString>;
      }, import("zod/v4/core").$strip>;
    };
    readonly getUsage: {
      readonly permission: "account";
      readonly query: import("zod").ZodObject<{
        fromMs: import("zod").ZodOptional<import("zod").ZodType<number, string | number, import("zod/v4/core").$ZodTypeInternals<number, string | number>>>;
        toMs: import("zod").ZodOptional<import("zod").ZodType<number, string | number, import("zod/v4/core").$ZodTypeInternals<number, string | number>>>;
      }, import("zod/v4/core").$strict>;
      readonly output: import("zod").ZodObject<{
        fromMs: import("zod").ZodInt;
        toMs: import("zod").ZodInt;
        requests: import("zod").ZodInt;
        refusals: import("zod").ZodInt;
        faults: import("zod").ZodInt;
        credits: import("zod").ZodInt;
      }, import("zod/v4/core").$strip>;
    };
    readonly listUsageDays: {
      readonly permission: "account";
      readonly query: import("zod").ZodObject<{
        days: import("zod").ZodDefault<import("zod").ZodType<number, string | number, import("zod/v4/core").$ZodTypeInternals<number, string | number>>>;
      }, import("zod/v4/core").$strict>;
      readonly output: import("zod").ZodObject<{
        data: import("zod").ZodArray<import("zod").ZodObject<{
          dayMs: import("zod").ZodInt;
          requests: import("zod").ZodInt;
          refusals: import("zod").ZodInt;
          faults: import("zod").ZodInt;
          credits: import("zod").ZodInt;
        }, import("zod/v4/core").$strip>>;
      }, import("zod/v4/core").$strip>;
    };
    readonly listUsageOperations: {
      readonly permission: "own";
      readonly query: import("zod").ZodObject<{
        fromMs: import("zod").ZodOptional<import("zod").ZodType<number, string | number, import("zod/v4/core").$ZodTypeInternals<number, string | number>>>;
        toMs: import("zod").ZodOptional<import("zod").ZodType<number, string | number, import("zod/v4/core").$ZodTypeInternals<number, string | number>>>;
      }, import("zod/v4/core").$strict>;
      readonly output: import("zod").ZodObject<{
        fromMs: import("zod").ZodInt;
        toMs: import("zod").ZodInt;
        data: import("zod").ZodArray<import("zod").ZodObject<{
          operation: import("zod").ZodNullable<import("zod").ZodString>;
          api: import("zod").ZodString;
          requests: import("zod").ZodInt;
          refusals: import("zod").ZodInt;
          faults: import("zod").ZodInt;
          credits: import("zod").ZodInt;
        }, import("zod/v4/core").$strip>>;
        countedFromMs: import("zod").ZodInt;
        hasMore: import("zod").ZodBoolean;
      }, import("zod/v4/core").$strip>;
    };
    readonly listRefusals: {
      readonly permission: "account";
      readonly query: import("zod").ZodObject<{
        fromMs: import("zod").ZodOptional<import("zod").ZodType<number, string | number, import("zod/v4/core").$ZodTypeInternals<number, string | number>>>;
        toMs: import("zod").ZodOptional<import("zod").ZodType<number, string | number, import("zod/v4/core").$ZodTypeInternals<number, string | number>>>;
      }, import("zod/v4/core").$strict>;
      readonly output: import("zod").ZodObject<{
        fromMs: import("zod").ZodInt;
        toMs: import("zod").ZodInt;
        data: import("zod").ZodArray<import("zod").ZodObject<{
          code: import("zod").ZodString;
          api: import("zod").ZodString;
          count: import("zod").ZodInt;
        }, import("zod/v4/core").$strip>>;
        hasMore: import("zod").ZodBoolean;
      }, import("zod/v4/core").$strip>;
    };
    readonly getCredits: {
      readonly permission: "account";
      readonly output: import("zod").ZodObject<{
        remaining: import("zod").ZodInt;
        held: import("zod").ZodInt;
        used: import("zod").ZodInt;
        allowance: import("zod").ZodNullable<import("zod").ZodObject<{
          credits: import("zod").ZodInt;
          reset: import("zod").ZodDiscriminatedUnion<[import("zod").ZodObject<{
            kind: import("zod").ZodLiteral<"calendar_month">;
          }, import("zod/v4/core").$strict>, import("zod").ZodObject<{
            kind: import("zod").ZodLiteral<"lazy">;
            everyMs: import("zod").ZodInt;
          }, import("zod/v4/core").$strict>], "kind">;
        }, import("zod/v4/core").$strict>>;
        periodStartMs: import("zod").ZodNullable<import("zod").ZodInt>;
        resetAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
        pots: import("zod").ZodArray<import("zod").ZodObject<{
          kind: import("zod").ZodEnum<{
            allowance: "allowance";
            grant: "grant";
          }>;
          id: import("zod").ZodNullable<import("zod").ZodString>;
          remaining: import("zod").ZodInt;
          expiresAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
        }, import("zod/v4/core").$strip>>;
      }, import("zod/v4/core").$strip>;
    };
    readonly listGrants: {
      readonly permission: "account";
      readonly query: import("zod").ZodObject<{
        limit: import("zod").ZodDefault<import("zod").ZodType<number, string | number, import("zod/v4/core").$ZodTypeInternals<number, string | number>>>;
        cursor: import("zod").ZodOptional<import("zod").ZodString>;
      }, import("zod/v4/core").$strict>;
      readonly output: import("zod").ZodObject<{
        data: import("zod").ZodArray<import("zod").ZodObject<{
          id: import("zod").ZodString;
          accountId: import("zod").ZodString;
          amount: import("zod").ZodInt;
          reason: import("zod").ZodString;
          expiresAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
          remaining: import("zod").ZodInt;
          held: import("zod").ZodInt;
          charged: import("zod").ZodInt;
          lapsed: import("zod").ZodInt;
        }, import("zod/v4/core").$strip>>;
        next: import("zod").ZodNullable<import("zod").ZodString>;
      }, import("zod/v4/core").$strip>;
    };
    readonly getForecast: {
      readonly permission: "account";
      readonly output: import("zod").ZodObject<{
        kind: import("zod").ZodEnum<{
          exhausted: "exhausted";
          idle: "idle";
          lasts: "lasts";
          runs_out: "runs_out";
          too_little_data: "too_little_data";
        }>;
        atMs: import("zod").ZodInt;
        remaining: import("zod").ZodInt;
        resetAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
        basisDays: import("zod").ZodInt;
        perDay: import("zod").ZodNullable<import("zod").ZodObject<{
          least: import("zod").ZodNumber;
          likely: import("zod").ZodNumber;
          most: import("zod").ZodNumber;
        }, import("zod/v4/core").$strip>>;
        runsOutAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
        soonestAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
        leftAtReset: import("zod").ZodNullable<import("zod").ZodObject<{
          least: import("zod").ZodNumber;
          likely: import("zod").ZodNumber;
          most: import("zod").ZodNumber;
        }, import("zod/v4/core").$strip>>;
      }, import("zod/v4/core").$strip>;
    };
    readonly listBudgets: {
      readonly permission: "own";
      readonly query: import("zod").ZodObject<{
        limit: import("zod").ZodDefault<import("zod").ZodType<number, string | number, import("zod/v4/core").$ZodTypeInternals<number, string | number>>>;
        cursor: import("zod").ZodOptional<import("zod").ZodString>;
      }, import("zod/v4/core").$strict>;
      readonly output: import("zod").ZodObject<{
        data: import("zod").ZodArray<import("zod").ZodObject<{
          scope: import("zod").ZodEnum<{
            key: "key";
            project: "project";
            workspace: "workspace";
          }>;
          id: import("zod").ZodString;
          name: import("zod").ZodString;
          workspaceId: import("zod").ZodNullable<import("zod").ZodString>;
          projectId: import("zod").ZodNullable<import("zod").ZodString>;
          cap: import("zod").ZodInt;
          used: import("zod").ZodInt;
          held: import("zod").ZodInt;
          resetAtMs: import("zod").ZodInt;
        }, import("zod/v4/core").$strip>>;
        next: import("zod").ZodNullable<import("zod").ZodString>;
      }, import("zod/v4/core").$strip>;
    };
    readonly listKeys: {
      readonly permission: "own";
      readonly query: import("zod").ZodObject<{
        limit: import("zod").ZodDefault<import("zod").ZodType<number, string | number, import("zod/v4/core").$ZodTypeInternals<number, string | number>>>;
        cursor: import("zod").ZodOptional<import("zod").ZodString>;
      }, import("zod/v4/core").$strict>;
      readonly output: import("zod").ZodObject<{
        data: import("zod").ZodArray<import("zod").ZodObject<{
          id: import("zod").ZodString;
          accountId: import("zod").ZodString;
          workspaceId: import("zod").ZodNullable<import("zod").ZodString>;
          projectId: import("zod").ZodNullable<import("zod").ZodString>;
          api: import("zod").ZodNullable<import("zod").ZodString>;
          name: import("zod").ZodString;
          environment: import("zod").ZodEnum<{
            live: "live";
            test: "test";
          }>;
          state: import("zod").ZodEnum<{
            active: "active";
            expired: "expired";
            revoked: "revoked";
          }>;
          prefix: import("zod").ZodString;
          lastFour: import("zod").ZodString;
          permissions: import("zod").ZodNullable<import("zod").ZodArray<import("zod").ZodString>>;
          budget: import("zod").ZodNullable<import("zod").ZodInt>;
          createdAtMs: import("zod").ZodInt;
          expiresAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
          revokedAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
          overlapUntilMs: import("zod").ZodNullable<import("zod").ZodInt>;
        }, import("zod/v4/core").$strip>>;
        next: import("zod").ZodNullable<import("zod").ZodString>;
      }, import("zod/v4/core").$strip>;
    };
    readonly getKey: {
      readonly permission: "own";
      readonly params: import("zod").ZodObject<{
        keyId: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
      readonly output: import("zod").ZodObject<{
        key: import("zod").ZodObject<{
          id: import("zod").ZodString;
          accountId: import("zod").ZodString;
          workspaceId: import("zod").ZodNullable<import("zod").ZodString>;
          projectId: import("zod").ZodNullable<import("zod").ZodString>;
          api: import("zod").ZodNullable<import("zod").ZodString>;
          name: import("zod").ZodString;
          environment: import("zod").ZodEnum<{
            live: "live";
            test: "test";
          }>;
          state: import("zod").ZodEnum<{
            active: "active";
            expired: "expired";
            revoked: "revoked";
          }>;
          prefix: import("zod").ZodString;
          lastFour: import("zod").ZodString;
          permissions: import("zod").ZodNullable<import("zod").ZodArray<import("zod").ZodString>>;
          budget: import("zod").ZodNullable<import("zod").ZodInt>;
          createdAtMs: import("zod").ZodInt;
          expiresAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
          revokedAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
          overlapUntilMs: import("zod").ZodNullable<import("zod").ZodInt>;
        }, import("zod/v4/core").$strip>;
        lastUsedAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
      }, import("zod/v4/core").$strip>;
    };
    readonly listRequests: {
      readonly permission: "own";
      readonly query: import("zod").ZodObject<{
        limit: import("zod").ZodDefault<import("zod").ZodType<number, string | number, import("zod/v4/core").$ZodTypeInternals<number, string | number>>>;
        cursor: import("zod").ZodOptional<import("zod").ZodString>;
        requestId: import("zod").ZodOptional<import("zod").ZodString>;
        clientRequestId: import("zod").ZodOptional<import("zod").ZodString>;
        keyId: import("zod").ZodOptional<import("zod").ZodString>;
        api: import("zod").ZodOptional<import("zod").ZodString>;
        operation: import("zod").ZodOptional<import("zod").ZodString>;
        code: import("zod").ZodOptional<import("zod").ZodString>;
        condition: import("zod").ZodOptional<import("zod").ZodString>;
        status: import("zod").ZodOptional<import("zod").ZodType<number, string | number, import("zod/v4/core").$ZodTypeInternals<number, string | number>>>;
        ending: import("zod").ZodOptional<import("zod").ZodEnum<{
          abandoned: "abandoned";
          done: "done";
          fault: "fault";
          refused: "refused";
          replayed: "replayed";
        }>>;
        fromMs: import("zod").ZodOptional<import("zod").ZodType<number, string | number, import("zod/v4/core").$ZodTypeInternals<number, string | number>>>;
        toMs: import("zod").ZodOptional<import("zod").ZodType<number, string | number, import("zod/v4/core").$ZodTypeInternals<number, string | number>>>;
      }, import("zod/v4/core").$strict>;
      readonly output: import("zod").ZodObject<{
        data: import("zod").ZodArray<import("zod").ZodObject<{
          requestId: import("zod").ZodString;
          clientRequestId: import("zod").ZodNullable<import("zod").ZodString>;
          api: import("zod").ZodString;
          atMs: import("zod").ZodInt;
          durationMs: import("zod").ZodNumber;
          accountId: import("zod").ZodNullable<import("zod").ZodString>;
          keyId: import("zod").ZodNullable<import("zod").ZodString>;
          isOlderSecret: import("zod").ZodBoolean;
          address: import("zod").ZodString;
          operation: import("zod").ZodNullable<import("zod").ZodString>;
          method: import("zod").ZodString;
          path: import("zod").ZodString;
          status: import("zod").ZodInt;
          code: import("zod").ZodNullable<import("zod").ZodString>;
          condition: import("zod").ZodNullable<import("zod").ZodString>;
          ending: import("zod").ZodEnum<{
            abandoned: "abandoned";
            done: "done";
            fault: "fault";
            refused: "refused";
            replayed: "replayed";
          }>;
          window: import("zod").ZodNullable<import("zod").ZodString>;
          windowLimit: import("zod").ZodNullable<import("zod").ZodInt>;
          windowRemaining: import("zod").ZodNullable<import("zod").ZodInt>;
          slots: import("zod").ZodNullable<import("zod").ZodObject<{
            id: import("zod").ZodString;
            taken: import("zod").ZodInt;
            limit: import("zod").ZodInt;
          }, import("zod/v4/core").$strip>>;
          budget: import("zod").ZodNullable<import("zod").ZodObject<{
            scope: import("zod").ZodEnum<{
              key: "key";
              project: "project";
              workspace: "workspace";
            }>;
            id: import("zod").ZodString;
            cap: import("zod").ZodInt;
            used: import("zod").ZodInt;
            held: import("zod").ZodInt;
            resetAtMs: import("zod").ZodInt;
          }, import("zod/v4/core").$strip>>;
          held: import("zod").ZodInt;
          charged: import("zod").ZodInt;
          creditsRemaining: import("zod").ZodNullable<import("zod").ZodInt>;
          param: import("zod").ZodNullable<import("zod").ZodString>;
          retryAfterMs: import("zod").ZodNullable<import("zod").ZodNumber>;
          simulated: import("zod").ZodBoolean;
        }, import("zod/v4/core").$strip>>;
        next: import("zod").ZodNullable<import("zod").ZodString>;
      }, import("zod/v4/core").$strip>;
    };
    readonly explainRequest: {
      readonly permission: "own";
      readonly params: import("zod").ZodObject<{
        requestId: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
      readonly output: import("zod").ZodObject<{
        requestId: import("zod").ZodString;
        told: import("zod").ZodObject<{
          status: import("zod").ZodNullable<import("zod").ZodInt>;
          code: import("zod").ZodNullable<import("zod").ZodString>;
          headers: import("zod").ZodArray<import("zod").ZodObject<{
            name: import("zod").ZodString;
            value: import("zod").ZodString;
          }, import("zod/v4/core").$strip>>;
          body: import("zod").ZodNullable<import("zod").ZodString>;
          bodyMissing: import("zod").ZodNullable<import("zod").ZodString>;
        }, import("zod/v4/core").$strip>;
        cost: import("zod").ZodObject<{
          state: import("zod").ZodEnum<{
            charged: "charged";
            expired: "expired";
            held: "held";
            nothing: "nothing";
          }>;
          credits: import("zod").ZodInt;
          overage: import("zod").ZodInt;
          isJob: import("zod").ZodBoolean;
        }, import("zod/v4/core").$strip>;
        words: import("zod").ZodString;
        sentences: import("zod").ZodArray<import("zod").ZodString>;
        request: import("zod").ZodObject<{
          requestId: import("zod").ZodString;
          clientRequestId: import("zod").ZodNullable<import("zod").ZodString>;
          api: import("zod").ZodString;
          atMs: import("zod").ZodInt;
          durationMs: import("zod").ZodNumber;
          accountId: import("zod").ZodNullable<import("zod").ZodString>;
          keyId: import("zod").ZodNullable<import("zod").ZodString>;
          isOlderSecret: import("zod").ZodBoolean;
          address: import("zod").ZodString;
          operation: import("zod").ZodNullable<import("zod").ZodString>;
          method: import("zod").ZodString;
          path: import("zod").ZodString;
          status: import("zod").ZodInt;
          code: import("zod").ZodNullable<import("zod").ZodString>;
          condition: import("zod").ZodNullable<import("zod").ZodString>;
          ending: import("zod").ZodEnum<{
            abandoned: "abandoned";
            done: "done";
            fault: "fault";
            refused: "refused";
            replayed: "replayed";
          }>;
          window: import("zod").ZodNullable<import("zod").ZodString>;
          windowLimit: import("zod").ZodNullable<import("zod").ZodInt>;
          windowRemaining: import("zod").ZodNullable<import("zod").ZodInt>;
          slots: import("zod").ZodNullable<import("zod").ZodObject<{
            id: import("zod").ZodString;
            taken: import("zod").ZodInt;
            limit: import("zod").ZodInt;
          }, import("zod/v4/core").$strip>>;
          budget: import("zod").ZodNullable<import("zod").ZodObject<{
            scope: import("zod").ZodEnum<{
              key: "key";
              project: "project";
              workspace: "workspace";
            }>;
            id: import("zod").ZodString;
            cap: import("zod").ZodInt;
            used: import("zod").ZodInt;
            held: import("zod").ZodInt;
            resetAtMs: import("zod").ZodInt;
          }, import("zod/v4/core").$strip>>;
          held: import("zod").ZodInt;
          charged: import("zod").ZodInt;
          creditsRemaining: import("zod").ZodNullable<import("zod").ZodInt>;
          param: import("zod").ZodNullable<import("zod").ZodString>;
          retryAfterMs: import("zod").ZodNullable<import("zod").ZodNumber>;
          simulated: import("zod").ZodBoolean;
        }, import("zod/v4/core").$strip>;
        refusal: import("zod").ZodNullable<import("zod").ZodObject<{
          condition: import("zod").ZodString;
          means: import("zod").ZodString;
          scope: import("zod").ZodNullable<import("zod").ZodString>;
          passesAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
          action: import("zod").ZodNullable<import("zod").ZodString>;
        }, import("zod/v4/core").$strip>>;
      }, import("zod/v4/core").$strip>;
    };
    readonly getThresholds: {
      readonly permission: "account";
      readonly output: import("zod").ZodObject<{
        webhook: import("zod").ZodNullable<import("zod").ZodObject<{
          url: import("zod").ZodString;
          percents: import("zod").ZodNullable<import("zod").ZodArray<import("zod").ZodInt>>;
          secretVersion: import("zod").ZodInt;
        }, import("zod/v4/core").$strip>>;
        percents: import("zod").ZodArray<import("zod").ZodInt>;
      }, import("zod/v4/core").$strip>;
    };
    readonly setThresholds: {
      readonly permission: "change";
      readonly bodyBytesMax: 65536;
      readonly body: import("zod").ZodObject<{
        url: import("zod").ZodURL;
        percents: import("zod").ZodOptional<import("zod").ZodNullable<import("zod").ZodArray<import("zod").ZodInt>>>;
      }, import("zod/v4/core").$strict>;
      readonly output: import("zod").ZodObject<{
        warnings: import("zod").ZodObject<{
          url: import("zod").ZodString;
          percents: import("zod").ZodNullable<import("zod").ZodArray<import("zod").ZodInt>>;
          secretVersion: import("zod").ZodInt;
        }, import("zod/v4/core").$strip>;
        secret: import("zod").ZodNullable<import("zod").ZodString>;
      }, import("zod/v4/core").$strip>;
    };
    readonly removeThresholds: {
      readonly permission: "change";
      readonly output: import("zod").ZodObject<{
        webhook: import("zod").ZodNullable<import("zod").ZodObject<{
          url: import("zod").ZodString;
          percents: import("zod").ZodNullable<import("zod").ZodArray<import("zod").ZodInt>>;
          secretVersion: import("zod").ZodInt;
        }, import("zod/v4/core").$strip>>;
        percents: import("zod").ZodArray<import("zod").ZodInt>;
      }, import("zod/v4/core").$strip>;
    };
    readonly rotateThresholdSecret: {
      readonly permission: "change";
      readonly output: import("zod").ZodObject<{
        secret: import("zod").ZodString;
        secretVersion: import("zod").ZodInt;
      }, import("zod/v4/core").$strip>;
      readonly reports: readonly ["no_webhook"];
    };
    readonly listWarnings: {
      readonly permission: "account";
      readonly query: import("zod").ZodObject<{
        limit: import("zod").ZodDefault<import("zod").ZodType<number, string | number, import("zod/v4/core").$ZodTypeInternals<number, string | number>>>;
        cursor: import("zod").ZodOptional<import("zod").ZodString>;
        state: import("zod").ZodOptional<import("zod").ZodEnum<{
          delivered: "delivered";
          given_up: "given_up";
          gone: "gone";
          listed: "listed";
          waiting: "waiting";
        }>>;
      }, import("zod/v4/core").$strict>;
      readonly output: import("zod").ZodObject<{
        data: import("zod").ZodArray<import("zod").ZodObject<{
          id: import("zod").ZodString;
          accountId: import("zod").ZodString;
          subject: import("zod").ZodDiscriminatedUnion<[import("zod").ZodObject<{
            kind: import("zod").ZodLiteral<"credits">;
          }, import("zod/v4/core").$strip>, import("zod").ZodObject<{
            kind: import("zod").ZodLiteral<"budget">;
            scope: import("zod").ZodEnum<{
              key: "key";
              project: "project";
              workspace: "workspace";
            }>;
            id: import("zod").ZodString;
          }, import("zod/v4/core").$strip>, import("zod").ZodObject<{
            kind: import("zod").ZodLiteral<"leak">;
            keyId: import("zod").ZodString;
            keyPrefix: import("zod").ZodString;
            keyLastFour: import("zod").ZodString;
            secret: import("zod").ZodEnum<{
              forgotten: "forgotten";
              newest: "newest";
              older: "older";
            }>;
            foundAt: import("zod").ZodNullable<import("zod").ZodString>;
            source: import("zod").ZodString;
            done: import("zod").ZodString;
            endsAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
          }, import("zod/v4/core").$strip>], "kind">;
          periodStartMs: import("zod").ZodNullable<import("zod").ZodInt>;
          resetAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
          percent: import("zod").ZodNullable<import("zod").ZodInt>;
          used: import("zod").ZodNullable<import("zod").ZodInt>;
          cap: import("zod").ZodNullable<import("zod").ZodInt>;
          atMs: import("zod").ZodInt;
          url: import("zod").ZodNullable<import("zod").ZodString>;
          state: import("zod").ZodEnum<{
            delivered: "delivered";
            given_up: "given_up";
            gone: "gone";
            listed: "listed";
            waiting: "waiting";
          }>;
          dueMs: import("zod").ZodInt;
          attempts: import("zod").ZodArray<import("zod").ZodObject<{
            atMs: import("zod").ZodInt;
            url: import("zod").ZodString;
            secretVersion: import("zod").ZodInt;
            durationMs: import("zod").ZodNumber;
            status: import("zod").ZodNullable<import("zod").ZodInt>;
            error: import("zod").ZodNullable<import("zod").ZodString>;
          }, import("zod/v4/core").$strip>>;
          attemptCount: import("zod").ZodInt;
        }, import("zod/v4/core").$strip>>;
        next: import("zod").ZodNullable<import("zod").ZodString>;
      }, import("zod/v4/core").$strip>;
    };
  };
};

declare const server$1: {
  readonly plans: {
    readonly operators: {
      readonly title: "Operators";
    };
  };
  readonly limitsDown: "local";
  readonly operations: {
    readonly listAccounts: {
      readonly permission: "read";
      readonly query: import("zod").ZodObject<{
        limit: import("zod").ZodDefault<import("zod").ZodType<number, string | number, import("zod/v4/core").$ZodTypeInternals<number, string | number>>>;
        cursor: import("zod").ZodOptional<import("zod").ZodString>;
        search: import("zod").ZodOptional<import("zod").ZodString>;
      }, import("zod/v4/core").$strict>;
      readonly output: import("zod").ZodObject<{
        data: import("zod").ZodArray<import("zod").ZodObject<{
          id: import("zod").ZodString;
          name: import("zod").ZodString;
          plan: import("zod").ZodString;
          subscription: import("zod").ZodEnum<{
            active: "active";
            inactive: "inactive";
          }>;
          overrides: import("zod").ZodNullable<import("zod").ZodObject<{
            windows: import("zod").ZodOptional<import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodInt>>;
            slots: import("zod").ZodOptional<import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodInt>>;
            limits: import("zod").ZodOptional<import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodInt>>;
            allowance: import("zod").ZodOptional<import("zod").ZodObject<{
              credits: import("zod").ZodInt;
              reset: import("zod").ZodDiscriminatedUnion<[import("zod").ZodObject<{
                kind: import("zod").ZodLiteral<"calendar_month">;
              }, import("zod/v4/core").$strict>, import("zod").ZodObject<{
                kind: import("zod").ZodLiteral<"lazy">;
                everyMs: import("zod").ZodInt;
              }, import("zod/v4/core").$strict>], "kind">;
            }, import("zod/v4/core").$strict>>;
          }, import("zod/v4/core").$strict>>;
          warnings: import("zod").ZodNullable<import("zod").ZodObject<{
            url: import("zod").ZodString;
            percents: import("zod").ZodNullable<import("zod").ZodArray<import("zod").ZodInt>>;
            secretVersion: import("zod").ZodInt;
          }, import("zod/v4/core").$strip>>;
        }, import("zod/v4/core").$strip>>;
        next: import("zod").ZodNullable<import("zod").ZodString>;
      }, import("zod/v4/core").$strip>;
    };
    readonly createAccount: {
      readonly permission: "write";
      readonly bodyBytesMax: 65536;
      readonly body: import("zod").ZodObject<{
        id: import("zod").ZodOptional<import("zod").ZodString>;
        name: import("zod").ZodString;
        plan: import("zod").ZodString;
        subscription: import("zod").ZodDefault<import("zod").ZodEnum<{
          active: "active";
          inactive: "inactive";
        }>>;
        overrides: import("zod").ZodOptional<import("zod").ZodObject<{
          windows: import("zod").ZodOptional<import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodInt>>;
          slots: import("zod").ZodOptional<import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodInt>>;
          limits: import("zod").ZodOptional<import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodInt>>;
          allowance: import("zod").ZodOptional<import("zod").ZodObject<{
            credits: import("zod").ZodInt;
            reset: import("zod").ZodDiscriminatedUnion<[import("zod").ZodObject<{
              kind: import("zod").ZodLiteral<"calendar_month">;
            }, import("zod/v4/core").$strict>, import("zod").ZodObject<{
              kind: import("zod").ZodLiteral<"lazy">;
              everyMs: import("zod").ZodInt;
            }, import("zod/v4/core").$strict>], "kind">;
          }, import("zod/v4/core").$strict>>;
        }, import("zod/v4/core").$strict>>;
      }, import("zod/v4/core").$strict>;
      readonly output: import("zod").ZodObject<{
        id: import("zod").ZodString;
        name: import("zod").ZodString;
        plan: import("zod").ZodString;
        subscription: import("zod").ZodEnum<{
          active: "active";
          inactive: "inactive";
        }>;
        overrides: import("zod").ZodNullable<import("zod").ZodObject<{
          windows: import("zod").ZodOptional<import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodInt>>;
          slots: import("zod").ZodOptional<import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodInt>>;
          limits: import("zod").ZodOptional<import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodInt>>;
          allowance: import("zod").ZodOptional<import("zod").ZodObject<{
            credits: import("zod").ZodInt;
            reset: import("zod").ZodDiscriminatedUnion<[import("zod").ZodObject<{
              kind: import("zod").ZodLiteral<"calendar_month">;
            }, import("zod/v4/core").$strict>, import("zod").ZodObject<{
              kind: import("zod").ZodLiteral<"lazy">;
              everyMs: import("zod").ZodInt;
            }, import("zod/v4/core").$strict>], "kind">;
          }, import("zod/v4/core").$strict>>;
        }, import("zod/v4/core").$strict>>;
        warnings: import("zod").ZodNullable<import("zod").ZodObject<{
          url: import("zod").ZodString;
          percents: import("zod").ZodNullable<import("zod").ZodArray<import("zod").ZodInt>>;
          secretVersion: import("zod").ZodInt;
        }, import("zod/v4/core").$strip>>;
      }, import("zod/v4/core").$strip>;
      readonly reports: readonly ["already_exists"];
    };
    readonly getAccount: {
      readonly permission: "read";
      readonly params: import("zod").ZodObject<{
        accountId: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
      readonly output: import("zod").ZodObject<{
        id: import("zod").ZodString;
        name: import("zod").ZodString;
        plan: import("zod").ZodString;
        subscription: import("zod").ZodEnum<{
          active: "active";
          inactive: "inactive";
        }>;
        overrides: import("zod").ZodNullable<import("zod").ZodObject<{
          windows: import("zod").ZodOptional<import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodInt>>;
          slots: import("zod").ZodOptional<import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodInt>>;
          limits: import("zod").ZodOptional<import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodInt>>;
          allowance: import("zod").ZodOptional<import("zod").ZodObject<{
            credits: import("zod").ZodInt;
            reset: import("zod").ZodDiscriminatedUnion<[import("zod").ZodObject<{
              kind: import("zod").ZodLiteral<"calendar_month">;
            }, import("zod/v4/core").$strict>, import("zod").ZodObject<{
              kind: import("zod").ZodLiteral<"lazy">;
              everyMs: import("zod").ZodInt;
            }, import("zod/v4/core").$strict>], "kind">;
          }, import("zod/v4/core").$strict>>;
        }, import("zod/v4/core").$strict>>;
        warnings: import("zod").ZodNullable<import("zod").ZodObject<{
          url: import("zod").ZodString;
          percents: import("zod").ZodNullable<import("zod").ZodArray<import("zod").ZodInt>>;
          secretVersion: import("zod").ZodInt;
        }, import("zod/v4/core").$strip>>;
      }, import("zod/v4/core").$strip>;
    };
    readonly changeAccount: {
      readonly permission: "write";
      readonly bodyBytesMax: 65536;
      readonly params: import("zod").ZodObject<{
        accountId: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
      readonly body: import("zod").ZodObject<{
        name: import("zod").ZodOptional<import("zod").ZodString>;
        plan: import("zod").ZodOptional<import("zod").ZodString>;
        subscription: import("zod").ZodOptional<import("zod").ZodEnum<{
          active: "active";
          inactive: "inactive";
        }>>;
        overrides: import("zod").ZodOptional<import("zod").ZodNullable<import("zod").ZodObject<{
          windows: import("zod").ZodOptional<import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodInt>>;
          slots: import("zod").ZodOptional<import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodInt>>;
          limits: import("zod").ZodOptional<import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodInt>>;
          allowance: import("zod").ZodOptional<import("zod").ZodObject<{
            credits: import("zod").ZodInt;
            reset: import("zod").ZodDiscriminatedUnion<[import("zod").ZodObject<{
              kind: import("zod").ZodLiteral<"calendar_month">;
            }, import("zod/v4/core").$strict>, import("zod").ZodObject<{
              kind: import("zod").ZodLiteral<"lazy">;
              everyMs: import("zod").ZodInt;
            }, import("zod/v4/core").$strict>], "kind">;
          }, import("zod/v4/core").$strict>>;
        }, import("zod/v4/core").$strict>>>;
      }, import("zod/v4/core").$strict>;
      readonly output: import("zod").ZodObject<{
        id: import("zod").ZodString;
        name: import("zod").ZodString;
        plan: import("zod").ZodString;
        subscription: import("zod").ZodEnum<{
          active: "active";
          inactive: "inactive";
        }>;
        overrides: import("zod").ZodNullable<import("zod").ZodObject<{
          windows: import("zod").ZodOptional<import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodInt>>;
          slots: import("zod").ZodOptional<import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodInt>>;
          limits: import("zod").ZodOptional<import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodInt>>;
          allowance: import("zod").ZodOptional<import("zod").ZodObject<{
            credits: import("zod").ZodInt;
            reset: import("zod").ZodDiscriminatedUnion<[import("zod").ZodObject<{
              kind: import("zod").ZodLiteral<"calendar_month">;
            }, import("zod/v4/core").$strict>, import("zod").ZodObject<{
              kind: import("zod").ZodLiteral<"lazy">;
              everyMs: import("zod").ZodInt;
            }, import("zod/v4/core").$strict>], "kind">;
          }, import("zod/v4/core").$strict>>;
        }, import("zod/v4/core").$strict>>;
        warnings: import("zod").ZodNullable<import("zod").ZodObject<{
          url: import("zod").ZodString;
          percents: import("zod").ZodNullable<import("zod").ZodArray<import("zod").ZodInt>>;
          secretVersion: import("zod").ZodInt;
        }, import("zod/v4/core").$strip>>;
      }, import("zod/v4/core").$strip>;
    };
    readonly setWarnings: {
      readonly permission: "write";
      readonly bodyBytesMax: 65536;
      readonly params: import("zod").ZodObject<{
        accountId: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
      readonly body: import("zod").ZodObject<{
        url: import("zod").ZodURL;
        percents: import("zod").ZodOptional<import("zod").ZodNullable<import("zod").ZodArray<import("zod").ZodInt>>>;
      }, import("zod/v4/core").$strict>;
      readonly output: import("zod").ZodObject<{
        warnings: import("zod").ZodObject<{
          url: import("zod").ZodString;
          percents: import("zod").ZodNullable<import("zod").ZodArray<import("zod").ZodInt>>;
          secretVersion: import("zod").ZodInt;
        }, import("zod/v4/core").$strip>;
        secret: import("zod").ZodNullable<import("zod").ZodString>;
      }, import("zod/v4/core").$strip>;
    };
    readonly removeWarnings: {
      readonly permission: "write";
      readonly params: import("zod").ZodObject<{
        accountId: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
      readonly output: import("zod").ZodObject<{
        id: import("zod").ZodString;
        name: import("zod").ZodString;
        plan: import("zod").ZodString;
        subscription: import("zod").ZodEnum<{
          active: "active";
          inactive: "inactive";
        }>;
        overrides: import("zod").ZodNullable<import("zod").ZodObject<{
          windows: import("zod").ZodOptional<import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodInt>>;
          slots: import("zod").ZodOptional<import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodInt>>;
          limits: import("zod").ZodOptional<import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodInt>>;
          allowance: import("zod").ZodOptional<import("zod").ZodObject<{
            credits: import("zod").ZodInt;
            reset: import("zod").ZodDiscriminatedUnion<[import("zod").ZodObject<{
              kind: import("zod").ZodLiteral<"calendar_month">;
            }, import("zod/v4/core").$strict>, import("zod").ZodObject<{
              kind: import("zod").ZodLiteral<"lazy">;
              everyMs: import("zod").ZodInt;
            }, import("zod/v4/core").$strict>], "kind">;
          }, import("zod/v4/core").$strict>>;
        }, import("zod/v4/core").$strict>>;
        warnings: import("zod").ZodNullable<import("zod").ZodObject<{
          url: import("zod").ZodString;
          percents: import("zod").ZodNullable<import("zod").ZodArray<import("zod").ZodInt>>;
          secretVersion: import("zod").ZodInt;
        }, import("zod/v4/core").$strip>>;
      }, import("zod/v4/core").$strip>;
    };
    readonly rotateWarningSecret: {
      readonly permission: "write";
      readonly shownOnce: true;
      readonly params: import("zod").ZodObject<{
        accountId: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
      readonly output: import("zod").ZodObject<{
        secret: import("zod").ZodString;
        secretVersion: import("zod").ZodInt;
      }, import("zod/v4/core").$strip>;
      readonly reports: readonly ["no_webhook", "not_found"];
    };
    readonly getUsage: {
      readonly permission: "read";
      readonly params: import("zod").ZodObject<{
        accountId: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
      readonly query: import("zod").ZodObject<{
        fromMs: import("zod").ZodOptional<import("zod").ZodType<number, string | number, import("zod/v4/core").$ZodTypeInternals<number, string | number>>>;
        toMs: import("zod").ZodOptional<import("zod").ZodType<number, string | number, import("zod/v4/core").$ZodTypeInternals<number, string | number>>>;
      }, import("zod/v4/core").$strict>;
      readonly output: import("zod").ZodObject<{
        fromMs: import("zod").ZodInt;
        toMs: import("zod").ZodInt;
        requests: import("zod").ZodInt;
        refusals: import("zod").ZodInt;
        faults: import("zod").ZodInt;
        credits: import("zod").ZodInt;
      }, import("zod/v4/core").$strip>;
    };
    readonly listWorkspaces: {
      readonly permission: "read";
      readonly params: import("zod").ZodObject<{
        accountId: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
      readonly query: import("zod").ZodObject<{
        limit: import("zod").ZodDefault<import("zod").ZodType<number, string | number, import("zod/v4/core").$ZodTypeInternals<number, string | number>>>;
        cursor: import("zod").ZodOptional<import("zod").ZodString>;
      }, import("zod/v4/core").$strict>;
      readonly output: import("zod").ZodObject<{
        data: import("zod").ZodArray<import("zod").ZodObject<{
          id: import("zod").ZodString;
          accountId: import("zod").ZodString;
          name: import("zod").ZodString;
          budget: import("zod").ZodNullable<import("zod").ZodInt>;
          createdAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
        }, import("zod/v4/core").$strip>>;
        next: import("zod").ZodNullable<import("zod").ZodString>;
      }, import("zod/v4/core").$strip>;
    };
    readonly createWorkspace: {
      readonly permission: "write";
      readonly bodyBytesMax: 65536;
      readonly params: import("zod").ZodObject<{
        accountId: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
      readonly body: import("zod").ZodObject<{
        name: import("zod").ZodString;
        budget: import("zod").ZodOptional<import("zod").ZodNullable<import("zod").ZodInt>>;
      }, import("zod/v4/core").$strict>;
      readonly output: import("zod").ZodObject<{
        id: import("zod").ZodString;
        accountId: import("zod").ZodString;
        name: import("zod").ZodString;
        budget: import("zod").ZodNullable<import("zod").ZodInt>;
        createdAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
      }, import("zod/v4/core").$strip>;
    };
    readonly getWorkspace: {
      readonly permission: "read";
      readonly params: import("zod").ZodObject<{
        accountId: import("zod").ZodString;
        workspaceId: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
      readonly output: import("zod").ZodObject<{
        id: import("zod").ZodString;
        accountId: import("zod").ZodString;
        name: import("zod").ZodString;
        budget: import("zod").ZodNullable<import("zod").ZodInt>;
        createdAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
      }, import("zod/v4/core").$strip>;
    };
    readonly changeWorkspace: {
      readonly permission: "write";
      readonly bodyBytesMax: 65536;
      readonly params: import("zod").ZodObject<{
        accountId: import("zod").ZodString;
        workspaceId: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
      readonly body: import("zod").ZodObject<{
        name: import("zod").ZodOptional<import("zod").ZodString>;
        budget: import("zod").ZodOptional<import("zod").ZodNullable<import("zod").ZodInt>>;
      }, import("zod/v4/core").$strict>;
      readonly output: import("zod").ZodObject<{
        id: import("zod").ZodString;
        accountId: import("zod").ZodString;
        name: import("zod").ZodString;
        budget: import("zod").ZodNullable<import("zod").ZodInt>;
        createdAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
      }, import("zod/v4/core").$strip>;
    };
    readonly listProjects: {
      readonly permission: "read";
      readonly params: import("zod").ZodObject<{
        accountId: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
      readonly query: import("zod").ZodObject<{
        limit: import("zod").ZodDefault<import("zod").ZodType<number, string | number, import("zod/v4/core").$ZodTypeInternals<number, string | number>>>;
        cursor: import("zod").ZodOptional<import("zod").ZodString>;
      }, import("zod/v4/core").$strict>;
      readonly output: import("zod").ZodObject<{
        data: import("zod").ZodArray<import("zod").ZodObject<{
          id: import("zod").ZodString;
          accountId: import("zod").ZodString;
          name: import("zod").ZodString;
          budget: import("zod").ZodNullable<import("zod").ZodInt>;
          createdAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
          workspaceId: import("zod").ZodString;
        }, import("zod/v4/core").$strip>>;
        next: import("zod").ZodNullable<import("zod").ZodString>;
      }, import("zod/v4/core").$strip>;
    };
    readonly createProject: {
      readonly permission: "write";
      readonly bodyBytesMax: 65536;
      readonly params: import("zod").ZodObject<{
        accountId: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
      readonly body: import("zod").ZodObject<{
        name: import("zod").ZodString;
        budget: import("zod").ZodOptional<import("zod").ZodNullable<import("zod").ZodInt>>;
        workspaceId: import("zod").ZodString;
      }, import("zod/v4/core").$strict>;
      readonly output: import("zod").ZodObject<{
        id: import("zod").ZodString;
        accountId: import("zod").ZodString;
        name: import("zod").ZodString;
        budget: import("zod").ZodNullable<import("zod").ZodInt>;
        createdAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
        workspaceId: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
    };
    readonly getProject: {
      readonly permission: "read";
      readonly params: import("zod").ZodObject<{
        accountId: import("zod").ZodString;
        projectId: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
      readonly output: import("zod").ZodObject<{
        id: import("zod").ZodString;
        accountId: import("zod").ZodString;
        name: import("zod").ZodString;
        budget: import("zod").ZodNullable<import("zod").ZodInt>;
        createdAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
        workspaceId: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
    };
    readonly changeProject: {
      readonly permission: "write";
      readonly bodyBytesMax: 65536;
      readonly params: import("zod").ZodObject<{
        accountId: import("zod").ZodString;
        projectId: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
      readonly body: import("zod").ZodObject<{
        name: import("zod").ZodOptional<import("zod").ZodString>;
        budget: import("zod").ZodOptional<import("zod").ZodNullable<import("zod").ZodInt>>;
      }, import("zod/v4/core").$strict>;
      readonly output: import("zod").ZodObject<{
        id: import("zod").ZodString;
        accountId: import("zod").ZodString;
        name: import("zod").ZodString;
        budget: import("zod").ZodNullable<import("zod").ZodInt>;
        createdAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
        workspaceId: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
    };
    readonly listKeys: {
      readonly permission: "read";
      readonly params: import("zod").ZodObject<{
        accountId: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
      readonly query: import("zod").ZodObject<{
        limit: import("zod").ZodDefault<import("zod").ZodType<number, string | number, import("zod/v4/core").$ZodTypeInternals<number, string | number>>>;
        cursor: import("zod").ZodOptional<import("zod").ZodString>;
      }, import("zod/v4/core").$strict>;
      readonly output: import("zod").ZodObject<{
        data: import("zod").ZodArray<import("zod").ZodObject<{
          id: import("zod").ZodString;
          accountId: import("zod").ZodString;
          workspaceId: import("zod").ZodNullable<import("zod").ZodString>;
          projectId: import("zod").ZodNullable<import("zod").ZodString>;
          api: import("zod").ZodNullable<import("zod").ZodString>;
          name: import("zod").ZodString;
          environment: import("zod").ZodEnum<{
            live: "live";
            test: "test";
          }>;
          state: import("zod").ZodEnum<{
            active: "active";
            expired: "expired";
            revoked: "revoked";
          }>;
          prefix: import("zod").ZodString;
          lastFour: import("zod").ZodString;
          permissions: import("zod").ZodNullable<import("zod").ZodArray<import("zod").ZodString>>;
          budget: import("zod").ZodNullable<import("zod").ZodInt>;
          createdAtMs: import("zod").ZodInt;
          expiresAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
          revokedAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
          overlapUntilMs: import("zod").ZodNullable<import("zod").ZodInt>;
        }, import("zod/v4/core").$strip>>;
        next: import("zod").ZodNullable<import("zod").ZodString>;
      }, import("zod/v4/core").$strip>;
    };
    readonly createKey: {
      readonly permission: "write";
      readonly bodyBytesMax: 65536;
      readonly shownOnce: true;
      readonly params: import("zod").ZodObject<{
        accountId: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
      readonly body: import("zod").ZodObject<{
        name: import("zod").ZodString;
        environment: import("zod").ZodDefault<import("zod").ZodEnum<{
          live: "live";
          test: "test";
        }>>;
        api: import("zod").ZodOptional<import("zod").ZodString>;
        workspaceId: import("zod").ZodOptional<import("zod").ZodString>;
        projectId: import("zod").ZodOptional<import("zod").ZodString>;
        permissions: import("zod").ZodOptional<import("zod").ZodArray<import("zod").ZodString>>;
        expiresAtMs: import("zod").ZodOptional<import("zod").ZodInt>;
        budget: import("zod").ZodOptional<import("zod").ZodInt>;
      }, import("zod/v4/core").$strict>;
      readonly output: import("zod").ZodObject<{
        key: import("zod").ZodObject<{
          id: import("zod").ZodString;
          accountId: import("zod").ZodString;
          workspaceId: import("zod").ZodNullable<import("zod").ZodString>;
          projectId: import("zod").ZodNullable<import("zod").ZodString>;
          api: import("zod").ZodNullable<import("zod").ZodString>;
          name: import("zod").ZodString;
          environment: import("zod").ZodEnum<{
            live: "live";
            test: "test";
          }>;
          state: import("zod").ZodEnum<{
            active: "active";
            expired: "expired";
            revoked: "revoked";
          }>;
          prefix: import("zod").ZodString;
          lastFour: import("zod").ZodString;
          permissions: import("zod").ZodNullable<import("zod").ZodArray<import("zod").ZodString>>;
          budget: import("zod").ZodNullable<import("zod").ZodInt>;
          createdAtMs: import("zod").ZodInt;
          expiresAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
          revokedAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
          overlapUntilMs: import("zod").ZodNullable<import("zod").ZodInt>;
        }, import("zod/v4/core").$strip>;
        secret: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
    };
    readonly getKey: {
      readonly permission: "read";
      readonly params: import("zod").ZodObject<{
        accountId: import("zod").ZodString;
        keyId: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
      readonly output: import("zod").ZodObject<{
        id: import("zod").ZodString;
        accountId: import("zod").ZodString;
        workspaceId: import("zod").ZodNullable<import("zod").ZodString>;
        projectId: import("zod").ZodNullable<import("zod").ZodString>;
        api: import("zod").ZodNullable<import("zod").ZodString>;
        name: import("zod").ZodString;
        environment: import("zod").ZodEnum<{
          live: "live";
          test: "test";
        }>;
        state: import("zod").ZodEnum<{
          active: "active";
          expired: "expired";
          revoked: "revoked";
        }>;
        prefix: import("zod").ZodString;
        lastFour: import("zod").ZodString;
        permissions: import("zod").ZodNullable<import("zod").ZodArray<import("zod").ZodString>>;
        budget: import("zod").ZodNullable<import("zod").ZodInt>;
        createdAtMs: import("zod").ZodInt;
        expiresAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
        revokedAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
        overlapUntilMs: import("zod").ZodNullable<import("zod").ZodInt>;
      }, import("zod/v4/core").$strip>;
    };
    readonly findKey: {
      readonly permission: "read";
      readonly params: import("zod").ZodObject<{
        keyId: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
      readonly output: import("zod").ZodObject<{
        id: import("zod").ZodString;
        accountId: import("zod").ZodString;
        workspaceId: import("zod").ZodNullable<import("zod").ZodString>;
        projectId: import("zod").ZodNullable<import("zod").ZodString>;
        api: import("zod").ZodNullable<import("zod").ZodString>;
        name: import("zod").ZodString;
        environment: import("zod").ZodEnum<{
          live: "live";
          test: "test";
        }>;
        state: import("zod").ZodEnum<{
          active: "active";
          expired: "expired";
          revoked: "revoked";
        }>;
        prefix: import("zod").ZodString;
        lastFour: import("zod").ZodString;
        permissions: import("zod").ZodNullable<import("zod").ZodArray<import("zod").ZodString>>;
        budget: import("zod").ZodNullable<import("zod").ZodInt>;
        createdAtMs: import("zod").ZodInt;
        expiresAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
        revokedAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
        overlapUntilMs: import("zod").ZodNullable<import("zod").ZodInt>;
      }, import("zod/v4/core").$strip>;
    };
    readonly changeKey: {
      readonly permission: "write";
      readonly bodyBytesMax: 65536;
      readonly params: import("zod").ZodObject<{
        accountId: import("zod").ZodString;
        keyId: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
      readonly body: import("zod").ZodObject<{
        name: import("zod").ZodOptional<import("zod").ZodString>;
        permissions: import("zod").ZodOptional<import("zod").ZodNullable<import("zod").ZodArray<import("zod").ZodString>>>;
        expiresAtMs: import("zod").ZodOptional<import("zod").ZodNullable<import("zod").ZodInt>>;
        budget: import("zod").ZodOptional<import("zod").ZodNullable<import("zod").ZodInt>>;
      }, import("zod/v4/core").$strict>;
      readonly output: import("zod").ZodObject<{
        id: import("zod").ZodString;
        accountId: import("zod").ZodString;
        workspaceId: import("zod").ZodNullable<import("zod").ZodString>;
        projectId: import("zod").ZodNullable<import("zod").ZodString>;
        api: import("zod").ZodNullable<import("zod").ZodString>;
        name: import("zod").ZodString;
        environment: import("zod").ZodEnum<{
          live: "live";
          test: "test";
        }>;
        state: import("zod").ZodEnum<{
          active: "active";
          expired: "expired";
          revoked: "revoked";
        }>;
        prefix: import("zod").ZodString;
        lastFour: import("zod").ZodString;
        permissions: import("zod").ZodNullable<import("zod").ZodArray<import("zod").ZodString>>;
        budget: import("zod").ZodNullable<import("zod").ZodInt>;
        createdAtMs: import("zod").ZodInt;
        expiresAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
        revokedAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
        overlapUntilMs: import("zod").ZodNullable<import("zod").ZodInt>;
      }, import("zod/v4/core").$strip>;
      readonly reports: readonly ["key_revoked", "not_found"];
    };
    readonly rotateKey: {
      readonly permission: "write";
      readonly bodyBytesMax: 65536;
      readonly shownOnce: true;
      readonly reports: readonly ["key_revoked", "key_foreign", "not_found"];
      readonly params: import("zod").ZodObject<{
        accountId: import("zod").ZodString;
        keyId: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
      readonly body: import("zod").ZodObject<{
        overlapMs: import("zod").ZodInt;
      }, import("zod/v4/core").$strict>;
      readonly output: import("zod").ZodObject<{
        key: import("zod").ZodObject<{
          id: import("zod").ZodString;
          accountId: import("zod").ZodString;
          workspaceId: import("zod").ZodNullable<import("zod").ZodString>;
          projectId: import("zod").ZodNullable<import("zod").ZodString>;
          api: import("zod").ZodNullable<import("zod").ZodString>;
          name: import("zod").ZodString;
          environment: import("zod").ZodEnum<{
            live: "live";
            test: "test";
          }>;
          state: import("zod").ZodEnum<{
            active: "active";
            expired: "expired";
            revoked: "revoked";
          }>;
          prefix: import("zod").ZodString;
          lastFour: import("zod").ZodString;
          permissions: import("zod").ZodNullable<import("zod").ZodArray<import("zod").ZodString>>;
          budget: import("zod").ZodNullable<import("zod").ZodInt>;
          createdAtMs: import("zod").ZodInt;
          expiresAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
          revokedAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
          overlapUntilMs: import("zod").ZodNullable<import("zod").ZodInt>;
        }, import("zod/v4/core").$strip>;
        secret: import("zod").ZodString;
        rotation: import("zod").ZodObject<{
          rotatedAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
          overlapUntilMs: import("zod").ZodNullable<import("zod").ZodInt>;
          isOverlapping: import("zod").ZodBoolean;
          olderSecret: import("zod").ZodObject<{
            lastUsedAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
            uses: import("zod").ZodInt;
            usesLastHour: import("zod").ZodInt;
            from: import("zod").ZodArray<import("zod").ZodObject<{
              address: import("zod").ZodString;
              uses: import("zod").ZodInt;
              lastUsedAtMs: import("zod").ZodInt;
            }, import("zod/v4/core").$strip>>;
          }, import("zod/v4/core").$strip>;
        }, import("zod/v4/core").$strip>;
      }, import("zod/v4/core").$strip>;
    };
    readonly getRotation: {
      readonly permission: "read";
      readonly params: import("zod").ZodObject<{
        accountId: import("zod").ZodString;
        keyId: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
      readonly output: import("zod").ZodObject<{
        rotatedAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
        overlapUntilMs: import("zod").ZodNullable<import("zod").ZodInt>;
        isOverlapping: import("zod").ZodBoolean;
        olderSecret: import("zod").ZodObject<{
          lastUsedAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
          uses: import("zod").ZodInt;
          usesLastHour: import("zod").ZodInt;
          from: import("zod").ZodArray<import("zod").ZodObject<{
            address: import("zod").ZodString;
            uses: import("zod").ZodInt;
            lastUsedAtMs: import("zod").ZodInt;
          }, import("zod/v4/core").$strip>>;
        }, import("zod/v4/core").$strip>;
      }, import("zod/v4/core").$strip>;
    };
    readonly endOverlap: {
      readonly permission: "write";
      readonly params: import("zod").ZodObject<{
        accountId: import("zod").ZodString;
        keyId: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
      readonly output: import("zod").ZodObject<{
        rotatedAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
        overlapUntilMs: import("zod").ZodNullable<import("zod").ZodInt>;
        isOverlapping: import("zod").ZodBoolean;
        olderSecret: import("zod").ZodObject<{
          lastUsedAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
          uses: import("zod").ZodInt;
          usesLastHour: import("zod").ZodInt;
          from: import("zod").ZodArray<import("zod").ZodObject<{
            address: import("zod").ZodString;
            uses: import("zod").ZodInt;
            lastUsedAtMs: import("zod").ZodInt;
          }, import("zod/v4/core").$strip>>;
        }, import("zod/v4/core").$strip>;
      }, import("zod/v4/core").$strip>;
      readonly reports: readonly ["key_revoked", "not_found"];
    };
    readonly revokeKey: {
      readonly permission: "write";
      readonly params: import("zod").ZodObject<{
        accountId: import("zod").ZodString;
        keyId: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
      readonly output: import("zod").ZodObject<{
        id: import("zod").ZodString;
        accountId: import("zod").ZodString;
        workspaceId: import("zod").ZodNullable<import("zod").ZodString>;
        projectId: import("zod").ZodNullable<import("zod").ZodString>;
        api: import("zod").ZodNullable<import("zod").ZodString>;
        name: import("zod").ZodString;
        environment: import("zod").ZodEnum<{
          live: "live";
          test: "test";
        }>;
        state: import("zod").ZodEnum<{
          active: "active";
          expired: "expired";
          revoked: "revoked";
        }>;
        prefix: import("zod").ZodString;
        lastFour: import("zod").ZodString;
        permissions: import("zod").ZodNullable<import("zod").ZodArray<import("zod").ZodString>>;
        budget: import("zod").ZodNullable<import("zod").ZodInt>;
        createdAtMs: import("zod").ZodInt;
        expiresAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
        revokedAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
        overlapUntilMs: import("zod").ZodNullable<import("zod").ZodInt>;
      }, import("zod/v4/core").$strip>;
    };
    readonly getCredits: {
      readonly permission: "read";
      readonly params: import("zod").ZodObject<{
        accountId: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
      readonly output: import("zod").ZodObject<{
        remaining: import("zod").ZodInt;
        held: import("zod").ZodInt;
        used: import("zod").ZodInt;
        allowance: import("zod").ZodNullable<import("zod").ZodObject<{
          credits: import("zod").ZodInt;
          reset: import("zod").ZodDiscriminatedUnion<[import("zod").ZodObject<{
            kind: import("zod").ZodLiteral<"calendar_month">;
          }, import("zod/v4/core").$strict>, import("zod").ZodObject<{
            kind: import("zod").ZodLiteral<"lazy">;
            everyMs: import("zod").ZodInt;
          }, import("zod/v4/core").$strict>], "kind">;
        }, import("zod/v4/core").$strict>>;
        periodStartMs: import("zod").ZodNullable<import("zod").ZodInt>;
        resetAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
        pots: import("zod").ZodArray<import("zod").ZodObject<{
          kind: import("zod").ZodEnum<{
            allowance: "allowance";
            grant: "grant";
          }>;
          id: import("zod").ZodNullable<import("zod").ZodString>;
          remaining: import("zod").ZodInt;
          expiresAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
        }, import("zod/v4/core").$strip>>;
      }, import("zod/v4/core").$strip>;
    };
    readonly listGrants: {
      readonly permission: "read";
      readonly params: import("zod").ZodObject<{
        accountId: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
      readonly query: import("zod").ZodObject<{
        limit: import("zod").ZodDefault<import("zod").ZodType<number, string | number, import("zod/v4/core").$ZodTypeInternals<number, string | number>>>;
        cursor: import("zod").ZodOptional<import("zod").ZodString>;
      }, import("zod/v4/core").$strict>;
      readonly output: import("zod").ZodObject<{
        data: import("zod").ZodArray<import("zod").ZodObject<{
          id: import("zod").ZodString;
          accountId: import("zod").ZodString;
          amount: import("zod").ZodInt;
          reason: import("zod").ZodString;
          expiresAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
          remaining: import("zod").ZodInt;
          held: import("zod").ZodInt;
          charged: import("zod").ZodInt;
          lapsed: import("zod").ZodInt;
        }, import("zod/v4/core").$strip>>;
        next: import("zod").ZodNullable<import("zod").ZodString>;
      }, import("zod/v4/core").$strip>;
    };
    readonly grantCredits: {
      readonly permission: "write";
      readonly bodyBytesMax: 65536;
      readonly params: import("zod").ZodObject<{
        accountId: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
      readonly body: import("zod").ZodObject<{
        id: import("zod").ZodOptional<import("zod").ZodString>;
        amount: import("zod").ZodInt;
        reason: import("zod").ZodString;
        expiresAtMs: import("zod").ZodOptional<import("zod").ZodInt>;
      }, import("zod/v4/core").$strict>;
      readonly output: import("zod").ZodObject<{
        id: import("zod").ZodString;
        accountId: import("zod").ZodString;
        amount: import("zod").ZodInt;
        reason: import("zod").ZodString;
        expiresAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
        remaining: import("zod").ZodInt;
        held: import("zod").ZodInt;
        charged: import("zod").ZodInt;
        lapsed: import("zod").ZodInt;
      }, import("zod/v4/core").$strip>;
      readonly reports: readonly ["already_exists", "not_found"];
    };
    readonly listEntries: {
      readonly permission: "read";
      readonly params: import("zod").ZodObject<{
        accountId: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
      readonly query: import("zod").ZodObject<{
        limit: import("zod").ZodDefault<import("zod").ZodType<number, string | number, import("zod/v4/core").$ZodTypeInternals<number, string | number>>>;
        cursor: import("zod").ZodOptional<import("zod").ZodString>;
      }, import("zod/v4/core").$strict>;
      readonly output: import("zod").ZodObject<{
        data: import("zod").ZodArray<import("zod").ZodObject<{
          sequence: import("zod").ZodInt;
          atMs: import("zod").ZodInt;
          holdId: import("zod").ZodNullable<import("zod").ZodString>;
          pot: import("zod").ZodString;
          from: import("zod").ZodEnum<{
            available: "available";
            charged: "charged";
            held: "held";
            issued: "issued";
            lapsed: "lapsed";
          }>;
          to: import("zod").ZodEnum<{
            available: "available";
            charged: "charged";
            held: "held";
            issued: "issued";
            lapsed: "lapsed";
          }>;
          amount: import("zod").ZodInt;
          availableAfter: import("zod").ZodInt;
          heldAfter: import("zod").ZodInt;
        }, import("zod/v4/core").$strip>>;
        next: import("zod").ZodNullable<import("zod").ZodString>;
      }, import("zod/v4/core").$strip>;
    };
    readonly listBudgets: {
      readonly permission: "read";
      readonly params: import("zod").ZodObject<{
        accountId: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
      readonly query: import("zod").ZodObject<{
        limit: import("zod").ZodDefault<import("zod").ZodType<number, string | number, import("zod/v4/core").$ZodTypeInternals<number, string | number>>>;
        cursor: import("zod").ZodOptional<import("zod").ZodString>;
      }, import("zod/v4/core").$strict>;
      readonly output: import("zod").ZodObject<{
        data: import("zod").ZodArray<import("zod").ZodObject<{
          scope: import("zod").ZodEnum<{
            key: "key";
            project: "project";
            workspace: "workspace";
          }>;
          id: import("zod").ZodString;
          name: import("zod").ZodString;
          workspaceId: import("zod").ZodNullable<import("zod").ZodString>;
          projectId: import("zod").ZodNullable<import("zod").ZodString>;
          cap: import("zod").ZodInt;
          used: import("zod").ZodInt;
          held: import("zod").ZodInt;
          resetAtMs: import("zod").ZodInt;
        }, import("zod/v4/core").$strip>>;
        next: import("zod").ZodNullable<import("zod").ZodString>;
      }, import("zod/v4/core").$strip>;
    };
    readonly listHolds: {
      readonly permission: "read";
      readonly query: import("zod").ZodObject<{
        limit: import("zod").ZodDefault<import("zod").ZodType<number, string | number, import("zod/v4/core").$ZodTypeInternals<number, string | number>>>;
        cursor: import("zod").ZodOptional<import("zod").ZodString>;
        accountId: import("zod").ZodOptional<import("zod").ZodString>;
      }, import("zod/v4/core").$strict>;
      readonly output: import("zod").ZodObject<{
        data: import("zod").ZodArray<import("zod").ZodObject<{
          id: import("zod").ZodString;
          accountId: import("zod").ZodString;
          operation: import("zod").ZodString;
          keyId: import("zod").ZodString;
          amount: import("zod").ZodInt;
          charged: import("zod").ZodInt;
          overage: import("zod").ZodInt;
          state: import("zod").ZodEnum<{
            expired: "expired";
            open: "open";
            released: "released";
            settled: "settled";
          }>;
          isJob: import("zod").ZodBoolean;
          madeAtMs: import("zod").ZodInt;
          endedAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
        }, import("zod/v4/core").$strip>>;
        next: import("zod").ZodNullable<import("zod").ZodString>;
      }, import("zod/v4/core").$strip>;
    };
    readonly getHold: {
      readonly permission: "read";
      readonly params: import("zod").ZodObject<{
        holdId: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
      readonly output: import("zod").ZodObject<{
        id: import("zod").ZodString;
        accountId: import("zod").ZodString;
        operation: import("zod").ZodString;
        keyId: import("zod").ZodString;
        amount: import("zod").ZodInt;
        charged: import("zod").ZodInt;
        overage: import("zod").ZodInt;
        state: import("zod").ZodEnum<{
          expired: "expired";
          open: "open";
          released: "released";
          settled: "settled";
        }>;
        isJob: import("zod").ZodBoolean;
        madeAtMs: import("zod").ZodInt;
        endedAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
      }, import("zod/v4/core").$strip>;
    };
    readonly auditLedger: {
      readonly permission: "read";
      readonly output: import("zod").ZodObject<{
        isClean: import("zod").ZodBoolean;
        broken: import("zod").ZodArray<import("zod").ZodString>;
        brokenCount: import("zod").ZodInt;
      }, import("zod/v4/core").$strip>;
      readonly deadlineMs: number;
    };
    readonly listRequests: {
      readonly permission: "read";
      readonly query: import("zod").ZodObject<{
        cursor: import("zod").ZodOptional<import("zod").ZodString>;
        limit: import("zod").ZodDefault<import("zod").ZodType<number, string | number, import("zod/v4/core").$ZodTypeInternals<number, string | number>>>;
        requestId: import("zod").ZodOptional<import("zod").ZodString>;
        clientRequestId: import("zod").ZodOptional<import("zod").ZodString>;
        accountId: import("zod").ZodOptional<import("zod").ZodString>;
        keyId: import("zod").ZodOptional<import("zod").ZodString>;
        isOlderSecret: import("zod").ZodOptional<import("zod").ZodType<boolean, boolean, import("zod/v4/core").$ZodTypeInternals<boolean, boolean>>>;
        api: import("zod").ZodOptional<import("zod").ZodString>;
        operation: import("zod").ZodOptional<import("zod").ZodString>;
        code: import("zod").ZodOptional<import("zod").ZodString>;
        condition: import("zod").ZodOptional<import("zod").ZodString>;
        status: import("zod").ZodOptional<import("zod").ZodType<number, string | number, import("zod/v4/core").$ZodTypeInternals<number, string | number>>>;
        ending: import("zod").ZodOptional<import("zod").ZodEnum<{
          abandoned: "abandoned";
          done: "done";
          fault: "fault";
          refused: "refused";
          replayed: "replayed";
        }>>;
        fromMs: import("zod").ZodOptional<import("zod").ZodType<number, string | number, import("zod/v4/core").$ZodTypeInternals<number, string | number>>>;
        toMs: import("zod").ZodOptional<import("zod").ZodType<number, string | number, import("zod/v4/core").$ZodTypeInternals<number, string | number>>>;
      }, import("zod/v4/core").$strict>;
      readonly output: import("zod").ZodObject<{
        data: import("zod").ZodArray<import("zod").ZodObject<{
          requestId: import("zod").ZodString;
          clientRequestId: import("zod").ZodNullable<import("zod").ZodString>;
          api: import("zod").ZodString;
          atMs: import("zod").ZodInt;
          durationMs: import("zod").ZodNumber;
          accountId: import("zod").ZodNullable<import("zod").ZodString>;
          keyId: import("zod").ZodNullable<import("zod").ZodString>;
          isOlderSecret: import("zod").ZodBoolean;
          address: import("zod").ZodString;
          operation: import("zod").ZodNullable<import("zod").ZodString>;
          method: import("zod").ZodString;
          path: import("zod").ZodString;
          status: import("zod").ZodInt;
          code: import("zod").ZodNullable<import("zod").ZodString>;
          condition: import("zod").ZodNullable<import("zod").ZodString>;
          endedAt: import("zod").ZodEnum<{
            admit: "admit";
            authorise: "authorise";
            identify: "identify";
            match: "match";
            reserve: "reserve";
            respond: "respond";
            run: "run";
            settle: "settle";
            validate: "validate";
          }>;
          ending: import("zod").ZodEnum<{
            abandoned: "abandoned";
            done: "done";
            fault: "fault";
            refused: "refused";
            replayed: "replayed";
          }>;
          window: import("zod").ZodNullable<import("zod").ZodString>;
          windowLimit: import("zod").ZodNullable<import("zod").ZodInt>;
          windowRemaining: import("zod").ZodNullable<import("zod").ZodInt>;
          slots: import("zod").ZodNullable<import("zod").ZodObject<{
            id: import("zod").ZodString;
            taken: import("zod").ZodInt;
            limit: import("zod").ZodInt;
          }, import("zod/v4/core").$strip>>;
          budget: import("zod").ZodNullable<import("zod").ZodObject<{
            scope: import("zod").ZodEnum<{
              key: "key";
              project: "project";
              workspace: "workspace";
            }>;
            id: import("zod").ZodString;
            cap: import("zod").ZodInt;
            used: import("zod").ZodInt;
            held: import("zod").ZodInt;
            resetAtMs: import("zod").ZodInt;
          }, import("zod/v4/core").$strip>>;
          held: import("zod").ZodInt;
          charged: import("zod").ZodInt;
          creditsRemaining: import("zod").ZodNullable<import("zod").ZodInt>;
          by: import("zod").ZodNullable<import("zod").ZodString>;
          param: import("zod").ZodNullable<import("zod").ZodString>;
          retryAfterMs: import("zod").ZodNullable<import("zod").ZodNumber>;
          simulated: import("zod").ZodBoolean;
          degraded: import("zod").ZodNullable<import("zod").ZodEnum<{
            keys: "keys";
            limits: "limits";
            "limits, keys": "limits, keys";
          }>>;
        }, import("zod/v4/core").$strip>>;
        next: import("zod").ZodNullable<import("zod").ZodString>;
      }, import("zod/v4/core").$strip>;
    };
    readonly getRequest: {
      readonly permission: "read";
      readonly params: import("zod").ZodObject<{
        requestId: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
      readonly output: import("zod").ZodObject<{
        requestId: import("zod").ZodString;
        clientRequestId: import("zod").ZodNullable<import("zod").ZodString>;
        api: import("zod").ZodString;
        atMs: import("zod").ZodInt;
        durationMs: import("zod").ZodNumber;
        accountId: import("zod").ZodNullable<import("zod").ZodString>;
        keyId: import("zod").ZodNullable<import("zod").ZodString>;
        isOlderSecret: import("zod").ZodBoolean;
        address: import("zod").ZodString;
        operation: import("zod").ZodNullable<import("zod").ZodString>;
        method: import("zod").ZodString;
        path: import("zod").ZodString;
        status: import("zod").ZodInt;
        code: import("zod").ZodNullable<import("zod").ZodString>;
        condition: import("zod").ZodNullable<import("zod").ZodString>;
        endedAt: import("zod").ZodEnum<{
          admit: "admit";
          authorise: "authorise";
          identify: "identify";
          match: "match";
          reserve: "reserve";
          respond: "respond";
          run: "run";
          settle: "settle";
          validate: "validate";
        }>;
        ending: import("zod").ZodEnum<{
          abandoned: "abandoned";
          done: "done";
          fault: "fault";
          refused: "refused";
          replayed: "replayed";
        }>;
        window: import("zod").ZodNullable<import("zod").ZodString>;
        windowLimit: import("zod").ZodNullable<import("zod").ZodInt>;
        windowRemaining: import("zod").ZodNullable<import("zod").ZodInt>;
        slots: import("zod").ZodNullable<import("zod").ZodObject<{
          id: import("zod").ZodString;
          taken: import("zod").ZodInt;
          limit: import("zod").ZodInt;
        }, import("zod/v4/core").$strip>>;
        budget: import("zod").ZodNullable<import("zod").ZodObject<{
          scope: import("zod").ZodEnum<{
            key: "key";
            project: "project";
            workspace: "workspace";
          }>;
          id: import("zod").ZodString;
          cap: import("zod").ZodInt;
          used: import("zod").ZodInt;
          held: import("zod").ZodInt;
          resetAtMs: import("zod").ZodInt;
        }, import("zod/v4/core").$strip>>;
        held: import("zod").ZodInt;
        charged: import("zod").ZodInt;
        creditsRemaining: import("zod").ZodNullable<import("zod").ZodInt>;
        by: import("zod").ZodNullable<import("zod").ZodString>;
        param: import("zod").ZodNullable<import("zod").ZodString>;
        retryAfterMs: import("zod").ZodNullable<import("zod").ZodNumber>;
        simulated: import("zod").ZodBoolean;
        degraded: import("zod").ZodNullable<import("zod").ZodEnum<{
          keys: "keys";
          limits: "limits";
          "limits, keys": "limits, keys";
        }>>;
      }, import("zod/v4/core").$strip>;
    };
    readonly explainRequest: {
      readonly permission: "read";
      readonly params: import("zod").ZodObject<{
        requestId: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
      readonly output: import("zod").ZodObject<{
        requestId: import("zod").ZodString;
        request: import("zod").ZodObject<{
          requestId: import("zod").ZodString;
          clientRequestId: import("zod").ZodNullable<import("zod").ZodString>;
          api: import("zod").ZodString;
          atMs: import("zod").ZodInt;
          durationMs: import("zod").ZodNumber;
          accountId: import("zod").ZodNullable<import("zod").ZodString>;
          keyId: import("zod").ZodNullable<import("zod").ZodString>;
          isOlderSecret: import("zod").ZodBoolean;
          address: import("zod").ZodString;
          operation: import("zod").ZodNullable<import("zod").ZodString>;
          method: import("zod").ZodString;
          path: import("zod").ZodString;
          status: import("zod").ZodInt;
          code: import("zod").ZodNullable<import("zod").ZodString>;
          condition: import("zod").ZodNullable<import("zod").ZodString>;
          endedAt: import("zod").ZodEnum<{
            admit: "admit";
            authorise: "authorise";
            identify: "identify";
            match: "match";
            reserve: "reserve";
            respond: "respond";
            run: "run";
            settle: "settle";
            validate: "validate";
          }>;
          ending: import("zod").ZodEnum<{
            abandoned: "abandoned";
            done: "done";
            fault: "fault";
            refused: "refused";
            replayed: "replayed";
          }>;
          window: import("zod").ZodNullable<import("zod").ZodString>;
          windowLimit: import("zod").ZodNullable<import("zod").ZodInt>;
          windowRemaining: import("zod").ZodNullable<import("zod").ZodInt>;
          slots: import("zod").ZodNullable<import("zod").ZodObject<{
            id: import("zod").ZodString;
            taken: import("zod").ZodInt;
            limit: import("zod").ZodInt;
          }, import("zod/v4/core").$strip>>;
          budget: import("zod").ZodNullable<import("zod").ZodObject<{
            scope: import("zod").ZodEnum<{
              key: "key";
              project: "project";
              workspace: "workspace";
            }>;
            id: import("zod").ZodString;
            cap: import("zod").ZodInt;
            used: import("zod").ZodInt;
            held: import("zod").ZodInt;
            resetAtMs: import("zod").ZodInt;
          }, import("zod/v4/core").$strip>>;
          held: import("zod").ZodInt;
          charged: import("zod").ZodInt;
          creditsRemaining: import("zod").ZodNullable<import("zod").ZodInt>;
          by: import("zod").ZodNullable<import("zod").ZodString>;
          param: import("zod").ZodNullable<import("zod").ZodString>;
          retryAfterMs: import("zod").ZodNullable<import("zod").ZodNumber>;
          simulated: import("zod").ZodBoolean;
          degraded: import("zod").ZodNullable<import("zod").ZodEnum<{
            keys: "keys";
            limits: "limits";
            "limits, keys": "limits, keys";
          }>>;
        }, import("zod/v4/core").$strip>;
        steps: import("zod").ZodArray<import("zod").ZodObject<{
          step: import("zod").ZodEnum<{
            admit: "admit";
            authorise: "authorise";
            identify: "identify";
            match: "match";
            reserve: "reserve";
            respond: "respond";
            run: "run";
            settle: "settle";
            validate: "validate";
          }>;
          verdict: import("zod").ZodEnum<{
            abandoned: "abandoned";
            fault: "fault";
            "not reached": "not reached";
            passed: "passed";
            refused: "refused";
            replayed: "replayed";
          }>;
          facts: import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodUnion<readonly [import("zod").ZodString, import("zod").ZodNumber]>>;
        }, import("zod/v4/core").$strip>>;
        refusal: import("zod").ZodNullable<import("zod").ZodObject<{
          step: import("zod").ZodEnum<{
            admit: "admit";
            authorise: "authorise";
            identify: "identify";
            match: "match";
            reserve: "reserve";
            respond: "respond";
            run: "run";
            settle: "settle";
            validate: "validate";
          }>;
          condition: import("zod").ZodString;
          means: import("zod").ZodString;
          by: import("zod").ZodNullable<import("zod").ZodString>;
          scope: import("zod").ZodNullable<import("zod").ZodString>;
          passesAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
          action: import("zod").ZodNullable<import("zod").ZodString>;
        }, import("zod/v4/core").$strip>>;
        told: import("zod").ZodObject<{
          status: import("zod").ZodNullable<import("zod").ZodInt>;
          code: import("zod").ZodNullable<import("zod").ZodString>;
          headers: import("zod").ZodArray<import("zod").ZodObject<{
            name: import("zod").ZodString;
            value: import("zod").ZodString;
          }, import("zod/v4/core").$strip>>;
          body: import("zod").ZodNullable<import("zod").ZodString>;
          bodyMissing: import("zod").ZodNullable<import("zod").ZodString>;
        }, import("zod/v4/core").$strip>;
        cost: import("zod").ZodObject<{
          state: import("zod").ZodEnum<{
            charged: "charged";
            expired: "expired";
            held: "held";
            nothing: "nothing";
          }>;
          credits: import("zod").ZodInt;
          overage: import("zod").ZodInt;
          isJob: import("zod").ZodBoolean;
        }, import("zod/v4/core").$strip>;
        words: import("zod").ZodString;
        sentences: import("zod").ZodArray<import("zod").ZodString>;
      }, import("zod/v4/core").$strip>;
    };
    readonly listDays: {
      readonly permission: "read";
      readonly query: import("zod").ZodObject<{
        limit: import("zod").ZodDefault<import("zod").ZodType<number, string | number, import("zod/v4/core").$ZodTypeInternals<number, string | number>>>;
        cursor: import("zod").ZodOptional<import("zod").ZodString>;
        api: import("zod").ZodOptional<import("zod").ZodString>;
        operation: import("zod").ZodOptional<import("zod").ZodString>;
        fromMs: import("zod").ZodOptional<import("zod").ZodType<number, string | number, import("zod/v4/core").$ZodTypeInternals<number, string | number>>>;
        toMs: import("zod").ZodOptional<import("zod").ZodType<number, string | number, import("zod/v4/core").$ZodTypeInternals<number, string | number>>>;
      }, import("zod/v4/core").$strict>;
      readonly output: import("zod").ZodObject<{
        data: import("zod").ZodArray<import("zod").ZodObject<{
          dayMs: import("zod").ZodInt;
          api: import("zod").ZodString;
          operation: import("zod").ZodNullable<import("zod").ZodString>;
          requests: import("zod").ZodInt;
          refusals: import("zod").ZodInt;
          failures: import("zod").ZodInt;
          abandoned: import("zod").ZodInt;
          credits: import("zod").ZodInt;
          durations: import("zod").ZodArray<import("zod").ZodInt>;
        }, import("zod/v4/core").$strip>>;
        next: import("zod").ZodNullable<import("zod").ZodString>;
        boundsMs: import("zod").ZodArray<import("zod").ZodInt>;
      }, import("zod/v4/core").$strip>;
    };
    readonly watchLive: {
      readonly permission: "read";
      readonly deadlineMs: 3600000;
      readonly reports: readonly ["not_serving"];
    };
    readonly listWarnings: {
      readonly permission: "read";
      readonly query: import("zod").ZodObject<{
        limit: import("zod").ZodDefault<import("zod").ZodType<number, string | number, import("zod/v4/core").$ZodTypeInternals<number, string | number>>>;
        cursor: import("zod").ZodOptional<import("zod").ZodString>;
        accountId: import("zod").ZodOptional<import("zod").ZodString>;
        state: import("zod").ZodOptional<import("zod").ZodEnum<{
          delivered: "delivered";
          given_up: "given_up";
          gone: "gone";
          listed: "listed";
          waiting: "waiting";
        }>>;
      }, import("zod/v4/core").$strict>;
      readonly output: import("zod").ZodObject<{
        data: import("zod").ZodArray<import("zod").ZodObject<{
          id: import("zod").ZodString;
          accountId: import("zod").ZodString;
          subject: import("zod").ZodDiscriminatedUnion<[import("zod").ZodObject<{
            kind: import("zod").ZodLiteral<"credits">;
          }, import("zod/v4/core").$strip>, import("zod").ZodObject<{
            kind: import("zod").ZodLiteral<"budget">;
            scope: import("zod").ZodEnum<{
              key: "key";
              project: "project";
              workspace: "workspace";
            }>;
            id: import("zod").ZodString;
          }, import("zod/v4/core").$strip>, import("zod").ZodObject<{
            kind: import("zod").ZodLiteral<"leak">;
            keyId: import("zod").ZodString;
            keyPrefix: import("zod").ZodString;
            keyLastFour: import("zod").ZodString;
            secret: import("zod").ZodEnum<{
              forgotten: "forgotten";
              newest: "newest";
              older: "older";
            }>;
            foundAt: import("zod").ZodNullable<import("zod").ZodString>;
            source: import("zod").ZodString;
            done: import("zod").ZodString;
            endsAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
          }, import("zod/v4/core").$strip>], "kind">;
          periodStartMs: import("zod").ZodNullable<import("zod").ZodInt>;
          resetAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
          percent: import("zod").ZodNullable<import("zod").ZodInt>;
          used: import("zod").ZodNullable<import("zod").ZodInt>;
          cap: import("zod").ZodNullable<import("zod").ZodInt>;
          atMs: import("zod").ZodInt;
          url: import("zod").ZodNullable<import("zod").ZodString>;
          state: import("zod").ZodEnum<{
            delivered: "delivered";
            given_up: "given_up";
            gone: "gone";
            listed: "listed";
            waiting: "waiting";
          }>;
          dueMs: import("zod").ZodInt;
          attempts: import("zod").ZodArray<import("zod").ZodObject<{
            atMs: import("zod").ZodInt;
            url: import("zod").ZodString;
            secretVersion: import("zod").ZodInt;
            durationMs: import("zod").ZodNumber;
            status: import("zod").ZodNullable<import("zod").ZodInt>;
            error: import("zod").ZodNullable<import("zod").ZodString>;
          }, import("zod/v4/core").$strip>>;
          attemptCount: import("zod").ZodInt;
        }, import("zod/v4/core").$strip>>;
        next: import("zod").ZodNullable<import("zod").ZodString>;
      }, import("zod/v4/core").$strip>;
    };
    readonly sendWarning: {
      readonly permission: "write";
      readonly params: import("zod").ZodObject<{
        accountId: import("zod").ZodString;
        warningId: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
      readonly output: import("zod").ZodObject<{
        isDelivered: import("zod").ZodBoolean;
        attempt: import("zod").ZodObject<{
          atMs: import("zod").ZodInt;
          url: import("zod").ZodString;
          secretVersion: import("zod").ZodInt;
          durationMs: import("zod").ZodNumber;
          status: import("zod").ZodNullable<import("zod").ZodInt>;
          error: import("zod").ZodNullable<import("zod").ZodString>;
        }, import("zod/v4/core").$strip>;
      }, import("zod/v4/core").$strip>;
      readonly reports: readonly ["no_webhook", "not_serving", "not_found"];
    };
    readonly listIncidents: {
      readonly permission: "read";
      readonly query: import("zod").ZodObject<{
        limit: import("zod").ZodDefault<import("zod").ZodType<number, string | number, import("zod/v4/core").$ZodTypeInternals<number, string | number>>>;
        cursor: import("zod").ZodOptional<import("zod").ZodString>;
        isOpen: import("zod").ZodOptional<import("zod").ZodType<boolean, boolean, import("zod/v4/core").$ZodTypeInternals<boolean, boolean>>>;
      }, import("zod/v4/core").$strict>;
      readonly output: import("zod").ZodObject<{
        data: import("zod").ZodArray<import("zod").ZodObject<{
          id: import("zod").ZodString;
          title: import("zod").ZodString;
          impact: import("zod").ZodEnum<{
            degraded: "degraded";
            maintenance: "maintenance";
            none: "none";
            outage: "outage";
          }>;
          api: import("zod").ZodNullable<import("zod").ZodString>;
          operations: import("zod").ZodArray<import("zod").ZodString>;
          startedAtMs: import("zod").ZodInt;
          endedAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
          updates: import("zod").ZodArray<import("zod").ZodObject<{
            atMs: import("zod").ZodInt;
            text: import("zod").ZodString;
          }, import("zod/v4/core").$strip>>;
        }, import("zod/v4/core").$strip>>;
        next: import("zod").ZodNullable<import("zod").ZodString>;
      }, import("zod/v4/core").$strip>;
    };
    readonly createIncident: {
      readonly permission: "write";
      readonly bodyBytesMax: 65536;
      readonly body: import("zod").ZodObject<{
        id: import("zod").ZodOptional<import("zod").ZodString>;
        title: import("zod").ZodString;
        impact: import("zod").ZodEnum<{
          degraded: "degraded";
          maintenance: "maintenance";
          none: "none";
          outage: "outage";
        }>;
        api: import("zod").ZodOptional<import("zod").ZodString>;
        operations: import("zod").ZodOptional<import("zod").ZodArray<import("zod").ZodString>>;
        startedAtMs: import("zod").ZodOptional<import("zod").ZodInt>;
        text: import("zod").ZodOptional<import("zod").ZodString>;
      }, import("zod/v4/core").$strict>;
      readonly output: import("zod").ZodObject<{
        id: import("zod").ZodString;
        title: import("zod").ZodString;
        impact: import("zod").ZodEnum<{
          degraded: "degraded";
          maintenance: "maintenance";
          none: "none";
          outage: "outage";
        }>;
        api: import("zod").ZodNullable<import("zod").ZodString>;
        operations: import("zod").ZodArray<import("zod").ZodString>;
        startedAtMs: import("zod").ZodInt;
        endedAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
        updates: import("zod").ZodArray<import("zod").ZodObject<{
          atMs: import("zod").ZodInt;
          text: import("zod").ZodString;
        }, import("zod/v4/core").$strip>>;
      }, import("zod/v4/core").$strip>;
      readonly reports: readonly ["already_exists"];
    };
    readonly getIncident: {
      readonly permission: "read";
      readonly params: import("zod").ZodObject<{
        incidentId: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
      readonly output: import("zod").ZodObject<{
        id: import("zod").ZodString;
        title: import("zod").ZodString;
        impact: import("zod").ZodEnum<{
          degraded: "degraded";
          maintenance: "maintenance";
          none: "none";
          outage: "outage";
        }>;
        api: import("zod").ZodNullable<import("zod").ZodString>;
        operations: import("zod").ZodArray<import("zod").ZodString>;
        startedAtMs: import("zod").ZodInt;
        endedAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
        updates: import("zod").ZodArray<import("zod").ZodObject<{
          atMs: import("zod").ZodInt;
          text: import("zod").ZodString;
        }, import("zod/v4/core").$strip>>;
      }, import("zod/v4/core").$strip>;
    };
    readonly changeIncident: {
      readonly permission: "write";
      readonly bodyBytesMax: 65536;
      readonly reports: readonly ["incident_over", "resource_limit_reached", "not_found"];
      readonly params: import("zod").ZodObject<{
        incidentId: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
      readonly body: import("zod").ZodObject<{
        title: import("zod").ZodOptional<import("zod").ZodString>;
        impact: import("zod").ZodOptional<import("zod").ZodEnum<{
          degraded: "degraded";
          maintenance: "maintenance";
          none: "none";
          outage: "outage";
        }>>;
        api: import("zod").ZodOptional<import("zod").ZodNullable<import("zod").ZodString>>;
        operations: import("zod").ZodOptional<import("zod").ZodArray<import("zod").ZodString>>;
        text: import("zod").ZodOptional<import("zod").ZodString>;
      }, import("zod/v4/core").$strict>;
      readonly output: import("zod").ZodObject<{
        id: import("zod").ZodString;
        title: import("zod").ZodString;
        impact: import("zod").ZodEnum<{
          degraded: "degraded";
          maintenance: "maintenance";
          none: "none";
          outage: "outage";
        }>;
        api: import("zod").ZodNullable<import("zod").ZodString>;
        operations: import("zod").ZodArray<import("zod").ZodString>;
        startedAtMs: import("zod").ZodInt;
        endedAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
        updates: import("zod").ZodArray<import("zod").ZodObject<{
          atMs: import("zod").ZodInt;
          text: import("zod").ZodString;
        }, import("zod/v4/core").$strip>>;
      }, import("zod/v4/core").$strip>;
    };
    readonly endIncident: {
      readonly permission: "write";
      readonly bodyBytesMax: 65536;
      readonly reports: readonly ["incident_over", "resource_limit_reached", "not_found"];
      readonly params: import("zod").ZodObject<{
        incidentId: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
      readonly body: import("zod").ZodObject<{
        text: import("zod").ZodOptional<import("zod").ZodString>;
      }, import("zod/v4/core").$strict>;
      readonly output: import("zod").ZodObject<{
        id: import("zod").ZodString;
        title: import("zod").ZodString;
        impact: import("zod").ZodEnum<{
          degraded: "degraded";
          maintenance: "maintenance";
          none: "none";
          outage: "outage";
        }>;
        api: import("zod").ZodNullable<import("zod").ZodString>;
        operations: import("zod").ZodArray<import("zod").ZodString>;
        startedAtMs: import("zod").ZodInt;
        endedAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
        updates: import("zod").ZodArray<import("zod").ZodObject<{
          atMs: import("zod").ZodInt;
          text: import("zod").ZodString;
        }, import("zod/v4/core").$strip>>;
      }, import("zod/v4/core").$strip>;
    };
    readonly whoAmI: {
      readonly permission: "read";
      readonly output: import("zod").ZodObject<{
        token: import("zod").ZodObject<{
          id: import("zod").ZodString;
          name: import("zod").ZodString;
          role: import("zod").ZodNullable<import("zod").ZodEnum<{
            operator: "operator";
            owner: "owner";
            support: "support";
          }>>;
          permissions: import("zod").ZodArray<import("zod").ZodString>;
          state: import("zod").ZodEnum<{
            active: "active";
            expired: "expired";
            revoked: "revoked";
          }>;
          prefix: import("zod").ZodString;
          lastFour: import("zod").ZodString;
          createdAtMs: import("zod").ZodInt;
          expiresAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
          revokedAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
        }, import("zod/v4/core").$strip>;
        isLocal: import("zod").ZodBoolean;
      }, import("zod/v4/core").$strip>;
    };
    readonly createSignIn: {
      readonly permission: "read";
      readonly shownOnce: true;
      readonly output: import("zod").ZodObject<{
        code: import("zod").ZodString;
        path: import("zod").ZodString;
        expiresAtMs: import("zod").ZodInt;
      }, import("zod/v4/core").$strip>;
      readonly reports: readonly ["not_serving", "not_found"];
    };
    readonly getHealth: {
      readonly permission: "read";
      readonly output: import("zod").ZodObject<{
        stores: import("zod").ZodArray<import("zod").ZodObject<{
          name: import("zod").ZodEnum<{
            directory: "directory";
            ledger: "ledger";
            limits: "limits";
            log: "log";
            notices: "notices";
          }>;
          status: import("zod").ZodEnum<{
            failing: "failing";
            ok: "ok";
          }>;
          tookMs: import("zod").ZodNumber;
          why: import("zod").ZodNullable<import("zod").ZodString>;
        }, import("zod/v4/core").$strip>>;
        logRowsDropped: import("zod").ZodInt;
        isServing: import("zod").ZodBoolean;
      }, import("zod/v4/core").$strip>;
    };
    readonly listApis: {
      readonly permission: "read";
      readonly query: import("zod").ZodObject<{
        limit: import("zod").ZodDefault<import("zod").ZodType<number, string | number, import("zod/v4/core").$ZodTypeInternals<number, string | number>>>;
        cursor: import("zod").ZodOptional<import("zod").ZodString>;
      }, import("zod/v4/core").$strict>;
      readonly output: import("zod").ZodObject<{
        data: import("zod").ZodArray<import("zod").ZodObject<{
          title: import("zod").ZodString;
          basePath: import("zod").ZodString;
          support: import("zod").ZodNullable<import("zod").ZodString>;
          docs: import("zod").ZodNullable<import("zod").ZodString>;
          prefixes: import("zod").ZodObject<{
            live: import("zod").ZodString;
            test: import("zod").ZodNullable<import("zod").ZodString>;
          }, import("zod/v4/core").$strip>;
          plans: import("zod").ZodArray<import("zod").ZodString>;
          permissions: import("zod").ZodArray<import("zod").ZodString>;
          firstCall: import("zod").ZodObject<{
            operation: import("zod").ZodString;
            curl: import("zod").ZodString;
            keyVariable: import("zod").ZodString;
            origin: import("zod").ZodString;
          }, import("zod/v4/core").$strip>;
          windows: import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodObject<{
            per: import("zod").ZodEnum<{
              account: "account";
              key: "key";
            }>;
            limit: import("zod").ZodUnion<readonly [import("zod").ZodInt, import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodInt>]>;
            windowMs: import("zod").ZodInt;
          }, import("zod/v4/core").$strip>>;
          slots: import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodObject<{
            per: import("zod").ZodEnum<{
              account: "account";
              key: "key";
            }>;
            limit: import("zod").ZodUnion<readonly [import("zod").ZodInt, import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodInt>]>;
          }, import("zod/v4/core").$strip>>;
          operations: import("zod").ZodArray<import("zod").ZodObject<{
            name: import("zod").ZodString;
            method: import("zod").ZodString;
            path: import("zod").ZodString;
            summary: import("zod").ZodString;
            permission: import("zod").ZodNullable<import("zod").ZodString>;
            plans: import("zod").ZodNullable<import("zod").ZodArray<import("zod").ZodString>>;
            price: import("zod").ZodObject<{
              kind: import("zod").ZodEnum<{
                at_most: "at_most";
                fixed: "fixed";
                free: "free";
                quote: "quote";
              }>;
              credits: import("zod").ZodNullable<import("zod").ZodInt>;
            }, import("zod/v4/core").$strip>;
            windows: import("zod").ZodArray<import("zod").ZodString>;
            slots: import("zod").ZodArray<import("zod").ZodString>;
            idempotency: import("zod").ZodBoolean;
            isStream: import("zod").ZodBoolean;
            isJob: import("zod").ZodBoolean;
          }, import("zod/v4/core").$strip>>;
          codes: import("zod").ZodArray<import("zod").ZodObject<{
            code: import("zod").ZodString;
            status: import("zod").ZodInt;
            type: import("zod").ZodNullable<import("zod").ZodString>;
            message: import("zod").ZodString;
            action: import("zod").ZodString;
            retry: import("zod").ZodString;
            conditions: import("zod").ZodArray<import("zod").ZodString>;
            whatHappened: import("zod").ZodString;
            howToFix: import("zod").ZodString;
            endUser: import("zod").ZodString;
          }, import("zod/v4/core").$strip>>;
        }, import("zod/v4/core").$strip>>;
        next: import("zod").ZodNullable<import("zod").ZodString>;
      }, import("zod/v4/core").$strip>;
    };
    readonly listPlans: {
      readonly permission: "read";
      readonly query: import("zod").ZodObject<{
        limit: import("zod").ZodDefault<import("zod").ZodType<number, string | number, import("zod/v4/core").$ZodTypeInternals<number, string | number>>>;
        cursor: import("zod").ZodOptional<import("zod").ZodString>;
      }, import("zod/v4/core").$strict>;
      readonly output: import("zod").ZodObject<{
        data: import("zod").ZodArray<import("zod").ZodObject<{
          api: import("zod").ZodString;
          name: import("zod").ZodString;
          title: import("zod").ZodString;
          allowance: import("zod").ZodNullable<import("zod").ZodObject<{
            credits: import("zod").ZodInt;
            reset: import("zod").ZodDiscriminatedUnion<[import("zod").ZodObject<{
              kind: import("zod").ZodLiteral<"calendar_month">;
            }, import("zod/v4/core").$strict>, import("zod").ZodObject<{
              kind: import("zod").ZodLiteral<"lazy">;
              everyMs: import("zod").ZodInt;
            }, import("zod/v4/core").$strict>], "kind">;
          }, import("zod/v4/core").$strict>>;
          limits: import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodInt>;
          windows: import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodObject<{
            limit: import("zod").ZodInt;
            windowMs: import("zod").ZodInt;
            per: import("zod").ZodEnum<{
              account: "account";
              key: "key";
            }>;
          }, import("zod/v4/core").$strip>>;
          slots: import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodObject<{
            limit: import("zod").ZodInt;
            per: import("zod").ZodEnum<{
              account: "account";
              key: "key";
            }>;
          }, import("zod/v4/core").$strip>>;
        }, import("zod/v4/core").$strip>>;
        next: import("zod").ZodNullable<import("zod").ZodString>;
      }, import("zod/v4/core").$strip>;
    };
    readonly simulateRefusal: {
      readonly permission: "read";
      readonly params: import("zod").ZodObject<{
        api: import("zod").ZodString;
        condition: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
      readonly query: import("zod").ZodObject<{
        operation: import("zod").ZodOptional<import("zod").ZodString>;
        param: import("zod").ZodOptional<import("zod").ZodString>;
      }, import("zod/v4/core").$strict>;
      readonly output: import("zod").ZodObject<{
        status: import("zod").ZodInt;
        code: import("zod").ZodString;
        headers: import("zod").ZodArray<import("zod").ZodObject<{
          name: import("zod").ZodString;
          value: import("zod").ZodString;
        }, import("zod/v4/core").$strip>>;
        body: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
    };
    readonly listChanges: {
      readonly permission: "read";
      readonly query: import("zod").ZodObject<{
        limit: import("zod").ZodDefault<import("zod").ZodType<number, string | number, import("zod/v4/core").$ZodTypeInternals<number, string | number>>>;
        cursor: import("zod").ZodOptional<import("zod").ZodString>;
        accountId: import("zod").ZodOptional<import("zod").ZodString>;
        kind: import("zod").ZodOptional<import("zod").ZodEnum<{
          account: "account";
          grant: "grant";
          incident: "incident";
          key: "key";
          project: "project";
          workspace: "workspace";
        }>>;
        id: import("zod").ZodOptional<import("zod").ZodString>;
        by: import("zod").ZodOptional<import("zod").ZodString>;
      }, import("zod/v4/core").$strict>;
      readonly output: import("zod").ZodObject<{
        data: import("zod").ZodArray<import("zod").ZodObject<{
          sequence: import("zod").ZodInt;
          atMs: import("zod").ZodInt;
          by: import("zod").ZodString;
          accountId: import("zod").ZodString;
          kind: import("zod").ZodEnum<{
            account: "account";
            grant: "grant";
            incident: "incident";
            key: "key";
            project: "project";
            workspace: "workspace";
          }>;
          id: import("zod").ZodString;
          before: import("zod").ZodUnknown;
          after: import("zod").ZodUnknown;
        }, import("zod/v4/core").$strip>>;
        next: import("zod").ZodNullable<import("zod").ZodString>;
      }, import("zod/v4/core").$strip>;
    };
    readonly listTokens: {
      readonly permission: "tokens";
      readonly query: import("zod").ZodObject<{
        limit: import("zod").ZodDefault<import("zod").ZodType<number, string | number, import("zod/v4/core").$ZodTypeInternals<number, string | number>>>;
        cursor: import("zod").ZodOptional<import("zod").ZodString>;
      }, import("zod/v4/core").$strict>;
      readonly output: import("zod").ZodObject<{
        data: import("zod").ZodArray<import("zod").ZodObject<{
          id: import("zod").ZodString;
          name: import("zod").ZodString;
          role: import("zod").ZodNullable<import("zod").ZodEnum<{
            operator: "operator";
            owner: "owner";
            support: "support";
          }>>;
          permissions: import("zod").ZodArray<import("zod").ZodString>;
          state: import("zod").ZodEnum<{
            active: "active";
            expired: "expired";
            revoked: "revoked";
          }>;
          prefix: import("zod").ZodString;
          lastFour: import("zod").ZodString;
          createdAtMs: import("zod").ZodInt;
          expiresAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
          revokedAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
        }, import("zod/v4/core").$strip>>;
        next: import("zod").ZodNullable<import("zod").ZodString>;
      }, import("zod/v4/core").$strip>;
    };
    readonly createToken: {
      readonly shownOnce: true;
      readonly permission: "tokens";
      readonly bodyBytesMax: 65536;
      readonly body: import("zod").ZodObject<{
        name: import("zod").ZodString;
        role: import("zod").ZodEnum<{
          operator: "operator";
          owner: "owner";
          support: "support";
        }>;
        expiresAtMs: import("zod").ZodOptional<import("zod").ZodInt>;
      }, import("zod/v4/core").$strict>;
      readonly output: import("zod").ZodObject<{
        token: import("zod").ZodObject<{
          id: import("zod").ZodString;
          name: import("zod").ZodString;
          role: import("zod").ZodNullable<import("zod").ZodEnum<{
            operator: "operator";
            owner: "owner";
            support: "support";
          }>>;
          permissions: import("zod").ZodArray<import("zod").ZodString>;
          state: import("zod").ZodEnum<{
            active: "active";
            expired: "expired";
            revoked: "revoked";
          }>;
          prefix: import("zod").ZodString;
          lastFour: import("zod").ZodString;
          createdAtMs: import("zod").ZodInt;
          expiresAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
          revokedAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
        }, import("zod/v4/core").$strip>;
        secret: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
    };
    readonly revokeToken: {
      readonly permission: "tokens";
      readonly params: import("zod").ZodObject<{
        tokenId: import("zod").ZodString;
      }, import("zod/v4/core").$strip>;
      readonly output: import("zod").ZodObject<{
        id: import("zod").ZodString;
        name: import("zod").ZodString;
        role: import("zod").ZodNullable<import("zod").ZodEnum<{
          operator: "operator";
          owner: "owner";
          support: "support";
        }>>;
        permissions: import("zod").ZodArray<import("zod").ZodString>;
        state: import("zod").ZodEnum<{
          active: "active";
          expired: "expired";
          revoked: "revoked";
        }>;
        prefix: import("zod").ZodString;
        lastFour: import("zod").ZodString;
        createdAtMs: import("zod").ZodInt;
        expiresAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
        revokedAtMs: import("zod").ZodNullable<import("zod").ZodInt>;
      }, import("zod/v4/core").$strip>;
    };
  };
};

declare function signingSecret(pepper: Peppers$1, accountId: string, secretVersion: number): string;

declare function stopOnSignals(options: StopOptions): void;

declare function summaryOf(api: AnyApi): ContractSummary;

declare const terms: {
  readonly conditions: { readonly [C in import("sluice").Condition]: C; };
  readonly headers: {
    readonly rateLimit: "x-ratelimit";
  };
  readonly about: {
    readonly title: "Sluice Portal";
    readonly summary: "What a customer's page asks: usage, credits, keys, requests and their explanations, of one account.";
  };
  readonly basePath: "/v1";
  readonly envelope: import("sluice").Envelope;
  readonly codes: {
    readonly no_webhook: {
      readonly action: "fix_request";
      readonly retry: "never";
      readonly status: 409;
      readonly type: "invalid_request_error";
      readonly message: "No webhook is set: set one first.";
    };
    readonly missing_key: {
      readonly status: number;
      readonly type?: string;
      readonly action: import("sluice").Action;
      readonly retry: import("sluice").RetryAdvice;
      readonly charged?: import("sluice").Charged;
      readonly retryAfter?: {
        readonly alwaysMs: number;
      } | {
        readonly otherwiseMs: number;
      };
      readonly extension?: boolean;
      readonly example?: import("sluice").Facts;
      readonly message: "Nobody is signed in: sign in with an API key.";
    };
    readonly malformed_key: {
      readonly status: number;
      readonly type?: string;
      readonly action: import("sluice").Action;
      readonly retry: import("sluice").RetryAdvice;
      readonly charged?: import("sluice").Charged;
      readonly retryAfter?: {
        readonly alwaysMs: number;
      } | {
        readonly otherwiseMs: number;
      };
      readonly extension?: boolean;
      readonly example?: import("sluice").Facts;
      readonly message: "This is no API key of ours.";
    };
    readonly unknown_key: {
      readonly status: number;
      readonly type?: string;
      readonly action: import("sluice").Action;
      readonly retry: import("sluice").RetryAdvice;
      readonly charged?: import("sluice").Charged;
      readonly retryAfter?: {
        readonly alwaysMs: number;
      } | {
        readonly otherwiseMs: number;
      };
      readonly extension?: boolean;
      readonly example?: import("sluice").Facts;
      readonly message: "There is no such API key.";
    };
    readonly forbidden: {
      readonly status: number;
      readonly type?: string;
      readonly action: import("sluice").Action;
      readonly retry: import("sluice").RetryAdvice;
      readonly charged?: import("sluice").Charged;
      readonly retryAfter?: {
        readonly alwaysMs: number;
      } | {
        readonly otherwiseMs: number;
      };
      readonly extension?: boolean;
      readonly example?: import("sluice").Facts;
      readonly message: "The key that you signed in with does not allow this.";
    };
    readonly not_found: {
      readonly status: number;
      readonly type?: string;
      readonly action: import("sluice").Action;
      readonly retry: import("sluice").RetryAdvice;
      readonly charged?: import("sluice").Charged;
      readonly retryAfter?: {
        readonly alwaysMs: number;
      } | {
        readonly otherwiseMs: number;
      };
      readonly extension?: boolean;
      readonly example?: import("sluice").Facts;
      readonly message: "There is no such thing in your account.";
    };
    readonly body_too_large: import("sluice").CodeEntry;
    readonly budget_exceeded: import("sluice").CodeEntry;
    readonly concurrency_limited: import("sluice").CodeEntry;
    readonly conflict: import("sluice").CodeEntry;
    readonly credits_exhausted: import("sluice").CodeEntry;
    readonly credits_unavailable: import("sluice").CodeEntry;
    readonly expired_key: import("sluice").CodeEntry;
    readonly headers_too_large: import("sluice").CodeEntry;
    readonly idempotency_key_reused: import("sluice").CodeEntry;
    readonly internal: import("sluice").CodeEntry;
    readonly invalid_field: import("sluice").CodeEntry;
    readonly invalid_parameter: import("sluice").CodeEntry;
    readonly malformed_body: import("sluice").CodeEntry;
    readonly malformed_request: import("sluice").CodeEntry;
    readonly method_not_allowed: import("sluice").CodeEntry;
    readonly missing_field: import("sluice").CodeEntry;
    readonly plan_limit_reached: import("sluice").CodeEntry;
    readonly plan_required: import("sluice").CodeEntry;
    readonly rate_limited: import("sluice").CodeEntry;
    readonly replay_unavailable: import("sluice").CodeEntry;
    readonly request_in_progress: import("sluice").CodeEntry;
    readonly request_timeout: import("sluice").CodeEntry;
    readonly resource_limit_reached: import("sluice").CodeEntry;
    readonly revoked_key: import("sluice").CodeEntry;
    readonly subscription_inactive: import("sluice").CodeEntry;
    readonly unavailable: import("sluice").CodeEntry;
    readonly unsupported_media_type: import("sluice").CodeEntry;
    readonly upstream_timeout: import("sluice").CodeEntry;
  };
  readonly domain: {
    readonly no_webhook: "no_webhook";
  };
  readonly plans: readonly ["customers"];
  readonly windows: {
    readonly requests: {
      readonly per: "key";
      readonly limit: 600;
      readonly windowMs: 60000;
    };
  };
};

declare function unprotectedRoutes({ apis }: Pick<GatewaySettings, "apis">): UnprotectedRoute[];

declare const wire: import("sluice").Wire<"body_too_large" | "budget_exceeded" | "concurrency_limited" | "conflict" | "credits_exhausted" | "credits_unavailable" | "expired_key" | "forbidden" | "headers_too_large" | "idempotency_key_reused" | "internal" | "invalid_field" | "invalid_parameter" | "malformed_body" | "malformed_key" | "malformed_request" | "method_not_allowed" | "missing_field" | "missing_key" | "no_webhook" | "not_found" | "plan_limit_reached" | "plan_required" | "rate_limited" | "replay_unavailable" | "request_in_progress" | "request_timeout" | "resource_limit_reached" | "revoked_key" | "subscription_inactive" | "unavailable" | "unknown_key" | "unsupported_media_type" | "upstream_timeout", "explainRequest" | "getCredits" | "getForecast" | "getKey" | "getPlan" | "getThresholds" | "getUsage" | "listBudgets" | "listGrants" | "listKeys" | "listRefusals" | "listRequests" | "listUsageDays" | "listUsageOperations" | "listWarnings" | "removeThresholds" | "rotateThresholdSecret" | "setThresholds" | "whoAmI", "customers", "no_webhook">;

declare const wire$1: import("sluice").Wire<"already_exists" | "body_too_large" | "budget_exceeded" | "concurrency_limited" | "conflict" | "credits_exhausted" | "credits_unavailable" | "expired_key" | "forbidden" | "headers_too_large" | "idempotency_key_reused" | "incident_over" | "internal" | "invalid_field" | "invalid_parameter" | "key_foreign" | "key_revoked" | "malformed_body" | "malformed_key" | "malformed_request" | "method_not_allowed" | "missing_field" | "missing_key" | "no_webhook" | "not_found" | "not_serving" | "plan_limit_reached" | "plan_required" | "rate_limited" | "replay_unavailable" | "request_in_progress" | "request_timeout" | "resource_limit_reached" | "revoked_key" | "subscription_inactive" | "unavailable" | "unknown_key" | "unsupported_media_type" | "upstream_timeout", "auditLedger" | "changeAccount" | "changeIncident" | "changeKey" | "changeProject" | "changeWorkspace" | "createAccount" | "createIncident" | "createKey" | "createProject" | "createSignIn" | "createToken" | "createWorkspace" | "endIncident" | "endOverlap" | "explainRequest" | "findKey" | "getAccount" | "getCredits" | "getHealth" | "getHold" | "getIncident" | "getKey" | "getProject" | "getRequest" | "getRotation" | "getUsage" | "getWorkspace" | "grantCredits" | "listAccounts" | "listApis" | "listBudgets" | "listChanges" | "listDays" | "listEntries" | "listGrants" | "listHolds" | "listIncidents" | "listKeys" | "listPlans" | "listProjects" | "listRequests" | "listTokens" | "listWarnings" | "listWorkspaces" | "removeWarnings" | "revokeKey" | "revokeToken" | "rotateKey" | "rotateWarningSecret" | "sendWarning" | "setWarnings" | "simulateRefusal" | "watchLive" | "whoAmI", "operators", "already_exists" | "incident_over" | "key_foreign" | "key_revoked" | "no_webhook" | "not_serving">;
