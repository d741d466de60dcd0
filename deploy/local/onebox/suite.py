"""`make test`: every check, one after another, and one line for each at the end."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from onebox import commands
from onebox.paths import FRONTEND, PROJECT, VENV_PYTHON
from onebox.progress import Trouble, say
from onebox.signals import Signals, Stop

PYTHON = str(VENV_PYTHON)
STACK = [sys.executable, str(PROJECT / "deploy" / "local" / "stack.py")]
STACK_TESTS = [PYTHON, "-m", "pytest", "-c", "deploy/local/tests/pytest.ini", "deploy/local/tests"]
CODE = ["backend", "sandbox", "deploy/local", "e2e", "bench", "bin/verify"]


@dataclass(frozen=True)
class Part:
    """A named list of commands; it fails with the first that fails."""

    name: str
    commands: Sequence[Sequence[str]]
    folder: Path = PROJECT
    by_default: bool = True


def parts() -> list[Part]:
    """Cheap checks first, so that a wrong comma is not found after ten minutes."""
    folders = [name for name in CODE if (PROJECT / name).exists()]
    alone = [*STACK, "services", "--tests", "--with"]
    processes = os.environ.get("TEST_PROCESSES", "2")
    return [
        Part(
            "lint",
            [
                [PYTHON, "-m", "ruff", "check", *folders],
                [PYTHON, "-m", "ruff", "format", "--check", *folders],
                ["env", "PYTHONPATH=backend", str(VENV_PYTHON.parent / "lint-imports")],
                [PYTHON, "deploy/local/scan_secrets.py"],
                [*alone, "postgres", "--", PYTHON, "-m", "mypy", "backend", "sandbox"],
                [PYTHON, "-m", "mypy", "--config-file", "deploy/local/mypy.ini", "deploy/local"],
            ],
        ),
        Part(
            "web-lint",
            [["npm", "run", "-s", "lint"], ["npm", "run", "-s", "typecheck"]],
            FRONTEND,
        ),
        Part(
            "messages",
            [
                [PYTHON, "deploy/local/check_messages.py"],
                ["npm", "--prefix", "frontend", "run", "-s", "check:messages"],
            ],
        ),
        Part("schema", [[*STACK, "schema", "--check"]]),
        Part("web-tests", [["npm", "run", "-s", "test"]], FRONTEND),
        Part("build", [[*STACK, "install", "--tests"]]),
        Part(
            "backend",
            [
                [*alone, "postgres,redis,clamd,converter,sandbox", "--", PYTHON, "-m", "pytest"]
                + ["-n", processes, "-m", "not soak", "backend", "sandbox"]
            ],
        ),
        Part("stack", [[*STACK_TESTS, "-m", "not soak"]]),
        Part("e2e", [[*STACK, "with-stack", "--", PYTHON, "-m", "pytest", "-m", "not soak", "e2e"]]),
        Part(
            "soak",
            [
                [*alone, "postgres,redis,clamd,converter,sandbox", "--", PYTHON, "-m", "pytest"]
                + ["-m", "soak", "backend", "sandbox"],
                [*STACK_TESTS, "-m", "soak"],
            ],
            by_default=False,
        ),
    ]


def run(signals: Signals, chosen: str) -> int:
    """Run all parts, or the named ones; returns 1 when one failed.

    Raises Trouble for an unknown name.
    """
    every = {part.name: part for part in parts()}
    names = [name for name in chosen.replace(",", " ").split() if name]
    unknown = [name for name in names if name not in every]
    if unknown:
        raise Trouble(f"Unknown parts: {' '.join(unknown)}. There are: {' '.join(every)}")
    commands.install(with_tests=True, with_web=False)
    commands.install_web_packages()
    todo = [every[name] for name in names] or [part for part in every.values() if part.by_default]
    results: list[tuple[str, bool, float]] = []
    for part in todo:
        started = time.monotonic()
        good = _run_part(part, signals)
        results.append((part.name, good, time.monotonic() - started))
    return _report(results)


def _run_part(part: Part, signals: Signals) -> bool:
    say(f"\n=== {part.name}")
    for command in part.commands:
        say(f"--- {' '.join(command)}")
        process = subprocess.Popen(command, cwd=part.folder, stdin=subprocess.DEVNULL, start_new_session=True)
        try:
            while process.poll() is None:
                if signals.stop_asked():
                    raise Stop
                time.sleep(0.05)
        except Stop:
            signals.quietly()
            commands.end_group(process, patience=90)
            raise
        if process.returncode != 0:
            say(f"--- {part.name} failed with code {process.returncode}")
            return False
    return True


def _report(results: Sequence[tuple[str, bool, float]]) -> int:
    failed = [name for name, good, _ in results if not good]
    print()
    for name, good, seconds in results:
        print(f"{'ok    ' if good else 'FAILED'} {name:<12} {seconds:7.1f} s")
    total = sum(seconds for _, _, seconds in results)
    print(f"       {'total':<12} {total:7.1f} s")
    print(f"parts: {len(results) - len(failed)} passed, {len(failed)} failed", flush=True)
    return 1 if failed else 0
