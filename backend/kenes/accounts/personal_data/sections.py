"""What accounts hold about a person: identity, ways to sign in, consents, reads, duties, requests, events."""

from typing import Any, Final
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.idp.oidc.models import Token
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from kenes.accounts import live_sessions
from kenes.accounts.models import (
    AppSignIn,
    Consent,
    DataRead,
    Impersonation,
    Invitation,
    Membership,
    OneTimeCode,
    PersonalDataRequest,
    PowerOfAttorney,
    ProgramConsent,
    Remark,
    RoleGrant,
    SpecialistProfile,
    TrustedDevice,
    User,
)
from kenes.event_log.models import EventRow
from kenes.files import services as files
from kenes.foundation import clock
from kenes.foundation.actor import STAFF_ROLES
from kenes.foundation.personal_data import Blocker, Copy, Counts, Subject, register, register_blocker

KEPT_EVENTS: Final = 5000
WAYS_IN: Final = (Authenticator, SocialAccount, Token, ProgramConsent, AppSignIn, TrustedDevice)


def _person(subject: Subject) -> User:
    return User.objects.get(pk=subject.person_id)


# --- identity


def profile_counts(subject: Subject) -> Counts:
    return Counts(given=1, masked=0 if _person(subject).erased_at else 1)


def profile_copy(subject: Subject) -> Copy:
    person = _person(subject)
    return Copy(
        {
            "id": person.pk, "full_name": person.full_name, "full_name_kk": person.full_name_kk,
            "iin": person.iin, "phone": person.phone, "phone_confirmed_at": person.phone_verified_at,
            "email": person.email, "language": person.language, "profile": person.profile,
            "created_at": person.created_at,
        }
    )  # fmt: skip


def profile_erase(subject: Subject) -> int:
    """Take name, phone, ИИН, e-mail, profile and every way to sign in; the row stays, because cases point to it."""
    person = _person(subject)
    if person.erased_at is not None:
        return 0
    at = clock.now()
    person.full_name = person.full_name_kk = ""
    person.phone = person.phone_hash = person.iin = person.iin_hash = person.email = None
    person.iin_confirmed_at = None
    person.phone_verified_at = person.phone_changed_at = person.code_requested_at = None
    person.email_verified_at = None
    person.profile, person.photo_file_id = {}, None
    person.password = make_password(None)
    person.is_active, person.deactivated_at, person.erased_at = False, person.deactivated_at or at, at
    person.save()
    live_sessions.end_all(user_id=person.pk)
    RoleGrant.objects.filter(user=person, revoked_at__isnull=True).update(revoked_at=at)
    Membership.objects.filter(user=person, ended_at__isnull=True).update(ended_at=at)
    for model in (EmailAddress, *WAYS_IN):
        model.objects.filter(user=person).delete()
    return 1


# --- ways in


def _sessions(subject: Subject) -> Any:
    return UserSession.objects.filter(user_id=subject.person_id)


def sign_in_counts(subject: Subject) -> Counts:
    person_id = subject.person_id
    count = _sessions(subject).count() + sum(
        model.objects.filter(user_id=person_id).count() for model in WAYS_IN
    )
    return Counts(given=count, erased=count)


def sign_in_copy(subject: Subject) -> Copy:
    person_id = subject.person_id
    factors = Authenticator.objects.filter(user_id=person_id)
    return Copy(
        {
            "sessions": list(_sessions(subject).values("created_at", "ip", "user_agent", "last_seen_at")),
            "second_factors": list(factors.values("type", "created_at", "last_used_at")),
            "outside_accounts": list(
                SocialAccount.objects.filter(user_id=person_id).values(
                    "provider", "date_joined", "extra_data"
                )
            ),
            "programs": list(
                Token.objects.filter(user_id=person_id).values(
                    "client__name", "scopes", "created_at", "expires_at"
                )
            ),
        }
    )


def sign_in_erase(subject: Subject) -> int:
    rows = _sessions(subject)
    keys = list(rows.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    count: int = rows.count()
    rows.delete()
    for model in WAYS_IN:
        count += model.objects.filter(user_id=subject.person_id).delete()[0]
    return count


# --- consents and codes


def consents_counts(subject: Subject) -> Counts:
    count = Consent.objects.filter(person_id=subject.person_id).count()
    return Counts(given=count, kept=count, ground="consents")


def consents_copy(subject: Subject) -> Copy:
    given = Consent.objects.filter(person_id=subject.person_id).select_related("text").order_by("accepted_at")
    return Copy(
        [
            {
                "kind": row.kind, "version": row.version, "title": row.text.title, "text": row.text.body,
                "accepted_at": row.accepted_at, "ip": row.ip, "browser": row.user_agent,
                "withdrawn_at": row.withdrawn_at, "withdrawal_reason": row.withdrawal_reason,
            }
            for row in given
        ]
    )  # fmt: skip


_PROVES: Final = Q(
    closed_as=OneTimeCode.Closed.CONFIRMED,
    purpose__in=[OneTimeCode.Purpose.SMS_AGREEMENT, OneTimeCode.Purpose.SIGNATURE],
)


def codes_counts(subject: Subject) -> Counts:
    codes = OneTimeCode.objects.filter(person_id=subject.person_id)
    count, kept = codes.count(), codes.filter(_PROVES).count()
    return Counts(given=count, erased=count - kept, kept=kept, ground="signed_documents" if kept else "")


def codes_copy(subject: Subject) -> Copy:
    codes = OneTimeCode.objects.filter(person_id=subject.person_id).order_by("created_at")
    return Copy(
        [
            {
                "purpose": row.purpose, "phone": row.phone, "created_at": row.created_at,
                "tries_used": row.tries_used, "closed_at": row.closed_at, "closed_as": row.closed_as,
            }
            for row in codes
        ]
    )  # fmt: skip


def codes_erase(subject: Subject) -> int:
    return OneTimeCode.objects.filter(person_id=subject.person_id).exclude(_PROVES).delete()[0]


# --- reads, duties, requests, events


def reads_counts(subject: Subject) -> Counts:
    count = DataRead.objects.filter(person_id=subject.person_id).count()
    return Counts(given=count, kept=count, ground="data_reads" if count else "")


def reads_copy(subject: Subject) -> Copy:
    rows = DataRead.objects.filter(person_id=subject.person_id).order_by("at")
    return Copy(
        [
            {
                "kind": row.kind, "at": row.at, "reader_roles": row.reader_roles, "fields": row.fields,
                "reason": row.reason,
            }
            for row in rows
        ]
    )  # fmt: skip


def duties_counts(subject: Subject) -> Counts:
    person_id = subject.person_id
    kept = RoleGrant.objects.filter(user_id=person_id).count()
    kept += Membership.objects.filter(user_id=person_id).count()
    masked = _powers(subject).count() + SpecialistProfile.objects.filter(user_id=person_id).count()
    masked += _remarks(subject).count() + _invitations(subject).count()
    return Counts(given=kept + masked, masked=masked, kept=kept, ground="duties" if kept else "")


def _powers(subject: Subject) -> Any:
    person_id = subject.person_id
    return PowerOfAttorney.objects.filter(Q(principal_id=person_id) | Q(representative_id=person_id))


def _remarks(subject: Subject) -> Any:
    return Remark.objects.filter(subject_id=subject.person_id)


def _invitations(subject: Subject) -> Any:
    return Invitation.objects.filter(accepted_by_id=subject.person_id)


def duties_copy(subject: Subject) -> Copy:
    person_id = subject.person_id
    memberships = Membership.objects.filter(user_id=person_id)
    looks = Impersonation.objects.filter(person_id=person_id)
    return Copy(
        {
            "roles": list(RoleGrant.objects.filter(user_id=person_id).values("role", "granted_at", "revoked_at")),
            "organisations": list(memberships.values("organisation__name", "post", "since", "ended_at")),
            "specialist": list(
                SpecialistProfile.objects.filter(user_id=person_id).values(
                    "kind", "register_name", "register_number", "issued_on", "valid_until", "region", "status"
                )
            ),
            "powers": [
                {
                    "as": "principal" if power.principal_id == person_id else "representative",
                    "scope": power.scope, "number": power.number, "issued_by": power.issued_by,
                    "valid_from": power.valid_from, "valid_until": power.valid_until, "status": power.status,
                }
                for power in _powers(subject)
            ],
            "remarks_of_staff": [{"at": row.created_at, "text": row.text} for row in _remarks(subject)],
            "looked_at_as_you": list(looks.values("started_at", "ended_at")),
        }
    )  # fmt: skip


def duties_erase(subject: Subject) -> int:
    """Empty what powers and register entries say; that they were there stays as the account of access."""
    at, count = clock.now(), 0
    for power in _powers(subject):
        if power.number or power.issued_by or power.check_note or power.status == power.Status.ACTIVE:
            power.number = power.issued_by = power.check_note = ""
            if power.status != power.Status.REVOKED:
                power.status, power.revoked_at = power.Status.REVOKED, at
            power.save(update_fields=["number", "issued_by", "check_note", "status", "revoked_at"])
            count += 1
    entries = SpecialistProfile.objects.filter(user_id=subject.person_id).exclude(
        register_number="", region=""
    )
    for entry in entries:
        entry.register_name = entry.register_number = entry.region = entry.check_note = ""
        entry.status = entry.Status.SUSPENDED
        entry.save(update_fields=["register_name", "register_number", "region", "check_note", "status"])
        count += 1
    for remark in _remarks(subject):
        if remark.text:
            remark.text = ""
            remark.save(update_fields=["text"])
            count += 1
    for invitation in _invitations(subject).exclude(email=""):
        invitation.email = invitation.full_name = ""
        invitation.save(update_fields=["email", "full_name"])
        count += 1
    return count


def requests_counts(subject: Subject) -> Counts:
    rows = PersonalDataRequest.objects.filter(person_id=subject.person_id)
    return Counts(given=rows.count(), erased=rows.filter(file_id__isnull=False).count(), kept=rows.count(),
                  ground="data_reads")  # fmt: skip


def requests_copy(subject: Subject) -> Copy:
    rows = PersonalDataRequest.objects.filter(person_id=subject.person_id).order_by("created_at")
    return Copy([{"kind": row.kind, "status": row.status, "created_at": row.created_at, "done_at": row.done_at,
                  "note": row.note} for row in rows])  # fmt: skip


def requests_erase(subject: Subject) -> int:
    """Remove copies that were made earlier: they hold everything that is being erased."""
    rows = PersonalDataRequest.objects.filter(person_id=subject.person_id, file_id__isnull=False)
    count = 0
    for row in rows:
        count += files.request_removal(owner_kind="data_request", owner_id=row.pk)
    rows.update(file_id=None, file_expires_at=None)
    return count


def _events(subject: Subject) -> Any:
    return EventRow.objects.filter(stream__kind="person", stream__subject_id=subject.person_id)


def events_counts(subject: Subject) -> Counts:
    count = _events(subject).count()
    return Counts(given=count, kept=count, ground="event_log" if count else "")


def events_copy(subject: Subject) -> Copy:
    rows = _events(subject).order_by("-at")[:KEPT_EVENTS]
    return Copy(list(rows.values("type", "at", "data")))


def staff_roles(person_id: UUID) -> list[Blocker]:
    """Whoever works here first gives his roles back: somebody else has to take over what hangs on them."""
    held = RoleGrant.objects.filter(user_id=person_id, revoked_at__isnull=True).filter(
        Q(role__in=STAFF_ROLES) | Q(custom_role__isnull=False)
    )
    text = now("You are still staff: the roles have to be taken away first.")
    return [Blocker("staff_roles", text)] if held.exists() else []


register_blocker(staff_roles)
register("profile", label=_("Name and contacts"), order=10,
         preview=profile_counts, export=profile_copy, erase=profile_erase)  # fmt: skip
register("sign_in", label=_("Ways to sign in and sessions"), order=20,
         preview=sign_in_counts, export=sign_in_copy, erase=sign_in_erase)  # fmt: skip
register("consents", label=_("Consents"), order=30, preview=consents_counts, export=consents_copy, erase=None)
register("codes", label=_("One-time codes"), order=40,
         preview=codes_counts, export=codes_copy, erase=codes_erase)  # fmt: skip
register("duties", label=_("Roles, powers of attorney, register entries"), order=50,
         preview=duties_counts, export=duties_copy, erase=duties_erase)  # fmt: skip
register("reads", label=_("Who looked at the data"), order=90,
         preview=reads_counts, export=reads_copy, erase=None)  # fmt: skip
register("requests", label=_("Requests about the data"), order=91,
         preview=requests_counts, export=requests_copy, erase=requests_erase)  # fmt: skip
register("events", label=_("Event log"), order=99, preview=events_counts, export=events_copy, erase=None)
