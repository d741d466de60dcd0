"""Remembering what was installed, so that the second start does nothing twice."""

from __future__ import annotations

import fcntl
import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from onebox.paths import BUILDS
from onebox.progress import say


def digest(files: Iterable[Path], *words: str) -> str:
    """SHA-256 over the names and contents of files, and over words such as versions."""
    total = hashlib.sha256()
    for word in words:
        total.update(word.encode() + b"\0")
    for file in sorted(files):
        total.update(str(file).encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def is_fresh(stamp: Path, wanted: str) -> bool:
    """Whether the stamp file holds the wanted digest."""
    return stamp.is_file() and stamp.read_text().strip() == wanted


def write_stamp(stamp: Path, value: str) -> None:
    """Write the stamp after the work succeeded."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(value + "\n")


@contextmanager
def only_one(name: str) -> Iterator[None]:
    """Hold a lock of the checkout, so that two starts do not install at the same time."""
    BUILDS.mkdir(exist_ok=True)
    with (BUILDS / f"{name}.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"Waiting for another start that is busy with: {name}")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
