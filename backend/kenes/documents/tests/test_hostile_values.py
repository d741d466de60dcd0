"""Whatever people type, a document of every kind is made whole and says it as it was typed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kenes.documents import catalogue
from kenes.documents.authoring.build import FOLDER
from kenes.documents.filling.docx_text import docx_text
from kenes.documents.filling.rendering import fill
from kenes.documents.letters import answers, samples
from kenes.documents.letters.content import LetterContent
from kenes.documents.letters.printing import values_for

TEMPLATES = [(code, language) for code, kind in catalogue.kinds().items() for language in kind.templates]
SPECIAL = [
    "<w:p>&amp;</w:p>", "{{ 1234 * 7 }}", "{% for x in y %}", "«ёлочки» и “лапки”", "שלום עולם", "👩‍👩‍👧 🧾", "Ә ғ қ ң ө ұ ү һ і",
    "]]>", "a" * 280, "\u202eоборот", "x\u0000y", "line\u2028separator", "₸ № %",
]  # fmt: skip
TYPED = st.one_of(st.sampled_from(SPECIAL), st.text(min_size=1, max_size=120))


def with_words(code: str, words: str) -> LetterContent:
    """Sample content of a kind with these words wherever a person types freely."""
    kind = catalogue.kinds()[code]
    sample = samples.sample_for(kind)
    told: dict[str, Any] = {}
    for field in kind.fields:
        if field.type in ("text", "long", "name", "organisation"):
            told[field.code] = answers.read(field, words) or sample.answers.get(field.code)
    assert sample.hardship is not None
    return replace(
        sample,
        borrower=replace(sample.borrower, full_name=words, address=words),
        hardship=replace(sample.hardship, text=words),
        answers={**sample.answers, **told},
    )


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(template=st.sampled_from(TEMPLATES), words=TYPED)
def test_no_words_break_a_document(template: tuple[str, str], words: str) -> None:
    code, language = template
    docx = (FOLDER / code / f"{language}.docx").read_bytes()
    text = docx_text(fill(docx, values_for(code, with_words(code, words), language)), footer=True)
    assert len(text) > 300
    # What looks like a mark of a template is printed, never run.
    assert "8638" not in text


def test_marks_that_people_type_are_printed_as_they_are() -> None:
    docx = (FOLDER / "RESTRUCT_BANK" / "ru.docx").read_bytes()
    text = docx_text(
        fill(docx, values_for("RESTRUCT_BANK", with_words("RESTRUCT_BANK", "{{ 1234 * 7 }} <b>&"), "ru"))
    )
    assert "«{{ 1234 * 7 }} <b>&»" in text and "8638" not in text
