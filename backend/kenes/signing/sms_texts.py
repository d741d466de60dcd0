"""The text of the message with a signing code: one SMS (70 UTF-16 units) in every language, the number of the document only."""

from django.utils.translation import gettext as _


def signature(code: str, document_number: str) -> str:
    return _("Kenes Hub: code %(code)s signs document %(number)s.") % {
        "code": code,
        "number": document_number,
    }
