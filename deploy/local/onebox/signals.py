"""INT, TERM and HUP, and what `make` hides of them.

A program started in the background by a script has INT ignored; handlers are therefore set
explicitly. GNU make, hit by INT or HUP itself (not its whole process group), does not pass the
signal on: it puts its own handler back to the default and waits for us. That change shows in
/proc, and is taken as the signal.
"""

from __future__ import annotations

import ctypes
import os
import signal
from pathlib import Path
from types import FrameType

from onebox.supervisor import PR_SET_PDEATHSIG

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stop(BaseException):
    """Raised at the point of work when a signal asks to stop; not an error."""


class Signals:
    """Notes that a stop was asked for."""

    def __init__(self) -> None:
        self.asked = False
        self._raise = True
        self._make = os.getppid() if _name(os.getppid()) in ("make", "gmake") else None
        self._caught = _caught_by(self._make)

    def install(self) -> None:
        """Handle INT, TERM and HUP, also where they were ignored; end when make is killed."""
        for number in STOPPING:
            signal.signal(number, self._handle)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)
        if self._make is not None:
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)

    def quietly(self) -> None:
        """From now on signals are only noted: cleaning up must not be interrupted."""
        self._raise = False

    def stop_asked(self) -> bool:
        """Whether to stop, by a signal to us or to make."""
        if self._make is not None and self._caught & ~_caught_by(self._make):
            self.asked = True
        return self.asked

    def _handle(self, number: int, frame: FrameType | None) -> None:
        first = not self.asked
        self.asked = True
        if first and self._raise:
            raise Stop


def _name(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""


def _caught_by(pid: int | None) -> int:
    """Bit mask of the stop signals that the process has handlers for; all of them when it is gone."""
    if pid is None:
        return 0
    wanted = sum(1 << (number - 1) for number in STOPPING)
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("SigCgt:"):
                return int(line.split()[1], 16) & wanted
    except OSError:
        pass
    return 0
