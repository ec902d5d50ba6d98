/** Python: the contract's windows, counted by what this process sent, so that nothing leaves that would be refused. */
export const pacing = `
# --- Pacing --------------------------------------------------------------------------------------

#: How much later than another one call may reach the server, at most: room is used so much later than it comes.
_WAY_MS = 250.0
#: So many times are kept of a window at most; beyond it calls share one, that of the newest of them.
_TIMES_MAX = 2_048


class _Log:
    """One window of the contract: an exact log of the calls that left. What the server says corrects it."""

    def __init__(self, window: Window, plan: Optional[str]) -> None:
        self.window = window
        by_plan = window.limit if isinstance(window.limit, dict) else {}
        self.limit = by_plan.get(plan or "") if by_plan else cast(int, window.limit)
        self.held_until_ms = 0.0
        self._left: Deque[List[float]] = deque()
        self._count = 0

    def counts(self, operation: Optional[str]) -> bool:
        return self.window.operations is None or operation in self.window.operations

    def wait_ms(self, now_ms: float) -> float:
        while self._left and self._until_ms <= now_ms:
            self._count -= int(self._left.popleft()[1])
        is_full = self.limit is not None and self._count >= self.limit
        return max(self.held_until_ms - now_ms, self._until_ms - now_ms if is_full else 0.0)

    @property
    def _until_ms(self) -> float:
        return self._left[0][0] + self.window.window_ms + _WAY_MS

    def sent(self, now_ms: float) -> None:
        share = math.ceil((self.limit or 1) / _TIMES_MAX)
        if self._left and (self._left[-1][1] < share or len(self._left) >= 2 * _TIMES_MAX):
            self._left[-1] = [now_ms, self._left[-1][1] + 1]
        else:
            self._left.append([now_ms, 1])
        self._count += 1

    def learn(self, state: Optional[RateState], refused_ms: Optional[float], now_ms: float) -> None:
        if state is not None and state.limit:
            self.limit = state.limit
        is_empty = state is not None and state.remaining == 0
        reset_ms = state.reset_ms if state is not None else None
        # Our own calls do not explain it, so somebody else uses the key: only the server knows when there is room.
        is_shared = is_empty and (self.limit is None or self._count < self.limit)
        if refused_ms is not None and (state is None or is_empty):
            self.held_until_ms = max(self.held_until_ms, now_ms + refused_ms)
        elif is_shared and reset_ms is not None:
            self.held_until_ms = max(self.held_until_ms, now_ms + reset_ms)


class Pacer:
    """Calls wait here until every window that counts them has room."""

    def __init__(self, plan: Optional[str]) -> None:
        self._logs = [_Log(window, plan) for window in WINDOWS]

    def wait_ms(self, operation: Optional[str], now_ms: float) -> float:
        return max((log.wait_ms(now_ms) for log in self._logs if log.counts(operation)), default=0.0)

    def sent(self, operation: Optional[str], now_ms: float) -> None:
        for log in self._logs:
            if log.counts(operation):
                log.sent(now_ms)

    def answered(
        self,
        operation: Optional[str],
        states: List[RateState],
        refused_ms: Optional[float],
        now_ms: float,
    ) -> None:
        """refused_ms: how long a 429 said to wait. Headers speak of a window by its name, else of the first."""
        logs = [log for log in self._logs if log.counts(operation)]
        names = {log.window.name for log in logs}
        for index, log in enumerate(logs):
            about = [state for state in states if state.name == log.window.name]
            unnamed = [state for state in states if state.name not in names]
            told = about or (unnamed if index == 0 else [])
            log.learn(told[0] if told else None, refused_ms, now_ms)
`;
