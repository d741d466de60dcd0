"""Values for a template of a kind: what every document says, and what this kind asked for."""

from __future__ import annotations

from dataclasses import replace

from kenes.documents import catalogue
from kenes.documents.letters import answers
from kenes.documents.letters.content import LetterContent
from kenes.documents.letters.forms import Language
from kenes.documents.letters.values import Values, letter_values


def values_for(
    code: str, facts: LetterContent, language: str, *, translation_of: Language | None = None
) -> Values:
    """Values for a template in `language` (`ru`, `kk`), or in `both`: then a group `ru` and a group `kk` of all of them.

    A code that is not in the catalogue (any more) has no values of its own. Raises LetterIncomplete.
    """
    if language == "both":
        return {each: _values(code, facts, each, None) for each in ("ru", "kk")}
    return _values(code, facts, "kk" if language == "kk" else "ru", translation_of)


def _values(code: str, facts: LetterContent, language: Language, translation_of: Language | None) -> Values:
    kind = catalogue.get(code)
    if kind is not None and "S" not in kind.signature:
        # A letter that no SMS code can sign says nothing of codes.
        facts = replace(facts, sms_agreement=None)
    return letter_values(
        facts,
        language,
        translation_of=translation_of,
        grounds=() if kind is None else kind.grounds,
        own={} if kind is None else answers.values(kind, facts.answers, language),
    )
