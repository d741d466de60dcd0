"""What a lawyer has to look at before a template is approved: remarks of its text, and legal references not confirmed yet.

They are kept with the version and never printed for the addressee.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any

from kenes.documents import catalogue
from kenes.documents.authoring import markup
from kenes.documents.catalogue import LANGUAGES
from kenes.documents.letters import law_references


def of_kind(code: str, language: str) -> list[dict[str, str]]:
    """Remarks on a template of a kind: `id`, `source` (text, law), `language` and `text`; empty for a forgotten kind."""
    return [dict(one) for one in _of_kind(code, language)]


@cache
def _of_kind(code: str, language: str) -> tuple[dict[str, str], ...]:
    kind = catalogue.get(code)
    if kind is None:
        return ()
    languages = LANGUAGES if language == "both" else (language,)
    found = [
        {"source": "text", "language": each, "text": text}
        for each in languages
        for text in markup.read(code, each).remarks
    ]
    waiting = set(law_references.waiting_for_review())
    for key in kind.grounds:
        if key in waiting:
            found += [
                {"source": "law", "language": each, "text": law_references.text_of(key, each)}
                for each in languages[:1]
            ]
    unique = {remark_id(one["text"]): one for one in found}
    return tuple({"id": key, **one} for key, one in unique.items())


def remark_id(text: str) -> str:
    """A name for a remark that stays while its words stay."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def unchecked(remarks: list[dict[str, Any]], checks: dict[str, Any]) -> list[str]:
    """Ids of remarks that nobody has ticked."""
    return [one["id"] for one in remarks if one["id"] not in checks]
