"""Starting `stack.py` and `make` for tests, and looking at what they leave."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]
STACK = [sys.executable, str(PROJECT / "deploy" / "local" / "stack.py")]


def start(
    command: Sequence[str],
    log: Path,
    *,
    ignore_interrupt: bool = False,
    environment: Mapping[str, str] | None = None,
) -> subprocess.Popen[bytes]:
    """Start in a process group of its own, with stdout and stderr in files beside `log`."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("KENES_", "MAKE", "MFLAGS"))
    }

    def prepare() -> None:
        os.setsid()
        if ignore_interrupt:
            signal.signal(signal.SIGINT, signal.SIG_IGN)

    with log.with_suffix(".out").open("wb") as out, log.with_suffix(".err").open("wb") as err:
        return subprocess.Popen(
            command,
            cwd=PROJECT,
            env={**kept, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            preexec_fn=prepare,
        )


def wait_until(condition: Callable[[], bool], seconds: float, what: str) -> None:
    """Wait for a condition or fail naming it."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"waited {seconds} s for: {what}"
        time.sleep(0.1)


def marked(folder: Path) -> list[str]:
    """Command lines of processes that carry the mark of a run folder, or work inside it."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            text = (entry / "environ").read_bytes() + (entry / "cmdline").read_bytes()
            inside = str((entry / "cwd").readlink())
        except OSError:
            continue
        if str(folder).encode() in text or inside.startswith(str(folder)):
            found.append(f"{entry.name} {(entry / 'cmdline').read_bytes()!r}")
    return found
