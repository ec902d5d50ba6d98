import { DatabaseSync } from "node:sqlite";
import { IncomingMessage, Server, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { StandardJSONSchemaV1, StandardSchemaV1 } from "@standard-schema/spec";

declare module "sluice" {
  export {
    ACTIONS,
    About,
    Action,
    ActualCost,
    Allowance,
    AnyApi,
    AnyServer,
    AnyWire,
    Api,
    AtMostPrice,
    BODY_BYTES_DEFAULT,
    ByPlan,
    CLIENT_REQUEST_ID,
    CONDITIONS,
    CONDITION_NAMES,
    COST,
    COST_COMMENT,
    Charged,
    CodeEntry,
    CodeOf,
    Complaint,
    Complaints,
    Completion,
    Condition,
    ConditionEntry,
    Conditions,
    DEADLINE_MS_DEFAULT,
    DEGRADED,
    DeclarationError,
    DecodedError,
    Detachment,
    ERROR_EVENT,
    EVENT_BYTES_MAX,
    Envelope,
    Environment,
    EventSplitter,
    EventStream,
    FactName,
    Facts,
    FixedPrice,
    FoldingRule,
    HOP_BY_HOP,
    HeaderList,
    HeaderPolicy,
    IDEMPOTENCY_KEY,
    InputExample,
    InputFor$1 as InputFor,
    InputOf$1 as InputOf,
    InputPlace,
    Issue,
    JsonSchema,
    KeyAlphabet,
    KeyFormat,
    KeyPlace,
    LIMITS_DOWN,
    LimitOwner,
    METHODS$1 as METHODS,
    Matched,
    Method,
    OperationExample,
    OperationOf,
    OutputOf,
    PAGE_HEADINGS,
    Page$1 as Page,
    Parsed,
    Path,
    PathPattern,
    Plan,
    PlanOf,
    Price,
    QuotedPrice,
    RATE_LIMIT_NAMES,
    REFUSE,
    REPLAYED,
    REQUEST_ID,
    RETRY_ADVICE,
    RETRY_AFTER,
    Refusal,
    RefusedExample,
    RenderContext,
    Rendered,
    Reset,
    ResponseFacts,
    RetryAdvice,
    Route,
    Router,
    SIMULATE,
    STEPS,
    Schema,
    Scope,
    ServerDeclaration,
    ServerOperation,
    Shortage,
    SlotLimit,
    Spelled,
    Spelling,
    StepName,
    StreamEvent,
    UPGRADE_PROTOCOLS,
    UpgradeProtocol,
    WARNING_PERCENTS_DEFAULT,
    WARNING_PERCENTS_MAX,
    WaitingCondition,
    WindowLimit,
    Wire,
    WireDeclaration,
    WireError,
    WireOperation,
    areWarningPercents,
    at,
    atMost$1 as atMost,
    customEnvelope,
    defineApi,
    defineWire,
    deltaSeconds,
    didYouMean,
    environmentOf,
    epochSeconds,
    exampleFacts,
    expectation,
    fillPattern,
    fixed,
    flat,
    fold,
    headerIn,
    helpUrl,
    isCompletion,
    isCondition,
    isCredits,
    isEventStreamType,
    isRefusal,
    jsonSchemaOf,
    keyHeaders,
    lazilyAfterDays,
    limitFor,
    mintKey,
    monthEndMs,
    monthStartMs,
    monthly,
    namedByConnection,
    nearestName,
    nested,
    parse,
    parsePage,
    parsePattern,
    percentUsed,
    periodEndMs,
    periodStartMs,
    previewOf,
    problem,
    quote,
    readKey,
    redactKeys,
    refusalOf,
    refuse,
    refuseDomain,
    render,
    resetAtMs,
    retryAfterSeconds,
    routesOf,
    schemaAt,
    standard,
    stepOf,
    unknownMember,
    writeEvent,
  };
}

declare module "sluice/adapter/cors" {
  export {
    CorsOptions,
    originProblem,
    withCors,
  };
}

declare module "sluice/adapter/express" {
  export {
    ExpressAdapterOptions,
    ExpressMiddleware,
    ExpressRequest,
    callerOf,
    inputOf,
    signalOf,
    sluiceExpress,
  };
}

declare module "sluice/adapter/fastify" {
  export {
    FastifyAdapterOptions,
    FastifyAdapterPlugin,
    callerOf,
    inputOf,
    signalOf,
    sluiceFastify,
  };
}

declare module "sluice/adapter/fetch" {
  export {
    FetchAdapterOptions,
    createFetchHandler,
  };
}

declare module "sluice/adapter/hono" {
  export {
    HonoAdapterOptions,
    HonoContext,
    callerOf,
    inputOf,
    signalOf,
    sluiceHono,
  };
}

declare module "sluice/adapter/next" {
  export {
    NextAdapterOptions,
    NextMethod,
    callerOf,
    inputOf,
    signalOf,
    sluiceNext,
  };
}

declare module "sluice/adapter/node" {
  export {
    NodeAdapterOptions,
    Refuser,
    Upgradable,
    answerUnreadable,
    createNodeListener,
    takeOver,
    targetBelow,
  };
}

declare module "sluice/base" {
  export {
    Awaitable,
    Clock,
    DAY_MS,
    Digests,
    Done,
    Due$1 as Due,
    EarliestFirst,
    HOUR_MS,
    InvariantError,
    MINUTE_MS,
    OneAtATime,
    Outcome,
    Random,
    Refused$1 as Refused,
    SECOND_MS,
    VirtualClock,
    World,
    WorldOptions,
    andThen,
    assert,
    atEndOfTurn,
    createRequestIds,
    createWorld,
    dayOf,
    done,
    freezeDeep,
    frozenCopy,
    isPromise,
    joinBytes,
    oneAtATime,
    readBytes,
    refused,
    seededRandom,
    sleepBy,
    systemClock,
    systemDigests,
    systemRandom,
    toHex,
    unreachable,
    uuidTimeMs,
    wordToHex,
  };
}

declare module "sluice/client" {
  export {
    ApiError,
    ApiErrorOf,
    CallOptions,
    Client,
    ClientFetch,
    ClientListener,
    ClientOptions,
    ClientStreamEvent,
    DeadlineOptions,
    FetchLike,
    LoggerLike,
    OpenTelemetryLike,
    PublicEvent,
    SpanLike,
    TracerLike,
    Transport,
    UndiciLike,
    WaitOptions,
    apiErrorIn,
    createClient,
    describeEvent,
    fetchTransport,
    isApiError,
    isApiErrorOf,
    logTo,
    traceTo,
    undiciTransport,
    waitMsOf,
  };
}

declare module "sluice/gate" {
  export {
    Account,
    AccountFunds,
    AccountQuery,
    AddressGuard,
    Admission,
    Admitted,
    Answer$1 as Answer,
    AnswerListener,
    AnswerStream,
    Answers,
    Attempt,
    Audience,
    Balance,
    BodyRead,
    Booked,
    Budget,
    BudgetState,
    ByteSource,
    Call,
    Caller,
    Came,
    Case,
    Change$1 as Change,
    ChangeEntry,
    ChangeQuery,
    ComingAnswer,
    Cost,
    DIFFERENCE_KINDS,
    DURATION_BOUNDS_MS,
    DayQuery,
    DaySum,
    Degraded,
    Difference,
    DifferenceKind,
    Directory,
    EmbeddedCaller,
    Entry,
    EntryPage,
    EntrySide,
    EventListener,
    ExplainedStep,
    Explanation,
    FetchHandler,
    FoundKey,
    FullBudget,
    Gate,
    GateEvent,
    GateOptions,
    Grant,
    GrantState,
    HandlerContext,
    Handlers,
    HoldRecord,
    Idempotency,
    Incident,
    IncidentQuery,
    Job,
    JobDesk,
    JobEnded,
    JobOutcome,
    JobStart,
    JobStarted,
    Judge,
    JudgeOptions,
    Judged,
    Key$1 as Key,
    KeyCheck,
    KeyCheckOptions,
    KeyDesk,
    KeyDigests,
    KnownKey,
    LeakSubject,
    LeakWarning,
    Ledger,
    LimitRefused,
    Limits,
    LogPlace,
    LogQuery,
    LogRow,
    Missed,
    NewKey,
    Notices,
    OddHoldQuery,
    OperatorStores,
    OwnContext,
    Page,
    PassedBody,
    Pepper,
    Peppers,
    Project,
    Prospect,
    Quotes,
    Recalled,
    ReplyEvent,
    RequestLog,
    Reservation,
    Reserved,
    RoutedCall,
    RowDetails,
    RowEnding,
    STATUS_ABANDONED,
    STATUS_UPGRADED,
    Settled,
    Settlement,
    ShadowCounts,
    ShadowOptions,
    Side,
    Sighting,
    SlotClaim,
    Spend,
    SpendListener,
    SpendWarning,
    StoredAnswer,
    Stores,
    Subscriber,
    Sum,
    TakenPlaces,
    Told$1 as Told,
    UPDATES_MAX,
    Unreadable,
    Upgrade,
    Upstream,
    Usage,
    Warning,
    WarningQuery,
    WarningRecord,
    WarningSubject,
    WindowClaim,
    WindowState,
    Work$2 as Work,
    WorkDone,
    Workspace,
    clientAddress,
    createAddressGuard,
    createGate,
    createKeyCheck,
    createKeyDesk,
    createKeyDigests,
    embeddedCaller,
    explain,
    fetchUpstream,
    findKey,
    handlers,
    isAnswerStream,
    openJudge,
    readAnswer,
    readResponse,
    recentWindows,
    reply,
    replyEvents,
    requestInit,
    routes,
    stepsOf,
    telling,
    toldRefusal,
    untilPut,
  };
}

declare module "sluice/reference" {
  export {
    Advice,
    BrokenLink,
    Cause,
    CodeExample,
    CodeReference,
    DocPage,
    EXAMPLE_REQUEST_ID,
    EnvelopeMember,
    EnvelopeRole,
    ExampleBody,
    ExampleKey,
    ExampleRequest,
    ExampleResponse,
    KeyPattern,
    LeakKitFile,
    OpenApiOptions,
    OperationReference,
    PAGES,
    Place,
    PossibleRefusal,
    Provocation,
    Reference,
    StatusReference,
    addressOf,
    adviceOn,
    anchorOf,
    baseUrlOf,
    brokenLinks,
    codeReference,
    curlText,
    environmentName,
    exampleOf,
    githubPatterns,
    gitleaksRules,
    httpText,
    inputOf$1 as inputOf,
    keyPatterns,
    leakKit,
    linkTo,
    llmsFullText,
    llmsText,
    membersOf,
    openApiOf,
    operationReference,
    originOf,
    pagesOf,
    paramOf,
    pathOfCode,
    pathOfOperation,
    placeOf,
    placesIn,
    possibleRefusals,
    provoke,
    pythonFileName,
    pythonHandler,
    pythonText,
    reasonFor,
    referenceOf,
    refusalsOfNoOperation,
    relatedCodes,
    requestFor,
    schemaNameOf,
    statusWords,
    trufflehogDetectors,
    typescriptText,
    wrongFor,
  };
}

declare module "sluice/sim" {
  export {
    Allowed,
    AnsweredRequest,
    AnyScenario,
    AssumedOf,
    Budgets,
    CallerGroup,
    Change,
    Charge,
    ClientTuning,
    ContractCallers,
    ContractScenario,
    DecidedAgain,
    DecisionReplay,
    Delay,
    EndedCall,
    Fault,
    Given,
    Interval,
    Jobs,
    KeptStores,
    LimitsServer,
    Moment,
    MomentRun,
    Nodes,
    NotJudged,
    Onlooker,
    Part,
    PastAccount,
    PastCall,
    PastDecision,
    PastFailure,
    Percentiles,
    PlanInterval,
    PlanOptions,
    PlanReplay,
    PlanResult,
    PlanSum,
    PolicyName,
    Revocation,
    Run,
    Scenario,
    SentRequest,
    Shape,
    Shrunk,
    Totals,
    TriedAgain,
    Use,
    Violation,
    WhyReplay,
    Work$1 as Work,
    checkScenario,
    describeFailure,
    isNoSubject,
    replayDecision,
    replayWhy,
    scenarioOf,
    shrink,
    simulate,
    simulateMoment,
  };
}

declare module "sluice/store/conformance" {
  export {
    ConformanceError,
    ConformanceOptions,
    Make,
    Suite,
    directoryConformance,
    ledgerConformance,
    limitsConformance,
    noticesConformance,
    requestLogConformance,
    storeConformance,
  };
}

declare module "sluice/store/memory" {
  export {
    ExactWindow,
    LedgerOptions$2 as LedgerOptions,
    MemoryDirectory,
    MemoryLedger,
    MemoryLimits,
    MemoryNotices,
    MemoryRequestLog,
    MemoryStores,
    MemoryStoresOptions,
    Rate,
    RequestLogOptions,
    createMemoryStores,
  };
}

declare module "sluice/store/postgres" {
  export {
    BatchError,
    BatchErrorReason,
    DatabaseSilentError,
    DriverConnection,
    DriverQuery,
    ForeignSchemaError,
    LedgerOptions,
    LogOptions,
    PostgresClient,
    PostgresDirectory,
    PostgresLedger,
    PostgresNotices,
    PostgresOptions,
    PostgresPool,
    PostgresRequestLog,
    PostgresStores,
    Submitted,
    openPostgresStores,
  };
}

declare module "sluice/store/redis" {
  export {
    BatchReply,
    Command$1 as Command,
    CommandAnswer,
    DistantLimits,
    IoredisClient,
    LimitsDownError,
    LimitsEngine,
    NodeRedisClient,
    NodeRedisCluster,
    PastPlaces,
    RedisClient,
    DistantLimits as RedisLimits,
    RedisLimitsOptions,
    ShardCommand,
    createRedisLimits,
  };
}

declare module "sluice/store/sqlite" {
  export {
    BatchError,
    BatchErrorReason,
    ForeignFileError,
    Holder,
    LedgerOptions$1 as LedgerOptions,
    LockedError,
    LogOptions$1 as LogOptions,
    PepperError,
    PepperVersion,
    ServingLock,
    SqliteDirectory,
    SqliteLedger,
    SqliteLimits,
    SqliteNotices,
    SqliteOptions,
    SqliteRequestLog,
    SqliteStores,
    StoreDownError,
    acquireLock,
    openPepper,
    openSqliteStores,
  };
}

declare const ACTIONS: readonly ["wait", "top_up", "upgrade", "fix_request", "rotate_key", "contact"];

declare const ALPHABETS: {
  readonly hex: "0123456789abcdef";
  readonly base62: "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
};

interface About {
  readonly title: string;
  readonly summary?: string;
  readonly origin?: string;
  readonly keysAt?: string;
  readonly support?: string;
  readonly docs?: string;
  readonly status?: string;
}

interface Account {
  readonly id: string;
  readonly name: string;
  readonly plan: string;
  readonly subscription: "active" | "inactive";
  readonly overrides?: {
    readonly windows?: Readonly<Record<string, number>>;
    readonly slots?: Readonly<Record<string, number>>;
    readonly limits?: Readonly<Record<string, number>>;
    readonly allowance?: Allowance;
  };
  readonly warnings?: {
    readonly url: string;
    readonly percents?: readonly number[];
    readonly secretVersion: number;
  };
}

interface AccountFunds {
  readonly accountId: string;
  readonly allowance: Allowance | undefined;
}

interface AccountQuery extends Page {
  readonly search?: string;
}

type Action = (typeof ACTIONS)[number];

type ActualCost = CostInBody | {
  readonly header: typeof COST;
};

interface AddressGuard {
  take(address: string, nowMs: number): number | undefined;
  giveBack(address: string): void;
}

interface Admission {
  readonly windows: readonly WindowClaim[];
  readonly slots: readonly SlotClaim[];
  readonly owner?: string;
  readonly whenDown?: "local" | "throw";
}

interface Admitted {
  readonly admitted: true;
  readonly windows: readonly WindowState[];
  readonly slotsTaken: readonly number[];
  readonly local?: {
    readonly cause: unknown;
  };
}

interface Advice {
  readonly retryable: boolean;
  readonly retry: string;
  readonly wait: string;
  readonly retryAfter: "always" | "never" | "sometimes";
  readonly action: string;
  readonly cost: string;
}

interface Allowance {
  readonly credits: number;
  readonly reset: Reset;
}

interface Allowed {
  readonly windowLimit: number;
  readonly windowMs: number;
  readonly workLimit: number;
  readonly workMs: number;
  readonly slots: number;
  readonly credits: number;
  readonly limitsDown: "open" | "local" | "closed";
}

type Answer<Input> = (input: Input, context: OwnContext) => Awaitable<WorkDone | Refusal>;

interface Answer$1 {
  readonly status: number;
  readonly headers: string[];
  readonly body: string | Uint8Array | AnswerStream;
}

type AnswerListener = (row: LogRow, call: Call) => void;

interface AnswerStream {
  readonly length?: number | undefined;
  readonly broken?: boolean;
  next(): Promise<Uint8Array | undefined>;
  cancel(): void;
}

type Answered<Method> = Method extends ((...told: never[]) => infer Value) ? Value : never;

interface AnsweredRequest extends SentRequest {
  readonly endedMs: number;
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly isDegraded: boolean;
}

type Answers<A extends AnyApi> = A extends Api<infer _W, infer S> ? { readonly [O in keyof S["operations"] as S["operations"][O] extends {
  readonly answeredBy: "gate";
} ? O : never]: Answer<InputFor$1<S["operations"][O]>>; } : never;

type AnyAnswers = Readonly<Record<string, Answer<{
  params: unknown;
  query: unknown;
  body: unknown;
}>>>;

type AnyApi = Api;

type AnyScenario = Scenario | ContractScenario;

type AnyServer = ServerDeclaration<string, string>;

type AnyWire = Wire<string, string, string, string>;

interface Api<W extends AnyWire = AnyWire, S extends AnyServer = AnyServer> {
  readonly wire: W;
  readonly server: S;
  readonly pages: Readonly<Record<CodeOf<W>, Page$1>>;
  readonly router: Router<OperationOf<W>>;
}

declare class ApiError<Code extends string = string> extends Error {
  readonly name: "ApiError";
  readonly code: Code;
  readonly rawCode: string;
  readonly condition: string | undefined;
  readonly conditions: readonly string[];
  readonly status: number | undefined;
  readonly type: string | undefined;
  readonly param: string | undefined;
  readonly requestId: string | undefined;
  readonly retryable: boolean;
  readonly repeatable: boolean;
  readonly action: Action;
  readonly retryAt: Date | undefined;
  readonly charged: "yes" | "no" | "unknown";
  readonly attempts: number;
  readonly why: readonly string[];
  readonly userMessage: string;
  readonly operation: string | undefined;
  readonly source: FailureSource;
  readonly received: string | undefined;
  readonly helpUrl: string | undefined;
  readonly record: LogRecord;
  constructor(failure: Failure, facts: ErrorFacts);
  toJSON(): LogRecord;
}

type ApiErrorOf<W> = ErrorPerCode<(CodeOf<W> & string) | OwnCode>;

type Around = Pick<Gate, "api" | "handle" | "unreadable">;

interface Arrival extends Pick<Settings, "nextRequestId"> {
  readonly clock: Pick<Settings["clock"], "wallMs" | "monotonicMs">;
}

type Ask = (statement: Statement | string, values?: unknown[]) => Promise<readonly Row[]>;

interface Assumed {
  credits: boolean;
  input: boolean;
}

type AssumedOf =
"credits" |
"input" |
"most" |
"noDuration" |
"noKey" | "noPath" |
"plan";

interface AtMostPrice {
  readonly kind: "at_most";
  readonly credits: number;
  readonly actual: string | undefined;
  readonly inEvents: string | undefined;
  readonly inHeader?: typeof COST;
}

interface Attempt {
  readonly atMs: number;
  readonly url: string;
  readonly secretVersion: number;
  readonly durationMs: number;
  readonly status: number | undefined;
  readonly error: string | undefined;
}

type Attributes = Record<string, string | number>;

type Audience = "operator" | "caller";

type Awaitable<T> = T | Promise<T>;

declare const BODY_BYTES_DEFAULT = 1048576;

interface BackoffOptions {
  readonly floorMs?: number;
  readonly baseMs?: number;
  readonly capMs?: number;
  readonly throttledBaseMs?: number;
  readonly throttledCapMs?: number;
}

interface Balance {
  readonly remaining: number;
  readonly held: number;
  readonly used: number;
  readonly allowance: number;
  readonly periodStartMs: number | undefined;
}

interface BatchEngine<Command, Value> {
  run(batch: readonly Command[]): Promise<readonly Outcome<Value, unknown>[]>;
}

declare class BatchError extends Error {
  readonly name: string;
  readonly reason: BatchErrorReason;
  constructor(reason: BatchErrorReason, message: string);
}

type BatchErrorReason = "overloaded" | "closed" | "stalled" | "broken";

interface BatchReply {
  readonly atMs: number;
  readonly done: boolean;
  readonly answers: readonly CommandAnswer[];
}

type BodyRead = {
  readonly kind: "bytes";
  readonly bytes: Uint8Array;
} | {
  readonly kind: "too_large";
} | {
  readonly kind: "aborted";
};

interface Booked {
  readonly available: number;
  readonly held: number;
  readonly upTo: number;
}

declare class BoundedBody implements PassedBody {
  #private;
  constructor(body: PassedBody, bytesMax: number);
  get length(): number | undefined;
  get isTooLarge(): boolean;
  next(): Promise<Uint8Array | undefined>;
  cancel(reason?: unknown): void;
}

interface BreakerOptions {
  readonly consecutive?: number;
  readonly cooldownMs?: number;
  readonly cooldownMaxMs?: number;
  readonly ratio?: number;
  readonly minimum?: number;
  readonly windowMs?: number;
  readonly onChange?: (state: BreakerState, nowMs: number) => void;
}

type BreakerState = "closed" | "no_retries" | "shedding" | "open" | "half_open";

interface BrokenLink {
  readonly path: string;
  readonly target: string;
  readonly why: string;
}

interface Budget {
  readonly scope: "workspace" | "project" | "key";
  readonly id: string;
  readonly cap: number;
}

interface BudgetState {
  readonly budget: Budget;
  readonly used: number;
  readonly held: number;
  readonly resetAtMs: number;
}

interface Budgets {
  readonly workspace?: number;
  readonly project?: number;
  readonly key?: number;
}

type ByPlan<Plan extends string> = number | Readonly<Record<Plan, number>>;

interface Bystander {
  begin(seen: SeenCall): void;
  end(seen: SeenCall, row: LogRow | undefined): void;
  jobEnded(job: Job): void;
}

interface ByteSource {
  next(): Promise<Uint8Array | undefined>;
  cancel(reason?: unknown): void;
  readonly trailers?: readonly string[];
}

declare const CHARGED: readonly ["no", "unknown"];

declare const CLIENT_REQUEST_ID = "X-Client-Request-Id";

declare const CONDITIONS: Readonly<Record<Condition, ConditionEntry>>;

declare const CONDITION_NAMES: readonly Condition[];

declare const COST = "Sluice-Cost";

declare const COST_COMMENT = "sluice-cost";

interface Call {
  readonly method: string;
  readonly target: string;
  readonly address: string;
  header(name: string): string | undefined;
  headers(): Iterable<readonly [string, string]>;
  readBody(bytesMax: number): Awaitable<BodyRead>;
  openBody(): PassedBody;
  readonly upgrade?: Upgrade | undefined;
  readonly aborted: boolean;
  onAbort(listener: () => void): () => void;
}

interface CallFacts {
  readonly nowMs: number;
  readonly endpoint?: string | undefined;
  readonly parameters?: unknown;
}

interface CallInput {
  readonly params?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

interface CallOptions {
  readonly signal?: AbortSignal;
  readonly priority?: Priority;
  readonly totalMs?: number;
  readonly idempotencyKey?: string;
}

interface Caller {
  readonly accountId: string;
  readonly workspaceId?: string;
  readonly projectId?: string;
  readonly keyId: string;
  readonly environment: Environment;
  readonly plan: string;
  readonly limits: Readonly<Record<string, number>>;
}

interface CallerGroup {
  readonly name: string;
  readonly count: number;
  readonly perAccount: number;
  readonly shape: Shape;
  readonly perMinute: number;
  readonly policy: PolicyName;
  readonly makePercent: number;
  readonly askPercent: number;
  readonly tellPercent?: number;
  readonly buildPercent?: number;
  readonly keyedPercent?: number;
  readonly reusedPercent?: number;
  readonly leavePercent: number;
  readonly strangerPercent: number;
}

declare class Calls {
  #private;
  get underWay(): number;
  begin(): void;
  end(): void;
  idle(): Promise<void>;
}

interface Came {
  readonly row: LogRow;
  readonly body?: Uint8Array | undefined;
  readonly hasQuery: boolean;
  readonly work?: WorkDone | undefined;
  readonly metered?: number | undefined;
  readonly asked?: number | undefined;
}

interface Case {
  readonly visit: Visit;
  readonly refusal: Refusal | undefined;
}

interface Cause {
  readonly condition: string;
  readonly reason: string;
  readonly message: string | undefined;
  readonly operations: readonly string[] | "all";
  readonly atNone: boolean;
}

interface Change {
  readonly kind: "plan" | "later" | "credits";
  readonly plan?: string;
  readonly laterMs?: number;
  readonly credits?: number;
  readonly decided: DecidedAgain;
}

interface Change$1 {
  readonly by: string;
  readonly atMs: number;
}

interface ChangeEntry extends Change$1 {
  readonly sequence: number;
  readonly accountId: string;
  readonly kind: "account" | "workspace" | "project" | "key" | "grant" | "incident";
  readonly id: string;
  readonly before: unknown;
  readonly after: unknown;
}

interface ChangeQuery {
  readonly accountId?: string;
  readonly kind?: ChangeEntry["kind"];
  readonly id?: string;
  readonly by?: string;
  readonly limit: number;
  readonly before?: number;
}

interface Charge {
  readonly call: string;
  readonly atMs: number;
  readonly credits: number;
  readonly isDone: boolean;
}

type Charged = (typeof CHARGED)[number];

interface Client<A extends AnyApi = AnyApi> {
  call<O extends keyof OperationsOf<A> & string>(operation: O, input: InputFor<OperationsOf<A>[O]>, options?: CallOptions): Promise<OutputFor<OperationsOf<A>[O]>>;
  stream<O extends keyof OperationsOf<A> & string>(operation: O, input: InputFor<OperationsOf<A>[O]>, options?: CallOptions): AsyncGenerator<ClientStreamEvent, void>;
  readonly fetch: ClientFetch;
  readonly fetchOrThrow: ClientFetch;
  close(): void;
}

type ClientEvent =
{
  readonly kind: "begun";
  readonly call: LogicalCall;
} |
{
  readonly kind: "sent";
  readonly call: LogicalCall;
  readonly attempts: number;
  readonly turn: Turn | undefined;
} |
{
  readonly kind: "failed";
  readonly call: LogicalCall;
  readonly failure: Failure;
  readonly attempts: number;
  readonly decision: Decision;
} |
{
  readonly kind: "ended";
  readonly call: LogicalCall;
  readonly ended: Ending | undefined;
} |
{
  readonly kind: "breaker";
  readonly operation: string | undefined;
  readonly state: string;
} |
{
  readonly kind: "warning";
  readonly message: string;
};

type ClientFetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

type ClientListener = (event: PublicEvent) => void;

interface ClientOptions {
  readonly apiKey: string;
  readonly baseUrl: string;
  readonly transport?: Transport;
  readonly attempts?: number;
  readonly deadline?: DeadlineOptions;
  readonly waitMaxMs?: number;
  readonly backoff?: BackoffOptions;
  readonly budget?: RetryBudgetOptions | false;
  readonly breaker?: Omit<BreakerOptions, "onChange"> | false;
  readonly pacing?: PacerOptions | false;
  readonly queue?: Omit<QueueOptions, "onShed" | "slots" | "apart">;
  readonly credits?: CreditOptions;
  readonly plan?: string;
  readonly userMessages?: UserMessages;
  readonly language?: string;
  readonly onEvent?: ClientListener;
  readonly clock?: Clock;
  readonly random?: Random;
}

interface ClientStreamEvent {
  readonly name: string | undefined;
  readonly data: unknown;
}

type ClientTuning = Pick<ClientOptions, "attempts" | "backoff" | "breaker" | "budget" | "deadline" | "pacing">;

interface Clock {
  wallMs(): number;
  monotonicMs(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  after(ms: number, callback: () => void, keepsAlive?: boolean): () => void;
}

interface CodeEntry {
  readonly status: number;
  readonly type?: string;
  readonly message: string;
  readonly action: Action;
  readonly retry: RetryAdvice;
  readonly charged?: Charged;
  readonly retryAfter?: {
    readonly alwaysMs: number;
  } | {
    readonly otherwiseMs: number;
  };
  readonly extension?: boolean;
  readonly example?: Facts;
}

interface CodeExample {
  readonly condition: string;
  readonly operation: string | undefined;
  readonly request: ExampleRequest;
  readonly response: ExampleResponse;
  readonly given: string | undefined;
}

type CodeOf<W> = W extends {
  readonly codes: Readonly<Record<infer Code, CodeEntry>>;
} ? Code : never;

interface CodeReference {
  readonly code: string;
  readonly entry: CodeEntry;
  readonly status: number;
  readonly phrase: string;
  readonly summary: string;
  readonly page: Page$1;
  readonly advice: Advice;
  readonly causes: readonly Cause[];
  readonly example: CodeExample;
  readonly related: readonly string[];
  readonly path: string;
}

type Column<Name extends keyof LogRow> = { readonly [Key in Name]?: LogRow[Key] | undefined; };

interface ComingAnswer {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: ByteSource | string | Uint8Array | undefined;
}

type Command = {
  readonly kind: "reserve";
  readonly of: Reservation;
  readonly nowMs: number;
} | {
  readonly kind: "settle";
  readonly of: Settlement;
  readonly nowMs: number;
} | {
  readonly kind: "release";
  readonly of: string;
  readonly nowMs: number;
} | {
  readonly kind: "extend";
  readonly of: string;
  readonly expiresAtMs: number;
} | {
  readonly kind: "detach";
  readonly of: JobStart;
  readonly nowMs: number;
} | {
  readonly kind: "job";
  readonly of: string;
} | {
  readonly kind: "recall";
  readonly of: Idempotency;
  readonly nowMs: number;
} | {
  readonly kind: "balance";
  readonly of: AccountFunds;
  readonly nowMs: number;
} | {
  readonly kind: "grant";
  readonly of: Grant;
  readonly nowMs: number;
} | {
  readonly kind: "jobs";
} | {
  readonly kind: "expire";
  readonly nowMs: number;
  readonly max: number;
  readonly dueMs: number;
};

type Command$1 = {
  readonly kind: "admit";
  readonly admission: Admission;
  readonly nowMs: number;
} |
{
  readonly kind: "release";
  readonly id: string;
  readonly member: string;
} |
{
  readonly kind: "renew";
  readonly id: string;
  readonly member: string;
  readonly leaseMs: number;
} |
{
  readonly kind: "post";
  readonly id: string;
  readonly limit: number;
  readonly windowMs: number;
  readonly places: readonly PastPlaces[];
};

type CommandAnswer = Admitted | LimitRefused | boolean | undefined;

type CommandName = keyof Work;

interface Complaint {
  readonly at: string;
  readonly what: string;
  readonly advice: string;
}

declare class Complaints {
  #private;
  get list(): readonly Complaint[];
  add(at: string, what: string, advice: string): void;
  unknownMembers(at: string, value: object, known: readonly string[]): void;
  missingMembers(at: string, value: object, required: readonly string[]): void;
  unknownName(at: string, what: string, name: string, known: readonly string[]): boolean;
  wholeNumber(at: string, value: unknown, min: number, max: number): boolean;
  settle(title: string): void;
}

type Completion = {
  readonly event: string;
} | {
  readonly data: string;
};

type Condition = keyof typeof TABLE;

interface ConditionEntry {
  readonly step: StepName;
  readonly waits: boolean;
  readonly facts: readonly FactName[];
  readonly means: string;
}

type Conditions<Code extends string, Operation extends string> = Readonly<Record<Condition, Spelling<Code, Operation>>>;

declare class ConformanceError extends Error {
  readonly name: string;
}

interface ConformanceOptions {
  readonly traces?: number;
  readonly seed?: number | string;
  readonly clock?: "shown" | "counted";
}

interface Context {
  readonly api: AnyApi;
  readonly operation: string | undefined;
  readonly entry: CodeEntry;
  readonly condition: string;
}

interface ContractCallers extends Omit<CallerGroup, `${"make" | "ask" | "tell" | "build"}Percent`> {
  readonly plan: string;
  readonly uses: readonly Use[];
  readonly client?: ClientTuning;
}

interface ContractScenario extends Omit<Scenario, "allowed" | "callers"> {
  readonly callers: readonly ContractCallers[];
  readonly credits: number;
}

interface CorsOptions {
  readonly origins: readonly string[] | "*";
  readonly credentials?: boolean;
  readonly exposedHeaders?: readonly string[];
  readonly maxAgeMs?: number;
}

interface Cost {
  readonly state: "charged" | "held" | "expired" | "nothing";
  readonly credits: number;
  readonly overage: number;
  readonly isJob: boolean;
}

interface CostInBody {
  readonly pointer: string;
  readonly inEvents?: string;
}

interface CreditOptions {
  readonly budget: number;
  readonly atMost: Readonly<Record<string, number>>;
  readonly actual?: string;
}

declare const DAY_MS = 86400000;

declare const DEADLINE_MS_DEFAULT = 30000;

declare const DEGRADED = "Sluice-Degraded";

declare const DIFFERENCE_KINDS: readonly DifferenceKind[];

declare const DURATION_BOUNDS_MS: readonly number[];

declare class Database {
  #private;
  constructor({ pool, statementMs, clock }: DatabaseOptions);
  readonly ask: Ask;
  transaction<T>(body: (ask: Ask, client: PostgresClient) => Promise<T>, begin?: string, mostMs?: number): Promise<T>;
  withClient<T>(body: (client: PostgresClient) => Promise<T>, mostMs?: number): Promise<T>;
}

interface DatabaseOptions {
  readonly pool: PostgresPool;
  readonly statementMs: number;
  readonly clock: Clock;
}

interface DatabaseSettings {
  readonly file: string;
  readonly fileBytesMax?: number;
  readonly busyMs: number;
  readonly cacheBytes: number;
}

declare class DatabaseSilentError extends Error {
  readonly name: string;
}

interface DayQuery {
  readonly api?: string;
  readonly fromMs: number;
  readonly toMs: number;
}

interface DaySum {
  readonly dayMs: number;
  readonly api: string;
  readonly operation: string | undefined;
  readonly requests: number;
  readonly refusals: number;
  readonly failures: number;
  readonly abandoned: number;
  readonly credits: number;
  readonly durations: readonly number[];
}

interface DeadlineOptions {
  readonly totalMs?: number;
  readonly attemptMs?: number;
  readonly chunkMs?: number;
}

declare class Deadlines {
  #private;
  constructor(clock: Clock, ms: number);
  start(due: Due): void;
  stop(due: Due): void;
}

interface DecidedAgain {
  readonly passes: boolean;
  readonly condition: string | undefined;
  readonly by: string | undefined;
  readonly retryAfterMs: number | undefined;
}

type Decision = {
  readonly kind: "wait";
  readonly ms: number;
  readonly why: readonly string[];
} | {
  readonly kind: "stop";
  readonly why: readonly string[];
  readonly retryAfterMs?: number;
};

interface DecisionReplay {
  readonly plan: string | undefined;
  readonly again: DecidedAgain | undefined;
  readonly agrees: boolean;
  readonly lacks: readonly string[];
  readonly changes: readonly Change[];
}

declare class DeclarationError extends Error {
  readonly name = "DeclarationError";
  readonly complaints: readonly Complaint[];
  constructor(title: string, complaints: readonly Complaint[]);
}

interface DecodedError {
  readonly code: string;
  readonly message: string;
  readonly type?: string;
  readonly param?: string;
}

type Degraded = "limits" | "keys" | "limits, keys";

interface Delay {
  readonly leastMs: number;
  readonly moreMs: number;
}

interface Delivery {
  readonly state: "waiting" | "delivered" | "given_up" | "gone" | "listed";
  readonly dueMs: number;
  readonly attempts: readonly Attempt[];
  readonly attemptCount: number;
}

type Desk<Methods> = { readonly [Name in keyof Methods]: (...told: never[]) => unknown; };

interface Detachment {
  readonly maxAgeMs: number;
}

interface Difference {
  readonly kind: DifferenceKind;
  readonly requestId: string;
  readonly atMs: number;
  readonly accountId: string;
  readonly keyId: string;
  readonly operation: string | undefined;
  readonly real: Side;
  readonly shadow: Side;
}

type DifferenceKind =
"newly_refused" |
"newly_passed" |
"refused_otherwise" |
"charged_otherwise";

interface Digests {
  sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array>;
  hmacSha256(secret: Uint8Array<ArrayBuffer>): (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>;
}

interface Directory {
  findKey(digest: string): Awaitable<Subscriber | undefined>;
  putAccount(account: Account, change: Change$1, from?: Account): Awaitable<boolean>;
  putWorkspace(workspace: Workspace, change: Change$1, from?: Workspace): Awaitable<boolean>;
  putProject(project: Project, change: Change$1, from?: Project): Awaitable<boolean>;
  putKey(key: Key$1, change: Change$1, from?: Key$1): Awaitable<boolean>;
  account(id: string): Awaitable<Account | undefined>;
  key(id: string): Awaitable<Key$1 | undefined>;
  workspace(id: string): Awaitable<Workspace | undefined>;
  project(id: string): Awaitable<Project | undefined>;
  accounts(query: AccountQuery): Awaitable<readonly Account[]>;
  keysOf(accountId: string, page: Page): Awaitable<readonly Key$1[]>;
  workspacesOf(accountId: string, page: Page): Awaitable<readonly Workspace[]>;
  projectsOf(accountId: string, page: Page): Awaitable<readonly Project[]>;
  changes(query: ChangeQuery): Awaitable<readonly ChangeEntry[]>;
  note(change: Omit<ChangeEntry, "sequence">): Awaitable<void>;
  watch(listener: (accountId: string) => void, onAnything?: () => void): () => void;
}

type DirectoryOnly = Pick<Stores, "directory">;

declare class DirectoryWork {
  #private;
  constructor(database: DatabaseSync);
  findKey(digest: string): Subscriber | undefined;
  putAccount(account: Account, change: Change$1, from?: Account): boolean;
  putWorkspace(workspace: Workspace, change: Change$1, from?: Workspace): boolean;
  putProject(project: Project, change: Change$1, from?: Project): boolean;
  putKey(key: Key$1, change: Change$1, from?: Key$1): boolean;
  account(id: string): Account | undefined;
  workspace(id: string): Workspace | undefined;
  project(id: string): Project | undefined;
  key(id: string): Key$1 | undefined;
  note({ by, atMs, accountId, kind, id, before, after }: Omit<ChangeEntry, "sequence">): void;
}

declare class DistantLimits implements Limits {
  #private;
  constructor({ engine, clock, random, deadlineMs, leaseMs }: DistantLimitsOptions);
  get jobLeaseMs(): number;
  get partlyDown(): boolean;
  admit(admission: Admission, nowMs: number): Awaitable<Verdict>;
  release(slots: readonly SlotClaim[], owner?: string): void;
  close(): Promise<void>;
}

interface DistantLimitsOptions {
  readonly engine: LimitsEngine;
  readonly deadlineMs: number;
  readonly leaseMs: number;
  readonly clock: Clock;
  readonly random: Random;
}

interface DocPage {
  readonly path: string;
  readonly title: string;
  readonly summary: string;
  readonly markdown: string;
}

interface Done<T> {
  readonly ok: true;
  readonly value: T;
}

interface DriverConnection {
  query(text: string): void;
  sendCopyFromChunk(chunk: Uint8Array): void;
  endCopyFrom(): void;
}

interface DriverQuery {
  readonly name?: string;
  readonly text: string;
  readonly values?: unknown[];
  readonly rowMode: "array";
  readonly types: {
    getTypeParser(): (text: string) => unknown;
  };
}

interface Due {
  dueMs: number;
  before: Due | undefined;
  after: Due | undefined;
  onDue(): void;
}

interface Due$1 {
  readonly dueMs: number;
  readonly sequence: number;
}

declare const ERROR_EVENT = "error";

declare const EVENT_BYTES_MAX = 1048576;

declare const EXAMPLE_REQUEST_ID = "019e8d2c-5b1f-7c3a-9e44-6d0f1b7a2c58";

declare class EarliestFirst<T extends Due$1> {
  #private;
  get size(): number;
  get first(): T | undefined;
  add(one: T): void;
  removeFirst(): void;
}

type EmbeddedCaller = Caller & {
  readonly requestId: string;
};

interface EndedCall {
  readonly group: string;
  readonly operation: string;
  readonly call: string;
  readonly begunMs: number;
  readonly endedMs: number;
  readonly isDone: boolean;
}

interface Ending {
  readonly attempts: number;
  readonly answer?: {
    readonly status: number;
  };
  readonly failure?: Failure;
}

interface Entry {
  readonly sequence: number;
  readonly atMs: number;
  readonly accountId: string;
  readonly holdId: string | undefined;
  readonly pot: string;
  readonly from: EntrySide;
  readonly to: EntrySide;
  readonly amount: number;
}

interface EntryPage {
  readonly limit: number;
  readonly before?: number;
}

type EntrySide = "issued" | "available" | "held" | "charged" | "lapsed";

interface Envelope {
  readonly name: string;
  readonly contentType: string;
  encode(error: WireError): unknown;
  decode(body: unknown): DecodedError | undefined;
}

interface EnvelopeMember {
  readonly path: readonly (string | number)[];
  readonly role: EnvelopeRole | undefined;
  readonly whenEmpty: "present" | "null" | "absent" | "other";
}

type EnvelopeRole = "code" | "message" | "type" | "param" | "status" | "help";

type Environment = "live" | "test";

interface ErrorFacts extends CallFacts {
  readonly wire?: AnyWire | undefined;
  readonly secret?: Secret | undefined;
  readonly operation?: string | undefined;
  readonly attempts?: number | undefined;
  readonly why?: readonly string[] | undefined;
  readonly repeatable?: boolean | undefined;
  readonly retryAtMs?: number | undefined;
  readonly userMessage?: UserMessage | undefined;
  readonly received?: string | undefined;
}

type ErrorPerCode<Code extends string> = Code extends string ? ApiError<Code> : never;

type EventListener = (event: GateEvent) => void;

declare class EventSplitter {
  #private;
  constructor(bytesMax: number);
  push(piece: Uint8Array): readonly StreamEvent[];
  get unfinished(): Uint8Array;
}

interface EventStream {
  readonly completion: Completion;
}

interface EventWords {
  readonly name: string | undefined;
  readonly data: string | undefined;
}

declare class ExactWindow {
  #private;
  waitMs(rate: Rate, nowMs: number): number;
  take(rate: Rate, nowMs: number): void;
  tryTake(rate: Rate, nowMs: number): number;
  state(rate: Rate, nowMs: number): WindowState;
  catchUp(clockMs: number): void;
  isIdle(nowMs: number): boolean;
}

type ExampleBody = {
  readonly kind: "json";
  readonly value: unknown;
} |
{
  readonly kind: "text";
  readonly text: string;
  readonly contentType: string;
} |
{
  readonly kind: "file";
  readonly name: string;
  readonly bytes: number;
};

type ExampleKey = {
  readonly kind: "own" | "none";
} | {
  readonly kind: "text";
  text: string;
};

interface ExampleRequest {
  readonly method: string;
  readonly origin: string;
  readonly target: string;
  readonly key: ExampleKey;
  readonly keyPlace: KeyPlace;
  readonly keyVariable: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: ExampleBody | undefined;
}

interface ExampleResponse {
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: string;
}

interface ExplainedStep {
  readonly step: StepName;
  readonly verdict: "passed" | "not reached" | Exclude<RowEnding, "done">;
  readonly facts: Readonly<Record<string, number | string>>;
}

interface Explanation {
  readonly requestId: string;
  readonly clientRequestId: string | undefined;
  readonly at: string;
  readonly who: {
    readonly accountId: string | undefined;
    readonly keyId: string | undefined;
    readonly isOlderSecret: boolean;
    readonly address: string;
  };
  readonly what: {
    readonly api: string;
    readonly operation: string | undefined;
    readonly method: string;
    readonly path: string;
    readonly durationMs: number;
    readonly ending: LogRow["ending"];
    readonly condition: string | undefined;
    readonly simulated: boolean;
  };
  readonly steps: readonly ExplainedStep[];
  readonly refusedBy: string | undefined;
  readonly passesAtMs: number | undefined;
  readonly told: Told$1;
  readonly cost: Cost;
  readonly sentences: readonly string[];
}

interface ExpressAdapterOptions {
  readonly mount?: string;
}

type ExpressMiddleware = (request: ExpressRequest, response: NodeResponse, next: () => void) => void;

interface ExpressRequest extends NodeRequest {
  readonly originalUrl?: string;
  readonly route?: unknown;
  body?: unknown;
}

type FactName = "param" | "expected" | "retryAfter" | "limit" | "allowed";

interface Facts {
  readonly param?: string;
  readonly expected?: string;
  readonly retryAfterMs?: number;
  readonly limit?: number;
  readonly allowed?: readonly string[];
  readonly message?: string;
  readonly by?: string;
  readonly shortage?: Shortage;
}

interface Failure {
  readonly source: FailureSource;
  readonly status: number | undefined;
  readonly code: string;
  readonly type: string | undefined;
  readonly message: string;
  readonly param: string | undefined;
  readonly conditions: readonly string[];
  readonly requestId: string | undefined;
  readonly advice: RetryAdvice;
  readonly action: Action;
  readonly charged: "yes" | "no" | "unknown";
  readonly processed: "no" | "unknown";
  readonly hints: Hints;
  readonly body: string | undefined;
  readonly cause: unknown;
}

type FailureSource = "answer" | "connection" | "timeout" | "stream" | "client";

interface FastifyAdapterInstance {
  readonly prefix: string;
  routing(request: NodeRequest, response: NodeResponse): void;
  setNotFoundHandler(handler: () => void): unknown;
  addHook(name: "onRequest", hook: FastifyHook): unknown;
}

interface FastifyAdapterOptions {
  readonly mount?: string;
}

interface FastifyAdapterPlugin {
  (instance: FastifyAdapterInstance, options: unknown, done: () => void): void;
  frameworkErrors(error: Error, request: FastifyAdapterRequest, reply: FastifyAdapterReply): void;
}

interface FastifyAdapterReply {
  readonly raw: NodeResponse;
  getHeaders(): Record<string, number | string | string[] | undefined>;
}

interface FastifyAdapterRequest {
  readonly raw: NodeRequest;
  readonly originalUrl: string;
  readonly is404: boolean;
  body: unknown;
}

type FastifyHook = (request: FastifyAdapterRequest, reply: FastifyAdapterReply, done: () => void) => void;

type Fault = FaultTime & ({
  readonly kind: "slow";
  readonly part: Part;
  readonly node?: number;
  readonly moreMs: number;
} | {
  readonly kind: "hung" | "mute" | "refused";
  readonly part: Part;
  readonly node?: number;
} |
{
  readonly kind: "failing";
  readonly part: "upstream";
  readonly node?: number;
  readonly percent: number;
} |
{
  readonly kind: "failover";
} |
{
  readonly kind: "clock_step";
  readonly stepMs: number;
} |
{
  readonly kind: "crash";
  readonly node: number;
  readonly afterMessages: number;
} |
{
  readonly kind: "wall_step";
  readonly node: number;
  readonly stepMs: number;
} |
{
  readonly kind: "loss";
  readonly percent: number;
});

interface FaultTime {
  readonly fromMs: number;
  readonly lengthMs: number;
}

interface FetchAdapterOptions {
  readonly mount?: string;
  readonly addressOf?: (request: Request) => string;
}

type FetchHandler = (request: Request, caller: EmbeddedCaller) => Awaitable<Response>;

type FetchLike = (url: string, init: RequestInit) => Promise<Response>;

interface FixedPrice {
  readonly kind: "fixed";
  readonly credits: number;
}

interface Flight {
  answered(nowMs: number, states: readonly RateState[], refused?: Refused): void;
  lost(nowMs: number): void;
}

interface FoldingRule {
  readonly when: {
    readonly status?: number;
    readonly pointer?: string;
    readonly equals?: string | number | boolean;
  };
  readonly condition: string;
  readonly param?: {
    readonly pointer: string;
  };
  readonly message?: {
    readonly pointer: string;
  };
}

declare class ForeignFileError extends Error {
  readonly name: string;
}

declare class ForeignSchemaError extends Error {
  readonly name: string;
}

interface FoundKey {
  readonly subscriber: Subscriber;
  readonly digest: string;
}

interface FullBudget extends BudgetState {
  readonly kind: "budget_exceeded";
}

interface Gate {
  readonly api: AnyApi;
  handle(call: Call): Promise<Answer$1>;
  unreadable(condition: Unreadable, address: string): Answer$1;
  unavailable(call: Call): Answer$1;
  readonly keys: KeyDesk;
  readonly sweeper: Sweeper;
  readonly jobs: JobDesk;
  readonly clock: Clock;
  readonly shadow: {
    readonly api: AnyApi;
    readonly counts: () => ShadowCounts;
  } | undefined;
  readonly underWay: number;
  idle(): Promise<void>;
  close(): void;
}

type GateEvent =
{
  readonly kind: "fault";
  readonly step: string;
  readonly requestId: string;
  readonly error: unknown;
} |
{
  readonly kind: "limits_down";
  readonly error: unknown;
} | {
  readonly kind: "limits_back";
} |
{
  readonly kind: "directory_down";
  readonly error: unknown;
} | {
  readonly kind: "directory_back";
} |
{
  readonly kind: "shadow_down";
  readonly error: unknown;
} | {
  readonly kind: "shadow_back";
} |
{
  readonly kind: "hold_expired";
  readonly holdId: string;
} |
{
  readonly kind: "unfolded";
  readonly requestId: string;
  readonly operation: string;
  readonly status: number;
};

interface GateOptions<A extends AnyApi = AnyApi> {
  readonly stores: Stores;
  readonly upstream: Upstream;
  readonly answers?: Answers<A>;
  readonly pepper: Peppers;
  readonly onEvent?: EventListener;
  readonly onAnswer?: AnswerListener;
  readonly onSpend?: SpendListener;
  readonly trustedHops?: number;
  readonly unknownKeysPerMinute?: number;
  readonly keyCacheMax?: number;
  readonly shadow?: ShadowOptions;
  readonly clock?: Clock;
  readonly random?: Random;
  readonly digests?: Digests;
}

type Gated<Incoming, Context> = (request: Incoming, context: Context) => Promise<Response>;

interface Given {
  readonly api?: AnyApi;
  readonly onlooker?: Onlooker;
  readonly kept?: KeptStores;
}

interface Grant {
  readonly id: string;
  readonly accountId: string;
  readonly amount: number;
  readonly expiresAtMs?: number;
  readonly reason: string;
}

interface GrantState extends Grant {
  readonly remaining: number;
  readonly held: number;
  readonly charged: number;
  readonly lapsed: number;
}

declare const HOP_BY_HOP: ReadonlySet<string>;

declare const HOUR_MS = 3600000;

type Handler<Incoming, Context> = (request: Incoming, context: Context) => Awaitable<Response>;

type Handler$1<Input> = (input: Input, context: HandlerContext) => Awaitable<WorkDone | Refusal>;

interface HandlerContext {
  readonly caller: Caller;
  readonly requestId: string;
  readonly signal: AbortSignal;
}

type Handlers<A extends AnyApi> = A extends Api<infer _W, infer S> ? { readonly [O in keyof S["operations"] as S["operations"][O] extends {
  readonly answeredBy: "gate";
} ? never : O]: S["operations"][O] extends {
  readonly price: {
    readonly kind: "quote";
  };
} ? QuotedHandler<InputFor$1<S["operations"][O]>> : Handler$1<InputFor$1<S["operations"][O]>>; } : never;

type HeaderList = readonly string[];

interface HeaderPolicy {
  readonly rateLimit: (typeof RATE_LIMIT_HEADERS)[number];
  readonly help?: boolean;
  readonly creditsRemaining?: string;
  readonly warning?: string;
}

interface Hints {
  readonly waitMs: number | undefined;
  readonly waitFrom: string | undefined;
  readonly shouldRetry: boolean | undefined;
}

interface Hold {
  readonly id: string;
  readonly amount: number;
  readonly remembers: boolean;
}

interface HoldRecord {
  readonly id: string;
  readonly accountId: string;
  readonly operation: string;
  readonly keyId: string;
  readonly amount: number;
  readonly charged: number;
  readonly overage: number;
  readonly state: "open" | "settled" | "released" | "expired";
  readonly isJob: boolean;
  readonly madeAtMs: number;
  readonly endedAtMs: number | undefined;
}

interface Holder {
  readonly pid: number;
  readonly startedAtMs: number;
  readonly address?: string;
}

interface HonoAdapterOptions<Context extends HonoContext = HonoContext> {
  readonly mount?: string;
  readonly addressOf?: (context: Context) => string;
}

interface HonoContext {
  readonly req: {
    raw: Request;
    readonly routeIndex: number;
    readonly matchedRoutes: readonly {
      readonly method: string;
    }[];
  };
  header(name: string, value?: string): void;
  body(content: null): Response;
  get res(): Response;
  set res(response: Response | undefined);
}

declare const IDEMPOTENCY_KEY = "Idempotency-Key";

interface Idempotency {
  readonly accountId: string;
  readonly operation: string;
  readonly key: string;
  readonly fingerprint: string;
}

interface Identity {
  readonly subscriber: Subscriber;
  readonly caller: Caller;
  readonly funds: AccountFunds;
  readonly budgets: readonly Budget[];
  windowsFor(operation: string | undefined): readonly WindowRule[];
  slotsFor(operation: string | undefined): readonly SlotRule[];
}

interface Incident {
  readonly id: string;
  readonly title: string;
  readonly impact: "none" | "degraded" | "outage" | "maintenance";
  readonly api: string | undefined;
  readonly operations: readonly string[];
  readonly startedAtMs: number;
  readonly endedAtMs: number | undefined;
  readonly updates: readonly {
    readonly atMs: number;
    readonly text: string;
  }[];
}

interface IncidentQuery {
  readonly limit: number;
  readonly openAtMs?: number;
  readonly after?: string;
}

interface Input {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly bodyBytes: Uint8Array | undefined;
  readonly passedBody: BoundedBody | undefined;
}

interface InputExample {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

type InputFor<O> = O extends ServerOperation ? (O extends {
  readonly params: infer P;
} ? {
  readonly params: InputOf$1<P>;
} : unknown) & (O extends {
  readonly query: infer Q;
} ? {
  readonly query?: InputOf$1<Q>;
} : unknown) & (O extends {
  readonly body: infer B;
} ? {
  readonly body: InputOf$1<B>;
} : unknown) : CallInput;

interface InputFor$1<O extends ServerOperation> {
  readonly params: O extends {
    readonly params: infer P;
  } ? OutputOf<P> : Record<string, never>;
  readonly query: O extends {
    readonly query: infer Q;
  } ? OutputOf<Q> : Record<string, never>;
  readonly body: O extends {
    readonly body: infer B;
  } ? OutputOf<B> : undefined;
}

type InputOf<A extends AnyApi, O extends string> = A extends Api<infer _W, infer S> ? O extends keyof S["operations"] ? InputFor$1<S["operations"][O]> : never : never;

type InputOf$1<S> = S extends Schema<infer Input, unknown> ? Input : undefined;

type InputPlace = {
  readonly body: string;
} | {
  readonly query: string;
} | {
  readonly param: string;
};

interface Interval {
  readonly fromMs: number;
  readonly attempts: number;
  readonly done: number;
  readonly refused: Readonly<Record<string, number>>;
  readonly latencyMs: {
    readonly p50: number;
    readonly p99: number;
    readonly most: number;
  };
  readonly creditsCharged: number;
  readonly degraded: number;
  readonly underWay: number;
}

declare class InvariantError extends Error {
  readonly name: string;
}

interface IoredisClient {
  readonly status: string;
  readonly isCluster: boolean;
  readonly options: object;
  evalsha(sha: string, keyCount: number, ...keysAndBody: string[]): Promise<unknown>;
  eval(script: string, keyCount: number, ...keysAndBody: string[]): Promise<unknown>;
}

type Issue = StandardSchemaV1.Issue;

interface Job {
  readonly holdId: string;
  readonly accountId: string;
  readonly operation: string;
  readonly keyId: string;
  readonly amount: number;
  readonly slots: readonly string[];
  readonly expiresAtMs: number;
}

interface JobDesk {
  end(jobId: string, outcome: JobOutcome): Promise<JobEnded>;
  restore(): Promise<number>;
}

type JobEnded = {
  readonly kind: "charged";
  readonly credits: number;
} | {
  readonly kind: "released";
} | {
  readonly kind: "unknown";
};

type JobOutcome = {
  readonly kind: "completed";
  readonly credits?: number;
} | {
  readonly kind: "failed";
};

interface JobStart {
  readonly holdId: string;
  readonly slots: readonly string[];
  readonly expiresAtMs: number;
  readonly answer?: StoredAnswer;
  readonly rememberMs: number;
}

interface JobStarted {
  readonly kind: "detached" | Settled["kind"];
}

interface Jobs {
  readonly tookMs: Delay;
  readonly failPercent: number;
  readonly lostPercent: number;
  readonly ageMs: number;
}

type Json = {
  readonly [member: string]: unknown;
};

type JsonSchema = Readonly<Record<string, unknown>>;

declare class Judge {
  #private;
  constructor(like: Settings, was: AnyApi | undefined, parts: JudgeParts);
  open(sighting: Sighting): Awaitable<Case>;
  close({ visit, refusal }: Case, came: Came): Promise<Judged>;
  free(visit: Visit): Promise<void>;
  jobEnded({ holdId, accountId, keyId, operation }: Job): Promise<void>;
}

interface JudgeOptions {
  readonly api: AnyApi;
  readonly was?: AnyApi | undefined;
  readonly stores: Stores;
  readonly clock: Clock;
  readonly ledger?: JudgeParts["ledger"];
}

interface JudgeParts {
  readonly api: AnyApi;
  readonly limits: Limits;
  readonly ledger?: Pick<Ledger, "balance" | "budgets">;
}

type Judged =
{
  readonly kind: "unjudged";
  readonly why: "limits" | "funds";
} | {
  readonly kind: "judged";
  readonly operation: string | undefined;
  readonly real: Side;
  readonly shadow: Side;
  readonly difference: Difference | undefined;
  readonly assumed: Readonly<Assumed>;
};

interface KeptStores {
  readonly directory: Directory;
  readonly ledger: Ledger;
}

interface Key$1 {
  readonly id: string;
  readonly accountId: string;
  readonly workspaceId?: string;
  readonly projectId?: string;
  readonly name: string;
  readonly environment: Environment;
  readonly digests: readonly string[];
  readonly overlapUntilMs?: number;
  readonly prefix: string;
  readonly lastFour: string;
  readonly permissions?: readonly string[];
  readonly createdAtMs: number;
  readonly expiresAtMs?: number;
  readonly revokedAtMs?: number;
  readonly budget?: number;
}

type KeyAlphabet = keyof typeof ALPHABETS;

interface KeyCheck {
  verify(secret: string | undefined, address: string): Promise<Caller | Refusal>;
  readonly keys: KeyDesk;
  close(): void;
}

interface KeyCheckOptions {
  readonly directory: Directory;
  readonly pepper: Peppers;
  readonly onEvent?: EventListener;
  readonly clock?: Clock;
  readonly random?: Random;
  readonly digests?: Digests;
}

interface KeyDesk {
  create(spec: NewKey): Promise<{
    readonly key: Key$1;
    readonly secret: string;
  }>;
  find(secret: string): Promise<Key$1 | undefined>;
  rotate(keyId: string, options: {
    readonly overlapMs: number;
    readonly by: string;
  }): Promise<{
    readonly key: Key$1;
    readonly secret: string;
  }>;
  revoke(keyId: string, by: string): Promise<Key$1>;
}

interface KeyDigests {
  digest(key: string): Promise<string>;
  candidates(key: string): readonly (() => Promise<string>)[];
}

interface KeyFormat {
  readonly prefixes: {
    readonly live: string;
    readonly test?: string;
  };
  readonly alphabet: KeyAlphabet;
  readonly length: number;
  readonly checksum?: "none" | "crc32";
  readonly places: readonly KeyPlace[];
}

interface KeyPattern {
  readonly environment: Environment;
  readonly prefix: string;
  readonly type: string;
  readonly secret: string;
  readonly before: string;
  readonly after: string;
  readonly whole: string;
  readonly entropyMin: number;
}

type KeyPlace = {
  readonly header: string;
} | {
  readonly bearer: true;
};

interface KeyVerifier {
  verify(key: string, address: string, nowMs: number): Awaitable<Verified | Refusal>;
  readonly digests: KeyDigests;
  close(): void;
}

type KnownKey = {
  readonly kind: "replay";
  readonly answer: StoredAnswer;
} | {
  readonly kind: "in_progress";
} | {
  readonly kind: "key_reused";
} | {
  readonly kind: "no_answer";
};

interface KnownWindow {
  readonly windowMs: number;
  readonly limit?: number;
  readonly name?: string;
}

declare const LIMITS_DOWN: readonly ["open", "local", "closed"];

interface LeakKitFile {
  readonly name: "github-secret-scanning.md" | "gitleaks.toml" | "trufflehog.yaml";
  readonly text: string;
}

interface LeakSubject {
  readonly kind: "leak";
  readonly keyId: string;
  readonly keyPrefix: string;
  readonly keyLastFour: string;
  readonly secret: "newest" | "older" | "forgotten";
  readonly foundAt: string | undefined;
  readonly source: string;
  readonly done: string;
  readonly endsAtMs: number | undefined;
}

interface LeakWarning extends Raised {
  readonly subject: LeakSubject;
  readonly resetAtMs: number;
}

interface Ledger {
  readonly isShared?: boolean;
  grant(grant: Grant, nowMs: number): Awaitable<void>;
  reserve(reservation: Reservation, nowMs: number): Awaitable<Reserved>;
  settle(settlement: Settlement, nowMs: number): Awaitable<Settled>;
  release(holdId: string, nowMs: number): Awaitable<void>;
  extend(holdIds: readonly string[], expiresAtMs: number): Awaitable<void>;
  detach(start: JobStart, nowMs: number): Awaitable<JobStarted>;
  job(holdId: string): Awaitable<Job | undefined>;
  jobs(): Awaitable<readonly Job[]>;
  recall(idempotency: Idempotency, nowMs: number): Awaitable<Recalled>;
  expire(nowMs: number, max: number, dueMs?: number): Awaitable<readonly string[]>;
  balance(account: AccountFunds, nowMs: number): Awaitable<Balance>;
  budgets(budgets: readonly Budget[], nowMs: number): Awaitable<readonly BudgetState[]>;
  grants(accountId: string, page: Page, nowMs: number): Awaitable<readonly GrantState[]>;
  hold(holdId: string): Awaitable<HoldRecord | undefined>;
  oddHolds(query: OddHoldQuery): Awaitable<readonly HoldRecord[]>;
  entries(accountId: string, page: EntryPage): Awaitable<readonly Entry[]>;
  booked(accountId: string): Awaitable<Booked>;
  audit(): Awaitable<readonly string[]>;
}

type LedgerOnly = Pick<Stores, "ledger">;

interface LedgerOptions {
  readonly partitions?: number;
  readonly batchMax?: number;
  readonly queueMax?: number;
  readonly stallMs?: number;
  readonly rememberBarredMs?: number;
  readonly rememberExpiredMs?: number;
}

interface LedgerOptions$1 {
  readonly barredHoldsMax?: number;
  readonly rememberExpiredMs?: number;
}

interface LedgerOptions$2 {
  readonly entriesMax?: number;
  readonly endedHoldsMax?: number;
  readonly barredHoldsMax?: number;
  readonly rememberExpiredMs?: number;
}

type LedgerPartitions = Partitions<Command, Row | readonly Row[]>;

interface LedgerSettings {
  readonly barredHoldsMax: number;
  readonly rememberExpiredMs: number;
  readonly keptMax: number;
}

declare class LedgerWork {
  #private;
  constructor(database: DatabaseSync, settings: LedgerSettings);
  flush(): void;
  reset(): void;
  grant(grant: Grant, nowMs: number): void;
  reserve(reservation: PackedReservation, nowMs: number): number | PackedHeld | Reserved;
  settle(holdId: string, charge: number, overage: number, answer: StoredAnswer | undefined, rememberMs: number, nowMs: number): PackedSettled;
  release(holdId: string, nowMs: number): void;
  extend(holdIds: readonly string[], expiresAtMs: number): void;
  detach(start: JobStart, nowMs: number): JobStarted;
  job(holdId: string): Job | undefined;
  jobs(): readonly Job[];
  recall(idempotency: Idempotency, nowMs: number): Recalled;
  expire(nowMs: number, max: number, dueMs: number): readonly string[];
  balance(accountId: string, allowance: Allowance | undefined, nowMs: number): Balance;
}

type LimitOwner = "key" | "account";

interface LimitRefused {
  readonly admitted: false;
  readonly windows: readonly WindowState[];
  readonly slotsTaken: readonly number[];
  readonly refusedBy: {
    readonly kind: "window" | "slot";
    readonly index: number;
  };
  readonly retryAfterMs: number;
  readonly local?: {
    readonly cause: unknown;
  };
}

interface Limits {
  admit(admission: Admission, nowMs: number): Awaitable<Admitted | LimitRefused>;
  release(slots: readonly SlotClaim[], owner?: string): Awaitable<void>;
  readonly jobLeaseMs?: number;
  readonly partlyDown?: boolean;
}

declare class LimitsDownError extends Error {
  readonly name: string;
}

interface LimitsEngine {
  readonly parts: number;
  ready(): boolean;
  run(batch: readonly ShardCommand[], notAfterMs: number): Promise<BatchReply>;
}

type LimitsOnly = Pick<Stores, "limits">;

interface LimitsServer {
  readonly aheadMs: number;
  readonly deadlineMs: number;
  readonly leaseMs: number;
  readonly replicaLagMs: number;
}

interface Listenable {
  readonly reason: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

type Listener = (request: IncomingMessage, response: ServerResponse, upgrade?: Upgrade) => void;

declare class LockedError extends Error {
  readonly name: string;
  readonly holder: Holder | undefined;
  constructor(folder: string, holder: Holder | undefined);
}

declare class LogBuffer {
  #private;
  constructor(rowsMax: number);
  get size(): number;
  get first(): number;
  get next(): number;
  get dropped(): number;
  push(row: LogRow): void;
  take(max: number): PackedRow[];
  drop(): void;
  find(requestId: string): LogRow | undefined;
}

type LogOnly = Pick<Stores, "log">;

interface LogOptions {
  readonly bufferRows?: number;
  readonly everyMs?: number;
  readonly retentionMs?: number;
}

interface LogOptions$1 {
  readonly bufferRows?: number;
  readonly everyMs?: number;
  readonly retentionMs?: number;
}

type LogPlace = Pick<LogRow, "atMs" | "requestId">;

interface LogQuery {
  readonly api?: string;
  readonly accountId?: string;
  readonly keyId?: string;
  readonly isOlderSecret?: boolean;
  readonly clientRequestId?: string;
  readonly code?: string;
  readonly condition?: string;
  readonly ending?: RowEnding;
  readonly operation?: string;
  readonly status?: number;
  readonly fromMs?: number;
  readonly toMs?: number;
  readonly limit: number;
  readonly after?: LogPlace;
}

interface LogRecord {
  readonly code: string;
  readonly message: string;
  readonly param: string | null;
  readonly type: string | null;
  readonly status: number | null;
  readonly endpoint: string | null;
  readonly parameters: unknown;
  readonly response: unknown;
  readonly timestamp: string;
  readonly request_id: string | null;
  readonly api_key_prefix: string | null;
}

interface LogRow {
  readonly requestId: string;
  readonly clientRequestId: string | undefined;
  readonly api: string;
  readonly atMs: number;
  readonly durationMs: number;
  readonly accountId: string | undefined;
  readonly keyId: string | undefined;
  readonly isOlderSecret: boolean;
  readonly address: string;
  readonly operation: string | undefined;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly code: string | undefined;
  readonly condition: string | undefined;
  readonly endedAt: StepName;
  readonly ending: RowEnding;
  readonly window: string | undefined;
  readonly windowLimit: number | undefined;
  readonly windowRemaining: number | undefined;
  readonly held: number;
  readonly charged: number;
  readonly creditsRemaining: number | undefined;
  readonly by: string | undefined;
  readonly param: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly details: RowDetails | undefined;
  readonly simulated: boolean;
  readonly degraded: Degraded | undefined;
}

interface LogSink {
  write(rows: readonly PackedRow[]): Promise<number>;
  readonly isBusy: boolean;
}

declare class LogWriter {
  #private;
  constructor(options: LogWriterOptions);
  get refused(): number;
  notice(): void;
  flush(): Promise<void>;
  close(): Promise<void>;
  find(requestId: string): PackedRow | undefined;
}

interface LogWriterOptions {
  readonly buffer: LogBuffer;
  readonly sink: LogSink;
  readonly clock: Clock;
  readonly chunkRows: number;
  readonly everyMs: number;
}

interface LoggerLike {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

interface LogicalCall {
  readonly operation: string | undefined;
  readonly method: string;
  readonly url: string;
  readonly isOwn: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: TransportBody | undefined;
  readonly parameters: unknown;
  readonly canRepeat: boolean;
  readonly isKnownAgain: boolean;
  readonly attemptsMax: number;
  readonly priority: Priority;
  readonly totalMs: number;
  readonly reads: "text" | "stream" | "events";
  readonly signal: AbortSignal | undefined;
}

declare const METHODS: readonly ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

declare const METHODS$1: readonly ["GET", "POST", "PUT", "PATCH", "DELETE"];

declare const MINUTE_MS = 60000;

type Make<Stores> = () => Awaitable<{
  readonly stores: Stores;
  close(): Awaitable<void>;
}>;

type Matched<Name extends string = string> = {
  readonly kind: "operation";
  readonly route: Route<Name>;
  readonly rawParams: readonly string[];
} | {
  readonly kind: "wrong_method";
  readonly allowed: readonly string[];
} | {
  readonly kind: "nothing";
};

declare class MemoryDirectory implements Directory {
  #private;
  findKey(digest: string): Subscriber | undefined;
  putAccount(account: Account, change: Change$1, from?: Account): boolean;
  putWorkspace(workspace: Workspace, change: Change$1, from?: Workspace): boolean;
  putProject(project: Project, change: Change$1, from?: Project): boolean;
  putKey(key: Key$1, change: Change$1, from?: Key$1): boolean;
  account(id: string): Account | undefined;
  key(id: string): Key$1 | undefined;
  workspace(id: string): Workspace | undefined;
  project(id: string): Project | undefined;
  accounts({ search, ...page }: AccountQuery): readonly Account[];
  keysOf(accountId: string, page: Page): readonly Key$1[];
  workspacesOf(accountId: string, page: Page): readonly Workspace[];
  projectsOf(accountId: string, page: Page): readonly Project[];
  changes(query: ChangeQuery): readonly ChangeEntry[];
  note(change: Omit<ChangeEntry, "sequence">): void;
  watch(listener: (accountId: string) => void): () => void;
}

declare class MemoryLedger implements Ledger {
  #private;
  constructor(options?: LedgerOptions$2);
  grant(grant: Grant, nowMs: number): void;
  reserve(reservation: Reservation, nowMs: number): Reserved;
  settle(settlement: Settlement, nowMs: number): Settled;
  release(holdId: string, nowMs: number): void;
  extend(holdIds: readonly string[], expiresAtMs: number): void;
  detach(start: JobStart, nowMs: number): JobStarted;
  job(holdId: string): Job | undefined;
  jobs(): readonly Job[];
  recall(idempotency: Idempotency, nowMs: number): Recalled;
  expire(nowMs: number, max: number, dueMs?: number): readonly string[];
  balance({ accountId, allowance }: AccountFunds, nowMs: number): Balance;
  budgets(budgets: readonly Budget[], nowMs: number): readonly BudgetState[];
  grants(accountId: string, page: Page, nowMs: number): readonly GrantState[];
  hold(holdId: string): HoldRecord | undefined;
  oddHolds(query: OddHoldQuery): readonly HoldRecord[];
  entries(accountId: string, page: EntryPage): readonly Entry[];
  booked(accountId: string): Booked;
  audit(): readonly string[];
  get recordsHeld(): number;
}

declare class MemoryLimits implements Limits {
  #private;
  admit(admission: Admission, nowMs: number): Admitted | LimitRefused;
  release(slots: readonly SlotClaim[]): void;
  slotsInUse(id: string): number;
  get countersHeld(): number;
  get slotIdsHeld(): number;
}

declare class MemoryNotices implements Notices {
  #private;
  raise(warning: Warning): boolean;
  take(nowMs: number, untilMs: number, max: number): readonly WarningRecord[];
  attempted(id: string, attempt: Attempt, next: Prospect): void;
  warnings({ accountId, state, limit, before }: WarningQuery): readonly WarningRecord[];
  putIncident(incident: Incident): void;
  incident(id: string): Incident | undefined;
  incidents({ limit, openAtMs, after }: IncidentQuery): readonly Incident[];
}

declare class MemoryRequestLog implements RequestLog {
  #private;
  constructor(options?: RequestLogOptions);
  append(row: LogRow): void;
  find(query: LogQuery): readonly LogRow[];
  explain(requestId: string): LogRow | undefined;
  usage(accountId: string, fromMs: number, toMs: number): Usage;
  days({ api, fromMs, toMs }: DayQuery): readonly DaySum[];
  dropped(): number;
}

interface MemoryStores extends OperatorStores {
  readonly directory: MemoryDirectory;
  readonly limits: MemoryLimits;
  readonly ledger: MemoryLedger;
  readonly log: MemoryRequestLog;
  readonly notices: MemoryNotices;
}

interface MemoryStoresOptions {
  readonly ledger?: LedgerOptions$2;
  readonly log?: RequestLogOptions;
}

type Method = (typeof METHODS$1)[number];

type Missed =
"busy" |
"limits" | "funds" |
"fault";

interface Moment {
  readonly nodes: number;
  readonly requestsPerSecond: number;
  readonly lengthMs: number;
  readonly chargedPercent: number;
  readonly lookUpPercent: number;
  readonly node: {
    readonly requestUs: number;
    readonly chargedUs: number;
  };
  readonly limits: {
    readonly servers: number;
    readonly batchUs: number;
    readonly decisionUs: number;
    readonly deadlineMs: number;
  };
  readonly database: {
    readonly cores: number;
    readonly batchUs: number;
    readonly commandUs: number;
    readonly commitMs: number;
    readonly lookUpUs: number;
    readonly logRowUs: number;
  };
  readonly way: Delay;
}

interface MomentRun {
  readonly requests: number;
  readonly addedMs: Percentiles;
  readonly busy: {
    readonly nodes: number;
    readonly limits: number;
    readonly database: number;
  };
  readonly together: {
    readonly decisions: number;
    readonly commands: number;
  };
  readonly decidedAlone: number;
  readonly overloaded: number;
  readonly unanswered: number;
}

interface NewKey {
  readonly accountId: string;
  readonly name: string;
  readonly environment?: Environment;
  readonly workspaceId?: string;
  readonly projectId?: string;
  readonly permissions?: readonly string[];
  readonly expiresAtMs?: number;
  readonly budget?: number;
  readonly secret?: string;
  readonly by: string;
}

interface NextAdapterOptions {
  readonly mount?: string;
  readonly addressOf?: (request: Request) => string;
}

type NextMethod = (typeof METHODS)[number];

interface NodeAdapterOptions {
  readonly mount?: string;
  readonly refuses?: (request: IncomingMessage) => Unreadable | undefined;
}

interface NodeRedisClient {
  readonly isReady: boolean;
  sendCommand(words: string[]): Promise<unknown>;
  readonly select: unknown;
}

interface NodeRedisCluster {
  readonly isOpen: boolean;
  sendCommand(key: string, isReadonly: boolean, words: string[]): Promise<unknown>;
  readonly masters: unknown;
}

type NodeRequest = IncomingMessage;

type NodeResponse = ServerResponse;

interface Nodes {
  readonly count: number;
  readonly driftPpm: number;
}

type NotJudged = "otherApi" | "simulated" | "degraded" | "noPlan";

interface Notices {
  raise(warning: Warning): Awaitable<boolean>;
  take(nowMs: number, untilMs: number, max: number): Awaitable<readonly WarningRecord[]>;
  attempted(id: string, attempt: Attempt, next: Prospect): Awaitable<void>;
  warnings(query: WarningQuery): Awaitable<readonly WarningRecord[]>;
  putIncident(incident: Incident): Awaitable<void>;
  incident(id: string): Awaitable<Incident | undefined>;
  incidents(query: IncidentQuery): Awaitable<readonly Incident[]>;
}

interface NoticesOnly {
  readonly notices: Notices;
  readonly others?: Notices;
}

declare class NoticesWork {
  #private;
  constructor(database: DatabaseSync);
  raiseWarning(warning: Warning): boolean;
  takeWarnings(nowMs: number, untilMs: number, max: number): readonly WarningRecord[];
  triedWarning(id: string, attempt: Attempt, next: Prospect): void;
  putIncident(incident: Incident): void;
  forget(beforeMs: number, max: number): number;
}

declare const OWN_CODES: readonly ["connection_failed", "timeout", "unknown_error"];

interface OddHoldQuery {
  readonly accountId?: string;
  readonly limit: number;
  readonly before?: string;
}

interface OfCall {
  readonly call: number;
  readonly operation: string | undefined;
  readonly method: string;
  readonly origin: string;
  readonly path: string;
}

type OneAtATime = <T>(name: string, change: () => Promise<T>) => Promise<T>;

interface Onlooker {
  sent?(request: SentRequest): void;
  answered?(request: AnsweredRequest): void;
  called?(call: EndedCall): void;
  charged?(charge: Charge): void;
}

interface OpenApiOptions {
  readonly version?: string;
  readonly license?: {
    readonly name: string;
    readonly url?: string;
  };
}

interface OpenTelemetryLike<Span, Context> {
  readonly context: {
    active(): Context;
  };
  readonly trace: {
    getTracer(name: string): TracerLike<Span, Context>;
    setSpan(context: Context, span: Span): Context;
  };
  readonly propagation: {
    inject(context: Context, carrier: Record<string, string>): void;
  };
}

interface OperationExample extends InputExample {
  readonly output?: unknown;
}

type OperationOf<W> = W extends {
  readonly operations: Readonly<Record<infer Name, unknown>>;
} ? Name & string : never;

interface OperationReference {
  readonly name: string;
  readonly wire: WireOperation;
  readonly server: ServerOperation;
  readonly fullPath: string;
  readonly successStatus: number;
  readonly schemas: Readonly<Record<"params" | "query" | "body" | "output", JsonSchema | undefined>>;
  readonly input: InputExample;
  readonly request: ExampleRequest;
  readonly refusals: readonly PossibleRefusal[];
  readonly codes: readonly string[];
  readonly plans: readonly string[] | undefined;
  readonly windows: readonly (WindowLimit & {
    readonly name: string;
  })[];
  readonly slots: readonly (SlotLimit & {
    readonly name: string;
  })[];
  readonly path: string;
}

interface OperationSettings {
  readonly name: string;
  readonly wire: WireOperation;
  readonly server: ServerOperation;
  readonly pattern: PathPattern;
  readonly quotePattern: PathPattern | undefined;
  readonly answer: AnyAnswers[string] | undefined;
  readonly readsInput: boolean;
  readonly bodyBytesMax: number;
  readonly deadlineMs: number;
  readonly deadlines: Deadlines;
  readonly plans: ReadonlySet<string> | undefined;
}

type OperationsOf<A extends AnyApi> = A extends Api<infer _W, infer S> ? S["operations"] : Readonly<Record<string, ServerOperation>>;

interface OperatorStores extends Stores {
  readonly notices: Notices;
}

type Outcome<T, No> = Done<T> | Refused$1<No>;

type OutputFor<O> = O extends {
  readonly output: infer Out;
} ? OutputOf<Out> : unknown;

type OutputOf<S> = S extends Schema<infer _Input, infer Output> ? Output : undefined;

type OwnCode = (typeof OWN_CODES)[number];

interface OwnContext extends HandlerContext {
  readonly stores: Stores;
  readonly funds: AccountFunds;
  readonly windows: readonly WindowClaim[];
  readonly nowMs: number;
  newId(): string;
}

declare const PAGES: {
  readonly index: "index";
  readonly overview: "errors";
  readonly rateLimits: "rate-limits";
  readonly credits: "credits";
  readonly authentication: "authentication";
  readonly handling: "error-handling";
  readonly operations: "operations";
};

declare const PAGE_HEADINGS: readonly ["What happened", "How to fix", "What to show an end user"];

declare const PRIORITIES: readonly ["high", "normal", "low"];

interface PacerOptions {
  readonly window?: KnownWindow;
  readonly jitterMs?: number;
}

type PackedAllowance = readonly [credits: number, everyMs: number | undefined] | undefined;

type PackedHeld = readonly [remaining: number, at: number, used: number, held: number, monthMs: number];

type PackedReservation = readonly [holdId: string, accountId: string, allowance: PackedAllowance, budgets: readonly Budget[] | undefined, amount: number, expiresAtMs: number, operation: string, keyId: string, idempotency: Idempotency | undefined];

type PackedRow = readonly (string | number | null)[];

type PackedSettled = number | Settled;

interface Page {
  readonly limit: number;
  readonly after?: string;
}

interface Page$1 {
  readonly code: string;
  readonly summary: string;
  readonly whatHappened: string;
  readonly howToFix: string;
  readonly endUser: string;
}

interface Parsed {
  readonly code: string;
  readonly status: number;
  readonly message: string;
  readonly type: string | undefined;
  readonly param: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly conditions: readonly string[];
  readonly entry: CodeEntry;
}

type Part = "limits" | "ledger" | "directory" | "upstream";

interface PartitionOptions<Command, Value> {
  readonly engine: BatchEngine<Command, Value>;
  readonly count: number;
  readonly batchMax: number;
  readonly queueMax: number;
  readonly stallMs: number;
  readonly clock: Clock;
}

declare class Partitions<Command, Value> {
  #private;
  constructor({ engine, count, ...options }: PartitionOptions<Command, Value>);
  ofAccount(accountId: string): number;
  ofHold(holdId: string): number;
  remember(holdId: string, partition: number): void;
  forget(holdId: string): void;
  submit(partition: number, command: Command): Promise<Value>;
  submitToAll(command: Command): Promise<readonly Value[]>;
  close(): Promise<void>;
}

interface PassedBody extends ByteSource {
  readonly length: number | undefined;
}

type PastAccount = Pick<Account, "plan" | "overrides">;

interface PastCall extends Column<"requestId" | "api" | "operation" | "method" | "path" | "condition" | "code">, Column<"keyId" | "durationMs" | "endedAt" | "ending" | "held" | "charged" | "by">, Column<"creditsRemaining" | "simulated" | "degraded" | "retryAfterMs"> {
  readonly atMs: number;
  readonly accountId: string;
  readonly status: number;
  readonly plan?: string | undefined;
}

interface PastDecision extends PastCall {
  readonly waitMs?: number | undefined;
  readonly window?: string | undefined;
  readonly windowLimit?: number | undefined;
  readonly windowRemaining?: number | undefined;
  readonly budget?: BudgetState | undefined;
}

interface PastFailure {
  readonly code: string;
  readonly status: number;
  readonly endpoint: string;
  readonly response?: unknown;
  readonly why: readonly string[];
}

interface PastPlaces {
  readonly ageMs: number;
  readonly cost: number;
}

type Path = readonly PropertyKey[];

interface PathPattern {
  readonly text: string;
  readonly segments: readonly Segment[];
  readonly params: readonly string[];
}

interface Payer {
  readonly caller: Caller;
  readonly budgets: readonly Budget[];
}

interface Pepper {
  readonly version: number;
  readonly secret: Uint8Array;
}

declare class PepperError extends Error {
  readonly name: string;
}

interface PepperVersion {
  readonly version: number;
  readonly secret: Uint8Array;
}

type Peppers = Uint8Array | readonly Pepper[];

interface Percentiles {
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly p999: number;
}

type Place = readonly (string | number)[];

type Places = Readonly<Partial<Record<EnvelopeRole, readonly (string | number)[]>>>;

interface Plan {
  readonly title: string;
  readonly allowance?: Allowance;
  readonly limits?: Readonly<Record<string, number>>;
}

interface PlanInterval {
  readonly fromMs: number;
  readonly calls: number;
  readonly refusedWas: number;
  readonly refusedWould: number;
}

type PlanOf<W> = W extends {
  readonly plans: readonly (infer Name)[];
} ? Name & string : never;

interface PlanOptions {
  readonly api: AnyApi;
  readonly was?: AnyApi | undefined;
  readonly accountOf: (accountId: string) => PastAccount | undefined;
  readonly plan?: string | undefined;
}

declare class PlanReplay {
  #private;
  constructor(options: PlanOptions);
  get calls(): number;
  feed(call: PastCall): Promise<void>;
  end(): Promise<PlanResult>;
}

interface PlanResult {
  readonly calls: number;
  readonly accounts: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly all: PlanSum;
  readonly byAccount: readonly (PlanSum & {
    readonly name: string | undefined;
  })[];
  readonly byOperation: readonly (PlanSum & {
    readonly name: string | undefined;
  })[];
  readonly byLimit: readonly {
    readonly limit: string;
    readonly calls: number;
  }[];
  readonly intervals: readonly PlanInterval[];
  readonly intervalMs: number;
  readonly notJudged: Readonly<Record<NotJudged, number>>;
  readonly assumed: Readonly<Record<AssumedOf, number>>;
}

interface PlanSum {
  calls: number;
  newlyRefused: number;
  newlyPassed: number;
  refusedOtherwise: number;
  chargedOtherwise: number;
  refusedWas: number;
  refusedWould: number;
  creditsWas: number;
  creditsWould: number;
}

type PolicyName = "sluice" | "none" | "openai" | "ky" | "p-retry" | "axios-retry" | "aws";

interface PossibleRefusal {
  readonly condition: string;
  readonly code: string;
}

interface PostgresClient {
  query(query: DriverQuery): Promise<{
    readonly rows: unknown[];
  }>;
  query(query: Submitted): unknown;
  on(event: "error", listener: (error: Error) => void): unknown;
  release(destroy?: boolean): void;
}

declare class PostgresDirectory implements Directory {
  #private;
  constructor(database: Database, watchers: Watchers);
  findKey(digest: string): Promise<Subscriber | undefined>;
  putAccount(account: Account, change: Change$1, from?: Account): Promise<boolean>;
  putWorkspace(workspace: Workspace, change: Change$1, from?: Workspace): Promise<boolean>;
  putProject(project: Project, change: Change$1, from?: Project): Promise<boolean>;
  putKey(key: Key$1, change: Change$1, from?: Key$1): Promise<boolean>;
  account(id: string): Promise<Account | undefined>;
  key(id: string): Promise<Key$1 | undefined>;
  workspace(id: string): Promise<Workspace | undefined>;
  project(id: string): Promise<Project | undefined>;
  accounts(query: AccountQuery): Promise<readonly Account[]>;
  keysOf(accountId: string, page: Page): Promise<readonly Key$1[]>;
  workspacesOf(accountId: string, page: Page): Promise<readonly Workspace[]>;
  projectsOf(accountId: string, page: Page): Promise<readonly Project[]>;
  changes(query: ChangeQuery): Promise<readonly ChangeEntry[]>;
  note(change: Omit<ChangeEntry, "sequence">): Promise<void>;
  watch(listener: (accountId: string) => void, onAnything?: () => void): () => void;
}

declare class PostgresLedger implements Ledger {
  #private;
  readonly isShared = true;
  constructor(partitions: LedgerPartitions, database: Database);
  grant(grant: Grant, nowMs: number): Promise<void>;
  reserve(reservation: Reservation, nowMs: number): Promise<Reserved>;
  settle(settlement: Settlement, nowMs: number): Promise<Settled>;
  release(holdId: string, nowMs: number): Promise<void>;
  extend(holdIds: readonly string[], expiresAtMs: number): Promise<void>;
  detach(start: JobStart, nowMs: number): Promise<JobStarted>;
  job(holdId: string): Promise<Job | undefined>;
  jobs(): Promise<readonly Job[]>;
  recall(idempotency: Idempotency, nowMs: number): Promise<Recalled>;
  expire(nowMs: number, max: number, dueMs?: number): Promise<readonly string[]>;
  balance(funds: AccountFunds, nowMs: number): Promise<Balance>;
  budgets(budgets: readonly Budget[], nowMs: number): Promise<readonly BudgetState[]>;
  grants(accountId: string, page: Page, nowMs: number): Promise<readonly GrantState[]>;
  hold(holdId: string): Promise<HoldRecord | undefined>;
  oddHolds(query: OddHoldQuery): Promise<readonly HoldRecord[]>;
  entries(accountId: string, page: EntryPage): Promise<readonly Entry[]>;
  booked(accountId: string): Promise<Booked>;
  audit(): Promise<readonly string[]>;
}

declare class PostgresNotices implements Notices {
  #private;
  constructor(database: Database);
  raise(warning: Warning): Promise<boolean>;
  take(nowMs: number, untilMs: number, max: number): Promise<readonly WarningRecord[]>;
  attempted(id: string, attempt: Attempt, next: Prospect): Promise<void>;
  warnings({ accountId, state, before, limit }: WarningQuery): Promise<WarningRecord[]>;
  putIncident(record: Incident): Promise<void>;
  incident(id: string): Promise<Incident | undefined>;
  incidents({ openAtMs, after, limit }: IncidentQuery): Promise<readonly Incident[]>;
}

interface PostgresOptions {
  readonly pool: PostgresPool;
  readonly clock?: Clock;
  readonly statementMs?: number;
  readonly pollMs?: number;
  readonly ledger?: LedgerOptions;
  readonly log?: LogOptions;
}

interface PostgresPool {
  connect(): Promise<PostgresClient>;
  on(event: "error", listener: (error: Error) => void): unknown;
}

declare class PostgresRequestLog implements RequestLog {
  #private;
  constructor(waiting: WaitingRows, database: Database);
  append(row: LogRow): void;
  find({ limit, after, ...filter }: LogQuery): Promise<readonly LogRow[]>;
  explain(requestId: string): Promise<LogRow | undefined>;
  usage(accountId: string, fromMs: number, toMs: number): Promise<Usage>;
  days(query: DayQuery): Promise<readonly DaySum[]>;
  dropped(): number;
  flush(): Promise<void>;
}

interface PostgresStores extends Omit<OperatorStores, "limits"> {
  readonly directory: PostgresDirectory;
  readonly ledger: PostgresLedger;
  readonly log: PostgresRequestLog;
  readonly notices: PostgresNotices;
  audit(): Promise<readonly string[]>;
  close(): Promise<void>;
}

type Price = FixedPrice | AtMostPrice | QuotedPrice;

type Priority = (typeof PRIORITIES)[number];

interface Project extends Workspace {
  readonly workspaceId: string;
}

type Prospect = {
  readonly state: "delivered" | "given_up" | "gone";
} | {
  readonly state: "waiting";
  readonly dueMs: number;
};

interface Provocation {
  readonly request: ExampleRequest;
  readonly facts?: Facts;
  readonly bySelf: boolean;
}

type PublicEvent = ({
  readonly kind: "begun";
} & OfCall) | ({
  readonly kind: "sent";
  readonly attempts: number;
  readonly waitedMs: number;
  readonly heldBy: "rate" | "concurrency" | undefined;
  readonly addHeader: (name: string, value: string) => void;
} & OfCall) | ({
  readonly kind: "failed";
  readonly attempts: number;
  readonly code: string;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly waitMs: number | undefined;
  readonly why: readonly string[];
} & OfCall) | ({
  readonly kind: "ended";
  readonly attempts: number | undefined;
  readonly status: number | undefined;
  readonly code: string | undefined;
} & OfCall) | Extract<ClientEvent, {
  kind: "breaker" | "warning";
}>;

declare class Queries {
  #private;
  constructor(start: () => Promise<ReaderThread>);
  ask: ReaderThread["ask"];
  close(): Promise<void>;
}

interface QueueOptions {
  readonly slots?: readonly SlotsLimit[] | undefined;
  readonly apart?: readonly string[];
  readonly concurrencyStart?: number;
  readonly concurrencyMin?: number;
  readonly concurrencyMax?: number;
  readonly waitingMax?: number;
  readonly waitMaxMs?: number;
  readonly ageingMs?: number;
  readonly reserve?: number;
  readonly onShed?: (ticket: Ticket) => void;
}

type Quote<Input> = (input: Input, context: HandlerContext) => Awaitable<number | Refusal>;

interface QuotedHandler<Input> {
  run: Handler$1<Input>;
  quote(input: Input, context: HandlerContext): Awaitable<number | Refusal>;
}

interface QuotedPrice {
  readonly kind: "quote";
  readonly path: string;
  readonly credits: string;
}

type Quotes<A extends AnyApi> = A extends Api<infer _W, infer S> ? { readonly [O in keyof S["operations"] as S["operations"][O] extends {
  readonly price: {
    readonly kind: "quote";
  };
} ? O : never]: Quote<InputFor$1<S["operations"][O]>>; } : never;

declare const RATE_LIMIT_HEADERS: readonly ["none", "x-ratelimit", "ratelimit"];

declare const RATE_LIMIT_NAMES: Readonly<Record<HeaderPolicy["rateLimit"], readonly string[]>>;

declare const REFUSE = "Sluice-Refuse";

declare const REPLAYED = "Idempotent-Replayed";

declare const REQUEST_ID = "X-Request-Id";

declare const RETRY_ADVICE: readonly ["never", "wait", "backoff"];

declare const RETRY_AFTER = "Retry-After";

interface Raised {
  readonly id: string;
  readonly accountId: string;
  readonly atMs: number;
  readonly url: string | undefined;
}

interface Random {
  float(): number;
  integer(belowExclusive: number): number;
  bytes(length: number): Uint8Array<ArrayBuffer>;
  pick<T>(items: readonly T[]): T;
}

type Rate = Omit<WindowClaim, "id">;

interface RateState {
  readonly name?: string;
  readonly limit: number | undefined;
  readonly remaining: number;
  readonly resetMs: number | undefined;
  readonly resetEarlyMs: number;
  readonly resetLateMs: number;
  readonly windowMs: number | undefined;
}

declare class Reader {
  #private;
  constructor({ database }: ReaderSettings);
  accounts(query: AccountQuery): readonly Account[];
  keysOf(accountId: string, page: Page): readonly Key$1[];
  workspacesOf(accountId: string, page: Page): readonly Workspace[];
  projectsOf(accountId: string, page: Page): readonly Project[];
  changes(query: ChangeQuery): readonly ChangeEntry[];
  budgets(budgets: readonly Budget[], nowMs: number): readonly BudgetState[];
  grants(accountId: string, page: Page, nowMs: number): readonly GrantState[];
  hold(holdId: string): HoldRecord | undefined;
  oddHolds(query: OddHoldQuery): readonly HoldRecord[];
  entries(accountId: string, page: EntryPage): readonly Entry[];
  booked(accountId: string): Booked;
  audit(alsoTheFile: boolean): readonly string[];
  find(filter: RowFilter, limit: number): RowsPage;
  explain(requestId: string): PackedRow | undefined;
  usage(accountId: string, fromMs: number, toMs: number): Usage;
  days(query: DayQuery): readonly DaySum[];
  warnings(query: WarningQuery): readonly WarningRecord[];
  incident(id: string): Incident | undefined;
  incidents(query: IncidentQuery): readonly Incident[];
  close(): void;
}

interface ReaderSettings {
  readonly role: "reader";
  readonly database: DatabaseSettings;
}

type ReaderThread = Thread<Reader>;

type Recalled = KnownKey | {
  readonly kind: "unknown";
};

interface Records {
  readonly workspace: Workspace;
  readonly project: Project;
}

type Redact = (text: string) => string;

type RedisClient = IoredisClient | NodeRedisClient | NodeRedisCluster;

interface RedisLimitsOptions {
  readonly client: RedisClient;
  readonly prefix?: string;
  readonly deadlineMs?: number;
  readonly leaseMs?: number;
  readonly clock?: Clock;
  readonly random?: Random;
}

interface Reference {
  readonly api: AnyApi;
  readonly about: About;
  readonly origin: string;
  readonly baseUrl: string;
  readonly keyVariable: string;
  readonly codes: readonly CodeReference[];
  readonly operations: readonly OperationReference[];
  readonly atNone: readonly PossibleRefusal[];
  readonly envelope: readonly EnvelopeMember[];
  readonly statuses: readonly StatusReference[];
}

interface Refusal extends Facts {
  readonly kind: "refusal";
  readonly condition: string;
  readonly code?: string;
}

interface Refused {
  readonly waitMs: number | undefined;
}

interface Refused$1<No> {
  readonly ok: false;
  readonly no: No;
}

interface RefusedExample<Operation extends string = string> extends InputExample {
  readonly operation: Operation;
  readonly headers?: Readonly<Record<string, string>>;
  readonly given?: string;
}

interface Refuser {
  unreadable(condition: Unreadable, address: string, target: string | undefined): Answer$1;
}

interface RenderContext {
  readonly operation?: string | undefined;
}

interface Rendered {
  readonly code: string;
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: string;
  readonly retryAfterMs: number | undefined;
}

interface ReplyEvent {
  readonly name?: string;
  readonly data: unknown;
  readonly costSoFar?: number;
}

interface RequestLog {
  append(row: LogRow): void;
  find(query: LogQuery): Awaitable<readonly LogRow[]>;
  explain(requestId: string): Awaitable<LogRow | undefined>;
  usage(accountId: string, fromMs: number, toMs: number): Awaitable<Usage>;
  days(query: DayQuery): Awaitable<readonly DaySum[]>;
  dropped(): number;
}

interface RequestLogOptions {
  readonly rowsMax?: number;
}

interface Reservation {
  readonly holdId: string;
  readonly funds: AccountFunds;
  readonly budgets: readonly Budget[];
  readonly amount: number;
  readonly expiresAtMs: number;
  readonly idempotency?: Idempotency;
  readonly operation: string;
  readonly keyId: string;
}

type Reserved = {
  readonly kind: "held";
  readonly remaining: number;
  readonly budget?: BudgetState;
} | {
  readonly kind: "credits_exhausted";
  readonly remaining: number;
  readonly resetAtMs: number | undefined;
} | FullBudget | KnownKey;

type Reset = {
  readonly kind: "calendar_month";
} |
{
  readonly kind: "lazy";
  readonly everyMs: number;
};

interface ResponseFacts {
  readonly status: number;
  header(name: string): string | null | undefined;
  readonly body: string;
}

type RetryAdvice = (typeof RETRY_ADVICE)[number];

interface RetryBudgetOptions {
  readonly tokens?: number;
  readonly cost?: number;
  readonly toldCost?: number;
  readonly refill?: number;
}

interface Revocation {
  readonly atMs: number;
  readonly keys: number;
}

interface Route<Name extends string = string> {
  readonly operation: Name;
  readonly method: string;
  readonly pattern: PathPattern;
}

interface RoutedCall extends Call {
  readonly routes: (work: Work$2) => Awaitable<WorkDone | Refusal>;
}

declare class Router<Name extends string = string> {
  #private;
  constructor(routes: readonly Route<Name>[]);
  match(method: string, path: string): Matched<Name>;
}

type Row = readonly (string | null)[];

interface RowDetails {
  readonly slots?: {
    readonly id: string;
    readonly taken: number;
    readonly limit: number;
  };
  readonly budget?: BudgetState;
  readonly shortage?: Shortage;
  readonly limit?: number;
  readonly expected?: string;
  readonly allowed?: readonly string[];
  readonly message?: string;
  readonly waitMs?: number;
  readonly needed?: number;
  readonly begunAs?: "events" | "bytes" | "upgraded";
}

type RowEnding = "done" | "refused" | "fault" | "replayed" | "abandoned";

type RowFilter = Omit<LogQuery, "limit">;

interface RowsPage {
  readonly rows: readonly PackedRow[];
  readonly next: LogPlace | undefined;
}

interface Run<S extends AnyScenario = Scenario> {
  readonly seed: number | string;
  readonly scenario: S;
  readonly digest: string;
  readonly violations: readonly Violation[];
  readonly totals: Totals;
  readonly intervals: readonly Interval[];
  readonly intervalMs: number;
  readonly lastLines: readonly string[];
  readonly lengthMs: number;
}

declare class RunningJobs {
  #private;
  get begun(): number;
  get all(): Job[];
  began(job: Job): void;
  listed(jobs: readonly Job[]): void;
  ended(holdId: string): void;
  upTo(begun: number): Job[];
}

interface RunningWork {
  readonly work: Work$2;
  readonly abortReason: unknown;
  withinDeadline<T, U>(result: Promise<T>, conclude: (done: T) => U, fail: (error: unknown) => U): Promise<U>;
  keepDeadline(): void;
  close(): void;
}

declare const SECOND_MS = 1000;

declare const SIMULATE = "Sluice-Simulate";

declare const STATUS_ABANDONED = 499;

declare const STATUS_UPGRADED = 101;

declare const STEPS: readonly ["match", "identify", "admit", "authorise", "validate", "reserve", "run", "settle", "respond"];

interface Scenario {
  readonly nodes: Nodes;
  readonly limits: LimitsServer;
  readonly network: {
    readonly callers: Delay;
    readonly stores: Delay;
  };
  readonly allowed: Allowed;
  readonly work: Work$1;
  readonly jobs?: Jobs;
  readonly budgets?: Budgets;
  readonly callers: readonly CallerGroup[];
  readonly faults: readonly Fault[];
  readonly revocations: readonly Revocation[];
  readonly durationMs: number;
  readonly recoveryMs: number;
}

interface Schema<Input = unknown, Output = Input> {
  readonly "~standard": StandardSchemaV1.Props<Input, Output> & Partial<Pick<StandardJSONSchemaV1.Props<Input, Output>, "jsonSchema">>;
}

interface Scope {
  readonly workspace?: InputPlace;
  readonly project?: InputPlace;
}

declare class ScopeFinder {
  #private;
  readonly close: () => void;
  constructor(directory: Directory, clock: Clock);
  find<Kind extends keyof Records>(kind: Kind, id: string): Awaitable<Records[Kind] | undefined>;
}

interface Secret {
  readonly prefix: string;
  reveal(): string;
  readonly redact: Redact;
  redactHeaders(headers: Iterable<readonly [string, string]>): Readonly<Record<string, string>>;
}

interface SeenCall {
  readonly call: Call;
  readonly requestId: string;
  readonly atMs: number;
  readonly startedMs: number;
  readonly waited: boolean;
  readonly identity: Identity | undefined;
  readonly simulation: object | undefined;
  readonly input: {
    readonly bodyBytes: Uint8Array | undefined;
  } | undefined;
  readonly asked: number;
  readonly metered: number | undefined;
  readonly work: WorkDone | undefined;
  beside: object | undefined;
}

interface Segment {
  readonly text: string;
  readonly param: string | undefined;
  readonly isRest: boolean;
}

interface SentRequest {
  readonly group: string;
  readonly operation: string;
  readonly call: string;
  readonly sentMs: number;
}

interface ServerDeclaration<Operation extends string, PlanName extends string> {
  readonly plans: Readonly<Record<PlanName, Plan>>;
  readonly requires?: {
    readonly plans: readonly PlanName[];
  };
  readonly limitsDown?: (typeof LIMITS_DOWN)[number];
  readonly warnings?: {
    readonly percents: readonly number[];
  };
  readonly operations: Readonly<Record<Operation, ServerOperation<PlanName>>>;
  readonly folding?: readonly FoldingRule[];
  readonly examples?: Readonly<Record<string, RefusedExample<Operation>>>;
}

interface ServerOperation<Plan extends string = string> {
  readonly params?: Schema;
  readonly query?: Schema;
  readonly body?: Schema;
  readonly passesBody?: true;
  readonly upgrades?: UpgradeProtocol;
  readonly output?: Schema;
  readonly successStatus?: number;
  readonly example?: OperationExample;
  readonly reports?: readonly string[];
  readonly price?: Price;
  readonly plans?: readonly Plan[];
  readonly permission?: string;
  readonly bodyBytesMax?: number;
  readonly deadlineMs?: number;
  readonly scope?: Scope;
  readonly detaches?: Detachment;
  readonly shownOnce?: true;
  readonly answeredBy?: "gate";
}

interface ServingLock {
  tell(address: string): void;
  release(): void;
}

interface Settings {
  readonly api: AnyApi;
  readonly stores: Stores;
  readonly upstream: Upstream;
  readonly onEvent: EventListener;
  readonly onAnswer: AnswerListener | undefined;
  readonly onSpend: SpendListener | undefined;
  readonly clock: Clock;
  readonly random: Random;
  readonly digests: Digests;
  readonly nextRequestId: (wallMs?: number) => string;
  readonly keys: KeyVerifier;
  readonly scopes: ScopeFinder;
  readonly startingJobs: StartingJobs;
  readonly runningJobs: RunningJobs;
  readonly calls: Calls;
  readonly ownStores: Stores;
  readonly simulations: SimulationCounter;
  readonly trustedHops: number;
  readonly operations: ReadonlyMap<string, OperationSettings>;
  readonly plansForAll: ReadonlySet<string> | undefined;
  readonly limitsHealth: {
    down: boolean;
  };
  readonly privateHeaders: ReadonlySet<string>;
  readonly ownHeaders: ReadonlySet<string>;
  readonly shadow: Bystander | undefined;
}

interface Settled {
  readonly kind: "settled" | "released" | "expired" | "unknown";
  readonly charged: number;
  readonly remaining: number;
}

interface Settlement {
  readonly holdId: string;
  readonly charge: number;
  readonly overage?: number;
  readonly answer?: StoredAnswer;
  readonly rememberMs: number;
}

interface ShadowCounts {
  readonly waiting: number;
  readonly judged: number;
  readonly missed: Readonly<Record<Missed, number>>;
  readonly byKind: Readonly<Record<DifferenceKind, Sum>>;
  readonly byOperation: readonly (Sum & {
    readonly operation: string;
    readonly kind: DifferenceKind;
  })[];
  readonly byAccount: readonly (Sum & {
    readonly accountId: string | undefined;
    readonly kind: DifferenceKind;
  })[];
}

interface ShadowOptions {
  readonly api: AnyApi;
  readonly limits: Limits;
  readonly onDifference?: (difference: Difference) => void;
}

type Shape = "steady" | "bursty" | "diurnal";

interface ShardCommand {
  readonly shard: number;
  readonly command: Command$1;
}

type Shortage = {
  readonly cap: number;
  readonly used: number;
  readonly held: number;
  readonly resetAtMs: number;
} | {
  readonly remaining: number;
  readonly resetAtMs?: number;
};

interface Shrunk {
  readonly run: Run;
  readonly tries: number;
}

interface Side {
  readonly status: number;
  readonly code: string | undefined;
  readonly condition: string | undefined;
  readonly by: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly charged: number;
  readonly isMost: boolean;
}

interface Sighting {
  readonly requestId: string;
  readonly atMs: number;
  readonly nowMs: number;
  readonly method: string;
  readonly target: string;
  readonly subscriber: Subscriber;
}

interface Simulation {
  readonly step: StepName;
  readonly refusal: Refusal;
}

interface SimulationCounter {
  next(series: string): number;
}

interface SlotClaim {
  readonly id: string;
  readonly member: string;
  readonly limit: number;
  readonly leaseMs: number;
  readonly detached?: boolean;
}

interface SlotLimit<Plan extends string = string, Operation extends string = string> {
  readonly per: LimitOwner;
  readonly limit: ByPlan<Plan>;
  readonly operations: readonly Operation[];
  readonly retryAfterMs?: number;
}

interface SlotRule extends Omit<SlotClaim, "member" | "leaseMs"> {
  readonly retryAfterMs: number | undefined;
}

interface SlotsLimit {
  readonly name: string;
  readonly limit: number;
  readonly operations: readonly string[];
}

interface SpanLike {
  setAttributes(attributes: Attributes): unknown;
  addEvent(name: string, attributes: Attributes): unknown;
  setStatus(status: {
    code: number;
  }): unknown;
  end(): void;
}

interface Spelled<Code extends string, Operation extends string> {
  readonly code: Code;
  readonly message?: string;
  readonly fields?: Readonly<Record<string, Code>>;
  readonly operations?: Readonly<Partial<Record<Operation, Code>>>;
}

type Spelling<Code extends string, Operation extends string> = Code | Spelled<Code, Operation>;

declare class Spellings {
  #private;
  constructor(conditions: Readonly<Record<string, Spelling<string, string>>>);
  has(condition: string): boolean;
  codeOf(condition: string, operation: string | undefined, param: string | undefined): string | undefined;
  messageOf(condition: string, code: string): string | undefined;
  conditionsOf(code: string): readonly string[];
}

interface Spend {
  readonly accountId: string;
  readonly budgets: readonly Budget[] | undefined;
  readonly short: "account" | Budget | undefined;
}

type SpendListener = (spend: Spend) => void;

interface SpendWarning extends Raised {
  readonly subject: WarningSubject;
  readonly periodStartMs: number | undefined;
  readonly resetAtMs: number | undefined;
  readonly percent: number;
  readonly used: number;
  readonly cap: number;
}

declare class SqliteDirectory implements Directory {
  #private;
  constructor(submit: Submit, queries: Queries);
  findKey(digest: string): Promise<Subscriber | undefined>;
  putAccount(account: Account, change: Change$1, from?: Account): Promise<boolean>;
  putWorkspace(workspace: Workspace, change: Change$1, from?: Workspace): Promise<boolean>;
  putProject(project: Project, change: Change$1, from?: Project): Promise<boolean>;
  putKey(key: Key$1, change: Change$1, from?: Key$1): Promise<boolean>;
  account(id: string): Promise<Account | undefined>;
  key(id: string): Promise<Key$1 | undefined>;
  workspace(id: string): Promise<Workspace | undefined>;
  project(id: string): Promise<Project | undefined>;
  accounts(query: AccountQuery): Promise<readonly Account[]>;
  keysOf(accountId: string, page: Page): Promise<readonly Key$1[]>;
  workspacesOf(accountId: string, page: Page): Promise<readonly Workspace[]>;
  projectsOf(accountId: string, page: Page): Promise<readonly Project[]>;
  changes(query: ChangeQuery): Promise<readonly ChangeEntry[]>;
  note(change: Omit<ChangeEntry, "sequence">): Promise<void>;
  watch(listener: (accountId: string) => void): () => void;
}

declare class SqliteLedger implements Ledger {
  #private;
  constructor(submit: Submit, queries: Queries, audits?: Queries);
  grant(grant: Grant, nowMs: number): Promise<void>;
  reserve(reservation: Reservation, nowMs: number): Promise<Reserved>;
  settle(settlement: Settlement, nowMs: number): Promise<Settled>;
  release(holdId: string, nowMs: number): Promise<void>;
  extend(holdIds: readonly string[], expiresAtMs: number): Promise<void>;
  detach(start: JobStart, nowMs: number): Promise<JobStarted>;
  job(holdId: string): Promise<Job | undefined>;
  jobs(): Promise<readonly Job[]>;
  recall(idempotency: Idempotency, nowMs: number): Promise<Recalled>;
  expire(nowMs: number, max: number, dueMs?: number): Promise<readonly string[]>;
  balance({ accountId, allowance }: AccountFunds, nowMs: number): Promise<Balance>;
  budgets(budgets: readonly Budget[], nowMs: number): Promise<readonly BudgetState[]>;
  grants(accountId: string, page: Page, nowMs: number): Promise<readonly GrantState[]>;
  hold(holdId: string): Promise<HoldRecord | undefined>;
  oddHolds(query: OddHoldQuery): Promise<readonly HoldRecord[]>;
  entries(accountId: string, page: EntryPage): Promise<readonly Entry[]>;
  booked(accountId: string): Promise<Booked>;
  audit(): Promise<readonly string[]>;
}

declare class SqliteLimits implements Limits {
  #private;
  constructor(clock: Clock);
  admit(admission: Admission, nowMs: number): Admitted | LimitRefused;
  release(slots: readonly SlotClaim[]): void;
  restore(places: readonly TakenPlaces[]): void;
}

declare class SqliteNotices implements Notices {
  #private;
  constructor(submit: Submit, queries: Queries);
  raise(warning: Warning): Promise<boolean>;
  take(nowMs: number, untilMs: number, max: number): Promise<readonly WarningRecord[]>;
  attempted(id: string, attempt: Attempt, next: Prospect): Promise<void>;
  warnings(query: WarningQuery): Promise<readonly WarningRecord[]>;
  putIncident(incident: Incident): Promise<void>;
  incident(id: string): Promise<Incident | undefined>;
  incidents(query: IncidentQuery): Promise<readonly Incident[]>;
}

interface SqliteOptions {
  readonly file: string;
  readonly clock?: Clock;
  readonly queueMax?: number;
  readonly stallMs?: number;
  readonly fileBytesMax?: number;
  readonly busyMs?: number;
  readonly log?: LogOptions$1;
  readonly ledger?: LedgerOptions$1;
}

declare class SqliteRequestLog implements RequestLog {
  #private;
  constructor(waiting: WaitingRows, queries: Queries);
  append(row: LogRow): void;
  find({ limit, ...filter }: LogQuery): Promise<readonly LogRow[]>;
  explain(requestId: string): Promise<LogRow | undefined>;
  usage(accountId: string, fromMs: number, toMs: number): Promise<Usage>;
  days(query: DayQuery): Promise<readonly DaySum[]>;
  dropped(): number;
  flush(): Promise<void>;
}

interface SqliteStores extends OperatorStores {
  readonly directory: SqliteDirectory;
  readonly limits: SqliteLimits;
  readonly ledger: SqliteLedger;
  readonly log: SqliteRequestLog;
  readonly notices: SqliteNotices;
  readonly down: StoreDownError | undefined;
  audit(): Promise<readonly string[]>;
  close(): Promise<void>;
}

declare class StartingJobs {
  #private;
  begin(jobId: string): () => void;
  over(jobId: string): Promise<void>;
}

interface Statement {
  readonly name: string;
  readonly text: string;
}

interface StatusReference {
  readonly status: number;
  readonly phrase: string;
  readonly means: string;
  readonly codes: readonly string[];
}

interface StatusWords {
  readonly phrase: string;
  readonly means: string;
}

type StepName = (typeof STEPS)[number];

declare class StoreDownError extends Error {
  readonly name: string;
}

interface StoredAnswer {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: string;
  readonly requestId: string;
}

interface Stores {
  readonly directory: Directory;
  readonly limits: Limits;
  readonly ledger: Ledger;
  readonly log: RequestLog;
}

interface StreamEvent {
  readonly bytes: Uint8Array;
  readonly name: string | undefined;
  readonly data: string | undefined;
  readonly comments: readonly string[];
}

interface Streaming {
  readonly kind: "events" | "bytes" | "upgraded";
  readonly source: ByteSource;
  readonly running: RunningWork;
}

type Submit = <Name extends CommandName>(name: Name, ...told: Parameters<Work[Name]>) => Promise<ReturnType<Work[Name]>>;

interface Submitted {
  submit(connection: DriverConnection): void;
}

interface Subscriber {
  readonly key: Key$1;
  readonly account: Account;
  readonly workspace?: Workspace;
  readonly project?: Project;
}

interface Suite {
  readonly describe: (name: string, body: () => void) => unknown;
  readonly it: (name: string, body: () => Promise<void>) => unknown;
}

interface Sum {
  readonly calls: number;
  readonly credits: number;
}

interface Sweeper {
  sweep(): Promise<readonly string[]>;
  sweepAll(): Promise<readonly string[]>;
  start(everyMs?: number): () => void;
}

declare const TABLE: {
  readonly malformed_request: ConditionEntry & {
    readonly waits: false;
  };
  readonly headers_too_large: ConditionEntry & {
    readonly waits: false;
  };
  readonly request_timeout: ConditionEntry & {
    readonly waits: false;
  };
  readonly missing_key: ConditionEntry & {
    readonly waits: false;
  };
  readonly malformed_key: ConditionEntry & {
    readonly waits: false;
  };
  readonly unknown_key: ConditionEntry & {
    readonly waits: false;
  };
  readonly revoked_key: ConditionEntry & {
    readonly waits: false;
  };
  readonly expired_key: ConditionEntry & {
    readonly waits: false;
  };
  readonly rate_limited: ConditionEntry & {
    readonly waits: true;
  };
  readonly concurrency_limited: ConditionEntry & {
    readonly waits: true;
  };
  readonly subscription_inactive: ConditionEntry & {
    readonly waits: false;
  };
  readonly plan_required: ConditionEntry & {
    readonly waits: false;
  };
  readonly forbidden: ConditionEntry & {
    readonly waits: false;
  };
  readonly not_found: ConditionEntry & {
    readonly waits: false;
  };
  readonly method_not_allowed: ConditionEntry & {
    readonly waits: false;
  };
  readonly body_too_large: ConditionEntry & {
    readonly waits: false;
  };
  readonly unsupported_media_type: ConditionEntry & {
    readonly waits: false;
  };
  readonly malformed_body: ConditionEntry & {
    readonly waits: false;
  };
  readonly invalid_parameter: ConditionEntry & {
    readonly waits: false;
  };
  readonly missing_field: ConditionEntry & {
    readonly waits: false;
  };
  readonly invalid_field: ConditionEntry & {
    readonly waits: false;
  };
  readonly credits_exhausted: ConditionEntry & {
    readonly waits: false;
  };
  readonly budget_exceeded: ConditionEntry & {
    readonly waits: false;
  };
  readonly credits_unavailable: ConditionEntry & {
    readonly waits: true;
  };
  readonly request_in_progress: ConditionEntry & {
    readonly waits: true;
  };
  readonly idempotency_key_reused: ConditionEntry & {
    readonly waits: false;
  };
  readonly replay_unavailable: ConditionEntry & {
    readonly waits: false;
  };
  readonly conflict: ConditionEntry & {
    readonly waits: false;
  };
  readonly plan_limit_reached: ConditionEntry & {
    readonly waits: false;
  };
  readonly resource_limit_reached: ConditionEntry & {
    readonly waits: false;
  };
  readonly internal: ConditionEntry & {
    readonly waits: false;
  };
  readonly unavailable: ConditionEntry & {
    readonly waits: true;
  };
  readonly upstream_timeout: ConditionEntry & {
    readonly waits: false;
  };
};

interface TakenPlaces {
  readonly id: string;
  readonly windowMs: number;
  readonly cost: number;
  readonly ageMs: number;
}

declare class Thread<Methods extends Desk<Methods>> {
  #private;
  private constructor();
  static start<Methods extends Desk<Methods>>(url: URL, settings: object): Promise<Thread<Methods>>;
  get down(): StoreDownError | undefined;
  get waiting(): number;
  ask<Name extends keyof Methods & string>(name: Name, ...told: Told<Methods[Name]>): Promise<Answered<Methods[Name]>>;
  close(): Promise<void>;
  kill(): Promise<void>;
}

interface Ticket {
  readonly call: Waiting;
}

type Told<Method> = Method extends ((...told: infer Arguments) => unknown) ? Arguments : never;

interface Told$1 {
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly bodyMissing: string | undefined;
}

interface Totals {
  readonly calls: number;
  readonly done: number;
  readonly attempts: number;
  readonly creditsCharged: number;
  readonly events: number;
}

interface TracerLike<Span, Context> {
  startSpan(name: string, options: {
    kind: number;
    attributes: Attributes;
  }, context: Context): Span;
}

type Transport = (request: TransportRequest) => Promise<TransportAnswer>;

interface TransportAnswer {
  readonly status: number;
  header(name: string): string | null;
  headers(): Iterable<readonly [string, string]>;
  readonly stream: ReadableStream<Uint8Array> | null;
  readonly text?: ((bytesMax: number) => Promise<string>) | undefined;
  readonly response?: Response | undefined;
}

type TransportBody = string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | Blob | FormData;

interface TransportRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: TransportBody | undefined;
  readonly signal: AbortSignal;
  readonly light?: Listenable | undefined;
}

interface TriedAgain {
  readonly passes: boolean;
  readonly tookMs: number;
  readonly steps: readonly string[];
  readonly why: readonly string[];
}

interface Turn {
  readonly kind: "turn";
  readonly ticket: Ticket;
  readonly flight: Flight | undefined;
  readonly waitedMs: number;
  readonly heldBy: "rate" | "concurrency" | undefined;
}

declare const UPDATES_MAX = 100;

declare const UPGRADE_PROTOCOLS: readonly ["websocket"];

interface UndiciAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: UndiciBody;
}

type UndiciBody = AsyncIterable<Uint8Array> & {
  text(): Promise<string>;
};

interface UndiciLike {
  request(url: string, options: {
    method: string;
    headers: Record<string, string>;
    body?: string | Uint8Array | null;
    signal: AbortSignal;
  }): Promise<UndiciAnswer>;
}

type Unreadable = Extract<Condition, "malformed_request" | "headers_too_large" | "request_timeout">;

interface Upgradable {
  readonly response: ServerResponse;
  readonly upgrade: Upgrade;
}

interface Upgrade {
  readonly protocol: UpgradeProtocol;
  readonly bytes: ByteSource;
}

type UpgradeProtocol = (typeof UPGRADE_PROTOCOLS)[number];

interface Upstream {
  run(work: Work$2): Awaitable<WorkDone | Refusal>;
  quote(work: Work$2): Awaitable<number | WorkDone | Refusal>;
}

interface Usage {
  readonly requests: number;
  readonly refusals: number;
  readonly faults: number;
  readonly credits: number;
}

interface Use {
  readonly operation: string;
  readonly share: number;
  readonly input?: InputExample;
  readonly credits?: number;
}

type UserMessage = (about: {
  readonly code: string;
  readonly action: Action;
}) => string;

type UserMessages = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

type Verdict = Admitted | LimitRefused;

interface Verified {
  readonly identity: Identity;
  readonly isStale: boolean;
  readonly isOlderSecret: boolean;
  readonly refusal?: Refusal;
}

interface Violation {
  readonly law: string;
  readonly atMs: number;
  readonly found: string;
}

declare class VirtualClock implements Clock {
  #private;
  constructor(wallMs?: number);
  get pendingTimers(): number;
  get keepingAlive(): number;
  wallMs(): number;
  monotonicMs(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  after(ms: number, callback: () => void, keepsAlive?: boolean): () => void;
  stepWall(ms: number): void;
  standStillFor(work: Promise<unknown>): void;
  advance(ms: number): Promise<void>;
  runNext(withinMs?: number): Promise<boolean>;
  runUntilIdle(limitMs?: number): Promise<void>;
}

declare class Visit {
  readonly call: Call;
  readonly requestId: string;
  readonly atMs: number;
  readonly startedMs: number;
  step: StepName;
  faulted: boolean;
  waited: boolean;
  path: string;
  search: string;
  matched: Matched;
  operation: OperationSettings | undefined;
  identity: Identity | undefined;
  keyIsStale: boolean;
  secretIsOlder: boolean;
  simulation: Simulation | undefined;
  windowClaims: readonly WindowRule[] | undefined;
  windows: readonly WindowState[] | undefined;
  admittedMs: number;
  slots: readonly SlotClaim[] | undefined;
  slotsTaken: RowDetails["slots"];
  limitsAreDown: boolean;
  input: Input | undefined;
  payer: Payer | undefined;
  hold: Hold | undefined;
  asked: number;
  held: number;
  narrowestBudget: BudgetState | undefined;
  replayed: StoredAnswer | undefined;
  creditsRemaining: number | undefined;
  cost: number | undefined;
  work: WorkDone | undefined;
  stream: Streaming | undefined;
  unsent: AnswerStream | undefined;
  metered: number | undefined;
  jobStarted: (() => void) | undefined;
  charged: number;
  beside: object | undefined;
  constructor(call: Call, gate: Arrival);
  get known(): Identity;
  get caller(): Caller;
  get budgets(): readonly Budget[];
  get settled(): OperationSettings;
}

declare const WARNING_PERCENTS_DEFAULT: readonly number[];

declare const WARNING_PERCENTS_MAX = 10;

interface WaitOptions {
  readonly failures?: number;
  readonly clock?: Clock;
  readonly random?: Random;
}

interface Waiting {
  readonly operation: string | undefined;
  readonly priority: Priority;
  readonly enteredMs: number;
  readonly deadlineMs: number;
}

type WaitingCondition = { [C in Condition]: (typeof TABLE)[C]["waits"] extends true ? C : never; }[Condition];

declare class WaitingRows {
  #private;
  constructor(buffer: LogBuffer, writer: LogWriter);
  append(row: LogRow): void;
  find(requestId: string): LogRow | undefined;
  get dropped(): number;
  flush(): Promise<void>;
  settled(): Promise<void>;
}

interface Walked {
  readonly place: Place;
  readonly required: boolean;
}

type Warning = SpendWarning | LeakWarning;

interface WarningQuery {
  readonly accountId?: string;
  readonly state?: WarningRecord["state"];
  readonly limit: number;
  readonly before?: string;
}

type WarningRecord = Warning & Delivery;

type WarningSubject = {
  readonly kind: "credits";
} | ({
  readonly kind: "budget";
} & Pick<Budget, "scope" | "id">);

declare class Watchers {
  #private;
  add(listener: (accountId: string) => void, onAnything?: () => void): () => void;
  tell(accountId: string): void;
  tellOfAnything(): void;
}

interface WhyReplay {
  readonly again: TriedAgain;
  readonly agrees: boolean;
  readonly lacks: readonly string[];
  readonly changes: readonly {
    readonly what: string;
    readonly tried: TriedAgain;
  }[];
}

interface WindowClaim {
  readonly id: string;
  readonly limit: number;
  readonly windowMs: number;
  readonly cost: number;
}

interface WindowLimit<Plan extends string = string, Operation extends string = string> {
  readonly per: LimitOwner;
  readonly limit: ByPlan<Plan>;
  readonly windowMs: number;
  readonly operations?: readonly Operation[];
}

interface WindowRule extends WindowClaim {
  readonly name: string;
}

interface WindowState {
  readonly remaining: number;
  readonly resetMs: number;
}

interface Wire<Code extends string = string, Operation extends string = string, Plan extends string = string, Domain extends string = string> extends WireDeclaration<Code, Operation, Plan, Domain> {
  readonly spellings: Spellings;
}

interface WireDeclaration<Code extends string, Operation extends string, Plan extends string, Domain extends string = never> {
  readonly about: About;
  readonly basePath: string;
  readonly envelope: Envelope;
  readonly codes: Readonly<Record<Code, CodeEntry>>;
  readonly conditions: Conditions<NoInfer<Code>, NoInfer<Operation>>;
  readonly domain?: Readonly<Record<Domain, Spelling<NoInfer<Code>, NoInfer<Operation>>>>;
  readonly key: KeyFormat;
  readonly plans: readonly Plan[];
  readonly windows: Readonly<Record<string, WindowLimit<NoInfer<Plan>, NoInfer<Operation>>>>;
  readonly slots?: Readonly<Record<string, SlotLimit<NoInfer<Plan>, NoInfer<Operation>>>>;
  readonly headers: HeaderPolicy;
  readonly operations: Readonly<Record<Operation, WireOperation>>;
}

interface WireError {
  readonly code: string;
  readonly status: number;
  readonly message: string;
  readonly type: string | undefined;
  readonly param: string | undefined;
  readonly helpUrl: string;
}

interface WireOperation {
  readonly method: Method;
  readonly path: string;
  readonly summary: string;
  readonly idempotency?: boolean;
  readonly stream?: EventStream;
}

type Work = Omit<LedgerWork, "flush" | "reset"> & Omit<DirectoryWork, never> & Omit<NoticesWork, "forget">;

interface Work$1 {
  readonly tookMs: Delay;
  readonly longPercent: number;
  readonly longMs: number;
  readonly failPercent: number;
}

interface Work$2 {
  readonly call: Call;
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly search: string;
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly bodyBytes: Uint8Array | undefined;
  readonly passedBody: PassedBody | undefined;
  readonly upgrade: Upgrade | undefined;
  readonly needsWhole: boolean;
  readonly requestId: string;
  readonly address: string;
  readonly peer: string;
  readonly host: string | undefined;
  readonly caller: Caller;
  headers(): Iterable<readonly [string, string]>;
  hides(name: string): boolean;
  readonly signal: AbortSignal;
  onAbort(listener: (reason: unknown) => void): () => void;
}

interface WorkDone {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: string | Uint8Array | ReadableStream<Uint8Array> | ByteSource;
  readonly length?: number;
  readonly value?: unknown;
}

interface Workspace {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly budget?: number;
  readonly createdAtMs?: number;
  readonly details?: Readonly<Record<string, string | number | boolean>>;
}

interface World {
  readonly seed: number | string;
  readonly clock: VirtualClock;
  readonly random: Random;
  spawn<T>(name: string, task: () => Awaitable<T>): Promise<T>;
  pause(maxMs?: number): Promise<void>;
  run(): Promise<void>;
}

interface WorldOptions {
  readonly limitMs?: number;
  readonly wallMs?: number;
}

declare function acquireLock(folder: string, who?: {
  readonly address?: string;
  readonly clock?: Clock;
}): ServingLock;

declare function addressOf({ wire }: AnyApi, code: string): string | undefined;

declare function adviceOn(entry: CodeEntry, alwaysWaits: boolean): Advice;

declare function anchorOf(heading: string): string;

declare function andThen<T, U>(value: Awaitable<T>, next: (value: T) => Awaitable<U>): Awaitable<U>;

declare function answerUnreadable(server: Server, refuser: Refuser): void;

declare function apiErrorIn(thrown: unknown): ApiError | undefined;

declare function areWarningPercents(percents: readonly unknown[]): boolean;

declare function assert(condition: unknown, message: string | (() => string)): asserts condition;

declare function at(value: unknown, pointer: string): unknown;

declare function atEndOfTurn(task: () => void): void;

declare function atMost$1(credits: number, actual?: ActualCost): AtMostPrice;

declare function baseUrlOf(api: AnyApi): string;

declare function brokenLinks(pages: readonly DocPage[]): readonly BrokenLink[];

declare function callerOf(under: object): EmbeddedCaller;

declare function checkScenario(scenario: AnyScenario): void;

declare function clientAddress(call: {
  readonly address: string;
  header(name: string): string | undefined;
}, trustedHops: number): string;

declare function codeReference(api: AnyApi, code: string): CodeReference;

declare function createAddressGuard(perMinute: number): AddressGuard;

declare function createClient<A extends AnyApi = AnyApi>(wire: AnyWire | undefined, options: ClientOptions): Client<A>;

declare function createFetchHandler(gate: Pick<Gate, "handle">, options?: FetchAdapterOptions): (request: Request) => Promise<Response>;

declare function createGate<A extends AnyApi>(api: A, options: GateOptions<A>): Gate;

declare function createKeyCheck(api: AnyApi, options: KeyCheckOptions): KeyCheck;

declare function createKeyDesk(api: AnyApi, directory: Directory, digests: KeyDigests, clock: Clock, random: Random): KeyDesk;

declare function createKeyDigests(peppers: Peppers, digests?: Digests): KeyDigests;

declare function createMemoryStores(options?: MemoryStoresOptions): MemoryStores;

declare function createNodeListener(gate: Pick<Gate, "handle"> & Refuser, options?: NodeAdapterOptions): Listener;

declare function createRedisLimits(options: RedisLimitsOptions): DistantLimits;

declare function createRequestIds(clock: Clock, random: Random): (wallMs?: number) => string;

declare function createWorld(seed: number | string, options?: WorldOptions): World;

declare function curlText(request: ExampleRequest): string;

declare function customEnvelope(envelope: Envelope): Envelope;

declare function dayOf(atMs: number): number;

declare function defineApi<const W extends AnyWire, const S extends ServerDeclaration<OperationOf<W>, PlanOf<W>>>(wire: W, server: S, pages: Readonly<Record<CodeOf<W>, string>>): Api<W, S>;

declare function defineWire<const Code extends string, const Operation extends string, const Plan extends string, const Domain extends string = never>(declaration: WireDeclaration<Code, Operation, Plan, Domain>): Wire<Code, Operation, Plan, Domain>;

declare function deltaSeconds(ms: number): number;

declare function describeEvent(event: PublicEvent): string;

declare function describeFailure(run: Run<AnyScenario>, again: string): string;

declare function didYouMean(name: string, known: readonly string[]): string;

declare function directoryConformance(suite: Suite, make: Make<DirectoryOnly>): void;

declare function done<T>(value: T): Done<T>;

declare function embeddedCaller({ caller, requestId }: Work$2): EmbeddedCaller;

declare function environmentName(title: string): string;

declare function environmentOf(format: KeyFormat, key: string): Environment | undefined;

declare function epochSeconds(wallMs: number): number;

declare function exampleFacts(condition: string, entry: CodeEntry): Facts;

declare function exampleOf(api: AnyApi, code: string): CodeExample;

declare function expectation(schema: Schema, path: Path): string;

declare function explain(api: AnyApi, row: LogRow, hold?: HoldRecord, audience?: Audience): Explanation;

declare function fetchTransport(fetchLike?: FetchLike): Transport;

declare function fetchUpstream(handler: FetchHandler): Upstream;

declare function fillPattern(pattern: PathPattern, raw: readonly string[]): string;

declare function findKey(directory: Directory, digests: KeyDigests, secret: string): Promise<FoundKey | undefined>;

declare function fixed(credits: number): FixedPrice;

declare function flat(): Envelope;

declare function fold(rules: readonly FoldingRule[], answer: {
  readonly status: number;
  readonly body: unknown;
}): Refusal | undefined;

declare function freezeDeep<T>(value: T): T;

declare function frozenCopy<T>(value: T): T;

declare function githubPatterns(api: AnyApi): string;

declare function gitleaksRules(api: AnyApi): string;

declare function handlers<A extends AnyApi>(_api: A, table: Handlers<A>): Upstream;

declare function headerIn(headers: HeaderList, name: string): string | undefined;

declare function helpUrl({ about: { docs } }: Pick<AnyWire, "about">, code: string): string;

declare function httpText(request: ExampleRequest): string;

declare function inputOf<A extends AnyApi, O extends OperationOf<A["wire"]>>(_api: A, operation: O, under: object): InputOf<A, O>;

declare function inputOf$1(api: AnyApi, operation: string): InputExample;

declare function isAnswerStream(body: Answer$1["body"]): body is AnswerStream;

declare function isApiError(value: unknown): value is ApiError;

declare function isApiError<Code extends string>(value: unknown, ...codes: readonly [Code, ...Code[]]): value is ApiError<Code>;

declare function isApiErrorOf<W extends AnyWire>(wire: W, value: unknown): value is ApiErrorOf<W>;

declare function isCompletion(completion: Completion, { name, data }: EventWords): boolean;

declare function isCondition(name: string): name is Condition;

declare function isCredits(value: unknown): value is number;

declare function isEventStreamType(type: string): boolean;

declare function isNoSubject({ wire, server }: AnyApi, operation: string): string | undefined;

declare function isPromise<T>(value: Awaitable<T>): value is Promise<T>;

declare function isRefusal(value: unknown): value is Refusal;

declare function joinBytes(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer>;

declare function jsonSchemaOf(schema: Schema): Record<string, unknown> | undefined;

declare function keyHeaders(format: KeyFormat): readonly string[];

declare function keyPatterns({ wire }: AnyApi): readonly KeyPattern[];

declare function lazilyAfterDays(days: number): Reset;

declare function leakKit(api: AnyApi): readonly LeakKitFile[];

declare function ledgerConformance(suite: Suite, make: Make<LedgerOnly>, options?: ConformanceOptions): void;

declare function limitFor<Plan extends string>(limit: ByPlan<Plan>, plan: Plan): number | undefined;

declare function limitsConformance(suite: Suite, make: Make<LimitsOnly>, options?: ConformanceOptions): void;

declare function linkTo(from: string, to: string, heading?: string): string;

declare function llmsFullText(api: AnyApi): string;

declare function llmsText(api: AnyApi): string;

declare function logTo(logger: LoggerLike): ClientListener;

declare function membersOf(envelope: Envelope): readonly EnvelopeMember[];

declare function mintKey(format: KeyFormat, environment: Environment, random: Random): string;

declare function monthEndMs(startMs: number): number;

declare function monthStartMs(atMs: number): number;

declare const monthly: Reset;

declare function namedByConnection(value: string | undefined): ReadonlySet<string> | undefined;

declare function nearestName(name: string, known: readonly string[]): string | undefined;

declare function nested(): Envelope;

declare function noticesConformance(suite: Suite, make: Make<NoticesOnly>): void;

declare function oneAtATime(): OneAtATime;

declare function openApiOf(api: AnyApi, { version, license }?: OpenApiOptions): Json;

declare function openJudge({ api, was, stores, clock, ledger }: JudgeOptions): Judge;

declare function openPepper(file: string, random?: Random): readonly PepperVersion[];

declare function openPostgresStores(options: PostgresOptions): Promise<PostgresStores>;

declare function openSqliteStores(options: SqliteOptions): Promise<SqliteStores>;

declare function operationReference(api: AnyApi, name: string): OperationReference;

declare function originOf({ wire }: AnyApi): string;

declare function originProblem(origin: string): string | undefined;

declare function pagesOf(api: AnyApi): readonly DocPage[];

declare function paramOf(place: Place): string;

declare function parse(wire: AnyWire, response: ResponseFacts): Parsed | undefined;

declare function parsePage(code: string, markdown: string): Page$1 | string;

declare function parsePattern(text: string): PathPattern | string;

declare function pathOfCode(code: string): string;

declare function pathOfOperation(name: string): string;

declare function percentUsed(used: number, cap: number): number;

declare function periodEndMs(reset: Reset, startMs: number): number;

declare function periodStartMs(reset: Reset, nowMs: number): number;

declare function placeOf(envelope: Envelope, role: EnvelopeRole): readonly (string | number)[] | undefined;

declare function placesIn(root: JsonSchema): readonly Walked[];

declare function possibleRefusals(api: AnyApi, name: string): readonly PossibleRefusal[];

declare function previewOf(key: string): {
  readonly prefix: string;
  readonly lastFour: string;
};

declare function problem(): Envelope;

declare function provoke(context: Context): Provocation | undefined;

declare function pythonFileName({ wire }: AnyApi): string | undefined;

declare function pythonHandler(api: AnyApi): string;

declare function pythonText(request: ExampleRequest, places: Places): string;

declare function quote(path: string, cost: {
  readonly pointer: string;
}): QuotedPrice;

declare function readAnswer(answer: ComingAnswer, work: Work$2): Awaitable<WorkDone | Refusal>;

declare function readBytes(stream: ReadableStream<Uint8Array> | null, bytesMax: number): Promise<Uint8Array<ArrayBuffer> | undefined>;

declare function readKey(format: KeyFormat, request: {
  header(name: string): string | undefined;
}): string | undefined;

declare function readResponse(response: Response, work: Work$2): Awaitable<WorkDone | Refusal>;

declare function reasonFor(api: AnyApi, condition: string, operation?: string | undefined): string;

declare function recentWindows(api: AnyApi | readonly AnyApi[], log: RequestLog, nowMs: number): Promise<readonly TakenPlaces[]>;

declare function redactKeys(format: KeyFormat, text: string): string;

declare function referenceOf(api: AnyApi): Reference;

declare function refusalOf(parsed: Parsed, response: ResponseFacts): Refusal;

declare function refusalsOfNoOperation({ wire }: AnyApi): readonly PossibleRefusal[];

declare function refuse(condition: WaitingCondition, facts: Facts & {
  readonly retryAfterMs: number;
}): Refusal;

declare function refuse(condition: Exclude<Condition, WaitingCondition>, facts?: Facts): Refusal;

declare function refuseDomain(condition: string, facts?: Facts): Refusal;

declare function refused<No>(no: No): Refused$1<No>;

declare function relatedCodes(api: AnyApi, code: string): readonly string[];

declare function render(wire: AnyWire, refusal: Refusal, context?: RenderContext): Rendered;

declare function replayDecision(api: AnyApi, past: PastDecision): Promise<DecisionReplay>;

declare function replayWhy(api: AnyApi, past: PastFailure): Promise<WhyReplay>;

declare function reply(body: unknown, status?: number): WorkDone;

declare function replyEvents(events: AsyncIterable<ReplyEvent>): WorkDone;

declare function requestFor(api: AnyApi, operation: string, changes?: InputExample): ExampleRequest;

declare function requestInit(work: Work$2): RequestInit;

declare function requestLogConformance(suite: Suite, make: Make<LogOnly>): void;

declare function resetAtMs(reset: Reset, startMs: number | undefined, nowMs: number): number | undefined;

declare function retryAfterSeconds(ms: number): number;

declare function routes<A extends AnyApi>(api: A, ...[quotes]: keyof Quotes<A> extends never ? [] : [quotes: Quotes<A>]): Upstream;

declare function routesOf<Name extends string>(operations: Readonly<Record<Name, {
  readonly method: string;
  readonly path: string;
}>>): Route<Name>[];

declare function scenarioOf(seed: number | string): Scenario;

declare function schemaAt(root: JsonSchema, path: Path): JsonSchema | undefined;

declare function schemaNameOf(code: string): string;

declare function seededRandom(seed: number | string): Random;

declare function shrink(run: Run, triesMax?: number): Promise<Shrunk>;

declare function signalOf(under: object): AbortSignal;

declare function simulate<S extends AnyScenario>(scenario: S, seed: number | string, { api, onlooker, kept }?: Given): Promise<Run<S>>;

declare function simulateMoment(moment: Moment, seed: number | string): Promise<MomentRun>;

declare function sleepBy(later: (callback: () => void) => () => void, signal: AbortSignal | undefined): Promise<void>;

declare function sluiceExpress(gate: Pick<Gate, "handle">, options?: ExpressAdapterOptions): ExpressMiddleware;

declare function sluiceFastify(gate: Pick<Gate, "handle">, options?: FastifyAdapterOptions): FastifyAdapterPlugin;

declare function sluiceHono<Context extends HonoContext = HonoContext>(gate: Pick<Gate, "handle">, options?: HonoAdapterOptions<Context>): (context: Context, next: () => Promise<void>) => Promise<void>;

declare function sluiceNext<Incoming extends Request = Request, Context = unknown>(gate: Pick<Gate, "handle">, handlers?: Partial<Record<NextMethod, Handler<Incoming, Context>>>, options?: NextAdapterOptions): Record<NextMethod, Gated<Incoming, Context>>;

declare const standard: {
  readonly wire: {
    readonly envelope: Envelope;
    readonly codes: Record<"body_too_large" | "budget_exceeded" | "concurrency_limited" | "conflict" | "credits_exhausted" | "credits_unavailable" | "expired_key" | "forbidden" | "headers_too_large" | "idempotency_key_reused" | "internal" | "invalid_field" | "invalid_parameter" | "malformed_body" | "malformed_key" | "malformed_request" | "method_not_allowed" | "missing_field" | "missing_key" | "not_found" | "plan_limit_reached" | "plan_required" | "rate_limited" | "replay_unavailable" | "request_in_progress" | "request_timeout" | "resource_limit_reached" | "revoked_key" | "subscription_inactive" | "unavailable" | "unknown_key" | "unsupported_media_type" | "upstream_timeout", CodeEntry>;
    readonly conditions: { readonly [C in Condition]: C; };
    readonly headers: {
      readonly rateLimit: "x-ratelimit";
    };
  };
  readonly pages: Record<"body_too_large" | "budget_exceeded" | "concurrency_limited" | "conflict" | "credits_exhausted" | "credits_unavailable" | "expired_key" | "forbidden" | "headers_too_large" | "idempotency_key_reused" | "internal" | "invalid_field" | "invalid_parameter" | "malformed_body" | "malformed_key" | "malformed_request" | "method_not_allowed" | "missing_field" | "missing_key" | "not_found" | "plan_limit_reached" | "plan_required" | "rate_limited" | "replay_unavailable" | "request_in_progress" | "request_timeout" | "resource_limit_reached" | "revoked_key" | "subscription_inactive" | "unavailable" | "unknown_key" | "unsupported_media_type" | "upstream_timeout", string>;
};

declare function statusWords(status: number): StatusWords;

declare function stepOf(condition: string): StepName;

declare function stepsOf(row: LogRow): readonly ExplainedStep[];

declare function storeConformance(suite: Suite, make: Make<OperatorStores>, options?: ConformanceOptions): void;

declare const systemClock: Clock;

declare const systemDigests: Digests;

declare const systemRandom: Random;

declare function takeOver(request: IncomingMessage, socket: Socket, head: Uint8Array): Upgradable;

declare function targetBelow(path: string, target: string): string | undefined;

declare function telling<Port extends object>(name: string, port: Port): Port;

declare function toHex(bytes: Uint8Array): string;

declare function toldRefusal(header: string): Refusal;

declare function traceTo<Span extends SpanLike, Context>(otel: OpenTelemetryLike<Span, Context>, tracer?: TracerLike<Span, Context>): ClientListener;

declare function trufflehogDetectors(api: AnyApi): string;

declare function typescriptText(request: ExampleRequest, places: Places): string;

declare function undiciTransport(undici: UndiciLike): Transport;

declare function unknownMember(schema: Schema, path: Path, value: unknown): string | undefined;

declare function unreachable(value: never): never;

declare function untilPut<T>(change: () => Promise<T | undefined>): Promise<T>;

declare function uuidTimeMs(id: string): number | undefined;

declare function waitMsOf(thrown: unknown, options?: WaitOptions): number | undefined;

declare function withCors(gate: Around, options: CorsOptions): Around;

declare function wordToHex(word: number): string;

declare function writeEvent(name: string | undefined, data: string): Uint8Array;

declare function wrongFor(schema: JsonSchema): unknown;
