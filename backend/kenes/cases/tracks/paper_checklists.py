"""Which papers a procedure needs in the circumstances of a borrower. Pure: the data stand in `data/checklists.json`.

A paper has a title, why it is needed and where to get it, in three languages; `to_confirm` marks what a lawyer has not
looked at. A line of a procedure holds unless `when` says otherwise:
`hardship`, `unless_hardship` (codes of the story), `social_aid`, `dependents`, `disabled_dependents` (yes).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

LANGUAGES: Final = ("ru", "kk", "en")


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What of the story decides about papers."""

    hardship: str = ""
    social_aid: bool = False
    dependents: bool = False
    disabled_dependents: bool = False

    @classmethod
    def of(cls, income: Mapping[str, Any], hardship: Mapping[str, Any]) -> "Circumstances":
        """From the story as it is kept; what is not told counts as no."""
        return cls(
            hardship=str(hardship.get("code") or ""),
            social_aid=income.get("targeted_social_aid") is True,
            dependents=_some(income.get("dependents")),
            disabled_dependents=_some(income.get("disabled_dependents")),
        )


@dataclass(frozen=True, slots=True)
class Needed:
    """One paper a procedure needs."""

    code: str
    required: bool


def _some(number: object) -> bool:
    return isinstance(number, int) and number > 0


@cache
def data() -> dict[str, Any]:
    """Papers and procedures as the file has them."""
    path = Path(__file__).parents[1] / "data" / "checklists.json"
    read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return read


def needed(procedure: str, told: Circumstances) -> tuple[Needed, ...]:
    """Papers for a procedure in these circumstances, in the order of the list; none for one that has no list."""
    rows = data()["procedures"].get(procedure, ())
    return tuple(Needed(row["paper"], row["required"]) for row in rows if _holds(row.get("when", {}), told))


def _holds(when: Mapping[str, Any], told: Circumstances) -> bool:
    if "hardship" in when and told.hardship not in when["hardship"]:
        return False
    if told.hardship in when.get("unless_hardship", ()):
        return False
    return all(
        getattr(told, name) for name in ("social_aid", "dependents", "disabled_dependents") if when.get(name)
    )


def needs_review(code: str) -> bool:
    """Whether what the list says of a paper waits for a lawyer's check."""
    return bool(data()["papers"].get(code, {}).get("to_confirm"))


def words(code: str, language: str) -> dict[str, str] | None:
    """Title, why and where of a paper in a language; None for a code that no list knows."""
    paper = data()["papers"].get(code)
    if paper is None:
        return None
    lang = language if language in LANGUAGES else "ru"
    return {name: paper[name][lang] for name in ("title", "why", "where")}
