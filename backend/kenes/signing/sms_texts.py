"""Texts of messages about signing: one SMS (70 UTF-16 units) in every language, the number of the document only."""

from django.utils.translation import gettext as _


def signature(code: str, document_number: str) -> str:
    """The message with a signing code."""
    return _("Kenes Hub: code %(code)s signs document %(number)s.") % {
        "code": code,
        "number": document_number,
    }


def waits(document_number: str) -> str:
    """The message that it is somebody's turn to sign."""
    return _("Kenes Hub: document %(number)s waits for you.") % {"number": document_number}
