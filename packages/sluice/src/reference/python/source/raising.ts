/** Python: a failure as the error that its caller gets, with the record for the log. */
export const raising = `
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
`;
