/** Python: what a callable gave or raised, whichever HTTP library it uses. */
export const callables = `
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
`;
