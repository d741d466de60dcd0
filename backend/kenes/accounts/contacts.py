"""E-mail and phone of a person: confirmed by a code sent to them, and only then a way to sign in or to recover.

`User.email` with `email_verified_at` is the only truth about addresses; allauth's own table stays empty. The answer to
a new address or number never tells whether another account has it: only who holds it, with the code, learns that.
"""

from typing import Any, Final
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from kenes.accounts import (
    code_requests,
    hash_uniqueness,
    notices,
    permissions,
    selectors,
    services,
    sms_texts,
)
from kenes.accounts.code_requests import CodeSent
from kenes.accounts.errors import CodeExpired
from kenes.accounts.errors_sign_in import EmailTaken, LastWayIn, PhoneTaken
from kenes.accounts.events_sign_in import EmailConfirmed, EmailRemoved, PhoneChanged
from kenes.accounts.mobile_numbers import require_mobile
from kenes.accounts.models import OneTimeCode, Role, RoleGrant, User
from kenes.accounts.one_time_codes import Address
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor, SystemActor
from kenes.foundation.values import PhoneNumber

_NEW_EMAIL: Final = "kenes_new_email"
_NEW_PHONE: Final = "kenes_new_phone"
Purpose = OneTimeCode.Purpose


def start_email(*, actor: Actor, request: HttpRequest, email: str) -> CodeSent:
    """Send a code to the new address. Raises Throttled."""
    assert actor.user_id
    address = email.strip().lower()
    request.session[_NEW_EMAIL] = address
    return code_requests.send(
        request=request, person_id=actor.user_id, purpose=Purpose.NEW_EMAIL,
        bound_hash=code_requests.bound_to("email", address), text=str, to=Address(email=address),
    )  # fmt: skip


def confirm_email(*, actor: Actor, request: HttpRequest, digits: str) -> User:
    """Take the address whose code this is. Raises FieldErrors (/code), CodeSpent, CodeExpired, EmailTaken."""
    assert actor.user_id
    person_id, address = actor.user_id, request.session.get(_NEW_EMAIL, "")
    if not address:
        raise CodeExpired

    def take() -> None:
        user = _locked(person_id)
        permissions.require(actor, "person.edit", user.pk)
        before = user.email if user.email_verified_at else None
        _set_email(user, address)
        event_log.record(EmailConfirmed(person_id=user.pk), actor=actor)
        if before and before != address:
            notices.tell(user, notices.Notice.EMAIL, to=before)

    code_requests.check(
        person_id=person_id, purpose=Purpose.NEW_EMAIL, bound_hash=code_requests.bound_to("email", address),
        digits=digits, then=take,
    )  # fmt: skip
    request.session.pop(_NEW_EMAIL, None)
    return selectors.get_person(person_id)


@transaction.atomic
def remove_email(*, actor: Actor) -> User:
    """Forget the address. LastWayIn where the person has no confirmed number and no passkey to sign in with."""
    assert actor.user_id
    user = _locked(actor.user_id)
    permissions.require(actor, "person.edit", user.pk)
    passkeys = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN)
    if not user.phone_verified_at and not passkeys.exists():
        raise LastWayIn
    if user.email is None:
        return user
    before = user.email if user.email_verified_at else None
    user.email = user.email_verified_at = None
    user.save(update_fields=["email", "email_verified_at"])
    event_log.record(EmailRemoved(person_id=user.pk), actor=actor)
    if before:
        notices.tell(user, notices.Notice.EMAIL, to=before)
    return user


@transaction.atomic
def vouch_for_email(*, actor: Actor, user_id: UUID, email: str) -> None:
    """Take an address as confirmed because the actor knows it to be the person's (an invitation, an outside login).

    Raises EmailTaken when another account has confirmed it.
    """
    user = _locked(user_id)
    _set_email(user, email.strip().lower())
    event_log.record(EmailConfirmed(person_id=user.pk), actor=actor)


def start_phone(*, actor: Actor, request: HttpRequest, phone: PhoneNumber) -> CodeSent:
    """Send a code to the new number. Raises FieldErrors (/phone), Throttled."""
    assert actor.user_id
    require_mobile(phone)
    request.session[_NEW_PHONE] = str(phone)
    return code_requests.send(
        request=request, person_id=actor.user_id, purpose=Purpose.NEW_PHONE,
        bound_hash=code_requests.bound_to("phone", str(phone)), text=sms_texts.new_phone,
        to=Address(phone=str(phone)),
    )  # fmt: skip


def confirm_phone(*, actor: Actor, request: HttpRequest, digits: str) -> User:
    """Take the number whose code this is; `phone_changed_at` tells signing by SMS that it is new.

    Raises FieldErrors (/code), CodeSpent, CodeExpired, PhoneTaken.
    """
    assert actor.user_id
    person_id, number = actor.user_id, request.session.get(_NEW_PHONE, "")
    if not number:
        raise CodeExpired

    def take() -> None:
        user = _locked(person_id)
        permissions.require(actor, "person.edit", user.pk)
        if _set_phone(user, number):
            event_log.record(PhoneChanged(person_id=user.pk), actor=actor)
            notices.tell(user, notices.Notice.PHONE)
        _make_borrower_of_visitor(user)

    code_requests.check(
        person_id=person_id, purpose=Purpose.NEW_PHONE, bound_hash=code_requests.bound_to("phone", number),
        digits=digits, then=take,
    )  # fmt: skip
    request.session.pop(_NEW_PHONE, None)
    return selectors.get_person(person_id)


def _make_borrower_of_visitor(user: User) -> None:
    """Who came by an outside login becomes a borrower with the first confirmed number, as at the phone step."""
    if not RoleGrant.objects.filter(user=user, revoked_at__isnull=True).exists():
        services.grant_role(actor=SystemActor(services.SIGN_IN), user_id=user.pk, role=Role.BORROWER)


def _locked(user_id: UUID) -> User:
    return User.objects.select_for_update().get(pk=user_id)


def _set_email(user: User, email: str) -> None:
    """Give the person the confirmed address; an account that only wrote it down loses it."""
    User.objects.filter(email=email, email_verified_at__isnull=True).exclude(pk=user.pk).update(email=None)
    _save(user, EmailTaken, email=email, email_verified_at=clock.now())


def _set_phone(user: User, number: str) -> bool:
    """Give the person the confirmed number; False when it was his already."""
    now = clock.now()
    if user.phone == number and user.phone_verified_at is not None:
        return False
    # Somebody once asked for a code on this number and never answered it: that account is nobody's.
    hashes = hash_uniqueness.hold(number)
    abandoned = User.objects.filter(phone_hash__in=hashes, phone_verified_at__isnull=True).exclude(pk=user.pk)
    abandoned.update(phone=None, phone_hash=None)
    had_one = user.phone_verified_at is not None
    _save(
        user, PhoneTaken, phone=number, phone_hash=hashes[0], phone_verified_at=now,
        phone_changed_at=now if had_one else user.phone_changed_at,
    )  # fmt: skip
    return True


def _save(user: User, taken: type[EmailTaken | PhoneTaken], **values: Any) -> None:
    for name, value in values.items():
        setattr(user, name, value)
    try:
        with transaction.atomic():
            user.save(update_fields=list(values))
    except IntegrityError as problem:
        raise taken from problem
