"""Letters about signing in: one-time codes and notices of changes. No word about cases."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Mail:
    """One letter in one language."""

    subject: str
    text: str
    html: str


def _warning() -> str:
    return _("If this was not you, do not pass the code on; nothing changes without it.")


def _alarm() -> str:
    return _("If this was not you, set a new password at once and end all other sessions in your account.")


_PURPOSES: Final[dict[str, Callable[[], str]]] = {
    "recovery": lambda: _("With this code you set a new password:"),
    "new_email": lambda: _("With this code you confirm this e-mail address:"),
    "reauthentication": lambda: _("With this code you confirm that it is still you:"),
}
_NOTICES: Final[dict[str, Callable[[], str]]] = {
    "password": lambda: _("The password of your account was changed."),
    "phone": lambda: _("The phone number of your account was changed."),
    "email": lambda: _("The e-mail address of your account was changed."),
    "factor_added": lambda: _("A second step for signing in was added to your account."),
    "factor_removed": lambda: _("A second step for signing in was removed from your account."),
    "key_connected": lambda: _("Your ЭЦП was connected with your account. It now signs in."),
    "recovery_codes": lambda: _(
        "New recovery codes were made for your account. The ones before no longer work."
    ),
}


def code(purpose: str, digits: str) -> Mail:
    """The letter with a one-time code, in the active language. `purpose` is that of the code."""
    subject = _("Kenes Hub: code %(code)s") % {"code": digits}
    return _mail(subject, [_PURPOSES[purpose]()], digits, _warning())


def notice(kind: str) -> Mail:
    """The letter that something about signing in was changed, in the active language."""
    return _mail(_("Kenes Hub: your account was changed"), [_NOTICES[kind]()], "", _alarm())


def alarm(subject: str, paragraphs: list[str]) -> Mail:
    """A letter to who looks after the service; the texts are in the active language already."""
    return _mail(subject, paragraphs[:-1], "", paragraphs[-1])


def _mail(subject: str, paragraphs: list[str], digits: str, last: str) -> Mail:
    parts = [*paragraphs, *([digits] if digits else []), last, "Kenes Hub"]
    shown = "".join(
        f'<p style="font-size:28px;letter-spacing:4px"><strong>{part}</strong></p>'
        if part == digits
        else f"<p>{escape(part)}</p>"
        for part in parts
    )
    html = (
        f'<!doctype html><html lang="{get_language()}"><head><meta charset="utf-8"></head>'
        f'<body style="font-family:Arial,sans-serif;font-size:16px;line-height:1.5">{shown}</body></html>'
    )
    return Mail(subject, "\n\n".join(parts) + "\n", html)
