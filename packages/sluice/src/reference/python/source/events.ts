/** Python: server-sent events, read one by one. */
export const events = String.raw`
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
`;
