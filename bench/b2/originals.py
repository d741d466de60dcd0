"""Three documents of the product as templates of five libraries: the same pages, the same values, each in its own marks.

The product's template is filled with its sample; every value of the sample that then stands in the text becomes a mark again,
and of the widest table one row stays, as the row of a loop. So what is compared has the weight and the styles of real pages,
and nothing in it is known to one library only.
"""

import io
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

from kenes.documents import catalogue
from kenes.documents.authoring.build import FOLDER
from kenes.documents.filling.rendering import fill
from kenes.documents.letters.printing import values_for
from kenes.documents.letters.samples import sample_for

CODES: Final = ("SCHEDULE_CHANGE", "CREDITOR_LIST", "BANKR_JUDICIAL")
SIZES: Final = (10, 60, 300)
BODY: Final = "word/document.xml"
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Original:
    """The parts of a filled document, the values that stand in it by name, and one row of its table as texts."""

    code: str
    parts: dict[str, bytes]
    values: dict[str, str]
    row: tuple[str, ...]

    def data(self, rows: int) -> dict[str, Any]:
        """What every library is given: the values and as many rows."""
        cells = [
            {f"c{place}": f"{text} {number}" for place, text in enumerate(self.row)}
            for number in range(1, rows + 1)
        ]
        return {**self.values, "rows": cells}


def original(code: str) -> Original:
    """A document of the product, filled with its sample."""
    values = values_for(code, sample_for(catalogue.kinds()[code]), "ru")
    template = (FOLDER / code / "ru.docx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(fill(template, values))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    root = etree.fromstring(parts[BODY])
    text = "\n".join(root.itertext(f"{_W}t"))
    found = dict.fromkeys(one for one in _leaves(values) if len(one) >= _SHORTEST and one in text)
    longest_first = sorted(found, key=len, reverse=True)
    return Original(
        code=code,
        parts=parts,
        values={f"v{place}": value for place, value in enumerate(longest_first)},
        row=tuple("".join(cell.itertext(f"{_W}t")) for cell in _loop_row(root).iter(f"{_W}tc")),
    )


def _leaves(values: Any) -> Iterator[str]:
    if isinstance(values, dict):
        for one in values.values():
            yield from _leaves(one)
    elif isinstance(values, list | tuple):
        for one in values:
            yield from _leaves(one)
    elif isinstance(values, str):
        yield values


def _loop_row(root: etree._Element) -> etree._Element:
    tables = [table for table in root.iter(f"{_W}tbl") if len(table.findall(f"{_W}tr")) > 1]
    widest = max(tables, key=lambda table: len(table.findall(f"{_W}tr")[-1].findall(f"{_W}tc")))
    return widest.findall(f"{_W}tr")[1]


@dataclass(frozen=True, slots=True)
class Marks:
    """How a library writes a value, a value of a row, and what stands before, in and after the row of a loop."""

    value: str
    cell: str
    before: str = ""
    first_cell: str = ""
    last_cell: str = ""
    after: str = ""
    twice: str = ""


MARKS: Final = {
    "jinja": Marks("{{{{ {} }}}}", "{{{{ row.{} }}}}", before="{%tr for row in rows %}", after="{%tr endfor %}"),
    "docxtemplater": Marks("{{{}}}", "{{{}}}", first_cell="{#rows}", last_cell="{/rows}"),
    "docx-templates": Marks("+++{}+++", "+++$row.{}+++", before="+++FOR row IN rows+++", after="+++END-FOR row+++"),
    "carbone": Marks("{{d.{}}}", "{{d.rows[i].{}}}", twice="{{d.rows[i+1].{}}}"),
}  # fmt: skip


def template(source: Original, marks: Marks) -> bytes:
    """The document with the marks of one library in place of its values."""
    root = etree.fromstring(source.parts[BODY])
    row = _loop_row(root)
    table = row.getparent()
    assert table is not None
    for other in table.findall(f"{_W}tr")[2:]:
        table.remove(other)
    for node in root.iter(f"{_W}t"):
        node.text = _marked(node.text or "", source.values, marks)
    following = deepcopy(row)
    _name_cells(row, marks.cell, marks)
    if marks.twice:
        _name_cells(following, marks.twice, marks)
        row.addnext(following)
    if marks.before:
        row.addprevious(_row_of_one(following, marks.before))
        row.addnext(_row_of_one(following, marks.after))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in source.parts.items():
            body = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            archive.writestr(name, body if name == BODY else content)
    return out.getvalue()


def _marked(text: str, values: dict[str, str], marks: Marks) -> str:
    # Through signs that no text has, so that a value inside a mark that was just set is not taken for a value.
    for place, (_name, value) in enumerate(values.items()):
        text = text.replace(value, chr(0xE000 + place))
    for place, name in enumerate(values):
        text = text.replace(chr(0xE000 + place), marks.value.format(name))
    return text


def _name_cells(row: etree._Element, mark: str, marks: Marks) -> None:
    cells = list(row.iter(f"{_W}tc"))
    for place, cell in enumerate(cells):
        text = mark.format(f"c{place}")
        text = (marks.first_cell if place == 0 else "") + text
        _write(cell, text + (marks.last_cell if place == len(cells) - 1 else ""))


def _row_of_one(row: etree._Element, text: str) -> etree._Element:
    made = deepcopy(row)
    for place, cell in enumerate(made.iter(f"{_W}tc")):
        _write(cell, text if place == 0 else "")
    return made


def _write(cell: etree._Element, text: str) -> None:
    nodes = list(cell.iter(f"{_W}t"))
    if not nodes:
        paragraph = next(cell.iter(f"{_W}p"))
        nodes = [etree.SubElement(etree.SubElement(paragraph, f"{_W}r"), f"{_W}t")]
    for node in nodes:
        node.text = ""
    nodes[0].text = text


def text_of(docx: bytes) -> str:
    """All words of the body with single spaces, to compare what libraries made."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        root = etree.fromstring(archive.read(BODY))
    paragraphs = ("".join(node.text or "" for node in one.iter(f"{_W}t")) for one in root.iter(f"{_W}p"))
    return " ".join(" ".join(paragraphs).split())
