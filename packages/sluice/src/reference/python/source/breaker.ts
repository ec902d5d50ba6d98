/** Python: the breaker of one operation, in stages, as in the TypeScript client. */
export const breaker = `
# --- The breaker of one operation ----------------------------------------------------------------


class Admission:
    """What a breaker lets a call do: pass, pass_without_retries, probe, or refuse. Known again by identity."""

    def __init__(self, kind: str, retry_after_ms: float = 0) -> None:
        self.kind = kind
        self.retry_after_ms = retry_after_ms


class _Tally:
    """How many calls ended lately and how many failed, in slots of time that the clock empties."""

    slot_ms = 3_000.0
    slots_max = 40

    def __init__(self) -> None:
        self.slots: Deque[List[int]] = deque(maxlen=self.slots_max)

    def add(self, now_ms: float, failed: bool) -> None:
        number = math.floor(now_ms / self.slot_ms)
        if not self.slots or self.slots[-1][0] != number:
            self.slots.append([number, 0, 0])
        self.slots[-1][1] += 1
        self.slots[-1][2] += failed

    @property
    def is_clean(self) -> bool:
        return not any(failed for _, _, failed in self.slots)

    def sum(self, now_ms: float, slots: int) -> Tuple[int, int]:
        since = math.floor(now_ms / self.slot_ms) - slots
        recent = [slot for slot in self.slots if slot[0] > since]
        return sum(slot[1] for slot in recent), sum(slot[2] for slot in recent)


class Breaker:
    """A server that fails partly gets no more retries, and if more than half fails, fewer first tries too, in proportion. A
    server that fails five times in a row is down: it gets nothing but a probe now and then. Answers below 500 (429 among
    them) say nothing about health, nor does a failure that the next try mends."""

    _slots = 10
    _window_ms = 30_000.0
    _cooldown_ms = 1_000.0
    _cooldown_max_ms = 4_000.0
    _probe_lease_ms = 30_000.0

    def __init__(self, on_change: Callable[[str], None] = lambda state: None) -> None:
        self.state = "closed"
        self._on_change = on_change
        self._tally = _Tally()
        self._streak = self._openings = self._good = self._bad = 0
        self._failed_ms = self._until_ms = self._not_before_ms = self._luck = 0.0
        self._probe: Optional[Admission] = None
        self._probe_until_ms = 0.0
        #: New ones at each closing: what was answered before is old news.
        self._passes = (Admission("pass"), Admission("pass_without_retries"))

    @property
    def _is_open(self) -> bool:
        return self.state in ("open", "half_open")

    def ask(self, now_ms: float, random: Random) -> Admission:
        """Before each call."""
        self._luck = random()
        return self._ask_open(now_ms) if self._is_open else self._ask_closed(now_ms)

    def ask_again(self, asked: Admission, now_ms: float) -> Admission:
        """Before each further try of a call."""
        if not self._is_open or asked is self._probe:
            return asked
        wait_ms = self._wait_ms(now_ms)
        return _refuse(wait_ms if wait_ms > 0 else self._cooldown_ms)

    def tell(self, outcome: str, now_ms: float, wait_ms: float, asked: Admission) -> None:
        """success, failure or ignored; wait_ms: what the server said to wait."""
        failed = outcome == "failure"
        if failed:
            self._not_before_ms = max(self._not_before_ms, now_ms + wait_ms)
        if self._is_open:
            if self._probe is None or asked is not self._probe:
                return
            self._probe = None
            if outcome != "ignored":
                self._tell_probe(failed, now_ms)
        elif outcome != "ignored" and asked in self._passes:
            self._tell_closed(failed, now_ms)

    def _ask_closed(self, now_ms: float) -> Admission:
        if self._tally.is_clean:
            self._move("closed")
            return self._passes[0]
        total, failed = self._tally.sum(now_ms, self._slots)
        requests, lost = self._tally.sum(now_ms, self._tally.slots_max)
        # Google's SRE book, "Handling overload": a server may get twice what it answers.
        shed = 0.0 if requests < 20 else (2 * lost - requests) / (requests + 1)
        is_strained = shed > 0 or (total >= 10 and failed >= total * 0.5)
        self._move("shedding" if shed > 0 else "no_retries" if is_strained else "closed")
        if self._luck < min(0.5, shed):
            self._tally.add(now_ms, True)
            return _refuse(self._cooldown_ms)
        return self._passes[1 if is_strained else 0]

    def _ask_open(self, now_ms: float) -> Admission:
        if self.state == "open":
            wait_ms = self._wait_ms(now_ms)
            if wait_ms > 0:
                return _refuse(wait_ms)
            self._good = self._bad = 0
            self._move("half_open")
        lease_ms = self._probe_until_ms - now_ms
        if self._probe is not None and lease_ms > 0:
            return _refuse(min(self._cooldown_ms, lease_ms))
        self._probe_until_ms = now_ms + self._probe_lease_ms
        self._probe = Admission("probe")
        return self._probe

    def _wait_ms(self, now_ms: float) -> float:
        return max(self._until_ms, self._not_before_ms) - now_ms

    def _tell_probe(self, failed: bool, now_ms: float) -> None:
        """A first probe that fails ends the matter; later ones are judged together: three good ones of four close it."""
        if failed:
            self._bad += 1
        else:
            self._good += 1
        if self._good == 0:
            self._open(now_ms)
        elif self._good >= 3 or self._bad > 1:
            self._streak = self._openings = 0
            self._not_before_ms = 0.0
            self._passes = (Admission("pass"), Admission("pass_without_retries"))
            self._move("closed")

    def _tell_closed(self, failed: bool, now_ms: float) -> None:
        self._tally.add(now_ms, failed)
        if not failed or now_ms - self._failed_ms > self._window_ms:
            self._streak = 0
        if not failed:
            self._not_before_ms = 0.0
            return
        self._failed_ms = now_ms
        self._streak += 1
        if self._streak >= 5 and not self._is_accident(now_ms):
            self._open(now_ms)

    def _is_accident(self, now_ms: float) -> bool:
        """Whether so many in a row can well be the luck of a server that fails as often as this one did before."""
        total, failed = self._tally.sum(now_ms, self._slots)
        before, failed_before = total - self._streak, failed - self._streak
        if before < 10 or failed_before <= 0:
            return False
        return bool(min(0.9, failed_before / before) ** self._streak > 0.001)

    def _open(self, now_ms: float) -> None:
        spread = 1 + 0.2 * (2 * self._luck - 1)
        self._openings += 1
        self._until_ms = now_ms + spread * _doubled(self._cooldown_ms, self._openings, self._cooldown_max_ms)
        self._move("open")

    def _move(self, state: str) -> None:
        if state != self.state:
            self.state = state
            self._on_change(state)


def _refuse(ms: float) -> Admission:
    return Admission("refuse", math.ceil(ms))


class _NoBreaker(Breaker):
    """Lets everything pass, and draws no lot."""

    def ask(self, now_ms: float, random: Random) -> Admission:
        return self._passes[0]

    def tell(self, outcome: str, now_ms: float, wait_ms: float, asked: Admission) -> None:
        pass


_NO_BREAKER = _NoBreaker()
`;
