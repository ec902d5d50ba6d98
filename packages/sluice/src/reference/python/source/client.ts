/** Python: the handler with the key, over urllib. */
export const client = `
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
`;
