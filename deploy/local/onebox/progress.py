"""Messages to the person at the terminal.

Everything goes to stderr: stdout belongs to results (the address, scores, reports).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Trouble(Exception):
    """Something a person has to mend; the text says what and how. Ends the program with code 1."""


def say(text: str) -> None:
    """Print one progress line. A terminal that is gone (after HUP) must not stop the stopping."""
    with suppress(OSError):
        print(text, file=sys.stderr, flush=True)


@contextmanager
def step(text: str) -> Iterator[None]:
    """Announce a piece of work and say how many seconds it took."""
    say(f"{text} ...")
    started = time.monotonic()
    yield
    say(f"{text}: done in {time.monotonic() - started:.1f} s")


def tail(text: str, lines: int = 15) -> str:
    """The last lines of a log, indented for a message."""
    return "\n".join("    " + line for line in text.strip().splitlines()[-lines:])
