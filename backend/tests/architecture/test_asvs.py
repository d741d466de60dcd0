"""The table of security requirements is whole, and every test that it names exists."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
TABLE = (ROOT / "docs/security/asvs.md").read_text(encoding="utf-8")
LINES = re.findall(
    r"^\| (\d+\.\d+\.\d+) \| ([12]) \| (met|partly|n/a) \| (.+?) \| (.+?) \|$", TABLE, re.MULTILINE
)
# Requirements of ASVS 5.0 of levels 1 and 2 in these chapters: last number of each section, and those of level 3.
SECTIONS = {
    "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4, "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5,
    "7.5": 2, "7.6": 2, "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1, "9.1": 3, "9.2": 4, "10.1": 2, "10.2": 2, "10.3": 4,
    "10.4": 11, "10.5": 5, "10.6": 2, "10.7": 3,
}  # fmt: skip
REQUIREMENTS = {f"{section}.{number + 1}" for section, count in SECTIONS.items() for number in range(count)}


def test_every_requirement_has_one_line() -> None:
    numbers = [number for number, *_rest in LINES]
    assert len(numbers) == len(set(numbers))
    assert set(numbers) == REQUIREMENTS


def test_every_named_test_exists() -> None:
    missing = []
    for number, _level, state, _how, shown in LINES:
        names = re.findall(r"`([^`]+)`", shown)
        assert names or state == "n/a", number
        missing += [f"{number}: {name}" for name in names if not _exists(name)]
    assert missing == []


def _exists(name: str) -> bool:
    file, _separator, test = name.partition("::")
    path = ROOT / file if "/" in file else ROOT / f"backend/kenes/accounts/tests/{file}.py"
    return path.is_file() and (not test or f"def {test}(" in path.read_text(encoding="utf-8"))
