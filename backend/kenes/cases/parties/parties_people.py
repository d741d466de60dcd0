"""People who take part in cases of others or work on them: the copy of their data, and what goes when they are erased."""

from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kenes.cases.models import Absence, Case, Party, PartyInvitation, PartyRole
from kenes.foundation import clock, crypto, personal_data
from kenes.foundation.personal_data import Copy, Counts, Subject

WAITS: Final = Q(accepted_at__isnull=True, declined_at__isnull=True, cancelled_at__isnull=True)


def _parts(subject: Subject) -> QuerySet[Party]:
    rows = Party.objects.filter(user_id=subject.person_id).exclude(role=PartyRole.BORROWER)
    return rows.select_related("case").order_by("added_at")


def _invitations(subject: Subject) -> QuerySet[PartyInvitation]:
    """Invitations that the person has answered or that wait for him, with name and address still in them."""
    contacts = [subject.phone, subject.email.lower()]
    hashes = [found for contact in contacts if contact for found in crypto.lookup_hashes(f"party:{contact}")]
    rows = PartyInvitation.objects.filter(Q(answered_by_id=subject.person_id) | Q(contact_hash__in=hashes))
    return rows.exclude(contact_hash="").order_by("created_at")


def _absences(subject: Subject) -> QuerySet[Absence]:
    return Absence.objects.filter(user_id=subject.person_id).order_by("first_day")


def _counts(subject: Subject) -> Counts:
    kept = _parts(subject).count()
    masked = _invitations(subject).count() + sum(bool(row.note) for row in _absences(subject))
    return Counts(given=kept + masked, masked=masked, kept=kept, ground="closed_cases" if kept else "")


def _copy(subject: Subject) -> Copy:
    return Copy(
        {
            "parts": [
                {"case": row.case.number, **_plain(row, "role", "added_at", "removed_at")}
                for row in _parts(subject)
            ],
            "invitations": [
                _plain(row, "role", "full_name", "email", "phone", "sent_at", "accepted_at", "declined_at")
                for row in _invitations(subject)
            ],
            "absences": [_plain(row, "first_day", "last_day", "note") for row in _absences(subject)],
        }
    )


def _plain(row: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _erase(subject: Subject) -> int:
    """Take name and address out of invitations and words out of absences; that somebody took part stays with the case."""
    count = _empty(_invitations(subject))
    for row in _absences(subject).select_for_update():
        if row.note:
            row.note = ""
            row.save(update_fields=["note"])
            count += 1
    return count


def forget(case: Case) -> None:
    """Take the people out of the invitations of a locked case; those that wait lead nowhere any more."""
    _empty(case.party_invitations.exclude(contact_hash=""))


def _empty(rows: QuerySet[PartyInvitation]) -> int:
    ids = list(rows.values_list("pk", flat=True))
    named = PartyInvitation.objects.filter(pk__in=ids)
    named.filter(WAITS).update(cancelled_at=clock.now())
    return named.update(full_name="", email="", phone="", contact_hash="")


personal_data.register(
    "parts_in_cases", label=_("Parts in cases"), order=79, preview=_counts, export=_copy, erase=_erase
)
