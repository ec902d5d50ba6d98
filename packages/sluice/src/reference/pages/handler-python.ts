/** The same place in a Python program: standard library only. */
import type { Reference } from "../model/reference.ts";
import {
  errorName,
  keyHeaderIn,
  keyPatterns,
  messagesFor,
  retryableCodes,
} from "./handler-data.ts";
import { envelopePlaces } from "./places.ts";

export function pythonHandler(reference: Reference): string {
  const error = errorName(reference);
  const messages = messagesFor(reference).map(
    ({ code, text }) => `    ${JSON.stringify(code)}: ${JSON.stringify(text)},`,
  );
  const codes = retryableCodes(reference).map((code) => JSON.stringify(code));
  return `import datetime, json, os, random, re, sys, time, urllib.error, urllib.request, uuid

BASE_URL = ${JSON.stringify(reference.baseUrl)}
# The same request can succeed later. Everything else fails again.
RETRYABLE = {${codes.join(", ")}}
# What end users may read; the message of the error is for you.
USER_MESSAGES = {
${messages.join("\n")}
}


${errorClass(reference, error)}


breaker = {"failures": 0, "open_until": 0.0}


def note(is_down):
    """No answer, or a 5xx, says that the API is down; anything else that it is up."""
    breaker["failures"] = breaker["failures"] + 1 if is_down else 0
    if breaker["failures"] >= 5:
        breaker["open_until"] = time.monotonic() + 10


${callFunction(reference, error)}`;
}

function errorClass(reference: Reference, error: string): string {
  const places = envelopePlaces(reference);
  const path = (role: "code" | "message" | "param") =>
    `[${(places[role] ?? []).map((part) => JSON.stringify(part)).join(", ")}]`;
  return `class ${error}(Exception):
    def __init__(self, failure):
        # Something in between may answer in its own words, or nobody at all.
        headers = getattr(failure, "headers", None) or {}
        try:
            body = json.load(failure)
        except (AttributeError, ValueError):
            body = None
        self.status = getattr(failure, "code", 0)
        self.code = member(body, ${path("code")}) or "unknown"
        self.message = member(body, ${path("message")}) or str(failure)
        self.param = member(body, ${path("param")})
        self.request_id = headers.get("X-Request-Id")
        after = headers.get("Retry-After") or ""
        self.retry_after = int(after) if after.isdigit() else 0
        is_transient = self.status in (0, 429) or self.status >= 500
        self.retryable = self.code in RETRYABLE or (self.code == "unknown" and is_transient)
        self.user_message = USER_MESSAGES.get(self.code, "Something went wrong. Please try again later.")
        super().__init__(f"{self.code}: {self.message} (request {self.request_id})")

    def log_record(self):
        """What to log, and what support asks for. The key is not in it."""
        at = datetime.datetime.now(datetime.timezone.utc).isoformat()
        names = ("status", "code", "message", "param", "request_id")
        return {"at": at, **{name: getattr(self, name) for name in names}}


def member(body, path):
    for name in path:
        try:
            body = body[name]
        except (KeyError, IndexError, TypeError):
            return None
    return body if path else None`;
}

function callFunction(reference: Reference, error: string): string {
  const [header, value] = keyHeaderIn(reference, `{os.environ['${reference.keyVariable}']}`);
  const name = JSON.stringify(header.replaceAll('"', ""));
  const { keyLines, givesUp } = repetition(reference);
  return `def call(method, path, body=None, attempts=4):
    """Calls the API; waits and tries again where that helps, and raises where it does not."""
    headers = {${name}: f"${value}"}
    if body is not None:
        headers["Content-Type"] = "application/json"
${keyLines}    data = None if body is None else json.dumps(body).encode()
    for attempt in range(1, attempts + 1):
        if time.monotonic() < breaker["open_until"]:
            raise RuntimeError("The API is down: not called.")
        request = urllib.request.Request(BASE_URL + path, data, headers, method=method)
        try:
            answer = urllib.request.urlopen(request, timeout=30)
            note(is_down=False)
            return answer
        except OSError as failure:  # An HTTPError is one, and so is whatever happens to a connection.
            error = ${error}(failure)
        note(is_down=error.status == 0 or error.status >= 500)
        record = {"endpoint": f"{method} {path}", "attempt": attempt, **error.log_record()}
        print(json.dumps(record), file=sys.stderr)
        if not error.retryable or error.retry_after > 120 or attempt == attempts${givesUp}:
            raise error
        # Full jitter, and never earlier than the server says.
        time.sleep(error.retry_after + random.uniform(0, min(30, 2 ** (attempt - 1))))`;
}

function repetition(reference: Reference) {
  const patterns = keyPatterns(reference);
  const add = '        headers["Idempotency-Key"] = str(uuid.uuid4())\n';
  const why = "  # One key for all attempts: it is done and charged once.\n";
  if (patterns === "every POST") {
    return { keyLines: `    if method == "POST":${why}${add}`, givesUp: "" };
  }
  const unsafe = " or (is_once and error.status != 429)";
  if (patterns.length === 0) {
    return { keyLines: '    is_once = method == "POST"\n', givesUp: unsafe };
  }
  const all = patterns.join("|");
  const keyLines =
    `    takes_key = re.fullmatch(r"${all}", f"{method} {path}")\n    if takes_key:${why}${add}` +
    '    is_once = method == "POST" and not takes_key\n';
  return { keyLines, givesUp: unsafe };
}
