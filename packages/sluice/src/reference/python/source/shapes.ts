/** Python: error bodies of any API, read without a contract. */
export const shapes = String.raw`
# --- Error bodies of any API: many shapes, and yet always the same few facts under few names -------


def _shape(value: Any, depth: int = 0) -> Dict[str, Optional[str]]:
    """Nested, flat, problem+json (RFC 9457), lists of errors."""
    if isinstance(value, str):
        return {"message": _plain(value)}
    if isinstance(value, list) and value and depth <= 5:
        return _shape(value[0], depth + 1)
    if not isinstance(value, dict) or depth > 5:
        return {}
    # What is deeper says more: outside there is often nothing but a type that says error.
    nests = (value.get(name) for name in ("error", "errors", "detail", "source", "extensions"))
    inner = _shape(next((one for one in nests if isinstance(one, (dict, list))), None), depth + 1)
    error, errors, status, loc = (value.get(name) for name in ("error", "errors", "status", "loc"))
    codes = (value.get(name) for name in ("code", "error_code", "__type"))
    messages = (value.get(name) for name in ("message", "detail", "error_description", "msg", "title"))
    params = (value.get(name) for name in ("param", "field", "pointer"))
    ids = (value.get(name) for name in ("request_id", "requestId"))
    parts = [part if isinstance(part, str) else _json_text(part) for part in loc[1:10]] if isinstance(loc, list) else []
    field = next(iter(errors), None) if isinstance(errors, dict) else None
    return {
        "code": inner.get("code")
        or _first(_code(one) for one in codes if one != status)
        or _problem_code(value.get("type"))
        or _wordy_code(error)
        or _wordy_code(status),
        "type": inner.get("type") or _plain(value.get("type")),
        "message": inner.get("message") or _first(map(_plain, messages)) or _plain(error),
        "param": inner.get("param") or _first(map(_plain, params)) or _plain(".".join(parts)) or _plain(field),
        "request_id": _first(map(_plain, ids)) or inner.get("request_id"),
    }


def _first(texts: Iterable[Optional[str]]) -> Optional[str]:
    return next((text for text in texts if text is not None), None)


def _plain(value: Any) -> Optional[str]:
    one = value[0] if isinstance(value, list) and value else value
    return one.strip()[:1_000] or None if isinstance(one, str) else None


def _code(value: Any) -> Optional[str]:
    """A code is one word, or a number of the API's own; AWS puts a name space and a # in front."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(int(value) if value == int(value) else value) if value >= 1_000 else None
    if not isinstance(value, str):
        return None
    found = re.fullmatch(r"(?:[\w.]+#)?([A-Za-z][\w.:-]{0,99})|([0-9]{4,})", value, re.ASCII)
    return (found[1] or found[2]) if found else None


def _wordy_code(value: Any) -> Optional[str]:
    """What may be a code or a sentence is a code only where it cannot be a sentence."""
    is_wordy = isinstance(value, str) and re.fullmatch(r"[A-Za-z]\w*_\w+", value, re.ASCII)
    return _code(value) if is_wordy else None


def _problem_code(kind: Any) -> Optional[str]:
    found = re.search(r"[/#]([\w.-]{1,100})/?\Z", kind, re.ASCII) if isinstance(kind, str) else None
    return _code(found[1]) if found else None


def _page_text(body: str) -> Optional[str]:
    """The title of a proxy's page, or plain text on one line; None for what nobody wants to read."""
    start = body[:2_048].strip()
    if start.startswith("<"):
        title = re.search(r"<(title|h1|message)[^<>]{0,99}>([^<]+)", start, re.IGNORECASE)
        start = title[2] if title else ""
    line = " ".join(start.split())
    return None if re.search(r"[^\t\x20-\x7e\xa0-\U0010ffff]", line) else _plain(line[:300])
`;
