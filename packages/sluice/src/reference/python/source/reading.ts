/** Python: an answer that is no success, read with the contract, and as well as can be where it is somebody else's. */
export const reading = `
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
`;
