/** Python: one call as its caller means it, what is said of it, and why it may not even be sent. */
export const call = `
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
`;
