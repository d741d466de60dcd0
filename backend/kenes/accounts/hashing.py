"""Password hashing takes a third of a second of one core on purpose; this keeps a wave of it from holding everybody up."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from kenes.accounts.errors import SignInBusy

# Per process: one hash is computed, two requests may wait for it. The other threads stay free for other people.
_PLACES: Final = 3
_WAIT_SECONDS: Final = 5.0
_queue = threading.BoundedSemaphore(_PLACES)
_running = threading.Lock()


@contextmanager
def turn() -> Iterator[None]:
    """The turn to compute one password hash. SignInBusy at once when all places to wait are taken."""
    if not _queue.acquire(blocking=False):
        raise SignInBusy(retry_after=1)
    try:
        if not _running.acquire(timeout=_WAIT_SECONDS):
            raise SignInBusy(retry_after=2)
        try:
            yield
        finally:
            _running.release()
    finally:
        _queue.release()
