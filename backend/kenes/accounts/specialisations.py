"""Fields of work that lawyers, mediators and notaries can name: a small committed catalogue."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

_FILE: Final = Path(__file__).with_name("data") / "specialisations.toml"


@dataclass(frozen=True, slots=True)
class Specialisation:
    """One field: whose it can be, and its name in three languages."""

    code: str
    kinds: tuple[str, ...]
    names: dict[str, str]

    def label(self, language: str) -> str:
        return self.names.get(language) or self.names["ru"]


@lru_cache(maxsize=1)
def catalogue() -> dict[str, Specialisation]:
    """All fields by code, in the order of the file."""
    rows = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {
        code: Specialisation(
            code, tuple(row["kinds"]), {language: row[language] for language in ("ru", "kk", "en")}
        )
        for code, row in rows.items()
    }


def labels(codes: list[str], language: str) -> list[str]:
    """Names of the codes; a code that left the catalogue is shown as it is."""
    known = catalogue()
    return [known[code].label(language) if code in known else code for code in codes]
