"""Every refusal of Mavera handled in one place: what the user reads, what the log keeps, and what only a person can mend."""

import json
import os
import sys
from pathlib import Path

from mavera_errors import ApiError, BudgetExceededError, Client, CreditsExhaustedError

home = Path(os.environ.get("SLUICE_HOME", Path(__file__).parents[2] / ".sluice"))
demo = json.loads((home / "demo.json").read_text())["mavera"]


def ask(key: str, text: str) -> str:
    """The answer, or what to tell the user."""
    mavera = Client(demo["keys"][key], demo["baseUrl"], plan="starter")
    try:
        answer = mavera.call("POST", "/responses", json={"model": "mavera-1", "input": text})
        return f"{answer['usage']['credits_used']} credits"
    except (CreditsExhaustedError, BudgetExceededError) as error:
        return f"{error.user_message} (tell the owner: {error.action})"
    except ApiError as error:
        print(json.dumps(error.to_log()), file=sys.stderr)  # what support asks for; never the key
        return error.user_message


def listen(key: str, text: str) -> str:
    """The same as a stream, event by event."""
    mavera = Client(demo["keys"][key], demo["baseUrl"])
    body = {"model": "mavera-1", "input": text, "stream": True}
    words = []
    for name, data in mavera.stream("POST", "/responses", json=body):
        if name == "response.output_text.delta":
            words.append(data["delta"])
    return "".join(words)


for key in ("starter", "exhausted", "overBudget", "revoked", "viewer"):
    print(f"{key}: {ask(key, 'Hello')}")
print(f"a stream: {listen('enterprise', 'Hello')}")
