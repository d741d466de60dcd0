"""One supervised program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

# Started in this order and stopped in the reverse one.
GROUPS = ("backing", "app", "edge")


@dataclass(frozen=True)
class Program:
    """What supervisord runs, and how to tell that it is there."""

    name: str
    group: str
    command: Sequence[str]
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    prefix: Sequence[str] = ()
    port: int | None = None
    stop_signal: str = "TERM"
    stop_seconds: int = 10
