"""`make test`: every check, and one line for each at the end.

Style and types of the two languages run side by side, with their output held back until a part is
done; what uses both processors by itself runs alone.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence

from onebox import commands
from onebox.lanes import Part, Result, run_lanes
from onebox.paths import FRONTEND, PROJECT, VENV_PYTHON
from onebox.progress import Trouble
from onebox.signals import Signals

PYTHON = str(VENV_PYTHON)
STACK = [sys.executable, str(PROJECT / "deploy" / "local" / "stack.py")]
STACK_TESTS = [PYTHON, "-m", "pytest", "-c", "deploy/local/tests/pytest.ini", "deploy/local/tests"]
CODE = ["backend", "sandbox", "deploy/local", "e2e", "bench", "bin/verify"]


def parts() -> list[Part]:
    """Cheap checks first, so that a wrong comma is not found after ten minutes."""
    folders = [name for name in CODE if (PROJECT / name).exists()]
    alone = [*STACK, "services", "--tests", "--with"]
    # Each process makes a database for itself first: beyond eight that costs more than it brings.
    processes = os.environ.get("TEST_PROCESSES") or str(min(8, max(2, os.cpu_count() or 2)))
    return [
        Part(
            "lint",
            lane="python",
            commands=[
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
            "web",
        ),
        Part(
            "messages",
            lane="python",
            commands=[
                [PYTHON, "deploy/local/check_messages.py"],
                ["npm", "--prefix", "frontend", "run", "-s", "check:messages"],
            ],
        ),
        Part("schema", [[*STACK, "schema", "--check"]], lane="python"),
        Part("web-tests", [["npm", "run", "-s", "test"]], FRONTEND, "web"),
        Part("build", [[*STACK, "install", "--tests"]], lane="web"),
        Part(
            "backend",
            [
                [*alone, "postgres,redis,clamd,converter,sandbox", "--", PYTHON, "-m", "pytest"]
                # The longest tests come last: whoever is done takes from the other's heap.
                + ["-n", processes, "--dist", "worksteal", "-m", "not soak", "backend", "sandbox"]
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
                [*STACK, "with-stack", "--", PYTHON, "-m", "pytest", "-m", "soak", "e2e"],
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
    started = time.monotonic()
    todo = [every[name] for name in names] or [part for part in every.values() if part.by_default]
    lanes = [[part for part in todo if part.lane == lane] for lane in ("python", "web")]
    results = run_lanes(signals, [lane for lane in lanes if lane])
    results += run_lanes(signals, [[part for part in todo if part.lane == "alone"]])
    return _report(results, time.monotonic() - started)


def _report(results: Sequence[Result], seconds: float) -> int:
    failed = [result for result in results if not result.good]
    print()
    for result in results:
        print(f"{'ok    ' if result.good else 'FAILED'} {result.name:<12} {result.seconds:7.1f} s")
    print(f"       {'all':<12} {seconds:7.1f} s")
    print(f"parts: {len(results) - len(failed)} passed, {len(failed)} failed", flush=True)
    return 1 if failed else 0
