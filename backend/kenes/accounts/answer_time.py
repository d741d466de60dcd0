"""Answers that take as long for unknown people as for known ones."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings


@contextmanager
def floor() -> Iterator[None]:
    """The block takes at least SIGN_IN_ANSWER_FLOOR_SECONDS, whether it ends well or raises."""
    started = time.monotonic()
    try:
        yield
    finally:
        time.sleep(max(0.0, settings.SIGN_IN_ANSWER_FLOOR_SECONDS - (time.monotonic() - started)))
