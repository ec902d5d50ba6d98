"""Mentova with an HTTP library of your own: here urllib, but requests or httpx would do as well."""

import json
import os
import urllib.request
from pathlib import Path
from typing import Any

from mentova_errors import ApiError, Handler, PlanRequiredError

home = Path(os.environ.get("SLUICE_HOME", Path(__file__).parents[2] / ".sluice"))
demo = json.loads((home / "demo.json").read_text())["mentova"]
handler = Handler()  # with api_key=, the log record has its prefix


def get(path: str, key: str, **headers: str) -> Any:
    def send() -> Any:
        asked = urllib.request.Request(demo["baseUrl"] + path, headers={"X-API-Key": demo["keys"][key], **headers})
        return urllib.request.urlopen(asked, timeout=10)

    with handler.handle(send, method="GET", path=path) as answer:
        return json.load(answer)


print("brands:", ", ".join(brand["name"] for brand in get("/brands", "agency")["data"]))
for key, path in (("free", "/brands"), ("revoked", "/brands"), ("agency", "/brands/nothing")):
    try:
        get(path, key)
    except PlanRequiredError as error:
        print(f"{key}: {error.user_message} ({error.action})")
    except ApiError as error:
        print(f"{key}: {error.code}, {'again later' if error.retryable else 'as it is, it fails again'}")

# A refusal that a test key asks for: the API says to wait for a minute, so the call fails now and says until when.
try:
    get("/brands", "test", **{"Sluice-Simulate": "RATE_LIMITED"})
except ApiError as error:
    print(f"test: {error.code}, {error.why[-1]}, again at {error.retry_at}")
