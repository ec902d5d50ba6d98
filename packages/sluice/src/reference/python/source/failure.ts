/** Python: what went wrong as plain data, and the one error that a caller gets, which cannot hold the key. */
export const failure = `
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
`;
