"""Accounts of people for whom staff give something in: found by phone or ИИН, otherwise made; entered later by a phone code."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kenes.accounts import duplicates, hash_uniqueness
from kenes.accounts.errors import PersonNotFound
from kenes.accounts.events import IdentitySet
from kenes.accounts.models import Language, User
from kenes.event_log import services as event_log
from kenes.foundation import crypto
from kenes.foundation.actor import Actor
from kenes.foundation.errors import FieldError, FieldErrors, Forbidden
from kenes.foundation.values import Iin, PhoneNumber

ABILITY: Final = "case.file_for_others"
# People whose unconfirmed account must stay, because something was given in for them.
_kept: list[Callable[[], QuerySet[User, UUID]]] = []


def keep(people: Callable[[], QuerySet[User, UUID]]) -> None:
    """Register a query of ids of people whose accounts are not removed though nobody has confirmed the number yet."""
    _kept.append(people)


def kept() -> list[QuerySet[User, UUID]]:
    """Everybody who is kept, one query each."""
    return [people() for people in _kept]


@transaction.atomic
def account_for(*, actor: Actor, phone: PhoneNumber, full_name: str, iin: str, language: str) -> User:
    """The account of the person, made unconfirmed when neither phone nor ИИН is known.

    Nothing of a found account is changed and nothing of it is told. Raises Forbidden and FieldErrors: /phone (closed),
    /iin (another_person: phone and ИИН belong to two accounts).
    """
    if not actor.can(ABILITY):
        raise Forbidden
    by_phone = User.objects.filter(phone_hash__in=hash_uniqueness.hold(str(phone))).first()
    by_iin = User.objects.filter(iin_hash__in=crypto.lookup_hashes(iin)).first() if iin else None
    if by_phone is not None and by_iin is not None and by_phone.pk != by_iin.pk:
        text = _("The phone and the ИИН belong to two different people here. Check both.")
        raise FieldErrors([FieldError("/iin", "another_person", text)])
    person = by_phone or by_iin
    if person is None:
        return User.objects.create(
            phone=str(phone), phone_hash=crypto.lookup_hash(str(phone)), full_name=full_name,
            language=language if language in Language.values else Language.RU, password="!",  # noqa: S106  (unusable)
        )  # fmt: skip
    if not person.is_active:
        raise FieldErrors([FieldError("/phone", "closed", _("The account of this person is closed."))])
    return person


@transaction.atomic
def set_identity(*, actor: Actor, user_id: UUID, full_name: str, iin: str) -> User:
    """Name and ИИН as the person told them to staff; what the person has set himself stays.

    Raises Forbidden, FieldErrors (/applicant/iin when the account has another ИИН), and IinTaken.
    """
    if not actor.can(ABILITY):
        raise Forbidden
    user = User.objects.select_for_update().filter(pk=user_id).first()
    if user is None:
        raise PersonNotFound
    number = str(Iin.parse(iin))
    if user.iin and user.iin != number:
        text = _("This person has another ИИН in the account.")
        raise FieldErrors([FieldError("/applicant/iin", "another_person", text)])
    confirmed = user.phone_verified_at is not None
    if not confirmed:
        # An ИИН on an unconfirmed number would let anybody block the person it belongs to: it waits in the case.
        user.full_name = full_name
        user.save(update_fields=["full_name"])
        return user
    own = bool(user.full_name)
    changed = [
        *(["iin"] if not user.iin else []),
        *(["full_name"] if not own and user.full_name != full_name else []),
    ]
    if not changed:
        return user
    if "full_name" in changed:
        user.full_name = full_name
    user.iin, user.iin_hash = number, crypto.lookup_hash(number)
    try:
        with transaction.atomic():
            user.save(update_fields=["full_name", "iin", "iin_hash"])
    except IntegrityError as problem:
        raise duplicates.iin_taken(claimant_id=user.pk, iin_hashes=crypto.lookup_hashes(number)) from problem
    event_log.record(IdentitySet(person_id=user.pk, fields=tuple(changed)), actor=actor)
    return user
