"""Legal grounds by key, so that a change of law is one edit of `data/law_references.json`.

A reference whose status is `needs_review` waits for a lawyer and is never printed in a letter.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

_FILE: Final = Path(__file__).resolve().parent.parent / "data" / "law_references.json"


@cache
def _references() -> dict[str, dict[str, str]]:
    references: dict[str, dict[str, str]] = json.loads(_FILE.read_text(encoding="utf-8"))
    return references


def citations(keys: Sequence[str], language: str) -> list[str]:
    """The texts of the confirmed references among `keys`, in that order. Raises KeyError for an unknown key."""
    found = [_references()[key] for key in keys]
    return [reference[language] for reference in found if reference["status"] == "confirmed"]


def waiting_for_review() -> list[str]:
    """Keys that a lawyer has yet to confirm; staff see them, letters do not."""
    return sorted(key for key, reference in _references().items() if reference["status"] != "confirmed")


def text_of(key: str, language: str) -> str:
    """The words of one reference, confirmed or not: for staff. Raises KeyError for an unknown key."""
    return _references()[key][language]
