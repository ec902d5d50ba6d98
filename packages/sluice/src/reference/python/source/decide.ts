/** Python: wait and try again, or stop: the same rules and formulas as the TypeScript client's. */
export const decide = `
# --- Wait and try again, or stop -----------------------------------------------------------------

Random = Callable[[], float]


class Clock:
    """The machine's clocks, in milliseconds. Tests hand in one of their own."""

    def monotonic_ms(self) -> float:
        return time.monotonic() * 1_000

    def wall_ms(self) -> float:
        return math.floor(time.time() * 1_000)

    def sleep_ms(self, ms: float) -> None:
        time.sleep(ms / 1_000)


@dataclass(frozen=True)
class Situation:
    """Everything that the decision depends on besides the failure."""

    #: The one that failed, from 1.
    attempt: int
    attempts_max: int
    #: Until the call's deadline.
    time_left_ms: float
    #: A longer wait fails at once, so that the caller can plan with it.
    wait_max_ms: float
    #: A safe method, or an Idempotency-Key that the server accepts.
    can_repeat: bool
    #: Asked last, and only if everything else says yes: asking spends.
    budget: RetryBudget


@dataclass(frozen=True)
class Decision:
    """wait_ms where the call is to be tried again; else retry_after_ms, as far as anybody knows."""

    why: Tuple[str, ...]
    wait_ms: Optional[float] = None
    retry_after_ms: Optional[float] = None
    #: What the budget paid.
    cost: float = 0


def decide(failure: Failure, situation: Situation, random: Random) -> Decision:
    """Retry-After is a lower bound and never clipped: jitter comes on top, and a wait past the deadline stops now."""
    told_ms = failure.hints.wait_ms
    why = [f"{failure.code}: {failure.advice}"]

    def stop(reason: str, retry_after_ms: Optional[float]) -> Decision:
        return Decision((*why, reason), None, retry_after_ms)

    objection = _objection_to(failure, situation.can_repeat)
    if objection:
        return stop(objection, told_ms)
    if situation.attempt >= situation.attempts_max:
        return stop(f"attempt {situation.attempt} of {situation.attempts_max}", told_ms)

    # A wait of zero names no wait, it only says that the time does not matter: callers must still spread.
    if told_ms:
        wait_ms = told_ms + random() * min(told_ms * 0.1, 2_000)
    elif failure.advice == "wait" and told_ms is None:
        wait_ms = throttled_ms(situation.attempt, random)
    else:
        wait_ms = transient_ms(situation.attempt, random)
    # What the server said without our jitter: it alone is what must fit.
    least_ms = told_ms or wait_ms
    told = "backoff" if told_ms is None else (failure.hints.wait_from or "wait").title()
    why.append(f"{told} {_in_words(wait_ms if told_ms is None else told_ms)}")
    if least_ms > situation.wait_max_ms:
        return stop(f"longest wait {_in_words(situation.wait_max_ms)}", least_ms)
    if wait_ms >= situation.time_left_ms:
        return stop(f"deadline in {_in_words(situation.time_left_ms)}", least_ms)
    budget = situation.budget
    cost = budget.take(told_ms is not None)
    why.append(f"budget {budget.tokens:g} of {budget.tokens_max:g}")
    if cost == 0:
        return stop("retry budget is spent", told_ms)
    return Decision(tuple(why), wait_ms, None, cost)


def _objection_to(failure: Failure, can_repeat: bool) -> Optional[str]:
    """Why this failure must not be retried at all, whatever there is left of time, attempts and budget."""
    if failure.action in ("top_up", "upgrade") or failure.status == 402:
        return "needs payment"
    should_retry = failure.hints.should_retry
    if should_retry is False:
        return "the server vetoes a retry"
    if failure.advice == "never" and should_retry is not True:
        return "would fail again"
    return None if can_repeat or not _may_be_done(failure) else "might happen twice"


def _may_be_done(failure: Failure) -> bool:
    """For all that anybody knows: then only what the server knows again is repeated."""
    if failure.processed == "no":
        return False
    # Only a contract can vouch that nothing was charged; and what it says of a code, the server may overrule.
    overruled = failure.advice == "never" and failure.hints.should_retry is True
    vouched = failure.source == "answer" and bool(failure.conditions) and not overruled
    return not (vouched and failure.charged == "no")


def transient_ms(attempt: int, random: Random) -> float:
    """Full jitter: of all the ways to spread callers it sends the fewest requests."""
    return max(20, random() * _doubled(200, attempt, 8_000))


def throttled_ms(attempt: int, random: Random) -> float:
    """Without the lower half: an early retry is certainly refused."""
    return (0.5 + random() / 2) * _doubled(1_000, attempt, 30_000)


def _doubled(base_ms: float, attempt: int, cap_ms: float) -> float:
    return min(cap_ms, base_ms * 2.0 ** min(attempt - 1, 64))


def _in_words(ms: float) -> str:
    if ms < 1_000:
        return f"{math.floor(ms + 0.5)} ms"
    seconds = Decimal(ms / 1_000).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{float(seconds):.15g} s"


class RetryBudget:
    """Retries that fail may be a tenth of what succeeds: else every outage is multiplied when the server can bear it least."""

    tokens_max = 50.0

    def __init__(self) -> None:
        self.tokens = self.tokens_max

    def take(self, is_told: bool) -> float:
        """Pays for a retry, less where the server named the wait; 0 where it cannot."""
        cost = 1.0 if is_told else 5.0
        if self.tokens < cost:
            return 0.0
        self.tokens -= cost
        return cost

    def succeeded(self, retries_cost: float) -> None:
        """The call's own retries were worth it, so they were free."""
        self.tokens = min(self.tokens_max, self.tokens + (retries_cost or 0.5))
`;
