"""Specialists' things and people: two accounts that become one, data that a person asks for or wants erased."""

from typing import Any, Final
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kenes.accounts import merging
from kenes.cases.personal_data import also_forget
from kenes.foundation import clock, personal_data
from kenes.foundation.personal_data import Copy, Counts, Subject
from kenes.specialists.models import Booking, HelpRequest, Host, MediationSession, Proposal
from kenes.specialists.states import BookingStatus, ProposalStatus

_NAMED: Final[tuple[tuple[type[Model], str], ...]] = (
    (HelpRequest, "borrower"),
    (Booking, "borrower"),
    (MediationSession, "mediator"),
)
# What both have written of a consultation.
_TOLD: Final = ("topic", "summary", "reason")


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
        # The page stays with the closed account, unlisted and without hours; what was booked with it goes to the other one.
        booked = Booking.objects.filter(host=kept[host.kind], status=BookingStatus.BOOKED)
        same = Q(status=BookingStatus.BOOKED, starts_at__in=booked.values("starts_at"))
        host.bookings.filter(same).update(status=BookingStatus.CANCELLED, cancelled_by_host=True)
        host.bookings.update(host=kept[host.kind])
        host.rules.all().delete()
        host.listed = False
        host.save(update_fields=["listed"])


def _bookings(subject: Subject) -> QuerySet[Booking]:
    return Booking.objects.filter(borrower_id=subject.person_id)


def _requests(subject: Subject) -> QuerySet[HelpRequest]:
    return HelpRequest.objects.filter(borrower_id=subject.person_id)


def _own_proposals(subject: Subject) -> QuerySet[Proposal]:
    return Proposal.objects.filter(specialist_id=subject.person_id)


def _pages(subject: Subject) -> QuerySet[Host]:
    return Host.objects.filter(user_id=subject.person_id)


def _counts(subject: Subject) -> Counts:
    rows = (_bookings(subject), _requests(subject), _own_proposals(subject), _pages(subject))
    given = sum(row.count() for row in rows)
    return Counts(given=given, erased=0, masked=given, kept=0)


def _copy(subject: Subject) -> Copy:
    requests = [
        _plain(row, "kind", "topics", "summary", "language", "city", "status", "created_at")
        for row in _requests(subject).order_by("created_at")
    ]
    booked = [
        _plain(row, "starts_at", "way", "topic", "fee_tiyn", "status", "reason", "summary")
        for row in _bookings(subject).order_by("starts_at")
    ]
    proposed = [
        _plain(row, "fee_kind", "fee_tiyn", "days", "words", "status", "created_at")
        for row in _own_proposals(subject).order_by("created_at")
    ]
    pages = [
        _plain(row, "kind", "about", "languages", "city", "office", "link", "works_since")
        for row in _pages(subject)
    ]
    return Copy([{"requests": requests, "consultations": booked, "proposals": proposed, "own_pages": pages}])


def _plain(row: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _erase(subject: Subject) -> int:
    """Take the words out; when and with whom stays for the specialist's books."""
    requests = _requests(subject)
    return (
        _empty(requests, "summary", "city")
        + _empty(Proposal.objects.filter(request__in=requests), "words")
        + _empty(_bookings(subject), *_TOLD)
        + _empty(MediationSession.objects.filter(track__case__borrower_id=subject.person_id), "place")
        + _empty(_own_proposals(subject), "words")
        + _close_pages(subject)
    )


def _close_pages(subject: Subject) -> int:
    _pages(subject).update(listed=False)
    return _empty(_pages(subject), "about", "city", "office", "link")


@also_forget
def forget_case(case_id: UUID) -> None:
    """The same for one case that becomes anonymous when its time is over."""
    requests = HelpRequest.objects.filter(case_id=case_id)
    _empty(requests, "summary", "city")
    _empty(Proposal.objects.filter(request__in=requests), "words")
    _empty(Booking.objects.filter(Q(case_id=case_id) | Q(track__case_id=case_id)), *_TOLD)
    _empty(MediationSession.objects.filter(track__case_id=case_id), "place")


def _empty(rows: QuerySet[Any], *names: str) -> int:
    """Empty these columns; how many rows had something in them."""
    count = 0
    for row in rows:
        if any(getattr(row, name) for name in names):
            for name in names:
                setattr(row, name, "")
            row.save(update_fields=list(names))
            count += 1
    return count
