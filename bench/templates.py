"""B2: fill a letter template; the peer is docxtpl as its documentation shows it, on the same template and values."""

import io
import zipfile

import jinja2
from docxtpl import DocxTemplate

from bench.letters import BANK_LETTER, TEMPLATE
from bench.measure import Row, alternate
from kenes.documents.filling.rendering import fill
from kenes.documents.letters.filters import FILTERS
from kenes.documents.letters.printing import values_for

BUDGET_PER_SECOND = 80


def _text(docx: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return archive.read("word/document.xml").decode()


def rows() -> list[Row]:
    environment = jinja2.Environment(autoescape=True)
    environment.filters.update(FILTERS)
    template, values = TEMPLATE.read_bytes(), values_for("RESTRUCT_BANK", BANK_LETTER, "ru")

    def ours() -> bytes:
        return fill(template, values)

    def peer() -> bytes:
        document = DocxTemplate(io.BytesIO(template))
        document.render(values, jinja_env=environment, autoescape=True)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    for made in (ours(), peer()):
        text = _text(made)
        assert "{{" not in text and "{%" not in text, "a tag is left"
        assert BANK_LETTER.borrower.iin in text, "a value is missing"
    mine, theirs = alternate(ours, peer, ours_times=100, peer_times=30)
    return [
        Row(
            "fill a DOCX letter, one core",
            f"{mine.per_second:.0f}/s (p95 {mine.percentile_ms(95):.0f} ms)",
            f"≥ {BUDGET_PER_SECOND}/s",
            mine.per_second >= BUDGET_PER_SECOND,
            f"docxtpl {theirs.per_second:.0f}/s",
            f"× {mine.per_second / theirs.per_second:.1f}",
        )
    ]
