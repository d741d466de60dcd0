"""Runs lists of commands side by side, in one loop that also sees signals."""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from onebox import commands
from onebox.paths import PROJECT
from onebox.progress import say
from onebox.signals import Signals, Stop


@dataclass(frozen=True)
class Part:
    """A named list of commands; it fails with the first that fails. `lane` is what it may run beside."""

    name: str
    commands: Sequence[Sequence[str]]
    folder: Path = PROJECT
    lane: str = "alone"
    by_default: bool = True


@dataclass(frozen=True)
class Result:
    """How a part ended."""

    name: str
    good: bool
    seconds: float


class Lane:
    """Parts that run one after another. `quiet` holds output back until a part is done."""

    def __init__(self, parts: Sequence[Part], *, quiet: bool) -> None:
        self.results: list[Result] = []
        self.process: subprocess.Popen[bytes] | None = None
        self._parts = list(parts)
        self._waiting: list[Sequence[str]] = []
        self._output: IO[bytes] | None = tempfile.TemporaryFile() if quiet else None  # noqa: SIM115  (lives as long as the lane)
        self._next_part()

    @property
    def done(self) -> bool:
        """Whether every part has a result."""
        return not self._parts

    def look(self) -> None:
        """Go on when the present command has ended."""
        if self.done or (self.process is not None and self.process.poll() is None):
            return
        code = self.process.returncode if self.process is not None else 0
        if code == 0 and self._waiting:
            self._start(self._waiting.pop(0))
            return
        part = self._parts.pop(0)
        self._show(part, code)
        self.results.append(Result(part.name, code == 0, time.monotonic() - self._began))
        self._next_part()

    def _next_part(self) -> None:
        self.process = None
        self._began = time.monotonic()
        self._waiting = list(self._parts[0].commands) if self._parts else []
        if self._parts and self._output is None:
            say(f"\n=== {self._parts[0].name}")

    def _start(self, command: Sequence[str]) -> None:
        say(f"--- {self._parts[0].name}: {' '.join(command)}")
        self.process = subprocess.Popen(
            command,
            cwd=self._parts[0].folder,
            stdin=subprocess.DEVNULL,
            stdout=self._output,
            stderr=subprocess.STDOUT if self._output else None,
            start_new_session=True,
        )

    def _show(self, part: Part, code: int) -> None:
        if self._output is not None:
            self._output.seek(0)
            text = self._output.read().decode(errors="replace").strip()
            self._output.seek(0)
            self._output.truncate()
            print(f"\n=== {part.name}\n{text}", flush=True)
        if code != 0:
            say(f"--- {part.name} failed with code {code}")


def run_lanes(signals: Signals, lanes: Sequence[Sequence[Part]]) -> list[Result]:
    """Run the lanes side by side to their ends; a stop ends their commands and is passed on."""
    running = [Lane(parts, quiet=len(lanes) > 1) for parts in lanes if parts]
    try:
        while not all(lane.done for lane in running):
            if signals.stop_asked():
                raise Stop
            for lane in running:
                lane.look()
            time.sleep(0.05)
    except Stop:
        signals.quietly()
        for lane in running:
            if lane.process is not None and lane.process.poll() is None:
                with suppress(OSError):
                    commands.end_group(lane.process, patience=90)
        raise
    return [result for lane in running for result in lane.results]
