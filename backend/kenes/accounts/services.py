"""Changes to people: accounts, identity, roles. Consents are in `consents`, codes in `one_time_codes`."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from kenes.accounts import (
    allowances,
    code_alarm,
    consents,
    duplicates,
    hash_uniqueness,
    live_sessions,
    on_behalf,
    permissions,
    retention,
    sms_texts,
)
from kenes.accounts.errors import PersonNotFound, PhoneNotConfirmed
from kenes.accounts.events import IdentitySet, PersonDeactivated, PhoneConfirmed, RoleGranted, RoleRevoked
from kenes.accounts.models import Language, PowerOfAttorney, Role, RoleGrant, User
from kenes.event_log import services as event_log
from kenes.foundation import clock, crypto
from kenes.foundation.actor import Actor, SystemActor
from kenes.foundation.errors import FieldError, FieldErrors
from kenes.foundation.identifiers import new_id
from kenes.foundation.values import Iin, PhoneNumber, ValueProblem
from kenes.messaging import services as messaging

SIGN_IN = "sign-in"


def load_reference_data() -> None:
    """Load the consent texts of `data/consents` and the terms of keeping; safe to repeat."""
    consents.load_texts()
    retention.load_rules()


@transaction.atomic
def ensure_account(*, phone: PhoneNumber, language: str) -> User | None:
    """The account of the number, made unconfirmed when unknown. None for a deactivated one: it gets no code.

    Unconfirmed accounts are removed by `remove_unconfirmed_accounts`.
    """
    now = clock.now()
    known = User.objects.filter(phone_hash__in=hash_uniqueness.hold(str(phone))).first()
    user = (
        known
        or User.objects.get_or_create(
            phone_hash=crypto.lookup_hash(str(phone)),
            defaults={
                "phone": str(phone),
                "language": language if language in Language.values else Language.RU,
                "code_requested_at": now,
                "password": "!",  # unusable: this account signs in by code only
            },
        )[0]
    )
    User.objects.filter(pk=user.pk, phone_verified_at__isnull=True).update(code_requested_at=now)
    return user if user.is_active else None


@transaction.atomic
def send_sign_in_code(*, user_id: UUID, phone: PhoneNumber, code: str) -> None:
    """Queue the SMS with a sign-in code; its text is erased after sending."""
    code_alarm.count()
    messaging.send_sms(
        key=f"sign-in:{new_id()}", phone=str(phone), text=sms_texts.sign_in(code), kind="sign_in", sensitive=True,
        person_id=user_id,
    )  # fmt: skip


@transaction.atomic
def set_phone(*, user_id: UUID, phone: PhoneNumber) -> None:
    """Give the account a new, unconfirmed number. The caller has checked that the number is free."""
    user = _locked(user_id)
    user.phone, user.phone_hash = str(phone), crypto.lookup_hash(str(phone))
    user.phone_verified_at = None
    user.save(update_fields=["phone", "phone_hash", "phone_verified_at"])


@transaction.atomic
def confirm_phone(*, user_id: UUID) -> None:
    """The person answered with the code. The first time: number confirmed, role borrower, one event."""
    user = _locked(user_id)
    if user.phone_verified_at is not None:
        return
    user.phone_verified_at = clock.now()
    user.save(update_fields=["phone_verified_at"])
    actor = SystemActor(SIGN_IN)
    event_log.record(PhoneConfirmed(person_id=user.pk), actor=actor)
    grant_role(actor=actor, user_id=user.pk, role=Role.BORROWER)


@transaction.atomic
def set_identity(*, actor: Actor, user_id: UUID, full_name: str, iin: str) -> User:
    """Set name and ИИН of a confirmed account. The event names the changed fields, never their values.

    Raises Forbidden, PhoneNotConfirmed, FieldErrors (/iin), IinTaken when another account has this ИИН, and
    Throttled after ten changes of ИИН in a day: otherwise one could find out which ИИН have accounts.
    """
    user = _locked(user_id)
    permissions.require(actor, "person.set_identity", user.pk)
    if user.phone_verified_at is None:
        raise PhoneNotConfirmed
    number = _parse_iin(iin)
    changed = [
        name
        for name, old, new in (("full_name", user.full_name, full_name), ("iin", user.iin, number))
        if old != new
    ]
    if not changed:
        return user
    if "iin" in changed:
        allowances.spend("person_identity", str(user.pk))
        user.iin_confirmed_at = None
    user.full_name, user.iin, user.iin_hash = full_name, number, crypto.lookup_hash(number)
    try:
        with transaction.atomic():
            user.save(update_fields=["full_name", "iin", "iin_hash", "iin_confirmed_at"])
    except IntegrityError as problem:
        raise duplicates.iin_taken(claimant_id=user.pk, iin_hashes=crypto.lookup_hashes(number)) from problem
    event_log.record(IdentitySet(person_id=user.pk, fields=tuple(changed)), actor=actor)
    return user


@transaction.atomic
def update_profile(*, actor: Actor, user_id: UUID, language: str | None = None) -> User:
    """Change the language; None leaves it. The e-mail is changed by a code sent to it (`accounts.contacts`)."""
    user = _locked(user_id)
    permissions.require(actor, "person.edit", user.pk)
    if language is not None:
        user.language = language
        user.save(update_fields=["language"])
    return user


@transaction.atomic
def create_staff_account(
    *, actor: Actor, email: str, full_name: str, language: str, password: str, roles: list[str]
) -> User:
    """An account that signs in by e-mail and password, with its roles. FieldErrors when the e-mail is taken.

    The e-mail counts as confirmed: whoever makes the account vouches for it.
    """
    permissions.require(actor, "person.create_staff", new_id())
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                email, password, full_name=full_name, language=language, email_verified_at=clock.now()
            )
    except IntegrityError as problem:
        raise _email_taken() from problem
    for role in roles:
        grant_role(actor=actor, user_id=user.pk, role=role)
    return user


@transaction.atomic
def grant_role(*, actor: Actor, user_id: UUID, role: str) -> None:
    """Give a role; a role that is already held is left as it is."""
    user = _locked(user_id)
    permissions.require(actor, "person.grant_role", user.pk)
    granted = RoleGrant.objects.filter(user=user, role=role, revoked_at__isnull=True).exists()
    if granted:
        return
    RoleGrant.objects.create(user=user, role=Role(role), granted_by_id=actor.user_id)
    event_log.record(RoleGranted(person_id=user.pk, role=role), actor=actor)


@transaction.atomic
def revoke_role(*, actor: Actor, user_id: UUID, role: str, end_sessions: bool = True) -> None:
    """Take a role away; it stops counting with the next request, and every session of the person ends.

    `end_sessions` is false where another person's act or the person's own form takes it: nobody may sign somebody out by
    giving him a power of attorney and taking it back.
    """
    user = _locked(user_id)
    permissions.require(actor, "person.grant_role", user.pk)
    held = RoleGrant.objects.filter(user=user, role=role, revoked_at__isnull=True)
    if held.update(revoked_at=clock.now(), revoked_by_id=actor.user_id):
        if end_sessions:
            live_sessions.end_all(user_id=user.pk)
        event_log.record(RoleRevoked(person_id=user.pk, role=role), actor=actor)


@transaction.atomic
def deactivate(*, actor: Actor, user_id: UUID) -> None:
    """Close the account: sessions and tokens end at once, codes and passwords no longer sign in."""
    user = _locked(user_id)
    permissions.require(actor, "person.deactivate", user.pk)
    if user.is_active:
        user.is_active, user.deactivated_at = False, clock.now()
        user.save(update_fields=["is_active", "deactivated_at"])
        live_sessions.end_all(user_id=user.pk)
        event_log.record(PersonDeactivated(person_id=user.pk), actor=actor)


@transaction.atomic
def remove_unconfirmed_accounts(before: datetime | None = None) -> int:
    """Delete accounts whose number was never confirmed and that asked for no code since `before` (a day ago); how many went.

    Locked rows are skipped: somebody is confirming that number right now.
    """
    before = before or clock.now() - timedelta(hours=settings.UNCONFIRMED_ACCOUNT_LIFETIME_HOURS)
    stale = User.objects.filter(
        phone_verified_at__isnull=True, code_requested_at__lt=before, email__isnull=True
    )
    # Somebody who was given a power of attorney keeps the account until he comes.
    stale = stale.exclude(pk__in=PowerOfAttorney.objects.values("representative_id"))
    for people in on_behalf.kept():
        stale = stale.exclude(pk__in=people)
    ids = [user.pk for user in stale.select_for_update(skip_locked=True).only("pk")[:5000]]
    User.objects.filter(pk__in=ids).delete()
    return len(ids)


def _locked(user_id: UUID) -> User:
    user = User.objects.select_for_update().filter(pk=user_id).first()
    if user is None:
        raise PersonNotFound
    return user


def _email_taken() -> FieldErrors:
    return FieldErrors([FieldError("/email", "taken", _("This e-mail is used by another account."))])


def _parse_iin(text: str) -> str:
    try:
        return str(Iin.parse(text))
    except ValueProblem as problem:
        raise FieldErrors([FieldError("/iin", problem.reason, problem.message)]) from problem
