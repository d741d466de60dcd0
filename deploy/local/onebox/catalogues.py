"""Compiles the gettext catalogues of the backend (`.mo` files are not committed)."""

from __future__ import annotations

import subprocess
from pathlib import Path

from onebox.paths import BACKEND
from onebox.progress import Trouble, step


def ensure() -> None:
    """Compile every catalogue that is newer than its compiled file.

    Raises Trouble with the words of msgfmt when a catalogue is wrong.
    """
    stale = [po for po in sorted(BACKEND.rglob("*.po")) if _is_stale(po)]
    if not stale:
        return
    with step(f"Compiling {len(stale)} message catalogues"):
        for catalogue in stale:
            _compile(catalogue)


def _is_stale(catalogue: Path) -> bool:
    compiled = catalogue.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < catalogue.stat().st_mtime


def _compile(catalogue: Path) -> None:
    compiled = catalogue.with_suffix(".mo")
    unfinished = catalogue.with_suffix(".mo.new")
    result = subprocess.run(
        ["msgfmt", "--check-format", "-o", str(unfinished), str(catalogue)],
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode != 0:
        raise Trouble(f"{catalogue} is not a valid catalogue:\n{result.stderr}")
    unfinished.replace(compiled)
