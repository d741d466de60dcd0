"""Open what strangers send in a process of its own: little memory, little time, no secrets, nothing to write to.

Decoders of pictures and PDFs are where hostile files do harm. The programs, beside this module or of an app above, know
nothing of the product: they get bytes on standard input and answer with one line of JSON, then bytes.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from kenes.foundation import logs

log = logs.get(__name__)

Program = Literal["pdf_facts", "pictures", "tables"]
MEMORY_BYTES: Final = 1536 * 1024 * 1024
SECONDS: Final = 20
_REFUSED: Final = 3
_FOLDER: Final = Path(__file__).parent
# The environment holds keys; none of it reaches the program.
_ENVIRONMENT: Final = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "OMP_NUM_THREADS": "1"}


class TooHeavy(Exception):
    """The program ran out of memory or time, or fell over."""


class Refused(Exception):
    """The program says by a code of its own what is wrong."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the program found, and the bytes it made."""

    facts: dict[str, Any]
    data: bytes


def run(program: Program | Path, options: dict[str, Any], data: bytes, *, seconds: int = SECONDS) -> Answer:
    """Run one of the programs here, or the one of another app, on the bytes. Raises Refused and TooHeavy."""
    file = program if isinstance(program, Path) else _FOLDER / f"{program}.py"
    command = [
        "prlimit", f"--as={MEMORY_BYTES}", f"--cpu={seconds}", "--fsize=0", "--core=0", "--nofile=64", "--",
        sys.executable, "-I", str(file), json.dumps(options),
    ]  # fmt: skip
    try:
        done = subprocess.run(  # noqa: S603  (a program of our own)
            command, input=data, capture_output=True, timeout=seconds + 5, check=False, env=_ENVIRONMENT
        )
    except subprocess.TimeoutExpired as problem:
        log.warning("limited_program_timeout", program=file.stem)
        raise TooHeavy from problem
    if done.returncode not in {0, _REFUSED}:
        log.warning("limited_program_failed", program=file.stem, code=done.returncode)
        raise TooHeavy
    line, _end, rest = done.stdout.partition(b"\n")
    try:
        facts = json.loads(line)
    except ValueError as problem:
        raise TooHeavy from problem
    if done.returncode == _REFUSED:
        raise Refused(str(facts.get("refused", "")))
    return Answer(facts=facts, data=rest)
