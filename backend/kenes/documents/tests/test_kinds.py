"""Every kind of document in every language: its template is what its text makes, and prints whole from sample data."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from kenes.documents import catalogue
from kenes.documents.authoring import build, markup
from kenes.documents.filling.docx_text import docx_text
from kenes.documents.filling.rendering import fill
from kenes.documents.letters import answers, law_references, samples
from kenes.documents.letters.printing import values_for
from kenes.files import pages
from kenes.files.converter import Pool

GOLDEN = Path(__file__).parent / "golden"
TEMPLATES = [(code, language) for code, kind in catalogue.kinds().items() for language in kind.templates]
# Signs of a value that is not there, of a mark that was not read, and of a sentence that lost its end.
_TRACES = re.compile(r"\{\{|\}\}|\{%|%\}|None|True|False|Undefined| ,|\(\)|\.\.(?!\.)|;\.|\[К\]")


def printed(code: str, language: str, *, whole: bool = True) -> str:
    kind = catalogue.kinds()[code]
    template = (build.FOLDER / code / f"{language}.docx").read_bytes()
    values = values_for(code, samples.sample_for(kind, whole=whole), language)
    return docx_text(fill(template, values), footer=True).replace("\u00a0", " ")


@pytest.mark.parametrize(("code", "language"), TEMPLATES)
def test_the_kept_template_is_what_the_text_makes(code: str, language: str) -> None:
    """After a change of a text run `manage.py build_letter_templates`."""
    assert (build.FOLDER / code / f"{language}.docx").read_bytes() == build.write(code, language)


@pytest.mark.parametrize(("code", "language"), TEMPLATES)
def test_a_document_from_sample_data_reads_as_it_did(code: str, language: str) -> None:
    """After a wanted change run with GOLDEN_UPDATE=1 and read the difference."""
    text = printed(code, language)
    kept = GOLDEN / f"{code}.{language}.txt"
    if os.environ.get("GOLDEN_UPDATE"):
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(text, encoding="utf-8")
    assert text == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize(("code", "language"), TEMPLATES)
@pytest.mark.parametrize("whole", [True, False])
def test_no_document_shows_traces_of_its_making(code: str, language: str, *, whole: bool) -> None:
    text = printed(code, language, whole=whole)
    assert not _TRACES.search(text), _TRACES.search(text)
    assert len(text) > 300


@pytest.mark.parametrize("code", catalogue.kinds())
def test_a_kind_is_consistent(code: str) -> None:
    kind = catalogue.kinds()[code]
    law_references.citations(kind.grounds, "ru")
    sample = samples.sample_for(kind)
    assert answers.missing(kind, sample.answers) == []
    for field in kind.fields:
        assert field.sample is not None, f"{field.code} has no sample"
    if kind.review:
        remarks = [markup.read(code, language).remarks for language in catalogue.LANGUAGES]
        assert any(remarks), "a kind that needs a lawyer says what has to be looked at (;К)"


@pytest.mark.parametrize("code", catalogue.kinds())
def test_a_kind_prints_in_a_pdf_with_every_letter(code: str, converter: Pool, tmp_path: Path) -> None:
    """The real converter: fonts are in the file, and no letter is lost on the way from the DOCX to the text of the PDF."""
    kind = catalogue.kinds()[code]
    for language in kind.templates:
        template = (build.FOLDER / code / f"{language}.docx").read_bytes()
        docx = fill(template, values_for(code, samples.sample_for(kind), language))
        pdf = converter.to_pdf(docx)
        (tmp_path / "made.pdf").write_bytes(pdf)
        listing = subprocess.run(
            ["pdffonts", tmp_path / "made.pdf"], capture_output=True, text=True, check=True
        ).stdout.splitlines()[2:]
        fonts = {line.split()[0].split("+")[-1].split("-")[0] for line in listing}
        assert fonts == {"Carlito"}, "a second font means that letters were missing in the first"
        read = pages.pdf_text(pdf)
        lost = {char for char in docx_text(docx, footer=True) if char.isalpha()} - set(read)
        assert not lost, (language, lost)
