"""For upstreams behind the Sluice gateway: who calls, believed only where the gateway has signed it; and the way to
report the end of a job. One file, the standard library only, Python 3.9 or later, for any framework.

    verifier = Verifier({"main": os.environ["SLUICE_SECRET"]})

    result = verifier.verify(self.command, self.path, self.headers)      # http.server
    if isinstance(result, Refused):
        return self.send_error(401)
    print(result.caller["accountId"], result.request_id)

HTTP message signatures (RFC 9421) with HMAC-SHA256, in the one form that the gateway writes.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from typing import Any, Callable, Iterable, Mapping, Optional, Tuple, Union

__all__ = ["JobEndError", "Refused", "Verified", "Verifier", "report_job_end"]

#: How far the clocks of the two sides may be apart, and how long a captured request could be sent again.
CREATED_WINDOW_SECONDS = 300
#: A shorter secret could be guessed by trying.
SECRET_BYTES_MIN = 32

_CALLER_COMPONENTS = '("@method" "@path" "@query" "sluice-caller" "x-request-id")'
_JOB_END_COMPONENTS = '("@method" "@path" "content-digest")'
_SECRET_ID = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
_INPUT = re.compile(
    r"sluice=("
    + re.escape(_CALLER_COMPONENTS)
    + r';created=([0-9]{1,12});keyid="([A-Za-z0-9_.:-]{1,64})";alg="hmac-sha256")'
)
_SIGNATURE = re.compile(r"sluice=:([A-Za-z0-9+/]{43}=):")

Headers = Union[Mapping[str, str], Iterable[Tuple[str, str]]]


@dataclass(frozen=True)
class Verified:
    """The caller as the gateway knows it: accountId, keyId, environment, plan, limits, operation; workspaceId and
    projectId where the key belongs to one."""

    caller: Mapping[str, Any]
    request_id: str


@dataclass(frozen=True)
class Refused:
    """Answer 401. The advice is for a log, not for the caller."""

    #: "missing", "malformed", "unknown_secret", "not_now" or "mismatch"
    reason: str
    advice: str


_ADVICE = {
    "missing": "no signature: the request did not come through the gateway",
    "malformed": "the signed headers are not as the gateway writes them: something on the way changed or doubled them",
    "unknown_secret": "signed with a secret that is not among yours: give each by the id that the gateway uses",
    "not_now": "signed more than 300 s away from this machine's time: a repeated request, or clocks that differ",
    "mismatch": "the signature is not of this request: another secret of that id, or method, path or query was rewritten",
}


class Verifier:
    """Checks what the gateway has signed: the method, the path, the query, the caller and the request id; not the body.

    A request that was captured can be sent again for 300 s: an upstream that must not do work twice remembers
    request ids.
    """

    def __init__(self, secrets: Mapping[str, str], now: Callable[[], float] = time.time) -> None:
        """secrets: the gateway's secrets by id; while one is being replaced, both. now: seconds since the epoch."""
        if not secrets:
            raise ValueError("no secrets: give the gateway's secret by its id")
        self._secrets = {_checked_id(id): _checked_secret(secret) for id, secret in secrets.items()}
        self._now = now

    def verify(self, method: str, url: str, headers: Headers) -> Union[Verified, Refused]:
        """url: path and query exactly as on the request line, before any framework decodes or rewrites them.

        In WSGI that is REQUEST_URI or RAW_URI where the server has it; in ASGI, scope["raw_path"] and
        scope["query_string"], decoded as latin-1. headers: a mapping, or pairs where a header may stand twice.
        """
        found = _lower(headers)
        given_input = found.get("signature-input")
        given = found.get("signature")
        if given_input is None or given is None:
            return _refuse("missing")
        form = _INPUT.fullmatch(given_input)
        signature = _SIGNATURE.fullmatch(given)
        caller = found.get("sluice-caller")
        request_id = found.get("x-request-id")
        if form is None or signature is None or caller is None or request_id is None:
            return _refuse("malformed")
        parameters, created, secret_id = form.groups()
        secret = self._secrets.get(secret_id)
        if secret is None:
            return _refuse("unknown_secret")
        if abs(self._now() - int(created)) > CREATED_WINDOW_SECONDS:
            return _refuse("not_now")
        path, mark, query = url.partition("?")
        base = (
            f'"@method": {method}\n"@path": {path}\n"@query": ?{query}\n'
            f'"sluice-caller": {caller}\n"x-request-id": {request_id}\n"@signature-params": {parameters}'
        )
        try:
            expected = _sign(secret, base)
        except UnicodeEncodeError:
            return _refuse("malformed")
        if not hmac.compare_digest(expected, signature.group(1)):
            return _refuse("mismatch")
        return Verified(caller=json.loads(caller), request_id=request_id)


class JobEndError(Exception):
    """The gateway did not take the report. A report that is `retryable` can be sent again later as it is."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(f"the gateway answered {status} to the end of a job: {said[:200]}")
        self.status = status
        self.retryable = status == 429 or status >= 500


def report_job_end(
    gateway_url: str,
    secret_id: str,
    secret: str,
    request_id: str,
    outcome: str,
    credits: Optional[int] = None,
    timeout: float = 10.0,
    now: Callable[[], float] = time.time,
) -> Mapping[str, Any]:
    """Tells the gateway's internal listener how a job ended: outcome is "completed" or "failed".

    Without credits, a job that completed costs all that was held for it. Sends once; report again after a JobEndError
    that is retryable and after an OSError: ending a job twice ends it once. timeout is in seconds.
    """
    if outcome not in ("completed", "failed"):
        raise ValueError('outcome must be "completed" or "failed"')
    if credits is not None and outcome == "failed":
        raise ValueError("a job that failed costs nothing: leave credits out")
    told = {"outcome": outcome} if credits is None else {"outcome": outcome, "credits": credits}
    body = json.dumps(told, separators=(",", ":")).encode("ascii")
    url = f"{gateway_url.rstrip('/')}/jobs/{urllib.parse.quote(request_id, safe='')}"
    digest = "sha-256=:" + base64.b64encode(hashlib.sha256(body).digest()).decode("ascii") + ":"
    parameters = (
        f'{_JOB_END_COMPONENTS};created={int(now())};keyid="{_checked_id(secret_id)}";alg="hmac-sha256"'
    )
    path = urllib.parse.urlsplit(url).path
    base = (
        f'"@method": POST\n"@path": {path}\n"content-digest": {digest}\n"@signature-params": {parameters}'
    )
    request = urllib.request.Request(
        url,
        data=body,
        method="POST",
        headers={
            "Content-Type": "application/json",
            "Content-Digest": digest,
            "Signature-Input": f"sluice={parameters}",
            "Signature": f"sluice=:{_sign(_checked_secret(secret), base)}:",
        },
    )
    try:
        with urllib.request.urlopen(request, timeout=timeout) as response:
            answer: Mapping[str, Any] = json.loads(response.read())
            return answer
    except urllib.error.HTTPError as error:
        with error:
            raise JobEndError(error.code, error.read().decode("utf-8", "replace")) from None


def _sign(secret: bytes, base: str) -> str:
    return base64.b64encode(hmac.digest(secret, base.encode("latin-1"), "sha256")).decode("ascii")


def _refuse(reason: str) -> Refused:
    return Refused(reason, _ADVICE[reason])


def _lower(headers: Headers) -> dict[str, str]:
    """By lower-case name. A header that stands there twice is joined, so that it is nothing the gateway has written."""
    items = getattr(headers, "items", None)
    pairs: Iterable[Tuple[str, str]] = items() if callable(items) else headers  # type: ignore[assignment]
    found: dict[str, str] = {}
    for name, value in pairs:
        lower = name.lower()
        found[lower] = f"{found[lower]}, {value}" if lower in found else value
    return found


def _checked_id(id: str) -> str:
    if _SECRET_ID.fullmatch(id) is None:
        raise ValueError(f'the secret id {id!r} must be 1 to 64 letters, digits, or any of "_.:-"')
    return id


def _checked_secret(secret: str) -> bytes:
    key = secret.encode("utf-8")
    if len(key) < SECRET_BYTES_MIN:
        raise ValueError(
            f"a secret has at least {SECRET_BYTES_MIN} bytes, this one has {len(key)}: "
            "make one with `openssl rand -base64 48`"
        )
    return key
