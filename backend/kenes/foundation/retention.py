"""Registry of what is deleted or made anonymous after its time. The terms themselves are data of `accounts`.

An app registers, under the key of a rule, the function that does its part: it gets the moment before which things are
too old and answers how many it took. It may run twice and in parallel, and must then find nothing left to do.
"""

from collections.abc import Callable
from datetime import datetime

Run = Callable[[datetime], int]

_runs: dict[str, list[Run]] = {}


def register(key: str, run: Run) -> None:
    """Let `run(before)` belong to the rule `key`; several apps may share a rule."""
    runs = _runs.setdefault(key, [])
    if run not in runs:
        runs.append(run)


def runs_of(key: str) -> list[Run]:
    """Everything registered for the rule, in order of registration."""
    return list(_runs.get(key, ()))


def keys() -> frozenset[str]:
    """Keys of all rules for which something is registered."""
    return frozenset(_runs)
