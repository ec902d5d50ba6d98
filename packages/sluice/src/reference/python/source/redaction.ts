/** Python: what must not be seen, taken out of texts and data. The same rules as the TypeScript client's. */
export const redaction = String.raw`
# --- What must not be seen -----------------------------------------------------------------------

_HIDDEN = "[redacted]"
_SHOWN_CHARS_MAX = 4_096

#: What is known to be secret by the looks of it, whosever it is, and what to put in its place.
_PATTERNS = (
    (
        r"\b([Bb]earer|[Bb]asic|BEARER|BASIC)\s+(?=\S*(?:[\d=]|[a-z][A-Z]))[\w.~+/=:-]{8,}",
        r"\1 " + _HIDDEN,
    ),
    (r"(?i)\b([sprw]k[-_])[\w-]{8,}", r"\1..."),
    (r"\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*", _HIDDEN),
    (r"(://)[^\s/?#@\"]{1,256}@", r"\1" + _HIDDEN + "@"),
    (
        r"(?i)([?&;][\w.-]{0,32}(?:key|token|secret|password|signature)=)[^&\s\"'#]*",
        r"\1" + _HIDDEN,
    ),
    (
        r"(?i)(\"[\w-]{0,32}(?:password|secret|token|api.?key|authorization)\"\s{0,8}:\s{0,8}\")"
        r"(?:[^\"\\]|\\.)*",
        r"\1" + _HIDDEN,
    ),
)
_LOOKS_SECRET = tuple((re.compile(looks, re.ASCII), shown) for looks, shown in _PATTERNS)
_SECRET_NAME = re.compile(
    r"authorization|pass(word|wd|phrase)|secret|token|(api|access|private).?key|credential|cookie|signature",
    re.IGNORECASE,
)


def redact(text: str) -> str:
    """A text without keys of this API, and without what everybody knows to be a secret."""
    # Halves of a character, as JSON can write them, are what no log and no terminal takes.
    text = text.encode("utf-8", "replace").decode()
    for prefix in KEY_PREFIXES:
        text = re.sub(re.escape(prefix) + "[A-Za-z0-9_-]+", prefix + "...", text)
    for looks, shown in _LOOKS_SECRET:
        text = looks.sub(shown, text)
    return text


class _Secret:
    """The key, as two halves that say nothing alone: no attribute, no local and no dump of memory by name has it."""

    __slots__ = ("prefix", "_halves")

    def __init__(self, key: str) -> None:
        plain = key.encode()
        pad = secrets.token_bytes(len(plain))
        #: What may be shown: the first ten characters, and never more than a quarter of the key.
        self.prefix = key[: min(10, len(key) // 4)]
        self._halves = (pad, bytes(one ^ other for one, other in zip(plain, pad)))

    def reveal(self) -> str:
        """The key, for the one header that carries it."""
        return bytes(one ^ other for one, other in zip(*self._halves)).decode()

    def redact(self, text: str) -> str:
        """A text without the key, whole or cut off, and without whatever else looks like a secret."""
        key = self.reveal()
        shown = self.prefix + "..."
        for form in (key, quote(key, safe="!*'()~")):
            text = text.replace(form, shown)
        # Whatever goes on as the key begins: a text may have been cut within the key. Less than six also begins words.
        beginning = key[: max(len(self.prefix), 6)]
        if len(beginning) >= 6:
            text = re.sub(re.escape(beginning) + r"[^\s\"',;&]+", lambda _: shown, text)
        return redact(text)

    def __repr__(self) -> str:
        return f"<key {self.prefix}...>"

    def __reduce__(self) -> Tuple[Any, ...]:
        raise TypeError("a key is not pickled: make the client anew from where the key is kept")


def _problem_of(api_key: str) -> Optional[str]:
    """In words that do not have the key."""
    if not isinstance(api_key, str) or api_key == "":
        return "api_key is missing"
    if not re.fullmatch(r"[!-~]+", api_key):
        return "api_key has characters that no key has: a line break or a space at its end, perhaps"
    return None


Redact = Callable[[str], str]


def _shorten(text: str, chars_max: int) -> str:
    return text if len(text) <= chars_max else text[: chars_max - 1] + "…"


def _shown(value: Any, redacted: Redact) -> Any:
    """A copy of any value as plain data that holds no secrets, and no more than a log can bear."""
    left = 256

    def copy(one: Any, depth: int) -> Any:
        nonlocal left
        if isinstance(one, str):
            return redacted(_shorten(one, 1_024))
        if one is None or isinstance(one, (bool, int, float)):
            return one
        left -= 1
        if left < 0 or depth > 6:
            return "…"
        if isinstance(one, (list, tuple)):
            return [copy(item, depth + 1) for item in one[:32]]
        if not isinstance(one, Mapping):
            return f"[{type(one).__name__}]"
        shown = {}
        for name, member in itertools.islice(one.items(), 32):
            # Counts of tokens are no tokens.
            is_count = isinstance(member, (int, float)) and not isinstance(member, bool)
            is_hidden = _SECRET_NAME.search(str(name)) is not None and not is_count
            shown[redacted(_shorten(str(name), 128))] = _HIDDEN if is_hidden else copy(member, depth + 1)
        return shown

    safe = copy(value, 0)
    text = _json_text(safe)
    return safe if len(text) <= _SHOWN_CHARS_MAX else _shorten(text, _SHOWN_CHARS_MAX)


def _json_text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _from_json(text: str) -> Any:
    """None for what is no JSON, as for what says null."""
    try:
        return json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        return None


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is no JSON")
`;
