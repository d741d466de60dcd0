"""What a partner's program may be allowed to do, and what a request by token carries. Pure: no tables, no requests."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OPENID, PROFILE, EMAIL = "openid", "profile", "email"


@dataclass(frozen=True, slots=True)
class Scope:
    """One permission. `needs_person`: it makes sense only when the program acts for a person who allowed it."""

    code: str
    label: Promise
    explanation: Promise
    needs_person: bool = False


CATALOGUE: Final = (
    Scope(
        OPENID,
        _("Sign you in"),
        _("The program learns that it is you, by a number that no other program gets."),
        needs_person=True,
    ),
    Scope(PROFILE, _("Your name"), _("Name and language, without IIN and phone."), needs_person=True),
    Scope(
        EMAIL,
        _("Your e-mail"),
        _("The e-mail address and whether it is confirmed."),
        needs_person=True,
    ),
    Scope(
        "profile:read",
        _("See your account"),
        _("What your account page shows; IIN and phone stay masked."),
        needs_person=True,
    ),
    Scope("cases:read", _("See cases"), _("The cases that you can see, their parties, terms and history.")),
    Scope("cases:write", _("Work on cases"), _("Give in cases and carry them on as you could yourself.")),
    Scope("documents:read", _("See letters"), _("Letters, their files and how they were delivered.")),
    Scope("documents:write", _("Send letters"), _("Prepare letters anew and send them again.")),
    Scope("law:read", _("See rules and terms"), _("Rules of law, terms and the calendar of working days.")),
    Scope("creditors:read", _("See creditors"), _("The list of creditors.")),
)
BY_CODE: Final = {scope.code: scope for scope in CATALOGUE}
CODES: Final = tuple(BY_CODE)


@dataclass(frozen=True, slots=True)
class TokenGrant:
    """How a request came in when not by the browser session; `request.auth` of the API.

    `scopes` limits it, None (our own app) does not. `client_id` names the partner's program.
    """

    client_id: str = ""
    scopes: frozenset[str] | None = None
    channel: str = "token"


def known(codes: Iterable[str]) -> list[Scope]:
    """Scopes of these codes in the order of the catalogue; unknown ones are left out."""
    asked = set(codes)
    return [scope for scope in CATALOGUE if scope.code in asked]
