"""What a virus scanner must be able to do."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Verdict(StrEnum):
    """CLEAN, INFECTED, or UNSCANNABLE: encrypted or above a limit, so nobody knows."""

    CLEAN = "clean"
    INFECTED = "infected"
    UNSCANNABLE = "unscannable"


@dataclass(frozen=True, slots=True)
class ScanResult:
    """`signature` names what was found; `engine` is program and database version."""

    verdict: Verdict
    signature: str
    engine: str


class VirusScanner(Protocol):
    """Raises Temporary when it cannot say anything now."""

    def scan(self, data: bytes) -> ScanResult:
        """Look at the bytes of one file."""
        ...

    def ping(self) -> None:
        """Return when the scanner is ready; raises Temporary."""
        ...
