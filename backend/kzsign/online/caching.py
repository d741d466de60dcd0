"""Answers kept for a while, and services left alone after they failed."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Protocol


class Cache(Protocol):
    """Where answers are kept. Keys are short ASCII and tell nothing about people. Failures stay inside."""

    def get(self, key: str) -> bytes | None:
        """What was put under the key, while its time lasts."""

    def put(self, key: str, value: bytes, seconds: int) -> None:
        """Keep the value for so long."""


class MemoryCache:
    """Answers in the memory of one process; the oldest go first when it is full."""

    def __init__(
        self,
        *,
        max_entries: int = 5_000,
        max_bytes: int = 32 << 20,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._kept: OrderedDict[str, tuple[float, bytes]] = OrderedDict()
        self._max_entries, self._max_bytes, self._clock = max_entries, max_bytes, clock
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, key: str) -> bytes | None:
        """What was put under the key, while its time lasts."""
        with self._lock:
            ends, value = self._kept.get(key, (0.0, b""))
            if not value:
                return None
            if self._clock() >= ends:
                self._drop(key)
                return None
            return value

    def put(self, key: str, value: bytes, seconds: int) -> None:
        """Keep the value for so long; one that is larger than the whole cache is not kept."""
        if not value or seconds <= 0 or len(value) > self._max_bytes:
            return
        with self._lock:
            if key in self._kept:
                self._drop(key)
            self._kept[key] = (self._clock() + seconds, value)
            self._bytes += len(value)
            while self._bytes > self._max_bytes or len(self._kept) > self._max_entries:
                self._drop(next(iter(self._kept)))

    def _drop(self, key: str) -> None:
        self._bytes -= len(self._kept.pop(key)[1])


class Breaker:
    """Leaves a service alone for `pause` seconds after `failures` failures in a row, then lets one call try."""

    def __init__(
        self, *, failures: int = 3, pause: float = 30.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._limit, self._pause, self._clock = failures, pause, clock
        self._failed: dict[str, int] = {}
        self._closed_until: dict[str, float] = {}
        self._lock = threading.Lock()

    def allows(self, service: str) -> bool:
        """Whether to call it now. After the pause one caller gets True and the others wait for what he finds."""
        with self._lock:
            until = self._closed_until.get(service)
            if until is None:
                return True
            now = self._clock()
            if now < until:
                return False
            self._closed_until[service] = now + self._pause
            return True

    def succeeded(self, service: str) -> None:
        """The service answered."""
        with self._lock:
            self._failed.pop(service, None)
            self._closed_until.pop(service, None)

    def failed(self, service: str) -> None:
        """The service did not answer, or not usefully."""
        with self._lock:
            count = self._failed.get(service, 0) + 1
            self._failed[service] = count
            if count >= self._limit:
                self._closed_until[service] = self._clock() + self._pause
