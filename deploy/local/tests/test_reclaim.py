"""Leftovers of a run folder are found and ended; nobody else is touched."""

import os
import subprocess
import sys
from pathlib import Path

from onebox import reclaim
from onebox.paths import RunFolder

SLEEP_WITH_CHILD = "sleep 600 & echo ready; wait"


def _start(folder: Path) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        ["sh", "-c", SLEEP_WITH_CHILD],
        env={"PATH": os.environ["PATH"], reclaim.MARK: str(folder)},
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    return process


def test_only_processes_of_the_folder_are_ended(tmp_path: Path) -> None:
    mine, other = tmp_path / "one", tmp_path / "one-more"
    left, stranger = _start(mine), _start(other)
    try:
        assert reclaim.end_leftovers(RunFolder(mine), patience=4) == 2
        assert left.wait(timeout=5) != 0
        assert reclaim.leftovers(RunFolder(mine)) == set()
        assert stranger.poll() is None
    finally:
        reclaim.end_leftovers(RunFolder(other), patience=4)
        stranger.wait(timeout=5)


def test_a_process_that_ignores_term_is_killed(tmp_path: Path) -> None:
    process = subprocess.Popen(
        ["sh", "-c", "trap '' TERM INT; echo ready; while :; do sleep 1; done"],
        env={"PATH": os.environ["PATH"], reclaim.MARK: str(tmp_path)},
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    reclaim.end_leftovers(RunFolder(tmp_path), patience=1)
    assert process.wait(timeout=5) == -9


def test_the_asking_process_and_its_parents_are_spared(tmp_path: Path) -> None:
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path;"
        "from onebox import reclaim; from onebox.paths import RunFolder;"
        "print(reclaim.end_leftovers(RunFolder(Path(sys.argv[2]))))"
    )
    result = subprocess.run(
        [sys.executable, "-c", script, str(Path(__file__).parents[1]), str(tmp_path)],
        env={**os.environ, reclaim.MARK: str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout.strip() == "0"
