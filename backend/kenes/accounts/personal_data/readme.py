"""The README of a copy, in the person's language."""

from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _


def text(language: str, sections: list[tuple[str, str]]) -> str:
    """What is in the archive and how to read it. `sections` are pairs of file name and title."""
    with translation.override(language if language in LANGUAGES else "ru"):
        lines = [
            _("Copy of your data at Kenes Hub"),
            "",
            _("Each file in the folder data holds one part of your data as text (JSON, UTF-8)."),
            _(
                "The folder files holds your documents. The file manifest.json lists the checksum of every file."
            ),
            _("The archive holds personal data: keep it where nobody else can read it."),
            "",
            *(f"{name} — {title}" for name, title in sections),
        ]
    return "\n".join(lines) + "\n"


LANGUAGES: Final = frozenset({"ru", "kk", "en"})
