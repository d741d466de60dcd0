"""What lies on a specialist's desk: procedures of his own kind in cases in which he takes part, terms, agreed fees."""

from datetime import date
from typing import Any, Final

from django.db.models import Count, DateField, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, TruncMonth

from kenes.accounts.models import Organisation
from kenes.cases.models import NO_DEADLINE, CaseDeadline, Party, PartyRole, Track
from kenes.cases.states.track import ENDED, TrackKind, TrackState
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import Forbidden
from kenes.specialists import consultations, marketplace
from kenes.specialists.models import Booking
from kenes.specialists.states import BookingStatus, ProposalStatus

# Whose procedures these are. A lawyer helps his client in everything that is open.
KINDS: Final[dict[str, tuple[str, ...]]] = {
    PartyRole.LAWYER: tuple(kind.value for kind in TrackKind if kind != TrackKind.CONSULTATION),
    PartyRole.MEDIATOR: (TrackKind.MEDIATION,),
    PartyRole.NOTARY: (TrackKind.NOTARY_OBJECTION,),
    PartyRole.OMBUDSMAN_OFFICER: (TrackKind.OMBUDSMAN,),
}
# Whose terms lie on the desk of somebody who stands on no side: his own. A lawyer sees every term of his client's case.
_OWN_TERMS: Final[dict[str, str]] = {
    PartyRole.MEDIATOR: "parties", PartyRole.NOTARY: "notary", PartyRole.OMBUDSMAN_OFFICER: "ombudsman",
}  # fmt: skip
_NOT_SENT: Final = (
    TrackState.PROPOSED, TrackState.CHECK_PRECONDITIONS, TrackState.PREPARING, TrackState.READY_TO_SIGN,
    TrackState.SIGNED, TrackState.SEND_FAILED,
)  # fmt: skip


def roles_of(actor: Actor) -> list[str]:
    """As what the actor has a desk. An officer of the ombudsman only while his office is a checked organisation here."""
    if not actor.can("desk.enter"):
        return []
    roles = [role for role in KINDS if actor.has_role(role)]
    if PartyRole.OMBUDSMAN_OFFICER in roles and not _has_office(actor):
        roles.remove(PartyRole.OMBUDSMAN_OFFICER)
    return [str(role) for role in roles]


def _has_office(actor: Actor) -> bool:
    return Organisation.objects.filter(
        pk__in=actor.organisation_ids, kind=Organisation.Kind.OMBUDSMAN, checked_at__isnull=False,
        closed_at__isnull=True,
    ).exists()  # fmt: skip


def procedures(*, actor: Actor, role: str, ended: bool = False) -> QuerySet[Track]:
    """Procedures of a role in cases in which the actor takes part in it, with `due`; Forbidden for other roles."""
    if role not in roles_of(actor):
        raise Forbidden
    mine = Party.objects.filter(user_id=actor.user_id, role=role, removed_at__isnull=True)  # type: ignore[misc]
    found = Track.objects.filter(case__in=mine.values("case_id"), kind__in=KINDS[PartyRole(role)])
    hidden = [TrackState.PROPOSED]
    if role in {PartyRole.NOTARY, PartyRole.OMBUDSMAN_OFFICER}:
        # What has not been sent to them is not theirs to see.
        hidden = list(_NOT_SENT)
    found = found.exclude(state__in=hidden)
    found = found.filter(state__in=ENDED) if ended else found.exclude(state__in=ENDED)
    if actor.organisation_ids:
        # Who has meanwhile joined a creditor of the case stands on its side.
        found = found.exclude(case__obligations__creditor__organisation_id__in=actor.organisation_ids)
    term = CaseDeadline.objects.filter(
        Q(obligation=OuterRef("obligation")) | Q(obligation__isnull=True, case=OuterRef("case")),
        case=OuterRef("case"), met_on__isnull=True, watched=True,
    )  # fmt: skip
    if role in _OWN_TERMS:
        term = term.filter(bound=_OWN_TERMS[role])
    due = Subquery(term.order_by("due").values("due")[:1], output_field=DateField())
    return found.annotate(due=Coalesce(due, Value(NO_DEADLINE), output_field=DateField())).select_related(
        "case__borrower", "obligation__creditor"
    )


def counts(*, actor: Actor) -> dict[str, Any]:
    """Numbers for the sections of the desk."""
    now = clock.now()
    ahead = consultations.seen_by(actor).filter(host__user_id=actor.user_id, status=BookingStatus.BOOKED)  # type: ignore[misc]
    waiting = marketplace.own_proposals(actor=actor).filter(status=ProposalStatus.PENDING)
    return {
        "roles": roles_of(actor),
        "procedures": {role: procedures(actor=actor, role=role).count() for role in roles_of(actor)},
        "requests": marketplace.open_requests(actor=actor).filter(proposed=False).count(),  # type: ignore[misc]
        "proposals": waiting.count(),
        "consultations": ahead.filter(ends_at__gt=now).count(),
    }


def agreed_sums(*, actor: Actor) -> list[dict[str, Any]]:
    """What was agreed on by month, newest first: chosen proposals and consultations held. Kenes Hub takes no money for it."""
    proposals = (
        marketplace.own_proposals(actor=actor)
        .filter(status=ProposalStatus.ACCEPTED)
        .annotate(month=TruncMonth("decided_at", tzinfo=clock.zone()))
        .values("month")
        .annotate(number=Count("pk"), total=Sum("fee_tiyn"))
        .order_by()
    )
    held = (
        Booking.objects.filter(  # type: ignore[misc]
            host__user_id=actor.user_id, status__in=[BookingStatus.HELD, BookingStatus.SUMMARY_SENT]
        )
        .annotate(month=TruncMonth("starts_at", tzinfo=clock.zone()))
        .values("month")
        .annotate(number=Count("pk"), total=Sum("fee_tiyn"))
        .order_by()
    )
    months: dict[date, dict[str, Any]] = {}
    for name, rows in (("proposals", proposals), ("consultations", held)):
        for row in rows:
            month = row["month"].date()
            line = months.setdefault(
                month,
                {"month": month, "proposals": 0, "consultations": 0, "total_tiyn": 0},
            )
            line[name] = row["number"]
            line["total_tiyn"] += row["total"] or 0
    return [months[month] for month in sorted(months, reverse=True)]
