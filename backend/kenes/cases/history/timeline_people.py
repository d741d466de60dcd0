"""Who did what stands in the history: how he is called there, and which side he is on."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kenes.cases.models import PartyRole
from kenes.foundation import actor as actors
from kenes.foundation.actor import STAFF_ROLES, Actor

KINDS: Final = ("borrower", "representative", "staff", "specialist", "creditor", "system", "other")
_SPECIALISTS: Final = (PartyRole.LAWYER, PartyRole.MEDIATOR, PartyRole.NOTARY)
_CREDITOR: Final = (actors.CREDITOR_OFFICER, actors.CREDITOR_ADMIN)


def who(
    actor: Actor,
    borrower_ids: frozenset[UUID],
    people: Mapping[UUID, str],
    sees_internal: bool,
    *,
    own: bool = False,
) -> str:
    """What the reader may know of who did it: staff read names, others what staff and creditors are, the borrower «Вы»."""
    if actor.user_id is None:
        return "Kenes Hub"
    if actor.user_id in borrower_ids:
        return pgettext("own", "You") if own else _("Borrower")
    name = people.get(actor.user_id, "")
    if actor.on_behalf_of in borrower_ids:
        return _("%(name)s for the borrower") % {"name": name} if sees_internal else _("Representative")
    specialist = next((role for role in _SPECIALISTS if actor.has_role(role)), None)
    if specialist is not None and not sees_internal:
        return str(specialist.label)
    if actor.has_role(*_CREDITOR) and not sees_internal:
        return _("Creditor")
    # A borrower reads the work of the platform, not who of its staff did it.
    return name if sees_internal else _("Manager")


def kind_of(actor: Actor, borrower_ids: frozenset[UUID]) -> str:
    """The side of who did it, one of KINDS."""
    if actor.user_id is None:
        return "system"
    if actor.user_id in borrower_ids:
        return "borrower"
    if actor.on_behalf_of in borrower_ids:
        return "representative"
    if actor.has_role(*STAFF_ROLES):
        return "staff"
    if actor.has_role(*_SPECIALISTS):
        return "specialist"
    return "creditor" if actor.has_role(*_CREDITOR) else "other"


def on_behalf(actor: Actor, borrower_ids: frozenset[UUID], *, own: bool = False) -> str:
    """For whom it was done, when not for himself."""
    if actor.on_behalf_of is None or actor.on_behalf_of == actor.user_id:
        return ""
    if own and actor.on_behalf_of in borrower_ids:
        return pgettext("own", "on your behalf")
    return _("on the borrower's behalf") if actor.on_behalf_of in borrower_ids else _("on another's behalf")
