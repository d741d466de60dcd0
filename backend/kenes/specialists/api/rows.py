"""Specialists' things as JSON shows them."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from django.utils.translation import get_language

from kenes.accounts import specialisations
from kenes.accounts.models import SpecialistProfile
from kenes.cases import selectors
from kenes.cases.api.track_serializers import outcome_label
from kenes.cases.models import NO_DEADLINE, Case, Track
from kenes.cases.states import tables
from kenes.cases.states.track import TrackKind
from kenes.cases.tracks import procedures
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.specialists import consultations, marketplace, pages
from kenes.specialists.models import (
    Booking,
    HelpKind,
    HelpRequest,
    Host,
    HostKind,
    MediationSession,
    Proposal,
    SessionStatus,
    Way,
)
from kenes.specialists.states import PROPOSALS, BookingStatus, ProposalStatus, RequestStatus, can

Json = dict[str, Any]
Entries = dict[tuple[UUID | None, str], SpecialistProfile]


def language() -> str:
    """Language of the reader."""
    return (get_language() or "ru")[:2]


def topics() -> list[Json]:
    """Fields of work to choose from."""
    lang = language()
    return [
        {"code": one.code, "label": one.label(lang), "kinds": list(one.kinds)}
        for one in specialisations.catalogue().values()
    ]


def host_rows(hosts: list[Host]) -> list[Json]:
    """Pages of the directory; two queries for any number."""
    entries, offices = pages.entries_of(hosts), pages.offices_of(hosts)
    return [_host(host, entries, offices) for host in hosts]


def _host(host: Host, entries: Entries, offices: dict[UUID, str]) -> Json:
    entry = entries.get((host.user_id, host.kind))
    plain = (
        "id", "kind", "about", "languages", "city", "online", "office", "works_since", "minutes", "fee_tiyn",
    )  # fmt: skip
    return {
        **{name: getattr(host, name) for name in plain},
        "kind_label": HostKind(host.kind).label,
        "full_name": host.user.full_name if host.user is not None else "Kenes Hub",
        "organisation_name": offices.get(host.user_id) if host.user_id else None,
        "register_name": entry.register_name if entry is not None else "",
        "register_number": entry.register_number if entry is not None else "",
        "checked_at": entry.checked_at if entry is not None else None,
        "topics": specialisations.labels(entry.specialisations, language()) if entry is not None else [],
    }


SHOWN_DAYS: Final = 14


def own_host(actor: Actor, host: Host) -> Json:
    """The own page with its hours."""
    return {
        **{name: getattr(host, name) for name in pages.PageForm.__dataclass_fields__},
        "id": host.pk,
        "kind": host.kind,
        "rules": pages.hours_of(host),
        "absences": list(pages.absences_ahead(host)),
        "free_slots": pages.free_slots(host, first=clock.today(), days=SHOWN_DAYS),
        "kinds": pages.kinds_of(actor),
    }


def help_page(actor: Actor, case: Case, requests: Sequence[HelpRequest]) -> Json:
    """Requests of a case with proposals to compare; constant queries."""
    proposals = [proposal for request in requests for proposal in request.proposals.all()]
    people = {proposal.specialist_id for proposal in proposals}
    hosts = list(Host.objects.filter(user_id__in=people).select_related("user")) if people else []
    known = {(host.user_id, host.kind): host for host in hosts}
    stand_ins = [Host(user_id=person, kind=kind) for person in people for kind in HelpKind.values]
    entries = pages.entries_of(stand_ins) if people else {}
    offices = pages.offices_of(stand_ins) if people else {}
    return {
        "items": [_request(actor, case, row, known, entries, offices) for row in requests],
        "may_ask": marketplace.may_ask(actor, case, requests),
        "topics": topics(),
    }


_REQUEST = ("id", "kind", "summary", "figures", "language", "city", "online", "created_at", "expires_at")


def _request(
    actor: Actor, case: Case, row: HelpRequest, hosts: dict[Any, Host], entries: Entries, offices: dict[UUID, str]
) -> Json:  # fmt: skip
    shown = sorted(
        row.proposals.all(), key=lambda one: (one.status != ProposalStatus.ACCEPTED, one.created_at)
    )
    # What was taken back is nobody's business any more.
    shown = [one for one in shown if one.status != ProposalStatus.WITHDRAWN]
    return {
        **{name: getattr(row, name) for name in _REQUEST},
        "kind_label": HelpKind(row.kind).label,
        "topics": specialisations.labels(row.topics, language()),
        "status": row.status,
        "status_label": RequestStatus(row.status).label,
        "proposals": [_proposal(row, one, hosts, entries, offices) for one in shown],
        "allowed_actions": marketplace.request_actions(actor, case, row),
    }


def _proposal(
    request: HelpRequest, row: Proposal, hosts: dict[Any, Host], entries: Entries, offices: dict[UUID, str]
) -> Json:
    host, entry = (found.get((row.specialist_id, request.kind)) for found in (hosts, entries))
    assert host is None or isinstance(host, Host)
    assert entry is None or isinstance(entry, SpecialistProfile)
    plain = ("id", "fee_kind", "fee_tiyn", "days", "words", "status", "created_at", "expires_at")
    return {
        **{name: getattr(row, name) for name in plain},
        "specialist_name": row.specialist.full_name,
        "organisation_name": offices.get(row.specialist_id),
        "register_name": entry.register_name if entry is not None else "",
        "register_number": entry.register_number if entry is not None else "",
        "topics": specialisations.labels(entry.specialisations, language()) if entry is not None else [],
        "works_since": host.works_since if host is not None else None,
        "host_id": host.pk if host is not None and host.listed else None,
        "languages": host.languages if host is not None else [],
        "city": host.city if host is not None else "",
        "status_label": ProposalStatus(row.status).label,
    }


def open_request(row: HelpRequest) -> Json:
    """A request as specialists see it; the row comes from `marketplace.open_requests`."""
    return {
        **{name: getattr(row, name) for name in _REQUEST},
        "kind_label": HelpKind(row.kind).label,
        "topics": specialisations.labels(row.topics, language()),
        "proposals_made": row.proposals_made,  # type: ignore[attr-defined]
        "proposed": row.proposed,  # type: ignore[attr-defined]
    }


def own_proposal(row: Proposal) -> Json:
    """A proposal as its specialist sees it; whose case it is only once he was chosen."""
    chosen = row.status == ProposalStatus.ACCEPTED
    plain = (
        "id",
        "request_id",
        "fee_kind",
        "fee_tiyn",
        "days",
        "words",
        "status",
        "created_at",
        "expires_at",
    )
    return {
        **{name: getattr(row, name) for name in plain},
        "kind_label": HelpKind(row.request.kind).label,
        "summary": row.request.summary,
        "status_label": ProposalStatus(row.status).label,
        "case_id": row.request.case_id if chosen else None,
        "case_number": row.request.case.number if chosen else None,
        "allowed_actions": ["withdraw"] if can(PROPOSALS, row, "withdraw") else [],
    }


def booking(actor: Actor, row: Booking) -> Json:
    """A consultation for one of its two sides."""
    host, case = row.host, row.case
    plain = (
        "id", "host_id", "case_id", "starts_at", "ends_at", "way", "topic", "fee_tiyn", "status", "reason",
        "cancelled_by_host", "summary",
    )  # fmt: skip
    place = {Way.OFFICE.value: host.office, Way.ONLINE.value: host.link}.get(row.way, "")
    return {
        **{name: getattr(row, name) for name in plain},
        "host_kind": host.kind,
        "host_kind_label": HostKind(host.kind).label,
        "host_name": host.user.full_name if host.user is not None else "Kenes Hub",
        "borrower_name": row.borrower.full_name,
        "case_number": case.number if case is not None else None,
        "way_label": Way(row.way).label,
        "place": place if row.status == BookingStatus.BOOKED else "",
        "status_label": BookingStatus(row.status).label,
        "as_host": consultations.is_host(actor, row),
        "allowed_actions": consultations.actions(actor, row),
    }


def session(actor: Actor, row: MediationSession) -> Json:
    """A session of mediation."""
    plain = ("id", "track_id", "starts_at", "minutes", "way", "place", "status")
    return {
        **{name: getattr(row, name) for name in plain},
        "case_id": row.track.case_id,
        "case_number": row.track.case.number,
        "mediator_name": row.mediator.full_name,
        "status_label": SessionStatus(row.status).label,
        "mine": row.mediator_id == actor.user_id,
    }


def desk_procedures(actor: Actor, rows: list[Track]) -> list[Json]:
    """Procedures of a desk with the steps that are open to the reader; constant queries."""
    selectors.load_reader(actor, [row.case for row in rows])
    return [_procedure(actor, row) for row in rows]


def _procedure(actor: Actor, row: Track) -> Json:
    due = row.due  # type: ignore[attr-defined]
    term = None if due == NO_DEADLINE else due
    debt = row.obligation
    return {
        "id": row.pk,
        "version": row.version,
        "kind": row.kind,
        "kind_label": TrackKind(row.kind).label,
        "state": row.state,
        "state_label": tables.state_label(row.kind, row.state),
        "case_id": row.case_id,
        "case_number": row.case.number or "",
        "borrower_name": row.case.borrower_name,
        "creditor_name": debt.creditor.name(language()) if debt is not None else "",
        "debt_tiyn": debt.total_tiyn if debt is not None else None,
        "due": term,
        "days_left": None if term is None else (term - clock.today()).days,
        "updated_at": row.updated_at,
        "allowed_actions": [
            {
                "action": step.action,
                "label": step.label,
                "needs": step.needs,
                "may": step.may,
                "ahead": step.ahead,
                "outcomes": [{"code": code, "label": outcome_label(code)} for code in step.outcomes],
            }
            for step in procedures.open_steps(actor, row.case, row)
        ],
    }
