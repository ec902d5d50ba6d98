/** Python: what headers say about when to come back, in every dialect that is spoken. */
export const hints = String.raw`
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
`;
