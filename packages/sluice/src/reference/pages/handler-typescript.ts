/** One place in a TypeScript program through which all calls go: it runs as it stands, on nothing but the platform. */
import type { Reference } from "../model/reference.ts";
import {
  errorName,
  keyHeaderIn,
  keyPatterns,
  messagesFor,
  retryableCodes,
} from "./handler-data.ts";
import { envelopePlaces } from "./places.ts";
import { inTypescript } from "./request-text.ts";

export function typescriptHandler(reference: Reference): string {
  const name = errorName(reference);
  const messages = messagesFor(reference).map(
    ({ code, text }) => `  ${code}: ${JSON.stringify(text)},`,
  );
  const codes = retryableCodes(reference).map((code) => JSON.stringify(code));
  return `const BASE_URL = ${JSON.stringify(reference.baseUrl)};
/** The same request can succeed later. Everything else fails again. */
const RETRYABLE = new Set([${codes.join(", ")}]);
/** What end users may read; the message of the error is for you. */
const USER_MESSAGES: Record<string, string> = {
${messages.join("\n")}
};

${errorClass(reference, name)}

const breaker = { failures: 0, openUntil: 0 };

/** No answer, or a 5xx, says that the API is down; anything else that it is up. */
function note(isDown: boolean) {
  breaker.failures = isDown ? breaker.failures + 1 : 0;
  if (breaker.failures >= 5) breaker.openUntil = Date.now() + 10_000;
}

${callFunction(reference, name)}`;
}

function errorClass(reference: Reference, name: string): string {
  const places = envelopePlaces(reference);
  const read = (role: "code" | "message" | "param") =>
    places[role] === undefined
      ? "undefined"
      : inTypescript(role, places).replaceAll(".", "?.").replaceAll("[", "?.[");
  return `export class ${name} extends Error {
  readonly status: number;
  readonly code: string;
  readonly param: string | undefined;
  readonly requestId: string | null;
  readonly retryAfterMs: number;

  // Something in between may answer in its own words, or nobody at all: then there is no body of this form.
  constructor(response: Response | undefined, body: any) {
    super(${read("message")} ?? response?.statusText ?? "No answer.");
    this.status = response?.status ?? 0;
    this.code = ${read("code")} ?? "unknown";
    this.param = ${read("param")} ?? undefined;
    this.requestId = response?.headers.get("X-Request-Id") ?? null;
    this.retryAfterMs = (Number(response?.headers.get("Retry-After")) || 0) * 1_000;
  }
  get retryable(): boolean {
    const isTransient = this.status === 0 || this.status === 429 || this.status >= 500;
    return RETRYABLE.has(this.code) || (this.code === "unknown" && isTransient);
  }
  get userMessage(): string {
    return USER_MESSAGES[this.code] ?? "Something went wrong. Please try again later.";
  }
  /** What to log, and what support asks for. The key is not in it. */
  toJSON() {
    const { status, code, message, param, requestId } = this;
    return { at: new Date().toISOString(), status, code, message, param, requestId };
  }
}`;
}

function callFunction(reference: Reference, name: string): string {
  const [header, value] = keyHeaderIn(reference, `\${process.env.${reference.keyVariable}}`);
  const { keyLine, givesUp } = repetition(reference);
  return `/** Calls the API; waits and tries again where that helps, and throws a ${name} where it does not. */
export async function call(method: string, path: string, json?: unknown, attempts = 4) {
  const headers: Record<string, string> = { ${header}: \`${value}\` };
  if (json !== undefined) headers["Content-Type"] = "application/json";
${keyLine}  const body = json === undefined ? undefined : JSON.stringify(json);
  for (let attempt = 1; ; attempt++) {
    if (Date.now() < breaker.openUntil) throw new Error("The API is down: not called.");
    const signal = AbortSignal.timeout(30_000);
    const init = { method, headers, body, signal };
    const response = await fetch(BASE_URL + path, init).catch(() => undefined);
    note(response === undefined || response.status >= 500);
    if (response?.ok) return response;
    const failure = new ${name}(response, await response?.json().catch(() => undefined));
    console.error(JSON.stringify({ endpoint: \`\${method} \${path}\`, attempt, ...failure.toJSON() }));
    const isTooLong = failure.retryAfterMs > 120_000;
    if (!failure.retryable || isTooLong || attempt === attempts${givesUp}) throw failure;
    // Full jitter, and never earlier than the server says.
    const backoffMs = Math.random() * Math.min(30_000, 1_000 * 2 ** (attempt - 1));
    await new Promise((resolve) => setTimeout(resolve, failure.retryAfterMs + backoffMs));
  }
}`;
}

/** How an action is kept from being done twice. */
function repetition(reference: Reference) {
  const patterns = keyPatterns(reference);
  const why =
    "  // One key for all attempts: whatever happened to the first, it is done and charged once.\n";
  const add = 'headers["Idempotency-Key"] = crypto.randomUUID();\n';
  if (patterns === "every POST") {
    return { keyLine: `${why}  if (method === "POST") ${add}`, givesUp: "" };
  }
  const unsafe = " || (isOnce && failure.status !== 429)";
  if (patterns.length === 0) {
    return { keyLine: '  const isOnce = method === "POST";\n', givesUp: unsafe };
  }
  const list = patterns.map((pattern) => `/^${pattern.replaceAll("/", "\\/")}$/`).join(", ");
  const keyLine =
    `${why}  const takesKey = [${list}].some((call) => call.test(\`\${method} \${path}\`));\n` +
    `  if (takesKey) ${add}` +
    '  const isOnce = method === "POST" && !takesKey;\n';
  return { keyLine, givesUp: unsafe };
}
