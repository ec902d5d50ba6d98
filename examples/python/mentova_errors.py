"""Every refusal of the Mentova API, handled in one place. One file, the standard library only, Python 3.9 or later.

    client = Client(os.environ["MENTOVA_API_KEY"], "https://api.example.com/api/v1")
    try:
        answer = client.call("GET", "/brands")
    except ApiError as error:
        log.error(json.dumps(error.to_log()))  # what support asks for; never the key
        show(error.user_message)               # what your own users may read

Around another HTTP library:  Handler().handle(lambda: requests.post(...), method="POST", path="/...")
The parts by themselves:      parse(status, headers, body) and decide(failure, situation, random)
What is waited for and tried again, what is given up at once, and who must act, stands in CODES, by code.

Made from the API's contract by "sluice generate python": change it there, and make it anew.
"""

from __future__ import annotations

import codecs
import errno
import io
import itertools
import json
import logging
import math
import re
import secrets
import ssl
import threading
import time
import uuid
from collections import deque
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal
from email.utils import parsedate_to_datetime
from functools import partial
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection, IncompleteRead
from random import SystemRandom
from types import MappingProxyType
from typing import (
    Any,
    Callable,
    Deque,
    Dict,
    Generic,
    Iterable,
    Iterator,
    List,
    Mapping,
    NamedTuple,
    Optional,
    Pattern,
    Protocol,
    Tuple,
    Type,
    TypeVar,
    Union,
    cast,
)
from urllib.error import HTTPError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import HTTPErrorProcessor, HTTPHandler, HTTPSHandler, build_opener
from urllib.request import Request as UrllibRequest

# --- The contract --------------------------------------------------------------------------------


class CodeFacts(NamedTuple):
    """What is to be known of a code. retry: never, wait (as long as the server says) or backoff."""

    status: int
    type: Optional[str]
    retry: str
    action: str
    charged: str
    conditions: Tuple[str, ...]
    user_message: str


class Operation(NamedTuple):
    """path: a pattern, after the base path. completion: the event or the data that a stream ends with."""

    name: str
    method: str
    path: str
    idempotency: bool
    completion: Optional[Tuple[str, str]]


class Window(NamedTuple):
    """At most limit calls in any window_ms milliseconds; by plan, where it depends on it. operations: None for all."""

    name: str
    limit: Union[int, Dict[str, int]]
    window_ms: int
    operations: Optional[Tuple[str, ...]]


API = "Mentova"
BASE_PATH = "/api/v1"
#: Where the pages are; a code's own below it.
DOCS: Optional[str] = "https://mentova.ai/en/docs/api"
#: What keys start with, and the header that carries one.
KEY_PREFIXES: Tuple[str, ...] = ("mtv_live_", "mtv_test_")
KEY_HEADER = "X-API-Key"
KEY_SCHEME = ""
PLANS: Tuple[str, ...] = ("free", "starter", "pro", "pro_plus", "agency")

#: Where an error body has what.
ENVELOPE: Dict[str, Tuple[Union[str, int], ...]] = {
    "code": ("code",),
    "message": ("error",),
}

CODES: Dict[str, CodeFacts] = {
    "MISSING_API_KEY": CodeFacts(
        401, None, "never", "fix_request", "no", ("missing_key",),
        "This connection is not set up yet. Please ask the person who manages it to add an API "
        "key.",
    ),
    "INVALID_API_KEY": CodeFacts(
        401, None, "never", "rotate_key", "no", ("unknown_key", "malformed_key", "revoked_key", "expired_key"),
        "The API key of this connection no longer works. Please ask the person who manages it "
        "to enter a new one.",
    ),
    "PLAN_REQUIRED": CodeFacts(
        403, None, "never", "upgrade", "no", ("plan_required", "subscription_inactive", "forbidden"),
        "This feature needs the Agency plan of Mentova. Please ask the owner of the account to "
        "upgrade it.",
    ),
    "NOT_FOUND": CodeFacts(
        404, None, "never", "fix_request", "no", ("not_found",),
        "This item does not exist any more, or you do not have access to it.",
    ),
    "VALIDATION_ERROR": CodeFacts(
        422, None, "never", "fix_request", "no", ("missing_field", "invalid_field"),
        "Some of what was entered is not accepted. Please check it and try again.",
    ),
    "LIMIT_REACHED": CodeFacts(
        422, None, "never", "upgrade", "no", ("plan_limit_reached",),
        "Your plan's limit is reached. Remove something that you no longer need, or upgrade "
        "your plan.",
    ),
    "LIMIT_EXCEEDED": CodeFacts(
        422, None, "never", "fix_request", "no", ("resource_limit_reached",),
        "This brand cannot have more avatars. Please remove or change one of those that it "
        "has.",
    ),
    "QUOTA_EXCEEDED": CodeFacts(
        422, None, "never", "top_up", "no", ("credits_exhausted", "budget_exceeded"),
        "There are not enough credits left for this analysis. Please choose a smaller one, or "
        "add credits.",
    ),
    "CONFLICT": CodeFacts(
        409, None, "never", "fix_request", "no", ("conflict",),
        "A brand with this name exists already. Please choose another name.",
    ),
    "RATE_LIMITED": CodeFacts(
        429, None, "wait", "wait", "no", ("rate_limited", "concurrency_limited"),
        "There were too many requests in a short time. Please try again in a minute.",
    ),
    "INTERNAL_ERROR": CodeFacts(
        500, None, "backoff", "contact", "no", ("internal",),
        "Something went wrong on the other side. Please try again in a moment.",
    ),
    "BAD_REQUEST": CodeFacts(
        400, None, "never", "fix_request", "no", ("malformed_body", "invalid_parameter", "malformed_request"),
        "The request could not be understood. Please check what was entered and try again.",
    ),
    "METHOD_NOT_ALLOWED": CodeFacts(
        405, None, "never", "fix_request", "no", ("method_not_allowed",),
        "This action is not available here.",
    ),
    "REQUEST_TIMEOUT": CodeFacts(
        408, None, "backoff", "wait", "no", ("request_timeout",),
        "The connection was too slow. Please try again.",
    ),
    "REQUEST_IN_PROGRESS": CodeFacts(
        409, None, "wait", "wait", "no", ("request_in_progress",),
        "This is already being worked on. Please wait a moment.",
    ),
    "PAYLOAD_TOO_LARGE": CodeFacts(
        413, None, "never", "fix_request", "no", ("body_too_large",),
        "What was entered is too large. Please shorten it and try again.",
    ),
    "UNSUPPORTED_MEDIA_TYPE": CodeFacts(
        415, None, "never", "fix_request", "no", ("unsupported_media_type",),
        "The data was sent in a format that is not accepted. Please contact the maker of this "
        "application.",
    ),
    "IDEMPOTENCY_KEY_REUSED": CodeFacts(
        422, None, "never", "fix_request", "no", ("idempotency_key_reused", "replay_unavailable"),
        "This action was submitted before with other details. Please check whether it was "
        "done, then start again.",
    ),
    "HEADERS_TOO_LARGE": CodeFacts(
        431, None, "never", "fix_request", "no", ("headers_too_large",),
        "The request was too large. Please contact the maker of this application.",
    ),
    "SERVICE_UNAVAILABLE": CodeFacts(
        503, None, "backoff", "wait", "unknown", ("credits_unavailable", "unavailable", "upstream_timeout"),
        "The service is not available at the moment. Please try again in a few minutes.",
    ),
}

#: How the API would have refused what is not even sent.
SPELLED = {"unavailable": "SERVICE_UNAVAILABLE", "rate_limited": "RATE_LIMITED"}

#: The narrowest pattern first.
OPERATIONS: Tuple[Operation, ...] = (
    Operation("listBrands", "GET", r"/brands", False, None),
    Operation("createBrand", "POST", r"/brands", True, None),
    Operation("getBrand", "GET", r"/brands/[^/]+", False, None),
    Operation("updateBrand", "PATCH", r"/brands/[^/]+", False, None),
    Operation("deleteBrand", "DELETE", r"/brands/[^/]+", False, None),
    Operation("listTopics", "GET", r"/brands/[^/]+/topics", False, None),
    Operation("createTopic", "POST", r"/brands/[^/]+/topics", True, None),
    Operation("listPrompts", "GET", r"/brands/[^/]+/prompts", False, None),
    Operation("listCampaigns", "GET", r"/brands/[^/]+/campaigns", False, None),
    Operation("launchCampaign", "POST", r"/brands/[^/]+/campaigns", True, None),
    Operation("getVisibility", "GET", r"/brands/[^/]+/visibility", False, None),
    Operation("listCompetitors", "GET", r"/brands/[^/]+/competitors", False, None),
    Operation("listSources", "GET", r"/brands/[^/]+/sources", False, None),
    Operation("listOpportunities", "GET", r"/brands/[^/]+/opportunities", False, None),
    Operation("listAvatars", "GET", r"/brands/[^/]+/avatars", False, None),
    Operation("createAvatar", "POST", r"/brands/[^/]+/avatars", True, None),
    Operation("deleteTopic", "DELETE", r"/brands/[^/]+/topics/[^/]+", False, None),
    Operation("getCampaign", "GET", r"/brands/[^/]+/campaigns/[^/]+", False, None),
    Operation("updateOpportunity", "PATCH", r"/brands/[^/]+/opportunities/[^/]+", False, None),
    Operation("updateAvatar", "PATCH", r"/brands/[^/]+/avatars/[^/]+", False, None),
    Operation("deleteAvatar", "DELETE", r"/brands/[^/]+/avatars/[^/]+", False, None),
)

WINDOWS: Tuple[Window, ...] = (
    Window("requests", 60, 60000, None),
)


# --- What went wrong -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Hints:
    """What the server advises about one answer."""

    #: How long at least, counted from when the answer came.
    wait_ms: Optional[float] = None
    #: The header that said so.
    wait_from: Optional[str] = None
    #: x-should-retry, where the server has an opinion.
    should_retry: Optional[bool] = None


@dataclass(frozen=True)
class Failure:
    """What went wrong with one attempt, before anybody has decided what to do about it."""

    #: answer, connection, timeout, stream, or client for what was not even sent.
    source: str
    status: Optional[int]
    code: str
    message: str
    #: never, wait or backoff.
    advice: str
    #: wait, top_up, upgrade, fix_request, rotate_key or contact.
    action: str
    #: yes, no or unknown.
    charged: str
    #: no where the work cannot have begun, else unknown.
    processed: str = "unknown"
    type: Optional[str] = None
    param: Optional[str] = None
    #: What the code can stand for; empty where the contract does not know it.
    conditions: Tuple[str, ...] = ()
    request_id: Optional[str] = None
    hints: Hints = Hints()
    #: The body's text, bounded and without keys; for the log record.
    body: Optional[str] = None


class ApiError(Exception):
    """The one error that a call ends with; a subclass for each code. Holds what an application decides by, and
    nothing that must not be seen: no key, no header, no request, no exception of a library."""

    code: str = "unknown_error"
    #: As the server spelled it; differs from the code where the contract does not know it.
    raw_code: str
    status: Optional[int]
    type: Optional[str]
    param: Optional[str]
    request_id: Optional[str]
    conditions: Tuple[str, ...]
    #: Whether the same call can succeed later without anybody changing anything.
    retryable: bool
    action: str
    #: When to come back, where somebody said; with its time zone, UTC.
    retry_at: Optional[datetime]
    charged: str
    attempts: int
    #: Why it was not tried again: the rule, the header, what was left of the budget.
    why: Tuple[str, ...]
    #: What may be shown to the people in front of an application.
    user_message: str
    source: str
    operation: Optional[str]
    #: The page about the code.
    help_url: Optional[str]

    def __init__(self, text: str, facts: Mapping[str, Any], record: Mapping[str, Any]) -> None:
        super().__init__(text)
        self.__dict__.update(facts)
        self._record = dict(record)

    def to_log(self) -> Dict[str, Any]:
        """The structured record that support asks for, as JSON can write it. Never a key: its prefix."""
        return dict(self._record)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self}>"

    def __reduce__(self) -> Tuple[Any, ...]:
        facts = {name: value for name, value in self.__dict__.items() if name != "_record"}
        return type(self), (str(self), facts, self._record)


class ConnectionFailedError(ApiError):
    """The connection failed. Whether the call was carried out, nobody knows."""

    code = "connection_failed"


class NoAnswerInTimeError(ApiError):
    """No answer came in time. Whether the call was carried out, nobody knows."""

    code = "timeout"


class UnknownError(ApiError):
    """An answer that the contract does not know: a proxy's, a newer server's, or none that can be read."""

    code = "unknown_error"


class MissingApiKeyError(ApiError):
    """401: The request carried no API key, so the API does not know who is calling."""

    code = "MISSING_API_KEY"


class InvalidApiKeyError(ApiError):
    """401: The request carried an API key that cannot be used: it does not have the shape of
    a key, it does not exist, it has been revoked, or its time is over."""

    code = "INVALID_API_KEY"


class PlanRequiredError(ApiError):
    """403: The key is good, but its account may not use the API: the API comes with the
    Agency plan, and this account is on another plan, or its subscription has lapsed."""

    code = "PLAN_REQUIRED"


class NotFoundError(ApiError):
    """404: One of these is true, and the answer does not say which, so that ids of other
    accounts cannot be guessed."""

    code = "NOT_FOUND"


class ValidationError(ApiError):
    """422: The body is valid JSON, but one of its fields is missing or has a value that the
    operation does not accept."""

    code = "VALIDATION_ERROR"


class LimitReachedError(ApiError):
    """422: The request asks for more than the account's plan includes."""

    code = "LIMIT_REACHED"


class LimitExceededError(ApiError):
    """422: The thing that you want to add to is full."""

    code = "LIMIT_EXCEEDED"


class QuotaExceededError(ApiError):
    """422: The campaign costs more credits than the account, or a budget within it, has
    left."""

    code = "QUOTA_EXCEEDED"


class ConflictError(ApiError):
    """409: Something with the same identity exists already: the names of an account's brands
    are unique, whatever their upper and lower case."""

    code = "CONFLICT"


class RateLimitedError(ApiError):
    """429: The key has made 60 requests within the last 60 seconds, and this one would have
    been one more."""

    code = "RATE_LIMITED"


class InternalError(ApiError):
    """500: Something failed on our side."""

    code = "INTERNAL_ERROR"


class BadRequestError(ApiError):
    """400: The request could not be read."""

    code = "BAD_REQUEST"


class MethodNotAllowedError(ApiError):
    """405: The path exists, but not with the method of this request."""

    code = "METHOD_NOT_ALLOWED"


class RequestTimeoutError(ApiError):
    """408: The connection was open, but the request did not arrive whole in the time that we
    wait for it."""

    code = "REQUEST_TIMEOUT"


class RequestInProgressError(ApiError):
    """409: An earlier request with the same Idempotency-Key has not been answered yet."""

    code = "REQUEST_IN_PROGRESS"


class PayloadTooLargeError(ApiError):
    """413: The body of the request has more bytes than this API reads: 1 MiB (1,048,576
    bytes)."""

    code = "PAYLOAD_TOO_LARGE"


class UnsupportedMediaTypeError(ApiError):
    """415: The body of the request is not declared as plain JSON in UTF-8."""

    code = "UNSUPPORTED_MEDIA_TYPE"


class IdempotencyKeyReusedError(ApiError):
    """422: The account has already sent this Idempotency-Key to this operation within the
    last 24 hours, and either the path or body was another then, or the first answer
    cannot be repeated because the call ended without leaving one."""

    code = "IDEMPOTENCY_KEY_REUSED"


class HeadersTooLargeError(ApiError):
    """431: The request line and the headers together are larger than we read."""

    code = "HEADERS_TOO_LARGE"


class ServiceUnavailableError(ApiError):
    """503: A part of the service does not answer at the moment, or took too long."""

    code = "SERVICE_UNAVAILABLE"


#: The class of each code.
ERRORS: Dict[str, Type[ApiError]] = {
    one.code: one
    for one in (
        MissingApiKeyError,
        InvalidApiKeyError,
        PlanRequiredError,
        NotFoundError,
        ValidationError,
        LimitReachedError,
        LimitExceededError,
        QuotaExceededError,
        ConflictError,
        RateLimitedError,
        InternalError,
        BadRequestError,
        MethodNotAllowedError,
        RequestTimeoutError,
        RequestInProgressError,
        PayloadTooLargeError,
        UnsupportedMediaTypeError,
        IdempotencyKeyReusedError,
        HeadersTooLargeError,
        ServiceUnavailableError,
        ConnectionFailedError,
        NoAnswerInTimeError,
        UnknownError,
    )
}

#: For whoever catches the errors of several APIs.
MentovaError = ApiError


# --- What must not be seen -----------------------------------------------------------------------

_HIDDEN = "[redacted]"
_SHOWN_CHARS_MAX = 4_096

#: What is known to be secret by the looks of it, whosever it is, and what to put in its place.
_PATTERNS = (
    (
        r"\b([Bb]earer|[Bb]asic|BEARER|BASIC)\s+(?=\S*(?:[\d=]|[a-z][A-Z]))[\w.~+/=:-]{8,}",
        r"\1 " + _HIDDEN,
    ),
    (r"(?i)\b([sprw]k[-_])[\w-]{8,}", r"\1..."),
    (r"\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*", _HIDDEN),
    (r"(://)[^\s/?#@\"]{1,256}@", r"\1" + _HIDDEN + "@"),
    (
        r"(?i)([?&;][\w.-]{0,32}(?:key|token|secret|password|signature)=)[^&\s\"'#]*",
        r"\1" + _HIDDEN,
    ),
    (
        r"(?i)(\"[\w-]{0,32}(?:password|secret|token|api.?key|authorization)\"\s{0,8}:\s{0,8}\")"
        r"(?:[^\"\\]|\\.)*",
        r"\1" + _HIDDEN,
    ),
)
_LOOKS_SECRET = tuple((re.compile(looks, re.ASCII), shown) for looks, shown in _PATTERNS)
_SECRET_NAME = re.compile(
    r"authorization|pass(word|wd|phrase)|secret|token|(api|access|private).?key|credential|cookie|signature",
    re.IGNORECASE,
)


def redact(text: str) -> str:
    """A text without keys of this API, and without what everybody knows to be a secret."""
    # Halves of a character, as JSON can write them, are what no log and no terminal takes.
    text = text.encode("utf-8", "replace").decode()
    for prefix in KEY_PREFIXES:
        text = re.sub(re.escape(prefix) + "[A-Za-z0-9_-]+", prefix + "...", text)
    for looks, shown in _LOOKS_SECRET:
        text = looks.sub(shown, text)
    return text


class _Secret:
    """The key, as two halves that say nothing alone: no attribute, no local and no dump of memory by name has it."""

    __slots__ = ("prefix", "_halves")

    def __init__(self, key: str) -> None:
        plain = key.encode()
        pad = secrets.token_bytes(len(plain))
        #: What may be shown: the first ten characters, and never more than a quarter of the key.
        self.prefix = key[: min(10, len(key) // 4)]
        self._halves = (pad, bytes(one ^ other for one, other in zip(plain, pad)))

    def reveal(self) -> str:
        """The key, for the one header that carries it."""
        return bytes(one ^ other for one, other in zip(*self._halves)).decode()

    def redact(self, text: str) -> str:
        """A text without the key, whole or cut off, and without whatever else looks like a secret."""
        key = self.reveal()
        shown = self.prefix + "..."
        for form in (key, quote(key, safe="!*'()~")):
            text = text.replace(form, shown)
        # Whatever goes on as the key begins: a text may have been cut within the key. Less than six also begins words.
        beginning = key[: max(len(self.prefix), 6)]
        if len(beginning) >= 6:
            text = re.sub(re.escape(beginning) + r"[^\s\"',;&]+", lambda _: shown, text)
        return redact(text)

    def __repr__(self) -> str:
        return f"<key {self.prefix}...>"

    def __reduce__(self) -> Tuple[Any, ...]:
        raise TypeError("a key is not pickled: make the client anew from where the key is kept")


def _problem_of(api_key: str) -> Optional[str]:
    """In words that do not have the key."""
    if not isinstance(api_key, str) or api_key == "":
        return "api_key is missing"
    if not re.fullmatch(r"[!-~]+", api_key):
        return "api_key has characters that no key has: a line break or a space at its end, perhaps"
    return None


Redact = Callable[[str], str]


def _shorten(text: str, chars_max: int) -> str:
    return text if len(text) <= chars_max else text[: chars_max - 1] + "…"


def _shown(value: Any, redacted: Redact) -> Any:
    """A copy of any value as plain data that holds no secrets, and no more than a log can bear."""
    left = 256

    def copy(one: Any, depth: int) -> Any:
        nonlocal left
        if isinstance(one, str):
            return redacted(_shorten(one, 1_024))
        if one is None or isinstance(one, (bool, int, float)):
            return one
        left -= 1
        if left < 0 or depth > 6:
            return "…"
        if isinstance(one, (list, tuple)):
            return [copy(item, depth + 1) for item in one[:32]]
        if not isinstance(one, Mapping):
            return f"[{type(one).__name__}]"
        shown = {}
        for name, member in itertools.islice(one.items(), 32):
            # Counts of tokens are no tokens.
            is_count = isinstance(member, (int, float)) and not isinstance(member, bool)
            is_hidden = _SECRET_NAME.search(str(name)) is not None and not is_count
            shown[redacted(_shorten(str(name), 128))] = _HIDDEN if is_hidden else copy(member, depth + 1)
        return shown

    safe = copy(value, 0)
    text = _json_text(safe)
    return safe if len(text) <= _SHOWN_CHARS_MAX else _shorten(text, _SHOWN_CHARS_MAX)


def _json_text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _from_json(text: str) -> Any:
    """None for what is no JSON, as for what says null."""
    try:
        return json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        return None


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is no JSON")


# --- What headers say about when to come back ------------------------------------------------------

Header = Callable[[str], str]

#: Headers with a wait, the most exact first, with the milliseconds that their unit has.
_WAITS = (("retry-after-ms", 1), ("x-ms-retry-after-ms", 1), ("retry-after", 1_000))
#: Numbers from here on (September 2001) are instants; a wait of that many seconds would be thirty years.
_EPOCH_SECONDS_MIN = 1_000_000_000
_WAIT_MS_MAX = 400 * 86_400_000.0
_UNITS_MS = {"ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000}
_NUMBER = re.compile(r"[0-9]{1,20}(\.[0-9]{1,20})?")
_DURATION = re.compile(r"([0-9]{1,12}(\.[0-9]{1,12})?(ms|s|m|h|d)){1,5}")
_RFC_3339 = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII)
_HTTP_DATE = re.compile(r"[A-Z][a-z]+,? .+\d\d:\d\d:\d\d( GMT| \d{4})", re.ASCII)
#: Families of headers that speak of one window of calls; then those that count something else.
_CALLS = (
    "ratelimit-*",
    "x-ratelimit-*",
    "x-rate-limit-*",
    "x-ratelimit-*-requests",
    "anthropic-ratelimit-requests-*",
)
_TOKENS = (
    "x-ratelimit-*-tokens",
    "anthropic-ratelimit-tokens-*",
    "anthropic-ratelimit-input-tokens-*",
    "anthropic-ratelimit-output-tokens-*",
)


@dataclass(frozen=True)
class RateState:
    """How one of the server's windows stood when it answered."""

    remaining: int
    limit: Optional[int] = None
    reset_ms: Optional[float] = None
    name: Optional[str] = None


def read_hints(header: Header, now_ms: float) -> Hints:
    """How long to wait at least, by the headers of an answer that came at now_ms of the wall clock."""
    veto = header("x-should-retry")
    should_retry = True if veto == "true" else False if veto == "false" else None
    for name, unit_ms in _WAITS:
        text = header(name)
        # A date is for Retry-After alone (RFC 9110, 10.2.3), and words such as 6m0s are for neither.
        if _DURATION.fullmatch(text) if unit_ms > 1 else not _NUMBER.fullmatch(text):
            continue
        wait_ms = _read_moment(text, unit_ms, header, now_ms)
        if wait_ms is not None:
            return Hints(wait_ms, name, should_retry)
    # Every window that is empty must have room again before the next call can pass.
    states = [*read_rates(header, now_ms), *_read_families(_TOKENS, header, now_ms)]
    resets = [one.reset_ms for one in states if one.remaining == 0 and one.reset_ms is not None]
    return Hints(max(resets), "ratelimit reset", should_retry) if resets else Hints(None, None, should_retry)


def read_rates(header: Header, now_ms: float) -> List[RateState]:
    """Every window of calls that the headers speak of: RateLimit (drafts 6 to 11), X-RateLimit-* and its relatives."""
    rate = header("ratelimit")
    structured = _read_structured(rate, header("ratelimit-policy")) if rate else []
    return structured or _read_families(_CALLS, header, now_ms)


def _read_families(families: Iterable[str], header: Header, now_ms: float) -> List[RateState]:
    states = []
    for family in families:
        remaining = _whole_number(header(family.replace("*", "remaining")))
        if remaining is None:
            continue
        reset_ms = _read_moment(header(family.replace("*", "reset")), 1_000, header, now_ms)
        limit = _whole_number(header(family.replace("*", "limit")))
        states.append(RateState(remaining, limit, reset_ms))
    return states


def _whole_number(text: str) -> Optional[int]:
    found = re.match(r"([0-9]{1,12})(?![\w.])", text, re.ASCII)
    return int(found[1]) if found else None


def _read_moment(text: str, unit_ms: int, header: Header, now_ms: float) -> Optional[float]:
    """Epoch seconds or milliseconds, a number of units from now, a duration (6m0s, 120ms), or a date."""
    if _DURATION.fullmatch(text):
        parts = re.findall(r"([0-9.]+)([a-z]+)", text)
        return _bounded(sum(float(number) * _UNITS_MS[unit] for number, unit in parts))
    if _NUMBER.fullmatch(text):
        value = float(text)
        if unit_ms > 1 and value >= _EPOCH_SECONDS_MIN:
            at_ms = value if value >= _EPOCH_SECONDS_MIN * 1_000 else value * unit_ms
            return _bounded(at_ms - _server_time_ms(header, now_ms))
        return _bounded(value * unit_ms)
    instant_ms = _read_instant(text)
    return None if instant_ms is None else _bounded(instant_ms - _server_time_ms(header, now_ms))


def _server_time_ms(header: Header, now_ms: float) -> float:
    """Instants are by the server's clock, so they are compared with its own Date."""
    told_ms = _read_instant(header("date"))
    return now_ms if told_ms is None else told_ms


def _bounded(ms: float) -> float:
    return min(max(0.0, ms), _WAIT_MS_MAX)


def _read_instant(text: str) -> Optional[float]:
    rfc_3339 = _RFC_3339.fullmatch(text)
    try:
        if rfc_3339:
            day, fraction, zone = rfc_3339.groups()
            at = datetime.fromisoformat(day + zone.replace("Z", "+00:00"))
            return at.timestamp() * 1_000 + int(float(fraction or 0) * 1_000)
        if _HTTP_DATE.fullmatch(text):
            parsed = parsedate_to_datetime(text if text.endswith("GMT") else text + " GMT")
            return parsed.replace(tzinfo=timezone.utc).timestamp() * 1_000
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    return None


def _read_structured(rate: str, policy: str) -> List[RateState]:
    """RateLimit: "name";r=5;t=30 with RateLimit-Policy: "name";q=60;w=60, or draft 7's limit=60, remaining=5, reset=30."""
    older = _parameters(";" + rate.replace(",", ";")) if "remaining=" in rate else {}
    if older:
        rate = f"{older.get('limit')};r={older.get('remaining')};t={older.get('reset')}"
    policies = {_name_of(item): item for item in reversed(_items(policy))}
    states = []
    for item in _items(rate):
        own, name = _parameters(item), _name_of(item)
        declared = policies.get(name, "")
        # Bytes or calls at once are no calls per window.
        if "r" not in own or re.search(r";\s*qu=\"(?!requests\")", declared):
            continue
        limit = _parameters(declared).get("q", older.get("limit"))
        reset_ms = _bounded(own["t"] * 1_000.0) if "t" in own else None
        states.append(RateState(own["r"], limit, reset_ms, None if older else name))
    return states


def _items(text: str) -> List[str]:
    return re.findall(r"(?:\"[^\"]*\"|[^,\"])+", text)


def _name_of(item: str) -> str:
    found = re.match(r"\s*\"?([^\";]*)", item)
    return found[1].strip() if found else ""


def _parameters(item: str) -> Dict[str, int]:
    # Without its strings: they may hold what looks like a parameter.
    bare = re.sub(r"\"[^\"]*\"", "", item)
    found = re.findall(r";\s*([a-z]+)=([0-9]{1,12})(?![\w.])", bare, re.ASCII)
    return {name: int(value) for name, value in found}


# --- Reading an answer that is no success --------------------------------------------------------

Headers = Union[Mapping[str, str], Iterable[Tuple[str, str]]]

_BODY_CHARS_MAX = 65_536
_REQUEST_ID_HEADERS = ("x-request-id", "request-id", "x-amzn-requestid")
_WORDS = {
    400: "bad_request",
    401: "unauthorized",
    402: "payment_required",
    403: "forbidden",
    404: "not_found",
    408: "request_timeout",
    409: "conflict",
    422: "unprocessable_content",
    429: "rate_limited",
    500: "internal_error",
    502: "bad_gateway",
    503: "service_unavailable",
    504: "gateway_timeout",
    529: "overloaded",
}
#: Kinds of 429 that no waiting ends.
_BILLING = re.compile(
    r"billing|payment|insufficient.?(quota|credit|balance|fund)|(quota|credits?|budget|balance).?(exceeded|exhausted)",
    re.IGNORECASE,
)
_RATE = re.compile(r"rate.?limit|too.?many", re.IGNORECASE)
_CALLERS_FAULT = re.compile(r"invalid|auth|permission|denied|not.?found|too.?l|unsupported", re.IGNORECASE)
#: Statuses that alone prove that no work began.
_UNSEEN = (400, 401, 402, 403, 404, 405, 413, 415, 422, 429, 529)


def parse(
    status: int,
    headers: Headers = (),
    body: Union[str, bytes, None] = b"",
    *,
    method: str = "The call",
    user_messages: Mapping[str, str] = MappingProxyType({}),
) -> ApiError:
    """The error that an answer stands for, whatever it is: one of the contract's, a proxy's HTML, problem+json, garbage.
    Never raises, and does not raise the error: that is for you to do."""
    now_ms = Clock().wall_ms()
    failure = read_failure(status, _header_of(headers), _text_of(body), method, now_ms)
    return _error_of(failure, now_ms=now_ms, user_messages=user_messages)


def read_failure(status: int, header: Header, body: str, method: str, now_ms: float) -> Failure:
    """The same as plain data. now_ms: by the wall clock, when it came."""
    read = _read(status, body, header, f"{method} was answered with {status}.")
    hints = read_hints(header, now_ms)
    # A server that says when it will be there again has not begun, unless its contract is not so sure.
    is_announced = status == 503 and "retry-after" in (hints.wait_from or "")
    is_doubtful = bool(read.conditions) and read.charged != "no"
    is_unbegun = status in _UNSEEN or (is_announced and not is_doubtful)
    processed = "no" if is_unbegun else "unknown"
    return replace(read, source="answer", hints=hints, processed=processed)


def read_event_failure(data: str, header: Header) -> Failure:
    """An error that came as an event of a stream."""
    return _read(None, data, header, "The stream ended with an error.")


def _read(status: Optional[int], body: str, header: Header, otherwise: str) -> Failure:
    json_body = _from_json(body)
    known = _decode(json_body, status)
    shape = _shape(json_body) if isinstance(json_body, (dict, list)) else {}
    if not isinstance(json_body, (dict, list)):
        shape["message"] = _page_text(json_body if isinstance(json_body, str) else body)
    said = shape if known is None else known
    facts = None if known is None else CODES[str(known["code"])]
    advice = facts.retry if facts else _advice_for(status, shape)
    request_id = next(filter(None, map(header, _REQUEST_ID_HEADERS)), shape.get("request_id"))
    code = _word(said.get("code"))
    if code is None:
        code = _WORDS.get(status, f"http_{status}") if status else _word(shape.get("type")) or "unknown_error"
    message = _word(said.get("message"), 1_000)
    is_refusal = status is not None and 400 <= status < 500
    return Failure(
        source="stream",
        status=facts.status if status is None and facts else status,
        code=code,
        message=otherwise if message is None else message,
        advice=advice,
        action=facts.action if facts else _action_for(status, advice, shape),
        charged=facts.charged if facts else "no" if is_refusal else "unknown",
        type=_word(said.get("type")),
        param=_word(said.get("param")),
        conditions=facts.conditions if facts else (),
        request_id=_word(request_id),
        body=_shown_body(body, json_body),
    )


def _word(text: Optional[str], chars_max: int = 128) -> Optional[str]:
    return redact(_shorten(text, chars_max)) if text else text


def _shown_body(body: str, json_body: Any) -> Optional[str]:
    if body == "":
        return None
    if json_body is None:
        return _shorten(redact(body), _SHOWN_CHARS_MAX)
    shown = _shown(json_body, redact)
    return shown if isinstance(shown, str) else _json_text(shown)


def _decode(body: Any, status: Optional[int]) -> Optional[Dict[str, Optional[str]]]:
    """What the contract's envelope says; None for what is none of the contract's refusals."""
    found = {part: _at(body, pointer) for part, pointer in ENVELOPE.items()}
    code, message = found.get("code"), found.get("message")
    if not isinstance(code, str) or not isinstance(message, str):
        return None
    facts = CODES.get(code)
    if facts is None or status not in (None, facts.status):
        return None
    told, param = found.get("type"), found.get("param")
    return {
        "code": code,
        "message": message,
        "type": told if isinstance(told, str) and told != code else facts.type,
        "param": param if isinstance(param, str) else None,
    }


def _at(value: Any, pointer: Tuple[Union[str, int], ...]) -> Any:
    for name in pointer:
        is_there = name in value if isinstance(value, dict) else name == 0 and isinstance(value, list) and value
        value = value[name] if is_there else None
    return value


def _advice_for(status: Optional[int], shape: Mapping[str, Optional[str]]) -> str:
    """What to make of a status where the contract does not say. An error within a stream has none: its words must do."""
    words = f"{shape.get('code')} {shape.get('type')}"
    is_billing = _BILLING.search(words) is not None
    if status is None:
        if is_billing or _CALLERS_FAULT.search(words):
            return "never"
        return "wait" if _RATE.search(words) else "backoff"
    if status == 429:
        return "never" if is_billing else "wait"
    # From 520 on they are words of proxies and of the overloaded.
    return "backoff" if status in (408, 425, 500, 502, 503, 504) or status >= 520 else "never"


def _action_for(status: Optional[int], advice: str, shape: Mapping[str, Optional[str]]) -> str:
    if advice != "never":
        return "wait"
    if _BILLING.search(f"{shape.get('code')} {shape.get('type')}"):
        return "top_up"
    is_refusal = status is not None and 400 <= status < 500
    usual = "fix_request" if is_refusal else "contact"
    return {401: "rotate_key", 402: "top_up", 403: "contact"}.get(status or 0, usual)


def _header_of(headers: Headers) -> Header:
    """Looks a header up by its name in lower case; empty where there is none."""
    pairs = headers.items() if isinstance(headers, Mapping) or hasattr(headers, "items") else headers
    found = {str(name).lower(): str(value) for name, value in pairs}
    return lambda name: found.get(name, "").strip()


def _text_of(body: Union[str, bytes, None]) -> str:
    text = body if isinstance(body, str) else (body or b"")[:_BODY_CHARS_MAX].decode("utf-8-sig", "replace")
    # What no log and no terminal could write.
    return text[:_BODY_CHARS_MAX].encode("utf-8", "replace").decode()


# --- Error bodies of any API: many shapes, and yet always the same few facts under few names -------


def _shape(value: Any, depth: int = 0) -> Dict[str, Optional[str]]:
    """Nested, flat, problem+json (RFC 9457), lists of errors."""
    if isinstance(value, str):
        return {"message": _plain(value)}
    if isinstance(value, list) and value and depth <= 5:
        return _shape(value[0], depth + 1)
    if not isinstance(value, dict) or depth > 5:
        return {}
    # What is deeper says more: outside there is often nothing but a type that says error.
    nests = (value.get(name) for name in ("error", "errors", "detail", "source", "extensions"))
    inner = _shape(next((one for one in nests if isinstance(one, (dict, list))), None), depth + 1)
    error, errors, status, loc = (value.get(name) for name in ("error", "errors", "status", "loc"))
    codes = (value.get(name) for name in ("code", "error_code", "__type"))
    messages = (value.get(name) for name in ("message", "detail", "error_description", "msg", "title"))
    params = (value.get(name) for name in ("param", "field", "pointer"))
    ids = (value.get(name) for name in ("request_id", "requestId"))
    parts = [part if isinstance(part, str) else _json_text(part) for part in loc[1:10]] if isinstance(loc, list) else []
    field = next(iter(errors), None) if isinstance(errors, dict) else None
    return {
        "code": inner.get("code")
        or _first(_code(one) for one in codes if one != status)
        or _problem_code(value.get("type"))
        or _wordy_code(error)
        or _wordy_code(status),
        "type": inner.get("type") or _plain(value.get("type")),
        "message": inner.get("message") or _first(map(_plain, messages)) or _plain(error),
        "param": inner.get("param") or _first(map(_plain, params)) or _plain(".".join(parts)) or _plain(field),
        "request_id": _first(map(_plain, ids)) or inner.get("request_id"),
    }


def _first(texts: Iterable[Optional[str]]) -> Optional[str]:
    return next((text for text in texts if text is not None), None)


def _plain(value: Any) -> Optional[str]:
    one = value[0] if isinstance(value, list) and value else value
    return one.strip()[:1_000] or None if isinstance(one, str) else None


def _code(value: Any) -> Optional[str]:
    """A code is one word, or a number of the API's own; AWS puts a name space and a # in front."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(int(value) if value == int(value) else value) if value >= 1_000 else None
    if not isinstance(value, str):
        return None
    found = re.fullmatch(r"(?:[\w.]+#)?([A-Za-z][\w.:-]{0,99})|([0-9]{4,})", value, re.ASCII)
    return (found[1] or found[2]) if found else None


def _wordy_code(value: Any) -> Optional[str]:
    """What may be a code or a sentence is a code only where it cannot be a sentence."""
    is_wordy = isinstance(value, str) and re.fullmatch(r"[A-Za-z]\w*_\w+", value, re.ASCII)
    return _code(value) if is_wordy else None


def _problem_code(kind: Any) -> Optional[str]:
    found = re.search(r"[/#]([\w.-]{1,100})/?\Z", kind, re.ASCII) if isinstance(kind, str) else None
    return _code(found[1]) if found else None


def _page_text(body: str) -> Optional[str]:
    """The title of a proxy's page, or plain text on one line; None for what nobody wants to read."""
    start = body[:2_048].strip()
    if start.startswith("<"):
        title = re.search(r"<(title|h1|message)[^<>]{0,99}>([^<]+)", start, re.IGNORECASE)
        start = title[2] if title else ""
    line = " ".join(start.split())
    return None if re.search(r"[^\t\x20-\x7e\xa0-\U0010ffff]", line) else _plain(line[:300])


# --- From a failure to the error that a caller gets ------------------------------------------------

_USER_MESSAGES = {
    "wait": "We are a little busy. Please try again in a moment.",
    "top_up": "This feature is used up for now. Please contact the owner of the account.",
    "upgrade": "This feature is not part of the current plan.",
    "fix_request": "We could not process this. Please check what you entered.",
    "rotate_key": "This feature is not set up correctly. Please contact support.",
    "contact": "This feature is not available. Please contact support.",
}


def _error_of(
    failure: Failure,
    *,
    now_ms: float,
    user_messages: Mapping[str, str],
    secret: Optional[_Secret] = None,
    operation: Optional[str] = None,
    endpoint: str = "",
    parameters: Any = None,
    attempts: int = 1,
    why: Iterable[str] = (),
    retry_after_ms: Optional[float] = None,
) -> ApiError:
    redacted = secret.redact if secret else redact
    clean = replace(
        failure,
        **{name: redacted(value) for name, value in vars(failure).items() if isinstance(value, str)},
    )
    is_known = clean.code in CODES
    code = clean.code if clean.code in ERRORS else UnknownError.code
    retryable = _is_retryable(clean)
    if retry_after_ms is None and retryable:
        retry_after_ms = clean.hints.wait_ms
    pages = CODES[clean.code].user_message if is_known else None
    own = user_messages.get(clean.code) or user_messages.get(clean.action)
    endpoint = _shorten(re.split(r"[?#]", endpoint, maxsplit=1)[0], 256)
    response = _from_json(clean.body or "")
    facts = {
        "code": code,
        "raw_code": clean.code,
        "status": clean.status,
        "type": clean.type,
        "param": clean.param,
        "request_id": clean.request_id,
        "conditions": clean.conditions,
        "retryable": retryable,
        "action": clean.action,
        "retry_at": None if retry_after_ms is None else _instant(now_ms + retry_after_ms),
        "charged": clean.charged,
        "attempts": attempts,
        "why": tuple(_shorten(redacted(reason), 256) for reason in itertools.islice(why, 32)),
        "user_message": own or pages or _USER_MESSAGES[clean.action],
        "source": clean.source,
        "operation": operation,
        "help_url": f"{DOCS}/errors/{code}" if is_known and DOCS else None,
    }
    record = {
        "code": clean.code,
        "message": clean.message,
        "param": clean.param,
        "type": clean.type,
        "status": clean.status,
        "endpoint": redacted(endpoint) or None,
        "parameters": _shown(parameters, redacted),
        "response": _shown(clean.body or None if response is None else response, redacted),
        "timestamp": _instant(now_ms).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "request_id": clean.request_id,
        "api_key_prefix": (secret.prefix or None) if secret else None,
    }
    about = (clean.status, clean.code, clean.request_id and f"request {clean.request_id}")
    text = f"{clean.message} ({', '.join(str(part) for part in about if part)})"
    return ERRORS[code](text, facts, record)


def _is_retryable(failure: Failure) -> bool:
    """What costs money is not to be had by asking again; else the server's word goes before the catalogue's."""
    if failure.source == "client":
        return True
    if failure.action in ("top_up", "upgrade") or failure.status == 402:
        return False
    veto = failure.hints.should_retry
    return failure.advice != "never" if veto is None else veto


def _instant(ms: float) -> datetime:
    return datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(milliseconds=math.floor(ms))


# --- Wait and try again, or stop -----------------------------------------------------------------

Random = Callable[[], float]


class Clock:
    """The machine's clocks, in milliseconds. Tests hand in one of their own."""

    def monotonic_ms(self) -> float:
        return time.monotonic() * 1_000

    def wall_ms(self) -> float:
        return math.floor(time.time() * 1_000)

    def sleep_ms(self, ms: float) -> None:
        time.sleep(ms / 1_000)


@dataclass(frozen=True)
class Situation:
    """Everything that the decision depends on besides the failure."""

    #: The one that failed, from 1.
    attempt: int
    attempts_max: int
    #: Until the call's deadline.
    time_left_ms: float
    #: A longer wait fails at once, so that the caller can plan with it.
    wait_max_ms: float
    #: A safe method, or an Idempotency-Key that the server accepts.
    can_repeat: bool
    #: Asked last, and only if everything else says yes: asking spends.
    budget: RetryBudget


@dataclass(frozen=True)
class Decision:
    """wait_ms where the call is to be tried again; else retry_after_ms, as far as anybody knows."""

    why: Tuple[str, ...]
    wait_ms: Optional[float] = None
    retry_after_ms: Optional[float] = None
    #: What the budget paid.
    cost: float = 0


def decide(failure: Failure, situation: Situation, random: Random) -> Decision:
    """Retry-After is a lower bound and never clipped: jitter comes on top, and a wait past the deadline stops now."""
    told_ms = failure.hints.wait_ms
    why = [f"{failure.code}: {failure.advice}"]

    def stop(reason: str, retry_after_ms: Optional[float]) -> Decision:
        return Decision((*why, reason), None, retry_after_ms)

    objection = _objection_to(failure, situation.can_repeat)
    if objection:
        return stop(objection, told_ms)
    if situation.attempt >= situation.attempts_max:
        return stop(f"attempt {situation.attempt} of {situation.attempts_max}", told_ms)

    # A wait of zero names no wait, it only says that the time does not matter: callers must still spread.
    if told_ms:
        wait_ms = told_ms + random() * min(told_ms * 0.1, 2_000)
    elif failure.advice == "wait" and told_ms is None:
        wait_ms = throttled_ms(situation.attempt, random)
    else:
        wait_ms = transient_ms(situation.attempt, random)
    # What the server said without our jitter: it alone is what must fit.
    least_ms = told_ms or wait_ms
    told = "backoff" if told_ms is None else (failure.hints.wait_from or "wait").title()
    why.append(f"{told} {_in_words(wait_ms if told_ms is None else told_ms)}")
    if least_ms > situation.wait_max_ms:
        return stop(f"longest wait {_in_words(situation.wait_max_ms)}", least_ms)
    if wait_ms >= situation.time_left_ms:
        return stop(f"deadline in {_in_words(situation.time_left_ms)}", least_ms)
    budget = situation.budget
    cost = budget.take(told_ms is not None)
    why.append(f"budget {budget.tokens:g} of {budget.tokens_max:g}")
    if cost == 0:
        return stop("retry budget is spent", told_ms)
    return Decision(tuple(why), wait_ms, None, cost)


def _objection_to(failure: Failure, can_repeat: bool) -> Optional[str]:
    """Why this failure must not be retried at all, whatever there is left of time, attempts and budget."""
    if failure.action in ("top_up", "upgrade") or failure.status == 402:
        return "needs payment"
    should_retry = failure.hints.should_retry
    if should_retry is False:
        return "the server vetoes a retry"
    if failure.advice == "never" and should_retry is not True:
        return "would fail again"
    return None if can_repeat or not _may_be_done(failure) else "might happen twice"


def _may_be_done(failure: Failure) -> bool:
    """For all that anybody knows: then only what the server knows again is repeated."""
    if failure.processed == "no":
        return False
    # Only a contract can vouch that nothing was charged; and what it says of a code, the server may overrule.
    overruled = failure.advice == "never" and failure.hints.should_retry is True
    vouched = failure.source == "answer" and bool(failure.conditions) and not overruled
    return not (vouched and failure.charged == "no")


def transient_ms(attempt: int, random: Random) -> float:
    """Full jitter: of all the ways to spread callers it sends the fewest requests."""
    return max(20, random() * _doubled(200, attempt, 8_000))


def throttled_ms(attempt: int, random: Random) -> float:
    """Without the lower half: an early retry is certainly refused."""
    return (0.5 + random() / 2) * _doubled(1_000, attempt, 30_000)


def _doubled(base_ms: float, attempt: int, cap_ms: float) -> float:
    return min(cap_ms, base_ms * 2.0 ** min(attempt - 1, 64))


def _in_words(ms: float) -> str:
    if ms < 1_000:
        return f"{math.floor(ms + 0.5)} ms"
    seconds = Decimal(ms / 1_000).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{float(seconds):.15g} s"


class RetryBudget:
    """Retries that fail may be a tenth of what succeeds: else every outage is multiplied when the server can bear it least."""

    tokens_max = 50.0

    def __init__(self) -> None:
        self.tokens = self.tokens_max

    def take(self, is_told: bool) -> float:
        """Pays for a retry, less where the server named the wait; 0 where it cannot."""
        cost = 1.0 if is_told else 5.0
        if self.tokens < cost:
            return 0.0
        self.tokens -= cost
        return cost

    def succeeded(self, retries_cost: float) -> None:
        """The call's own retries were worth it, so they were free."""
        self.tokens = min(self.tokens_max, self.tokens + (retries_cost or 0.5))


# --- The breaker of one operation ----------------------------------------------------------------


class Admission:
    """What a breaker lets a call do: pass, pass_without_retries, probe, or refuse. Known again by identity."""

    def __init__(self, kind: str, retry_after_ms: float = 0) -> None:
        self.kind = kind
        self.retry_after_ms = retry_after_ms


class _Tally:
    """How many calls ended lately and how many failed, in slots of time that the clock empties."""

    slot_ms = 3_000.0
    slots_max = 40

    def __init__(self) -> None:
        self.slots: Deque[List[int]] = deque(maxlen=self.slots_max)

    def add(self, now_ms: float, failed: bool) -> None:
        number = math.floor(now_ms / self.slot_ms)
        if not self.slots or self.slots[-1][0] != number:
            self.slots.append([number, 0, 0])
        self.slots[-1][1] += 1
        self.slots[-1][2] += failed

    @property
    def is_clean(self) -> bool:
        return not any(failed for _, _, failed in self.slots)

    def sum(self, now_ms: float, slots: int) -> Tuple[int, int]:
        since = math.floor(now_ms / self.slot_ms) - slots
        recent = [slot for slot in self.slots if slot[0] > since]
        return sum(slot[1] for slot in recent), sum(slot[2] for slot in recent)


class Breaker:
    """A server that fails partly gets no more retries, and if more than half fails, fewer first tries too, in proportion. A
    server that fails five times in a row is down: it gets nothing but a probe now and then. Answers below 500 (429 among
    them) say nothing about health, nor does a failure that the next try mends."""

    _slots = 10
    _window_ms = 30_000.0
    _cooldown_ms = 1_000.0
    _cooldown_max_ms = 4_000.0
    _probe_lease_ms = 30_000.0

    def __init__(self, on_change: Callable[[str], None] = lambda state: None) -> None:
        self.state = "closed"
        self._on_change = on_change
        self._tally = _Tally()
        self._streak = self._openings = self._good = self._bad = 0
        self._failed_ms = self._until_ms = self._not_before_ms = self._luck = 0.0
        self._probe: Optional[Admission] = None
        self._probe_until_ms = 0.0
        #: New ones at each closing: what was answered before is old news.
        self._passes = (Admission("pass"), Admission("pass_without_retries"))

    @property
    def _is_open(self) -> bool:
        return self.state in ("open", "half_open")

    def ask(self, now_ms: float, random: Random) -> Admission:
        """Before each call."""
        self._luck = random()
        return self._ask_open(now_ms) if self._is_open else self._ask_closed(now_ms)

    def ask_again(self, asked: Admission, now_ms: float) -> Admission:
        """Before each further try of a call."""
        if not self._is_open or asked is self._probe:
            return asked
        wait_ms = self._wait_ms(now_ms)
        return _refuse(wait_ms if wait_ms > 0 else self._cooldown_ms)

    def tell(self, outcome: str, now_ms: float, wait_ms: float, asked: Admission) -> None:
        """success, failure or ignored; wait_ms: what the server said to wait."""
        failed = outcome == "failure"
        if failed:
            self._not_before_ms = max(self._not_before_ms, now_ms + wait_ms)
        if self._is_open:
            if self._probe is None or asked is not self._probe:
                return
            self._probe = None
            if outcome != "ignored":
                self._tell_probe(failed, now_ms)
        elif outcome != "ignored" and asked in self._passes:
            self._tell_closed(failed, now_ms)

    def _ask_closed(self, now_ms: float) -> Admission:
        if self._tally.is_clean:
            self._move("closed")
            return self._passes[0]
        total, failed = self._tally.sum(now_ms, self._slots)
        requests, lost = self._tally.sum(now_ms, self._tally.slots_max)
        # Google's SRE book, "Handling overload": a server may get twice what it answers.
        shed = 0.0 if requests < 20 else (2 * lost - requests) / (requests + 1)
        is_strained = shed > 0 or (total >= 10 and failed >= total * 0.5)
        self._move("shedding" if shed > 0 else "no_retries" if is_strained else "closed")
        if self._luck < min(0.5, shed):
            self._tally.add(now_ms, True)
            return _refuse(self._cooldown_ms)
        return self._passes[1 if is_strained else 0]

    def _ask_open(self, now_ms: float) -> Admission:
        if self.state == "open":
            wait_ms = self._wait_ms(now_ms)
            if wait_ms > 0:
                return _refuse(wait_ms)
            self._good = self._bad = 0
            self._move("half_open")
        lease_ms = self._probe_until_ms - now_ms
        if self._probe is not None and lease_ms > 0:
            return _refuse(min(self._cooldown_ms, lease_ms))
        self._probe_until_ms = now_ms + self._probe_lease_ms
        self._probe = Admission("probe")
        return self._probe

    def _wait_ms(self, now_ms: float) -> float:
        return max(self._until_ms, self._not_before_ms) - now_ms

    def _tell_probe(self, failed: bool, now_ms: float) -> None:
        """A first probe that fails ends the matter; later ones are judged together: three good ones of four close it."""
        if failed:
            self._bad += 1
        else:
            self._good += 1
        if self._good == 0:
            self._open(now_ms)
        elif self._good >= 3 or self._bad > 1:
            self._streak = self._openings = 0
            self._not_before_ms = 0.0
            self._passes = (Admission("pass"), Admission("pass_without_retries"))
            self._move("closed")

    def _tell_closed(self, failed: bool, now_ms: float) -> None:
        self._tally.add(now_ms, failed)
        if not failed or now_ms - self._failed_ms > self._window_ms:
            self._streak = 0
        if not failed:
            self._not_before_ms = 0.0
            return
        self._failed_ms = now_ms
        self._streak += 1
        if self._streak >= 5 and not self._is_accident(now_ms):
            self._open(now_ms)

    def _is_accident(self, now_ms: float) -> bool:
        """Whether so many in a row can well be the luck of a server that fails as often as this one did before."""
        total, failed = self._tally.sum(now_ms, self._slots)
        before, failed_before = total - self._streak, failed - self._streak
        if before < 10 or failed_before <= 0:
            return False
        return bool(min(0.9, failed_before / before) ** self._streak > 0.001)

    def _open(self, now_ms: float) -> None:
        spread = 1 + 0.2 * (2 * self._luck - 1)
        self._openings += 1
        self._until_ms = now_ms + spread * _doubled(self._cooldown_ms, self._openings, self._cooldown_max_ms)
        self._move("open")

    def _move(self, state: str) -> None:
        if state != self.state:
            self.state = state
            self._on_change(state)


def _refuse(ms: float) -> Admission:
    return Admission("refuse", math.ceil(ms))


class _NoBreaker(Breaker):
    """Lets everything pass, and draws no lot."""

    def ask(self, now_ms: float, random: Random) -> Admission:
        return self._passes[0]

    def tell(self, outcome: str, now_ms: float, wait_ms: float, asked: Admission) -> None:
        pass


_NO_BREAKER = _NoBreaker()


# --- Pacing --------------------------------------------------------------------------------------

#: How much later than another one call may reach the server, at most: room is used so much later than it comes.
_WAY_MS = 250.0
#: So many times are kept of a window at most; beyond it calls share one, that of the newest of them.
_TIMES_MAX = 2_048


class _Log:
    """One window of the contract: an exact log of the calls that left. What the server says corrects it."""

    def __init__(self, window: Window, plan: Optional[str]) -> None:
        self.window = window
        by_plan = window.limit if isinstance(window.limit, dict) else {}
        self.limit = by_plan.get(plan or "") if by_plan else cast(int, window.limit)
        self.held_until_ms = 0.0
        self._left: Deque[List[float]] = deque()
        self._count = 0

    def counts(self, operation: Optional[str]) -> bool:
        return self.window.operations is None or operation in self.window.operations

    def wait_ms(self, now_ms: float) -> float:
        while self._left and self._until_ms <= now_ms:
            self._count -= int(self._left.popleft()[1])
        is_full = self.limit is not None and self._count >= self.limit
        return max(self.held_until_ms - now_ms, self._until_ms - now_ms if is_full else 0.0)

    @property
    def _until_ms(self) -> float:
        return self._left[0][0] + self.window.window_ms + _WAY_MS

    def sent(self, now_ms: float) -> None:
        share = math.ceil((self.limit or 1) / _TIMES_MAX)
        if self._left and (self._left[-1][1] < share or len(self._left) >= 2 * _TIMES_MAX):
            self._left[-1] = [now_ms, self._left[-1][1] + 1]
        else:
            self._left.append([now_ms, 1])
        self._count += 1

    def learn(self, state: Optional[RateState], refused_ms: Optional[float], now_ms: float) -> None:
        if state is not None and state.limit:
            self.limit = state.limit
        is_empty = state is not None and state.remaining == 0
        reset_ms = state.reset_ms if state is not None else None
        # Our own calls do not explain it, so somebody else uses the key: only the server knows when there is room.
        is_shared = is_empty and (self.limit is None or self._count < self.limit)
        if refused_ms is not None and (state is None or is_empty):
            self.held_until_ms = max(self.held_until_ms, now_ms + refused_ms)
        elif is_shared and reset_ms is not None:
            self.held_until_ms = max(self.held_until_ms, now_ms + reset_ms)


class Pacer:
    """Calls wait here until every window that counts them has room."""

    def __init__(self, plan: Optional[str]) -> None:
        self._logs = [_Log(window, plan) for window in WINDOWS]

    def wait_ms(self, operation: Optional[str], now_ms: float) -> float:
        return max((log.wait_ms(now_ms) for log in self._logs if log.counts(operation)), default=0.0)

    def sent(self, operation: Optional[str], now_ms: float) -> None:
        for log in self._logs:
            if log.counts(operation):
                log.sent(now_ms)

    def answered(
        self,
        operation: Optional[str],
        states: List[RateState],
        refused_ms: Optional[float],
        now_ms: float,
    ) -> None:
        """refused_ms: how long a 429 said to wait. Headers speak of a window by its name, else of the first."""
        logs = [log for log in self._logs if log.counts(operation)]
        names = {log.window.name for log in logs}
        for index, log in enumerate(logs):
            about = [state for state in states if state.name == log.window.name]
            unnamed = [state for state in states if state.name not in names]
            told = about or (unnamed if index == 0 else [])
            log.learn(told[0] if told else None, refused_ms, now_ms)


# --- A call --------------------------------------------------------------------------------------

Listener = Callable[[Mapping[str, Any]], None]
_IDEMPOTENT = frozenset(("GET", "HEAD", "OPTIONS", "PUT", "DELETE"))


@dataclass(frozen=True)
class _Call:
    operation: Optional[str]
    method: str
    path: str
    can_repeat: bool
    total_ms: float
    parameters: Any


def operation_of(method: str, path: str) -> Optional[Operation]:
    """Which operation of the contract a request is; None for another."""
    bare = re.split(r"[?#]", path, maxsplit=1)[0]
    asked = "GET" if method == "HEAD" else method
    return next((one for one in OPERATIONS if one.method == asked and re.fullmatch(one.path, bare)), None)


def _refused_here(condition: str, wait_ms: float) -> Failure:
    """A call that was not sent: it would have been refused, or come too late. Spelled as the API would have."""
    code = SPELLED[condition]
    messages = {
        "unavailable": "Not sent: the server has failed too often just now.",
        "rate_limited": "Not sent: its turn would come after its deadline.",
    }
    return Failure(
        source="client",
        status=None,
        code=code,
        message=messages[condition],
        advice="never",
        action="wait",
        charged="no",
        processed="no",
        type=CODES[code].type,
        conditions=(condition,),
        hints=Hints(wait_ms, "this client"),
    )


def log_to(logger: logging.Logger) -> Listener:
    """A listener that writes each event as one line of JSON: a failed attempt as a warning, a call given up as an error."""

    def listen(event: Mapping[str, Any]) -> None:
        is_over = event["event"] == "given_up"
        logger.log(logging.ERROR if is_over else logging.WARNING, "%s", _json_text(event))

    return listen


# --- The order of one call -----------------------------------------------------------------------

Result = TypeVar("Result")

ATTEMPTS_MAX = 5
_BREAKERS_MAX = 1_000

@dataclass
class _Outcome(Generic[Result]):
    """Of one attempt: what the callable gave, or why it is a failure."""

    result: Optional[Result] = None
    failure: Optional[Failure] = None
    header: Optional[Header] = None


@dataclass(frozen=True)
class _Judged:
    failure: Failure
    decision: Decision
    retries_cost: float
    #: Whether an attempt before this one may have been done, and charged.
    may_be_done_before: bool = False


class Handler:
    """Retries, waits and gives up for all calls that are made through it. One for a process: its budget, its breakers and its
    log of what left are shared by all threads.

    api_key: to keep it out of texts, and for its prefix in the log record; it is not sent. attempts: 1 to 5. total_ms: for a
    call with all its attempts and waits. wait_max_ms: a server that says to wait longer is not waited for. pace: calls wait
    for room in the contract's windows. breaker: a server that is down is spared. plan: the key's, where limits depend on it.
    user_messages: by code or by action, in place of the pages'. on_event: hears of each attempt that failed, each call given
    up and each breaker; see log_to. clock, random: for tests."""

    def __init__(
        self,
        *,
        api_key: Optional[str] = None,
        attempts: int = 3,
        total_ms: float = 30_000,
        wait_max_ms: float = 120_000,
        pace: bool = True,
        breaker: bool = True,
        plan: Optional[str] = None,
        user_messages: Mapping[str, str] = MappingProxyType({}),
        on_event: Optional[Listener] = None,
        clock: Optional[Clock] = None,
        random: Random = SystemRandom().random,
    ) -> None:
        problem = None if api_key is None else _problem_of(api_key)
        self._secret = None if api_key is None or problem else _Secret(api_key)
        del api_key
        if problem:
            raise ValueError(problem)
        if not 1 <= attempts <= ATTEMPTS_MAX:
            raise ValueError(f"attempts is {attempts}; give 1 to {ATTEMPTS_MAX}")
        if not (0 < total_ms < math.inf and 0 < wait_max_ms < math.inf):
            raise ValueError("total_ms and wait_max_ms are milliseconds, above 0")
        if plan is not None and plan not in PLANS:
            raise ValueError(f"{API} has no plan {plan!r}; it has {', '.join(PLANS)}")
        unread = [name for name in user_messages if name not in ERRORS and name not in _USER_MESSAGES]
        if unread:
            raise ValueError(f"user_messages: {unread[0]!r} is neither a code nor an action of {API}")
        self._attempts_max = attempts
        self._total_ms = total_ms
        self._wait_max_ms = wait_max_ms
        self._user_messages = dict(user_messages)
        self._on_event = on_event
        self._clock = clock or Clock()
        self._random = random
        self._budget = RetryBudget()
        self._pacer = Pacer(plan) if pace else None
        self._has_breakers = breaker
        self._breakers: Dict[str, Breaker] = {}
        self._lock = threading.RLock()

    def handle(
        self,
        send: Callable[[], Result],
        *,
        method: str = "GET",
        path: str = "/",
        idempotency_key: Optional[str] = None,
        parameters: Any = None,
        total_ms: Optional[float] = None,
    ) -> Result:
        """Calls send until it goes well, and gives back what it gave; raises the ApiError that its last answer stands for.

        send: anything that returns status, headers and body, as a tuple or as a response of requests, httpx or urllib; or
        that raises what those raise. Bugs of its own come through as they are. It has its own timeout: nobody else can stop
        it. method, path: what it asks for, after the base path. idempotency_key: the one that it sends, each time the same:
        a POST is repeated only under one. parameters: for the log record."""

        redacted = self._secret.redact if self._secret else redact

        def attempt(_: float) -> _Outcome[Result]:
            return _tried(send, method, self._clock, redacted)

        call = self._call_of(method, path, idempotency_key, parameters, total_ms)
        ended = self._perform(call, attempt)
        if isinstance(ended, ApiError):
            raise ended
        return ended

    def _call_of(
        self,
        method: str,
        path: str,
        idempotency_key: Optional[str],
        parameters: Any,
        total_ms: Optional[float],
    ) -> _Call:
        operation = operation_of(method, path)
        is_taken = operation is not None and operation.idempotency
        return _Call(
            operation=operation.name if operation else None,
            method=method,
            path=path,
            can_repeat=method in _IDEMPOTENT or (idempotency_key is not None and is_taken),
            total_ms=self._total_ms if total_ms is None else total_ms,
            parameters=parameters,
        )

    def _perform(
        self, call: _Call, attempt: Callable[[float], _Outcome[Result]]
    ) -> Union[Result, ApiError]:
        """THE ORDER of one call. Answers its error, so that nothing that was thrown on the way stays with it."""
        clock = self._clock
        deadline_ms = clock.monotonic_ms() + call.total_ms
        breaker = self._breaker_of(call)
        with self._lock:
            first = breaker.ask(clock.monotonic_ms(), self._random)
        asked = first
        before: Optional[_Judged] = None
        attempts = untold = 0
        try:
            while True:
                attempts += 1
                outcome = self._try_once(call, asked, deadline_ms, attempt)
                now_ms = clock.monotonic_ms()
                if outcome.failure is None:
                    with self._lock:
                        breaker.tell("success", now_ms, 0, first)
                        self._budget.succeeded(before.retries_cost if before else 0)
                    return cast(Result, outcome.result)
                before = self._judge(outcome.failure, before, call, deadline_ms, attempts, asked)
                untold += outcome.failure.source != "client"
                wait_ms = before.decision.wait_ms
                # What a retry mends is no illness: the first failure is told with the second.
                if attempts > 1 or wait_ms is None:
                    with self._lock:
                        self._tell_failures(breaker, first, before.failure, untold, now_ms)
                    untold = 0
                if wait_ms is None:
                    is_unsent = outcome.failure.source == "client"
                    tries = attempts - 1 if is_unsent and attempts > 1 else attempts
                    return self._given_up(call, before, tries)
                clock.sleep_ms(wait_ms)
                with self._lock:
                    asked = breaker.ask_again(first, clock.monotonic_ms())
        finally:
            # For a probe of which nothing was told: its caller left.
            with self._lock:
                breaker.tell("ignored", clock.monotonic_ms(), 0, first)

    def _try_once(
        self,
        call: _Call,
        asked: Admission,
        deadline_ms: float,
        attempt: Callable[[float], _Outcome[Result]],
    ) -> _Outcome[Result]:
        if asked.kind == "refuse":
            return _Outcome(failure=_refused_here("unavailable", asked.retry_after_ms))
        late_ms = self._wait_for_turn(call, deadline_ms)
        if late_ms is not None:
            return _Outcome(failure=_refused_here("rate_limited", late_ms))
        outcome = attempt(deadline_ms - self._clock.monotonic_ms())
        if self._pacer is not None and outcome.header is not None:
            failure = outcome.failure
            is_rate = failure is not None and failure.status == 429 and failure.advice == "wait"
            refused_ms = failure.hints.wait_ms if failure is not None and is_rate else None
            states = read_rates(outcome.header, self._clock.wall_ms())
            with self._lock:
                self._pacer.answered(call.operation, states, refused_ms, self._clock.monotonic_ms())
        return outcome

    def _wait_for_turn(self, call: _Call, deadline_ms: float) -> Optional[float]:
        """Until every window has room; how long that would take where it is past the deadline."""
        while True:
            with self._lock:
                now_ms = self._clock.monotonic_ms()
                wait_ms = self._pacer.wait_ms(call.operation, now_ms) if self._pacer else 0.0
                if now_ms + wait_ms >= deadline_ms:
                    return wait_ms
                if wait_ms <= 0:
                    if self._pacer is not None:
                        self._pacer.sent(call.operation, now_ms)
                    return None
            self._clock.sleep_ms(wait_ms)

    def _judge(
        self,
        failure: Failure,
        before: Optional[_Judged],
        call: _Call,
        deadline_ms: float,
        attempts: int,
        asked: Admission,
    ) -> _Judged:
        is_here = failure.source == "client"
        # What the server said last tells more than that it was not asked again.
        if is_here and before is not None:
            why = (*before.decision.why, failure.message)
            return replace(before, decision=Decision(why, None, failure.hints.wait_ms))
        may_retry = not is_here and asked.kind != "pass_without_retries"
        situation = Situation(
            attempt=attempts,
            attempts_max=self._attempts_max if may_retry else attempts,
            time_left_ms=deadline_ms - self._clock.monotonic_ms(),
            wait_max_ms=self._wait_max_ms,
            can_repeat=call.can_repeat,
            budget=self._budget,
        )
        with self._lock:
            decision = decide(failure, situation, self._random)
        self._tell(
            {
                "event": "failed",
                "operation": call.operation,
                "attempt": attempts,
                "code": failure.code,
                "status": failure.status,
                "request_id": failure.request_id,
                "wait_ms": decision.wait_ms,
                "why": list(decision.why),
            }
        )
        retries_cost = (before.retries_cost if before else 0) + decision.cost
        doubtful = before is not None and (before.may_be_done_before or _may_be_done(before.failure))
        return _Judged(failure, decision, retries_cost, doubtful)

    def _given_up(self, call: _Call, judged: _Judged, attempts: int) -> ApiError:
        failure = judged.failure
        # What refused the last attempt cannot know what became of those before it.
        if judged.may_be_done_before and failure.charged == "no":
            failure = replace(failure, charged="unknown")
        error = _error_of(
            failure,
            now_ms=self._clock.wall_ms(),
            user_messages=self._user_messages,
            secret=self._secret,
            operation=call.operation,
            endpoint=f"{call.method} {call.path}",
            parameters=call.parameters,
            attempts=attempts,
            why=judged.decision.why,
            retry_after_ms=judged.decision.retry_after_ms,
        )
        self._tell({"event": "given_up", "operation": call.operation, **error.to_log()})
        return error

    def _breaker_of(self, call: _Call) -> Breaker:
        if not self._has_breakers:
            return _NO_BREAKER
        name = call.operation or f"{call.method} {call.path}"
        with self._lock:
            breaker = self._breakers.get(name)
            if breaker is None:
                breaker = Breaker(lambda state: self._tell({"event": "breaker", "operation": name, "state": state}))
                # Paths can be without number: then those that came first share their fate with none.
                if len(self._breakers) < _BREAKERS_MAX:
                    self._breakers[name] = breaker
            return breaker

    @staticmethod
    def _tell_failures(breaker: Breaker, asked: Admission, failure: Failure, times: int, now_ms: float) -> None:
        """Only what says that the server is not well counts: a refusal is an answer like any other."""
        is_ill = failure.source != "answer" or (failure.status or 0) >= 500
        for _ in range(times if is_ill and failure.source != "client" else 0):
            breaker.tell("failure", now_ms, failure.hints.wait_ms or 0, asked)

    def _tell(self, event: Mapping[str, Any]) -> None:
        if self._on_event is None:
            return
        try:
            self._on_event(event)
        except Exception:
            pass  # Whoever listens must not cost a call its answer.


# --- What a callable gave or raised ----------------------------------------------------------------


def _tried(send: Callable[[], Result], method: str, clock: Clock, redacted: Redact) -> _Outcome[Result]:
    answer: Any
    try:
        result = send()
    except Exception as error:
        # A library that raises for a status keeps the answer on what it raises; urllib's is the answer.
        answer = error if isinstance(error, HTTPError) else getattr(error, "response", None)
        failure = None if _status_of(answer) else _failure_of_raised(error, redacted)
        if _status_of(answer) is None and failure is None:
            raise
    else:
        answer, failure = result, None
    if failure is not None:
        return _Outcome(failure=failure)
    status, headers = _status_of(answer), answer[1] if isinstance(answer, tuple) else getattr(answer, "headers", None)
    if status is None or headers is None:
        raise TypeError("what is handled must return a response, or (status, headers, body)")
    header = _header_of(headers)
    if 200 <= status < 300 and not isinstance(answer, Exception):
        return _Outcome(result=cast(Result, answer), header=header)
    body = _text_of(_body_of(answer))
    if isinstance(answer, HTTPError):
        answer.close()
    return _Outcome(failure=read_failure(status, header, body, method, clock.wall_ms()), header=header)


def _status_of(answer: Any) -> Optional[int]:
    if isinstance(answer, tuple):
        return int(answer[0]) if len(answer) == 3 else None
    status = getattr(answer, "status_code", None)
    status = getattr(answer, "status", None) if status is None else status
    return status if isinstance(status, int) else None


def _body_of(answer: Any) -> Union[str, bytes, None]:
    try:
        body = answer[2] if isinstance(answer, tuple) else getattr(answer, "content", None)
        body = answer.read(_BODY_CHARS_MAX) if body is None and hasattr(answer, "read") else body
    except Exception:
        # An error without its body is still an error: the status must do.
        return None
    return body if isinstance(body, (str, bytes)) else None


_UNSENT = re.compile(r"^(ConnectionRefusedError|gaierror|ConnectError|ConnectTimeout|NewConnectionError|NameResolutionError)$")
_NO_TRUST = re.compile(r"^SSLCertVerificationError$")
_NO_TIME = re.compile(r"Timeout|^timeout$")
_NETWORK = re.compile(
    r"^(ConnectionError|URLError|SSLError|HTTPException|NetworkError|ProtocolError|TransportError|RemoteProtocolError)$"
)
_NETWORK_ERRNOS = frozenset((errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN))


def _failure_of_raised(error: BaseException, redacted: Redact, *, any_error: bool = False) -> Optional[Failure]:
    """A failure before or without an answer; None for what is none of the network's, unless any_error."""
    names: List[str] = []
    texts: List[str] = []
    errnos = set()
    link: Optional[BaseException] = error
    for _ in range(8):
        if link is None:
            break
        # By name along the bases, so that requests, httpx and urllib3 need not be there.
        names.extend(base.__name__ for base in type(link).__mro__)
        texts.append(str(link)[:2_048])
        errnos.add(getattr(link, "errno", None))
        inner = (getattr(link, "reason", None), link.__cause__, link.__context__, *link.args[:1])
        link = next((one for one in inner if isinstance(one, BaseException)), None)

    def is_any(pattern: Pattern[str]) -> bool:
        return any(pattern.search(name) for name in names)

    is_untrusted = is_any(_NO_TRUST)
    is_unsent = is_untrusted or is_any(_UNSENT)
    is_timeout = not is_unsent and is_any(_NO_TIME)
    is_network = is_unsent or is_any(_NETWORK) or bool(errnos & _NETWORK_ERRNOS)
    if not (is_network or is_timeout or any_error):
        return None
    is_hopeless = is_untrusted or not (is_timeout or is_network)
    code, what = (
        ("timeout", "No answer came in time")
        if is_timeout
        else ("connection_failed", "The connection failed")
        if is_network
        else ("unknown_error", "The request could not be sent")
    )
    details = _shorten(redacted(": ".join(dict.fromkeys(filter(None, texts)))), 500)
    return Failure(
        source="timeout" if is_timeout else "connection",
        status=None,
        code=code,
        message=f"{what}: {details}" if details else f"{what}.",
        advice="never" if is_hopeless else "backoff",
        action="contact" if is_hopeless else "wait",
        charged="no" if is_unsent else "unknown",
        processed="no" if is_unsent else "unknown",
    )


# --- The client ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Request:
    """What a transport is to send. The key is in no member: reveal_headers gives the headers with it."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: Optional[bytes]
    reveal_headers: Callable[[], Mapping[str, str]] = field(repr=False)


class Reply(Protocol):
    """As much of an answer as is needed; a response of http.client fits."""

    @property
    def status(self) -> int:
        ...

    @property
    def headers(self) -> Any:
        ...

    def read1(self, size: int) -> bytes:
        ...

    def close(self) -> None:
        ...


#: Sends once; raises where there is no answer. Any status is an answer. No redirect may be followed: it would have the key.
Transport = Callable[[Request, float], Reply]


class MisuseError(TypeError):
    """An operation that answers with events was called as one that does not, or the other way round."""


_ANSWER_BYTES_MAX = 64 * 1_048_576
_EVENT_BYTES_MAX = 1_048_576


class Client:
    """The API with its key. Every option of Handler is one of the client's, too.

    base_url: where the API is, with its base path. attempt_ms: for one attempt, until its answer has been read."""

    def __init__(
        self,
        api_key: str,
        base_url: str,
        *,
        attempt_ms: float = 10_000,
        transport: Optional[Transport] = None,
        new_key: Callable[[], str] = lambda: str(uuid.uuid4()),
        **options: Any,
    ) -> None:
        problem = _problem_of(api_key)
        if problem:
            del api_key
            raise ValueError(problem)
        self._secret = _Secret(api_key)
        del api_key
        if not re.match(r"https?://[^/]", base_url):
            raise ValueError("base_url is no absolute address: https://api.example.com" + BASE_PATH)
        if not 0 < attempt_ms < math.inf:
            raise ValueError("attempt_ms are milliseconds, above 0")
        self.handler = Handler(**options)
        self.handler._secret = self._secret
        self._base_url = base_url.rstrip("/")
        self._attempt_ms = attempt_ms
        self._transport = transport or UrllibTransport()
        self._new_key = new_key

    def __repr__(self) -> str:
        return f"<Client of {API} at {redact(self._base_url)}, key {self._secret.prefix}...>"

    def __reduce__(self) -> Tuple[Any, ...]:
        raise TypeError("a client is not pickled and not copied: make another one where it is needed")

    def call(
        self,
        method: str,
        path: str,
        json: Any = None,
        *,
        query: Optional[Mapping[str, Any]] = None,
        idempotency_key: Optional[str] = None,
        total_ms: Optional[float] = None,
    ) -> Any:
        """The answer's JSON (its text where it is none, None where it is empty); raises an ApiError. An Idempotency-Key goes
        with every call that takes one, the same for all attempts."""
        request, call = self._prepare(method, path, json, query, idempotency_key, total_ms)
        clock = self.handler._clock

        def attempt(left_ms: float) -> _Outcome[Any]:
            return self._send(request, min(self._attempt_ms, left_ms), lambda reply, until_ms: (
                self._answer_in(reply, until_ms, clock)
            ))

        ended = self.handler._perform(call, attempt)
        if isinstance(ended, ApiError):
            raise ended
        return ended

    def stream(
        self,
        method: str,
        path: str,
        json: Any = None,
        *,
        query: Optional[Mapping[str, Any]] = None,
        idempotency_key: Optional[str] = None,
        total_ms: Optional[float] = None,
    ) -> Iterator[Tuple[Optional[str], Any]]:
        """The events of an operation that answers with them: name, and data as JSON where it is that. Tried again until the
        first event is there; what breaks off later is raised, and so is a pause of more than 30 s between two pieces."""
        request, call = self._prepare(method, path, json, query, idempotency_key, total_ms)
        operation = operation_of(method, path)
        completion = operation.completion if operation else None

        def attempt(left_ms: float) -> _Outcome[_Events]:
            return self._send(request, min(self._attempt_ms, left_ms), lambda reply, _: (
                _events_of(reply, completion)
            ))

        ended = self.handler._perform(call, attempt)
        if isinstance(ended, ApiError):
            raise ended
        return self._events(call, ended)

    def _events(self, call: _Call, events: _Events) -> Iterator[Tuple[Optional[str], Any]]:
        failure: Optional[Failure] = None
        try:
            while failure is None:
                try:
                    event = events.next()
                except Exception as error:
                    event, failure = None, self._raised(error, "stream")
                if event is None:
                    break
                if event.name == "error":
                    failure = read_event_failure(event.data, events.header)
                elif event.data != "[DONE]":
                    yield event.name, _json_or_text(event.data)
        finally:
            events.close()
        if failure is not None:
            why = ("the stream had begun: it is not asked for again",)
            broken = self.handler._given_up(call, _Judged(failure, Decision(why), 0), 1)
            # What a server said stays out of the frames that an error keeps.
            del events, event, failure
            raise broken

    def _prepare(
        self,
        method: str,
        path: str,
        body: Any,
        query: Optional[Mapping[str, Any]],
        idempotency_key: Optional[str],
        total_ms: Optional[float],
    ) -> Tuple[Request, _Call]:
        if not re.fullmatch(r"/[!-~]*", path):
            raise ValueError("path begins with / and is written for an address: use urllib.parse.quote")
        operation = operation_of(method, path)
        if idempotency_key is None and operation is not None and operation.idempotency:
            idempotency_key = self._new_key()
        headers = {"Accept": "text/event-stream, application/json", "User-Agent": f"{API.lower()}-errors-python"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        if idempotency_key is not None:
            headers["Idempotency-Key"] = idempotency_key
        asked = urlencode({name: value for name, value in (query or {}).items() if value is not None}, doseq=True)
        url = self._base_url + path + (f"?{asked}" if asked else "")
        sent = None if body is None else _json_text(body).encode("utf-8", "replace")
        secret = self._secret
        request = Request(
            method, url, headers, sent, lambda: {**headers, KEY_HEADER: KEY_SCHEME + secret.reveal()}
        )
        base_path = urlsplit(self._base_url).path
        parameters = {"query": query, "body": body} if query else {} if body is None else {"body": body}
        call = self.handler._call_of(method, path, idempotency_key, parameters, total_ms)
        return request, replace(call, path=base_path + path)

    def _send(
        self,
        request: Request,
        timeout_ms: float,
        read: Callable[[Reply, float], Union[Result, Failure]],
    ) -> _Outcome[Result]:
        ended = self._sent(request, timeout_ms, read)
        if isinstance(ended, BaseException):
            # Without the frames that it came through, which hold the headers.
            raise ended.with_traceback(None)
        return ended

    def _sent(
        self,
        request: Request,
        timeout_ms: float,
        read: Callable[[Reply, float], Union[Result, Failure]],
    ) -> Union[_Outcome[Result], BaseException]:
        clock = self.handler._clock
        until_ms = clock.monotonic_ms() + timeout_ms
        try:
            reply = self._transport(request, timeout_ms)
            header = _header_of(reply.headers)
            if 200 <= reply.status < 300:
                result = read(reply, until_ms)
                if isinstance(result, Failure):
                    return _Outcome(failure=result, header=header)
                return _Outcome(result=result, header=header)
            body = _text_of(_read_bounded(reply, _BODY_CHARS_MAX, until_ms, clock))
            failure = read_failure(reply.status, header, body, request.method, clock.wall_ms())
            return _Outcome(failure=failure, header=header)
        except MisuseError as error:
            return error
        except Exception as error:
            return _Outcome(failure=self._raised(error))
        except BaseException as error:
            return error

    def _raised(self, error: Exception, source: Optional[str] = None) -> Failure:
        failure = _failure_of_raised(error, self._secret.redact, any_error=True)
        assert failure is not None
        return replace(failure, source=source) if source else failure

    @staticmethod
    def _answer_in(reply: Reply, until_ms: float, clock: Clock) -> Any:
        if _is_event_stream(reply):
            reply.close()
            raise MisuseError("this operation answers with events: use stream in place of call")
        body = _read_bounded(reply, _ANSWER_BYTES_MAX + 1, until_ms, clock)
        if len(body) > _ANSWER_BYTES_MAX:
            raise ValueError(f"the answer is larger than {_ANSWER_BYTES_MAX} bytes")
        return _json_or_text(body.decode("utf-8-sig", "replace")) if body else None


def _read_bounded(reply: Reply, bytes_max: int, until_ms: float, clock: Clock) -> bytes:
    """What comes after that many bytes is not read."""
    pieces: List[bytes] = []
    length = 0
    try:
        while length < bytes_max:
            piece = reply.read1(min(65_536, bytes_max - length))
            if not piece:
                # http.client takes a body that breaks off for whole.
                if getattr(reply, "length", None):
                    raise IncompleteRead(b"")
                break
            pieces.append(piece)
            length += len(piece)
            if clock.monotonic_ms() >= until_ms:
                raise TimeoutError("the body took too long")
    finally:
        reply.close()
    return b"".join(pieces)


def _json_or_text(text: str) -> Any:
    found = _from_json(text)
    return text if found is None and text.strip() != "null" else found


# --- Server-sent events (WHATWG HTML, 9.2) ---------------------------------------------------------

#: Between two pieces of a stream that has begun.
_PIECE_S = 30.0


@dataclass(frozen=True)
class _Event:
    name: Optional[str]
    data: str


def _is_event_stream(reply: Reply) -> bool:
    return _header_of(reply.headers)("content-type").lower().startswith("text/event-stream")


class _Events:
    """The events of an answer, one by one."""

    def __init__(self, reply: Reply, completion: Optional[Tuple[str, str]]) -> None:
        self.header = _header_of(reply.headers)
        self.close = reply.close
        self._reply = reply
        self._completion = completion
        self._is_whole = completion is None
        self._text = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self._lines: Deque[str] = deque()
        self._rest = ""
        self._next: Optional[_Event] = None
        self._is_over = False

    def peek(self) -> Optional[_Event]:
        if self._next is None:
            self._next = self._read()
        return self._next

    def next(self) -> Optional[_Event]:
        """None at the end; raises where it ends without the event that the contract ends it with."""
        event, self._next = self.peek(), None
        if event is None and not self._is_whole:
            raise ConnectionError("the stream ended without its last event")
        return event

    def _read(self) -> Optional[_Event]:
        name: Optional[str] = None
        data: List[str] = []
        for line in iter(self._line, None):
            if line == "":
                if data:
                    return self._told(_Event(name, "\n".join(data)))
                name = None
                continue
            label, _, value = line.partition(":")
            value = value[1:] if value.startswith(" ") else value
            if label == "event":
                name = value or None
            elif label == "data":
                data.append(value)
        return None

    def _told(self, event: _Event) -> _Event:
        said = {"event": event.name, "data": event.data}
        ends = self._completion is not None and said[self._completion[0]] == self._completion[1]
        self._is_whole = self._is_whole or ends or event.name == "error"
        return event

    def _line(self) -> Optional[str]:
        while not self._lines:
            if self._is_over:
                return None
            piece = self._reply.read1(65_536)
            self._is_over = not piece
            text = self._rest + self._text.decode(piece)
            # A CR at the end may be half of a line break.
            cut = len(text) - 1 if text.endswith("\r") and piece else len(text)
            lines = re.split(r"\r\n|\r|\n", text[:cut])
            self._rest = lines.pop() + text[cut:]
            self._lines.extend(lines)
            if len(self._rest) > _EVENT_BYTES_MAX:
                raise ValueError(f"an event of more than {_EVENT_BYTES_MAX} bytes")
        return self._lines.popleft()


def _events_of(reply: Reply, completion: Optional[Tuple[str, str]]) -> Union[_Events, Failure]:
    """A stream that begins with its error is a failure like any other: nothing has been handed on."""
    if not _is_event_stream(reply):
        reply.close()
        raise MisuseError("this operation answered without events: use call in place of stream")
    events = _Events(reply, completion)
    first = events.peek()
    if first is None or first.name != "error":
        getattr(reply, "begin_pieces", lambda seconds: None)(_PIECE_S)
        return events
    reply.close()
    failure = read_event_failure(first.data, events.header)
    is_at_the_door = re.search("overload|rate_limit", f"{failure.code} {failure.type}")
    return replace(failure, processed="no") if is_at_the_door else failure


# --- Over urllib: the proxies of the environment, the machine's certificates, and no redirect --------


class _AnyStatus(HTTPErrorProcessor):
    """Every answer is an answer: none is raised, and no redirect is followed, which would have the key."""

    def http_response(self, request: UrllibRequest, response: Any) -> Any:
        return response

    https_response = http_response


class _InTime(io.RawIOBase):
    """The bytes of a socket, as long as there is time: a server that sends one now and then holds nobody up for ever."""

    def __init__(self, sock: Any, until_s: float) -> None:
        self._sock = sock
        self._raw = sock.makefile("rb", buffering=0)
        self.until_s = until_s
        #: Of a stream that has begun: for each piece.
        self.piece_s: Optional[float] = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> Optional[int]:
        left_s = self.piece_s or self.until_s - time.monotonic()
        if left_s <= 0:
            raise TimeoutError("timed out")
        self._sock.settimeout(left_s)
        return cast(Optional[int], self._raw.readinto(buffer))

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Answer(HTTPResponse):
    def __init__(self, until_s: float, sock: Any, *args: Any, **options: Any) -> None:
        super().__init__(sock, *args, **options)
        self.fp.close()
        self._in_time = _InTime(sock, until_s)
        self.fp = io.BufferedReader(self._in_time)

    def begin_pieces(self, piece_s: float) -> None:
        self._in_time.piece_s = piece_s


class _Opening(HTTPHandler, HTTPSHandler):
    """Connections whose answers know how long they may take."""

    def __init__(self, context: Optional[ssl.SSLContext]) -> None:
        super().__init__(context=context)
        self._trust = context

    def http_open(self, req: UrllibRequest) -> Any:
        return self.do_open(partial(self._connect, HTTPConnection), req)

    def https_open(self, req: UrllibRequest) -> Any:
        return self.do_open(partial(self._connect, HTTPSConnection), req, context=self._trust)

    @staticmethod
    def _connect(kind: Any, host: str, timeout: float, **options: Any) -> Any:
        connection = kind(host, timeout=timeout, **options)
        connection.response_class = partial(_Answer, time.monotonic() + timeout)
        return connection


class UrllibTransport:
    """One connection a call. context: where the machine's own certificates will not do."""

    def __init__(self, context: Optional[ssl.SSLContext] = None) -> None:
        self._opener = build_opener(_AnyStatus(), _Opening(context))

    def __call__(self, request: Request, timeout_ms: float) -> Reply:
        asked = UrllibRequest(request.url, request.body, method=request.method)
        for name, value in request.reveal_headers().items():
            asked.add_unredirected_header(name, value)
        return cast(Reply, self._opener.open(asked, timeout=max(timeout_ms, 1) / 1_000))


_default_handler: List[Handler] = []


def handle(send: Callable[[], Result], **about: Any) -> Result:
    """Handler.handle, of one handler for the whole process."""
    if not _default_handler:
        _default_handler.append(Handler())
    return _default_handler[0].handle(send, **about)
