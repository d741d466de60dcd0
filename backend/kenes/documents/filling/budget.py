"""How much a template may repeat and produce: one that asks for more is cut off while it runs."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from typing import Any, Final, Self

from jinja2 import nodes

MAX_FILLED_BYTES: Final = 8 * 1024 * 1024
# The longest letter repeats about two hundred rows; three loops over 300 rows would run 27 million times.
MAX_REPETITIONS: Final = 50_000
MAX_SECONDS: Final = 10
# The filter that every list of a loop goes through.
COUNTED: Final = "_counted"

_local: Final = threading.local()


class OutOfBudget(Exception):
    """The template repeats or produces more than any letter does, or takes too long."""


class Budget:
    """What is left for the letter that this thread fills."""

    def __init__(self) -> None:
        self.repetitions, self.produced = 0, 0
        self.ends = time.monotonic() + MAX_SECONDS

    def __enter__(self) -> Self:
        _local.budget = self
        return self

    def __exit__(self, *exception: object) -> None:
        _local.budget = None

    @staticmethod
    def current() -> Budget:
        """The budget of the letter being filled; a new one outside of any."""
        found: Budget | None = getattr(_local, "budget", None)
        return found or Budget()

    def repeat(self) -> None:
        """Count one repetition. Raises OutOfBudget."""
        self.repetitions += 1
        if self.repetitions > MAX_REPETITIONS:
            raise OutOfBudget("repetitions")
        if self.repetitions % 256 == 0 and time.monotonic() > self.ends:
            raise OutOfBudget("seconds")

    def gather(self, chunks: Iterable[str]) -> bytes:
        """Join what a template produces, as UTF-8. Raises OutOfBudget as soon as it is too much."""
        kept: list[bytes] = []
        for chunk in chunks:
            piece = chunk.encode("utf-8", "replace")
            self.produced += len(piece)
            if self.produced > MAX_FILLED_BYTES:
                raise OutOfBudget("bytes")
            kept.append(piece)
        return b"".join(kept)


def counted(value: Any) -> Iterator[Any]:
    """The members of a list, each paid from the budget."""
    budget = Budget.current()
    for one in value:
        budget.repeat()
        yield one


def bind(tree: nodes.Template) -> nodes.Template:
    """Send the list of every loop of a checked template through `counted`."""
    for loop in tree.find_all(nodes.For):
        loop.iter = nodes.Filter(loop.iter, COUNTED, [], [], None, None, lineno=loop.lineno)
        if loop.environment is not None:
            loop.iter.set_environment(loop.environment)
    return tree
