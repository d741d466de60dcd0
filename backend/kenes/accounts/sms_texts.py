"""Texts of the messages with codes: one SMS (70 UTF-16 units) in every language, no word about the case."""

from django.utils.translation import gettext as _

SMS_UNITS = 70


def units(text: str) -> int:
    """Length as the operator counts it when one letter is Cyrillic: UTF-16 units."""
    return len(text.encode("utf-16-be")) // 2


def sign_in(code: str) -> str:
    return _("Kenes Hub: sign-in code %(code)s. Do not tell it to anyone.") % {"code": code}


def agreement(code: str) -> str:
    return _("Kenes Hub: code %(code)s to accept the agreement.") % {"code": code}


def proof(code: str) -> str:
    return _("Kenes Hub: code %(code)s to confirm that it is you.") % {"code": code}


def recovery(code: str) -> str:
    return _("Kenes Hub: code %(code)s for a new password.") % {"code": code}


def new_phone(code: str) -> str:
    return _("Kenes Hub: code %(code)s for the new number.") % {"code": code}
