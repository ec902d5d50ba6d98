/** Python: the way to the network. */
export const overUrllib = `
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
`;
