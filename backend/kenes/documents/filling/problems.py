"""What can be wrong with a template: a stable code, where it is, and what to do about it in plain words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final, Literal

from django.utils.translation import gettext_lazy as _

from kenes.foundation.errors import Text

Severity = Literal["error", "warning"]

TEXTS: Final[dict[str, Text]] = {
    "too_large": _("The file is larger than %(limit)s MB."),
    "not_docx": _("This is not a Word document (DOCX)."),
    "encrypted": _("The document is locked by a password. Take the password off and upload it again."),
    "package_strange": _("The file is packed in an unusual way. Open it in Word and save it once more."),
    "bomb": _("Unpacked, the file takes far more than a document needs."),
    "macros": _("The document holds macros. Save it as an ordinary DOCX without macros."),
    "embedded": _("A file or object is embedded in the document. Put a picture or text there instead."),
    "external": _("The document refers to something outside itself: %(target)s. Put it into the document."),
    "attached_template": _("Another template is attached to the document. Detach it in Word and save again."),
    "comments": _("The document holds remarks of reviewers. Delete them."),
    "tracked_changes": _("The document holds tracked changes. Accept or reject all of them."),
    "part_unknown": _("The file holds a part that a letter does not need: %(name)s."),
    "type_lies": _("A part of the file is not what it says it is: %(name)s."),
    "doctype": _("The file holds a declaration that can be misused (DOCTYPE). Save it in Word once more."),
    "broken_xml": _("A part of the file is damaged: %(name)s."),
    "field": _("Only page numbers may be fields of Word. Found: %(field)s."),
    "forbidden_element": _("The document holds something that is not allowed in a template: %(name)s."),
    "mark_misplaced": _("A mark stands where nothing is filled in. Move it into the text of the document."),
    "mark_open": _("The mark is not closed in the same paragraph."),
    "mark_stray": _("A mark ends here that never began."),
    "mark_broken": _("The mark cannot be read. Look at quotes, brackets and words in it."),
    "mark_quotes": _('Inside marks only straight quotes are read: "…".'),
    "mark_prefix": _("A mark with «p» stands alone in its paragraph, one with «tr» in a row of a table."),
    "block_open": _("This is never closed: «%(end)s» is missing."),
    "block_stray": _("«%(name)s» closes nothing: there is no beginning."),
    "block_crossed": _("«%(name)s» comes before the inner block is closed: «%(end)s» is missing."),
    "block_place": _("This block begins and ends in different places of a table. Keep both in one cell, or in rows."),
    "construct_forbidden": _("A template may only print, choose and repeat. This is not allowed."),
    "tag_unknown": _("There is no such mark."),
    "too_many_marks": _("There are more than %(limit)s marks in the document."),
    "loops_too_deep": _("More than %(limit)s repetitions lie in one another."),
    "filter_unknown": _("There is no filter «%(name)s»."),
    "filter_arguments": _("A filter takes words in quotes only."),
    "filter_type": _("The filter «%(name)s» cannot be put on this value."),
    "variable_unknown": _("There is no value «%(name)s» for this document."),
    "variable_group": _("«%(name)s» is a group of values. Name the value in it."),
    "not_a_list": _("«%(name)s» is not a list: it cannot be repeated."),
    "not_printable": _("«%(name)s» cannot be printed as it is: repeat the list, or choose by it."),
    "render_failed": _("Filled with data, the template does not give a document."),
    "may_be_empty": _("Some cases lack this value, and the document would not be made. Put it into «if»."),
    "too_much_output": _("Filled with data, the document grows beyond all measure. Look at the repetitions."),
    "font": _("The font «%(name)s» may lack Kazakh letters. Carlito, Calibri and DejaVu have all of them."),
    "lost_table": _("The edition in force has a table of debts; this one has none."),
    "lost_grounds": _("The edition in force names legal grounds; this one does not."),
    "lost_signature": _("The edition in force has a place to sign; this one has none."),
    "lost_addressee": _("The edition in force names the addressee; this one does not."),
    "lost_number": _("The edition in force prints the number or date of the document; this one does not."),
    "lost_demands": _("The edition in force prints what is asked for; this one does not."),
    "lost_attachments": _("The edition in force lists enclosures; this one does not."),
    "lost_translation": _("The edition in force says that an unsigned text is a translation; this one does not."),
    "lost_pages": _("The edition in force has page numbers; this one has none."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problem:
    """`part`: the part of the DOCX; `paragraph` counts from 1 in it; `quote`: the line; `tag`: the mark; `near`: did you mean."""

    code: str
    severity: Severity = "error"
    part: str = ""
    paragraph: int | None = None
    quote: str = ""
    tag: str = ""
    near: tuple[str, ...] = ()
    values: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """In the reader's language."""
        return str(TEXTS[self.code]) % self.values if self.values else str(TEXTS[self.code])

    def to_json(self) -> dict[str, Any]:
        """Plain values to keep with a version; `from_json` reads them."""
        return {
            "code": self.code, "severity": self.severity, "part": self.part, "paragraph": self.paragraph,
            "quote": self.quote, "tag": self.tag, "near": list(self.near), "values": dict(self.values),
        }  # fmt: skip

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Problem:
        return cls(**{**data, "near": tuple(data["near"])})


class TemplateRefused(ValueError):
    """The template is malformed or asks for something that a letter never needs; `problems` says all of it."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(f"{one.code} {one.part}".strip() for one in problems))
        self.problems = problems
