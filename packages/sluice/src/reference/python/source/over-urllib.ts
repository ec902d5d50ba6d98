/** Python: the way to the network. */
export const overUrllib = `
# --- Over urllib: the proxies of the environment, the machine's certificates, and no redirect --------


class _AnyStatus(HTTPErrorProcessor):
    """Every answer is an answer: none is raised, and no redirect is followed, which would have the key."""

    def http_response(self, request: UrllibRequest, response: Any) -> Any:
        return response

    https_response = http_response


class UrllibTransport:
    """One connection a call. context: where the machine's own certificates will not do."""

    def __init__(self, context: Optional[ssl.SSLContext] = None) -> None:
        self._opener = build_opener(_AnyStatus(), HTTPSHandler(context=context))

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
