"""Processor time of both sides, which the load of the machine changes little: the application's processes and PostgreSQL's."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

import psycopg

_TICKS: Final = os.sysconf("SC_CLK_TCK")


def of_tree(root: int) -> float:
    """Seconds of a process and its children, also of those that have ended and were waited for."""
    parents = {}
    for place in Path("/proc").iterdir():
        if place.name.isdigit() and (told := _stat(int(place.name))):
            parents[int(place.name)] = told
    seconds, wanted = 0.0, [root]
    while wanted:
        one = wanted.pop()
        if one in parents:
            seconds += parents[one][1]
            wanted += [pid for pid, (parent, _own) in parents.items() if parent == one]
    return seconds


def _stat(pid: int) -> tuple[int, float] | None:
    """The parent, and seconds with those of ended children; None when the process is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return int(fields[1]), sum(map(int, fields[11:15])) / _TICKS


def of_server(url: str) -> Callable[[], float]:
    """Seconds of the whole PostgreSQL so far, whose backends are children of one process; 0 when it is not on this machine."""
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT pg_backend_pid()").fetchone()
        told = _stat(row[0]) if row else None
    main = told[0] if told else 0
    return lambda: of_tree(main) if main > 1 else 0.0
