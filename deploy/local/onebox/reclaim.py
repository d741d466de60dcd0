"""Finds and ends processes of a run folder that no supervisor looks after any more.

Every process of a stack carries `KENES_RUN_DIR=<folder>` in its environment. Children are found as
descendants; PostgreSQL and nginx write over their environment block, so theirs, when their parent
is gone, are found by name and working folder.
"""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from onebox.paths import RunFolder
from onebox.progress import say

MARK = "KENES_RUN_DIR"


def leftovers(run: RunFolder, *, spare: frozenset[int] = frozenset()) -> set[int]:
    """Process ids that belong to the run folder, except this process and its ancestors."""
    mark = f"{MARK}={run.path}".encode()
    parents = _parents()
    mine = set(spare)
    process = os.getpid()
    while process > 0:
        mine.add(process)
        process = parents.get(process, 0)
    found = {pid for pid in parents if pid not in mine and _belongs(pid, mark, run.path)}
    grown = True
    while grown:
        more = {pid for pid, parent in parents.items() if parent in found and pid not in mine}
        grown = not more <= found
        found |= more
    return found


def end_leftovers(run: RunFolder, *, patience: float = 12.0) -> int:
    """End what is left: wait a little for an orderly end, then TERM, INT for PostgreSQL, KILL.

    Returns how many processes had to be ended. Processes that were already stopping by
    themselves (their supervisor was killed a moment ago) get the first part of the time.
    """
    remaining = leftovers(run)
    if not remaining:
        return 0
    count = len(remaining)
    say(f"Ending {count} processes that an earlier start left behind")
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGKILL):
        for pid in remaining:
            _signal(pid, number)
        deadline = time.monotonic() + patience / 2
        while remaining and time.monotonic() < deadline:
            time.sleep(0.1)
            remaining = leftovers(run)
        if not remaining:
            break
    return count


def _signal(pid: int, number: int) -> None:
    try:
        os.kill(pid, number)
    except (ProcessLookupError, PermissionError):
        return


def _parents() -> dict[int, int]:
    """Process id to parent id of every process; threads of the kernel and zombies left out."""
    table = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            words = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if words[0] not in "ZX":
            table[int(entry.name)] = int(words[1])
    return table


def _belongs(pid: int, mark: bytes, folder: Path) -> bool:
    try:
        if mark in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0"):
            return True
        name = Path(f"/proc/{pid}/comm").read_text().strip()
        inside = Path(f"/proc/{pid}/cwd").readlink()
    except OSError:
        return False
    return (name, inside) in {("postgres", folder / "postgres" / "data"), ("nginx", folder / "nginx")}
