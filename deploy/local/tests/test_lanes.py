"""`make test` runs everything, names what failed, and keeps the output of side-by-side parts apart."""

import time
from pathlib import Path

import pytest

from onebox import lanes
from onebox.lanes import Part, run_lanes
from onebox.signals import Signals, Stop

HERE = Path(__file__).parent


def _part(name: str, *scripts: str) -> Part:
    return Part(name, [["sh", "-c", script] for script in scripts], HERE)


def test_a_failed_part_stops_its_own_commands_and_no_other_part(capfd: pytest.CaptureFixture[str]) -> None:
    results = run_lanes(
        Signals(),
        [
            [_part("bad", "echo bad-one; exit 3", "echo bad-two"), _part("after", "echo after")],
            [_part("good", "echo good-one", "echo good-two")],
        ],
    )
    assert {result.name: result.good for result in results} == {"bad": False, "after": True, "good": True}
    printed = capfd.readouterr().out
    assert "bad-two" not in printed
    assert "=== good\ngood-one\ngood-two\n" in printed


def test_lanes_run_side_by_side() -> None:
    started = time.monotonic()
    run_lanes(Signals(), [[_part("one", "sleep 1.5")], [_part("two", "sleep 1.5")]])
    assert time.monotonic() - started < 2.8


def test_a_stop_ends_the_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    signals = Signals()
    started = time.monotonic()
    monkeypatch.setattr(signals, "stop_asked", lambda: time.monotonic() - started > 0.5)
    with pytest.raises(Stop):
        run_lanes(signals, [[_part("long", "sleep 600")]])
    assert time.monotonic() - started < 8


def test_no_part_is_no_failure() -> None:
    assert lanes.run_lanes(Signals(), [[]]) == []
