"""Specialists' things and people: two accounts that become one, data that a person asks for or wants erased."""

from typing import Final
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kenes.accounts import merging
from kenes.foundation import clock, personal_data
from kenes.foundation.personal_data import Copy, Counts, Subject
from kenes.specialists.models import Booking, HelpRequest, Host, MediationSession, Proposal
from kenes.specialists.states import BookingStatus, ProposalStatus

_NAMED: Final[tuple[tuple[type[Model], str], ...]] = (
    (HelpRequest, "borrower"),
    (Booking, "borrower"),
    (MediationSession, "mediator"),
)


def connect() -> None:
    """Register what names a person; called when the app starts."""
    merging.register("help_and_consultations", label=_("Help and consultations"), count=_count, move=_move)
    personal_data.register(
        "help_and_consultations", label=_("Help and consultations"), order=70, preview=_counts, export=_copy,
        erase=_erase,
    )  # fmt: skip


def _count(person_id: UUID) -> int:
    named = sum(model._default_manager.filter(**{f"{name}_id": person_id}).count() for model, name in _NAMED)
    own = Proposal.objects.filter(specialist_id=person_id).count()
    return named + own + Host.objects.filter(user_id=person_id).count()


def _move(gone_id: UUID, kept_id: UUID) -> None:
    for model, name in _NAMED:
        model._default_manager.filter(**{f"{name}_id": gone_id}).update(**{f"{name}_id": kept_id})
    # One proposal of a person to a request is enough: that of the account that stays goes on.
    theirs = Proposal.objects.filter(specialist_id=kept_id, status=ProposalStatus.PENDING)
    mine = Proposal.objects.filter(specialist_id=gone_id)
    mine.filter(status=ProposalStatus.PENDING, request_id__in=theirs.values("request_id")).update(
        status=ProposalStatus.WITHDRAWN, decided_at=clock.now()
    )
    mine.update(specialist_id=kept_id)
    _move_pages(gone_id, kept_id)


def _move_pages(gone_id: UUID, kept_id: UUID) -> None:
    kept = {host.kind: host for host in Host.objects.filter(user_id=kept_id)}
    for host in Host.objects.filter(user_id=gone_id):
        if host.kind not in kept:
            host.user_id = kept_id
            host.save(update_fields=["user_id"])
            continue
        # The unlisted page stays as it is, without hours; what was booked with it goes to the other one.
        booked = Booking.objects.filter(host=kept[host.kind], status=BookingStatus.BOOKED)
        same = Q(status=BookingStatus.BOOKED, starts_at__in=booked.values("starts_at"))
        host.bookings.filter(same).update(status=BookingStatus.CANCELLED, cancelled_by_host=True)
        host.bookings.update(host=kept[host.kind])
        host.delete()


def _bookings(subject: Subject) -> QuerySet[Booking]:
    return Booking.objects.filter(borrower_id=subject.person_id)


def _requests(subject: Subject) -> QuerySet[HelpRequest]:
    return HelpRequest.objects.filter(borrower_id=subject.person_id)


def _counts(subject: Subject) -> Counts:
    given = _bookings(subject).count() + _requests(subject).count()
    return Counts(given=given, erased=0, masked=given, kept=0)


def _copy(subject: Subject) -> Copy:
    requests = [
        {
            name: getattr(row, name)
            for name in ("kind", "topics", "summary", "language", "city", "status", "created_at")
        }
        for row in _requests(subject).order_by("created_at")
    ]
    booked = [
        {name: getattr(row, name) for name in ("starts_at", "way", "topic", "fee_tiyn", "status", "summary")}
        for row in _bookings(subject).order_by("starts_at")
    ]
    return Copy([{"requests": requests, "consultations": booked}])


def _erase(subject: Subject) -> int:
    """Take the words out; when and with whom stays for the specialist's books."""
    count = 0
    for request in _requests(subject):
        request.summary, request.city = "", ""
        request.save(update_fields=["summary", "city"])
        count += 1
    for booking in _bookings(subject):
        booking.topic = booking.summary = booking.reason = ""
        booking.save(update_fields=["topic", "summary", "reason"])
        count += 1
    return count
