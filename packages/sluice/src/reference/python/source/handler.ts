/** Python: the order of one call around any callable: breaker, turn, send, read, decide; then wait, or give up. */
export const handler = `
# --- The order of one call -----------------------------------------------------------------------

Result = TypeVar("Result")

ATTEMPTS_MAX = 5
_BREAKERS_MAX = 1_000

@dataclass
class _Outcome(Generic[Result]):
    """Of one attempt: what the callable gave, or why it is a failure."""

    result: Optional[Result] = None
    failure: Optional[Failure] = None
    header: Optional[Header] = None


@dataclass(frozen=True)
class _Judged:
    failure: Failure
    decision: Decision
    retries_cost: float
    #: Whether an attempt before this one may have been done, and charged.
    may_be_done_before: bool = False


class Handler:
    """Retries, waits and gives up for all calls that are made through it. One for a process: its budget, its breakers and its
    log of what left are shared by all threads.

    api_key: to keep it out of texts, and for its prefix in the log record; it is not sent. attempts: 1 to 5. total_ms: for a
    call with all its attempts and waits. wait_max_ms: a server that says to wait longer is not waited for. pace: calls wait
    for room in the contract's windows. breaker: a server that is down is spared. plan: the key's, where limits depend on it.
    user_messages: by code or by action, in place of the pages'. on_event: hears of each attempt that failed, each call given
    up and each breaker; see log_to. clock, random: for tests."""

    def __init__(
        self,
        *,
        api_key: Optional[str] = None,
        attempts: int = 3,
        total_ms: float = 30_000,
        wait_max_ms: float = 120_000,
        pace: bool = True,
        breaker: bool = True,
        plan: Optional[str] = None,
        user_messages: Mapping[str, str] = MappingProxyType({}),
        on_event: Optional[Listener] = None,
        clock: Optional[Clock] = None,
        random: Random = SystemRandom().random,
    ) -> None:
        problem = None if api_key is None else _problem_of(api_key)
        self._secret = None if api_key is None or problem else _Secret(api_key)
        del api_key
        if problem:
            raise ValueError(problem)
        if not 1 <= attempts <= ATTEMPTS_MAX:
            raise ValueError(f"attempts is {attempts}; give 1 to {ATTEMPTS_MAX}")
        if not (0 < total_ms < math.inf and 0 < wait_max_ms < math.inf):
            raise ValueError("total_ms and wait_max_ms are milliseconds, above 0")
        if plan is not None and plan not in PLANS:
            raise ValueError(f"{API} has no plan {plan!r}; it has {', '.join(PLANS)}")
        unread = [name for name in user_messages if name not in ERRORS and name not in _USER_MESSAGES]
        if unread:
            raise ValueError(f"user_messages: {unread[0]!r} is neither a code nor an action of {API}")
        self._attempts_max = attempts
        self._total_ms = total_ms
        self._wait_max_ms = wait_max_ms
        self._user_messages = dict(user_messages)
        self._on_event = on_event
        self._clock = clock or Clock()
        self._random = random
        self._budget = RetryBudget()
        self._pacer = Pacer(plan) if pace else None
        self._has_breakers = breaker
        self._breakers: Dict[str, Breaker] = {}
        self._lock = threading.RLock()

    def handle(
        self,
        send: Callable[[], Result],
        *,
        method: str = "GET",
        path: str = "/",
        idempotency_key: Optional[str] = None,
        parameters: Any = None,
        total_ms: Optional[float] = None,
    ) -> Result:
        """Calls send until it goes well, and gives back what it gave; raises the ApiError that its last answer stands for.

        send: anything that returns status, headers and body, as a tuple or as a response of requests, httpx or urllib; or
        that raises what those raise. Bugs of its own come through as they are. It has its own timeout: nobody else can stop
        it. method, path: what it asks for, after the base path. idempotency_key: the one that it sends, each time the same:
        a POST is repeated only under one. parameters: for the log record."""

        redacted = self._secret.redact if self._secret else redact

        def attempt(_: float) -> _Outcome[Result]:
            return _tried(send, method, self._clock, redacted)

        call = self._call_of(method, path, idempotency_key, parameters, total_ms)
        ended = self._perform(call, attempt)
        if isinstance(ended, ApiError):
            raise ended
        return ended

    def _call_of(
        self,
        method: str,
        path: str,
        idempotency_key: Optional[str],
        parameters: Any,
        total_ms: Optional[float],
    ) -> _Call:
        operation = operation_of(method, path)
        is_taken = operation is not None and operation.idempotency
        return _Call(
            operation=operation.name if operation else None,
            method=method,
            path=path,
            can_repeat=method in _IDEMPOTENT or (idempotency_key is not None and is_taken),
            total_ms=self._total_ms if total_ms is None else total_ms,
            parameters=parameters,
        )

    def _perform(
        self, call: _Call, attempt: Callable[[float], _Outcome[Result]]
    ) -> Union[Result, ApiError]:
        """THE ORDER of one call. Answers its error, so that nothing that was thrown on the way stays with it."""
        clock = self._clock
        deadline_ms = clock.monotonic_ms() + call.total_ms
        breaker = self._breaker_of(call)
        with self._lock:
            first = breaker.ask(clock.monotonic_ms(), self._random)
        asked = first
        before: Optional[_Judged] = None
        attempts = untold = 0
        try:
            while True:
                attempts += 1
                outcome = self._try_once(call, asked, deadline_ms, attempt)
                now_ms = clock.monotonic_ms()
                if outcome.failure is None:
                    with self._lock:
                        breaker.tell("success", now_ms, 0, first)
                        self._budget.succeeded(before.retries_cost if before else 0)
                    return cast(Result, outcome.result)
                before = self._judge(outcome.failure, before, call, deadline_ms, attempts, asked)
                untold += outcome.failure.source != "client"
                wait_ms = before.decision.wait_ms
                # What a retry mends is no illness: the first failure is told with the second.
                if attempts > 1 or wait_ms is None:
                    with self._lock:
                        self._tell_failures(breaker, first, before.failure, untold, now_ms)
                    untold = 0
                if wait_ms is None:
                    is_unsent = outcome.failure.source == "client"
                    tries = attempts - 1 if is_unsent and attempts > 1 else attempts
                    return self._given_up(call, before, tries)
                clock.sleep_ms(wait_ms)
                with self._lock:
                    asked = breaker.ask_again(first, clock.monotonic_ms())
        finally:
            # For a probe of which nothing was told: its caller left.
            with self._lock:
                breaker.tell("ignored", clock.monotonic_ms(), 0, first)

    def _try_once(
        self,
        call: _Call,
        asked: Admission,
        deadline_ms: float,
        attempt: Callable[[float], _Outcome[Result]],
    ) -> _Outcome[Result]:
        if asked.kind == "refuse":
            return _Outcome(failure=_refused_here("unavailable", asked.retry_after_ms))
        late_ms = self._wait_for_turn(call, deadline_ms)
        if late_ms is not None:
            return _Outcome(failure=_refused_here("rate_limited", late_ms))
        outcome = attempt(deadline_ms - self._clock.monotonic_ms())
        if self._pacer is not None and outcome.header is not None:
            failure = outcome.failure
            is_rate = failure is not None and failure.status == 429 and failure.advice == "wait"
            refused_ms = failure.hints.wait_ms if failure is not None and is_rate else None
            states = read_rates(outcome.header, self._clock.wall_ms())
            with self._lock:
                self._pacer.answered(call.operation, states, refused_ms, self._clock.monotonic_ms())
        return outcome

    def _wait_for_turn(self, call: _Call, deadline_ms: float) -> Optional[float]:
        """Until every window has room; how long that would take where it is past the deadline."""
        while True:
            with self._lock:
                now_ms = self._clock.monotonic_ms()
                wait_ms = self._pacer.wait_ms(call.operation, now_ms) if self._pacer else 0.0
                if now_ms + wait_ms >= deadline_ms:
                    return wait_ms
                if wait_ms <= 0:
                    if self._pacer is not None:
                        self._pacer.sent(call.operation, now_ms)
                    return None
            self._clock.sleep_ms(wait_ms)

    def _judge(
        self,
        failure: Failure,
        before: Optional[_Judged],
        call: _Call,
        deadline_ms: float,
        attempts: int,
        asked: Admission,
    ) -> _Judged:
        is_here = failure.source == "client"
        # What the server said last tells more than that it was not asked again.
        if is_here and before is not None:
            why = (*before.decision.why, failure.message)
            return replace(before, decision=Decision(why, None, failure.hints.wait_ms))
        may_retry = not is_here and asked.kind != "pass_without_retries"
        situation = Situation(
            attempt=attempts,
            attempts_max=self._attempts_max if may_retry else attempts,
            time_left_ms=deadline_ms - self._clock.monotonic_ms(),
            wait_max_ms=self._wait_max_ms,
            can_repeat=call.can_repeat,
            budget=self._budget,
        )
        with self._lock:
            decision = decide(failure, situation, self._random)
        self._tell(
            {
                "event": "failed",
                "operation": call.operation,
                "attempt": attempts,
                "code": failure.code,
                "status": failure.status,
                "request_id": failure.request_id,
                "wait_ms": decision.wait_ms,
                "why": list(decision.why),
            }
        )
        retries_cost = (before.retries_cost if before else 0) + decision.cost
        doubtful = before is not None and (before.may_be_done_before or _may_be_done(before.failure))
        return _Judged(failure, decision, retries_cost, doubtful)

    def _given_up(self, call: _Call, judged: _Judged, attempts: int) -> ApiError:
        failure = judged.failure
        # What refused the last attempt cannot know what became of those before it.
        if judged.may_be_done_before and failure.charged == "no":
            failure = replace(failure, charged="unknown")
        error = _error_of(
            failure,
            now_ms=self._clock.wall_ms(),
            user_messages=self._user_messages,
            secret=self._secret,
            operation=call.operation,
            endpoint=f"{call.method} {call.path}",
            parameters=call.parameters,
            attempts=attempts,
            why=judged.decision.why,
            retry_after_ms=judged.decision.retry_after_ms,
        )
        self._tell({"event": "given_up", "operation": call.operation, **error.to_log()})
        return error

    def _breaker_of(self, call: _Call) -> Breaker:
        if not self._has_breakers:
            return _NO_BREAKER
        name = call.operation or f"{call.method} {call.path}"
        with self._lock:
            breaker = self._breakers.get(name)
            if breaker is None:
                breaker = Breaker(lambda state: self._tell({"event": "breaker", "operation": name, "state": state}))
                # Paths can be without number: then those that came first share their fate with none.
                if len(self._breakers) < _BREAKERS_MAX:
                    self._breakers[name] = breaker
            return breaker

    @staticmethod
    def _tell_failures(breaker: Breaker, asked: Admission, failure: Failure, times: int, now_ms: float) -> None:
        """Only what says that the server is not well counts: a refusal is an answer like any other."""
        is_ill = failure.source != "answer" or (failure.status or 0) >= 500
        for _ in range(times if is_ill and failure.source != "client" else 0):
            breaker.tell("failure", now_ms, failure.hints.wait_ms or 0, asked)

    def _tell(self, event: Mapping[str, Any]) -> None:
        if self._on_event is None:
            return
        try:
            self._on_event(event)
        except Exception:
            pass  # Whoever listens must not cost a call its answer.
`;
