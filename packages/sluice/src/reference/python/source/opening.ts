/** Python: what the file stands on, before anything of one API's own. */
export const imports = `
from __future__ import annotations

import codecs
import errno
import io
import itertools
import json
import logging
import math
import re
import secrets
import ssl
import threading
import time
import uuid
from collections import deque
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal
from email.utils import parsedate_to_datetime
from functools import partial
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection, IncompleteRead
from random import SystemRandom
from types import MappingProxyType
from typing import (
    Any,
    Callable,
    Deque,
    Dict,
    Generic,
    Iterable,
    Iterator,
    List,
    Mapping,
    NamedTuple,
    Optional,
    Pattern,
    Protocol,
    Tuple,
    Type,
    TypeVar,
    Union,
    cast,
)
from urllib.error import HTTPError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import HTTPErrorProcessor, HTTPHandler, HTTPSHandler, build_opener
from urllib.request import Request as UrllibRequest
`;

/** What the tables of the contract are made of. */
export const forms = `
# --- The contract --------------------------------------------------------------------------------


class CodeFacts(NamedTuple):
    """What is to be known of a code. retry: never, wait (as long as the server says) or backoff."""

    status: int
    type: Optional[str]
    retry: str
    action: str
    charged: str
    conditions: Tuple[str, ...]
    user_message: str


class Operation(NamedTuple):
    """path: a pattern, after the base path. completion: the event or the data that a stream ends with."""

    name: str
    method: str
    path: str
    idempotency: bool
    completion: Optional[Tuple[str, str]]


class Window(NamedTuple):
    """At most limit calls in any window_ms milliseconds; by plan, where it depends on it. operations: None for all."""

    name: str
    limit: Union[int, Dict[str, int]]
    window_ms: int
    operations: Optional[Tuple[str, ...]]
`;
