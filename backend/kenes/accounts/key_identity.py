"""The ИИН of an account, proved by a key of the person (ЭЦП): from then on that key signs in."""

from uuid import UUID

from django.db import IntegrityError, transaction

from kenes.accounts import allowances, duplicates, notices, permissions
from kenes.accounts.errors import PersonNotFound, PhoneNotConfirmed
from kenes.accounts.errors_keys import KeyUnknown, OtherIin
from kenes.accounts.events import IdentitySet
from kenes.accounts.events_sign_in import IdentityProved
from kenes.accounts.models import User
from kenes.accounts.sign_in_by_key import KeyOwner
from kenes.event_log import services as event_log
from kenes.foundation import clock, crypto
from kenes.foundation.actor import Actor


def account_of(owner: KeyOwner) -> User:
    """The one account that this key opens. KeyUnknown for everybody else."""
    found = User.objects.filter(
        iin_hash__in=crypto.lookup_hashes(owner.iin),
        iin_confirmed_at__isnull=False,
        is_active=True,
        is_service=False,
    )
    accounts = list(found[:2])
    if len(accounts) != 1:
        raise KeyUnknown
    return accounts[0]


@transaction.atomic
def prove_identity(*, actor: Actor, owner: KeyOwner) -> User:
    """The person signed in here holds the key of this ИИН: take it, or confirm the one that was typed.

    Raises Forbidden, PhoneNotConfirmed for who has answered from no number and no e-mail, OtherIin when the account has another ИИН, IinTaken when another account has this one.
    """
    assert actor.user_id
    user = _locked(actor.user_id)
    permissions.require(actor, "person.set_identity", user.pk)
    # Officers of lenders and the staff are known by their e-mail alone.
    if user.phone_verified_at is None and (user.email is None or user.email_verified_at is None):
        raise PhoneNotConfirmed
    if user.iin is not None and user.iin != owner.iin:
        raise OtherIin
    if user.iin_confirmed_at is not None:
        return user
    given = _take(user, owner)
    user.iin_confirmed_at = clock.now()
    try:
        with transaction.atomic():
            user.save(update_fields=["full_name", "iin", "iin_hash", "iin_confirmed_at"])
    except IntegrityError as problem:
        hashes = crypto.lookup_hashes(owner.iin)
        raise duplicates.iin_taken(claimant_id=user.pk, iin_hashes=hashes) from problem
    if given:
        event_log.record(IdentitySet(person_id=user.pk, fields=given), actor=actor)
    event_log.record(IdentityProved(person_id=user.pk, way="eds"), actor=actor)
    notices.tell(user, notices.Notice.KEY_CONNECTED)
    return user


@transaction.atomic
def vouch_for_iin(*, actor: Actor, user_id: UUID) -> None:
    """Take the ИИН of the account as proved because the actor knows it to be the person's (demonstration people)."""
    user = _locked(user_id)
    permissions.require(actor, "person.set_identity", user.pk)
    user.iin_confirmed_at = clock.now()
    user.save(update_fields=["iin_confirmed_at"])
    event_log.record(IdentityProved(person_id=user.pk, way="vouched"), actor=actor)


def _take(user: User, owner: KeyOwner) -> tuple[str, ...]:
    """What the account lacks, out of the certificate; names of the fields."""
    given = []
    if user.iin is None:
        allowances.spend("person_identity", str(user.pk))
        user.iin, user.iin_hash = owner.iin, crypto.lookup_hash(owner.iin)
        given.append("iin")
    if not user.full_name and owner.full_name:
        # Certificates write names in capitals.
        user.full_name = (owner.full_name.title() if owner.full_name.isupper() else owner.full_name)[:200]
        given.insert(0, "full_name")
    return tuple(given)


def _locked(user_id: UUID) -> User:
    user = User.objects.select_for_update().filter(pk=user_id).first()
    if user is None:
        raise PersonNotFound
    return user
