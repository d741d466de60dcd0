"""A borrower looks for a lawyer or mediator; specialists propose fee and time; he chooses one.

Order of locks: case, request, proposals. Until the choice specialists see only the summary that the borrower approved.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kenes.accounts import selectors as account_selectors
from kenes.accounts import specialisations
from kenes.cases import permissions as case_permissions
from kenes.cases import selectors as cases
from kenes.cases.errors.cases import CaseNotFound, CaseTransitionNotAllowed
from kenes.cases.models import Case, Obligation
from kenes.cases.parties import parties
from kenes.cases.states.case import FINAL, CaseStatus
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor, SystemActor
from kenes.foundation.errors import FieldError, FieldErrors, Forbidden
from kenes.specialists import masking, states
from kenes.specialists.errors import (
    HelpRequestNotFound,
    ProposalNotFound,
    ProposedAlready,
    RequestAlreadyOpen,
)
from kenes.specialists.events import HelpRequested, HelpRequestEnded, ProposalEnded, ProposalMade
from kenes.specialists.models import FeeKind, HelpKind, HelpRequest, Proposal
from kenes.specialists.states import PROPOSALS, REQUESTS, ProposalStatus, RequestStatus

REQUEST_TERM: Final = timedelta(days=21)
PROPOSAL_TERM: Final = timedelta(days=10)
CLOCK: Final = SystemActor("help-timer")
_BANDS: Final = (500_000_00, 1_000_000_00, 3_000_000_00, 5_000_000_00, 10_000_000_00)


@dataclass(frozen=True, slots=True)
class HelpForm:
    """What a borrower asks for."""

    kind: str
    topics: tuple[str, ...]
    summary: str = field(repr=False)
    language: str = "ru"
    city: str = ""
    online: bool = True


@dataclass(frozen=True, slots=True)
class ProposalForm:
    """What a specialist proposes."""

    fee_kind: str
    fee_tiyn: int
    days: int
    words: str = field(repr=False)


def figures_of(case: Case) -> dict[str, Any]:
    """Rounded figures of a case that specialists may see: kinds of creditors, a band of the debt, a band of the delay."""
    debts = list(Obligation.objects.filter(case=case).select_related("creditor"))
    total = sum(debt.total_tiyn for debt in debts)
    since = min((debt.overdue_since for debt in debts if debt.overdue_since), default=None)
    late = (clock.today() - since).days if since is not None else 0
    return {
        "creditor_types": sorted({debt.creditor.type for debt in debts}),
        "debts": len(debts),
        "total_up_to_tiyn": next((band for band in _BANDS if total <= band), None),
        "overdue": "none" if late <= 0 else "month" if late <= 30 else "quarter" if late <= 90 else "long",
    }


def hidden_names(case: Case) -> list[str]:
    """Words that a summary must not have: the borrower's name and those of his creditors."""
    creditors = Obligation.objects.filter(case=case).values_list("contract_number", flat=True)
    return [case.borrower_name, *[number for number in creditors if not number.isdigit()]]


def mask_summary(*, actor: Actor, case_id: UUID, text: str) -> tuple[str, dict[str, Any]]:
    """The words as specialists would read them, with the figures beside; nothing is kept. CaseNotFound, Forbidden."""
    case = cases.get_case(actor=actor, case_id=case_id)
    _require_borrower(actor, case)
    return masking.masked(text, hidden_names(case)), figures_of(case)


def _require_borrower(actor: Actor, case: Case) -> None:
    if not case_permissions.allowed(actor, "case.view_content", case):
        raise CaseNotFound
    if not case_permissions.acts_as_borrower(actor, case):
        raise Forbidden


def _require_running(case: Case) -> None:
    if case.status in FINAL or case.status == CaseStatus.DRAFT:
        raise CaseTransitionNotAllowed(action="ask_for_help", current_status=case.status)


@transaction.atomic
def ask_for_help(*, actor: Actor, case_id: UUID, form: HelpForm) -> HelpRequest:
    """Publish a request to the specialists of a kind.

    Raises CaseNotFound, Forbidden, CaseTransitionNotAllowed, RequestAlreadyOpen, FieldErrors (/topics, /summary, /city).
    """
    case = cases.get_case_for_update(actor=actor, case_id=case_id)
    _require_borrower(actor, case)
    _require_running(case)
    _require_sense(case, form)
    who = case_permissions.acting(actor, case)
    now = clock.now()
    try:
        with transaction.atomic():
            request = HelpRequest.objects.create(
                case=case, borrower_id=case.borrower_id, kind=form.kind, topics=list(form.topics), summary=form.summary,
                figures=figures_of(case), language=form.language, city=form.city, online=form.online,
                created_at=now, expires_at=now + REQUEST_TERM,
            )  # fmt: skip
    except IntegrityError as problem:
        raise RequestAlreadyOpen from problem
    event_log.record(HelpRequested(case.pk, request.pk, request.kind), actor=who)
    return request


def _require_sense(case: Case, form: HelpForm) -> None:
    errors = []
    known = specialisations.catalogue()
    for place, code in enumerate(form.topics):
        if code not in known or form.kind not in known[code].kinds:
            errors.append(
                FieldError(f"/topics/{place}", "unknown", _("Choose a field of work from the list."))
            )
    if masking.tells(form.summary, hidden_names(case)):
        text = _("This tells who you are. Take out names, phone numbers and other numbers.")
        errors.append(FieldError("/summary", "personal_data", text))
    if not form.online and not form.city:
        errors.append(FieldError("/city", "required", _("Say in which city you want to meet.")))
    if errors:
        raise FieldErrors(errors)


def requests_of_case(*, actor: Actor, case_id: UUID) -> tuple[Case, list[HelpRequest]]:
    """Requests of a case with their proposals, newest first, for who reads its content."""
    case = cases.get_case(actor=actor, case_id=case_id)
    if not case_permissions.allowed(actor, "case.view_content", case):
        raise CaseNotFound
    # A specialist of the case is no judge of what others proposed.
    if case_permissions.is_specialist(actor, case):
        return case, []
    rows = HelpRequest.objects.filter(case=case).order_by("-created_at", "-pk")
    return case, list(rows.prefetch_related("proposals__specialist"))


def _request_for_update(actor: Actor, case_id: UUID, request_id: UUID) -> tuple[Case, HelpRequest]:
    case = cases.get_case_for_update(actor=actor, case_id=case_id)
    _require_borrower(actor, case)
    request = HelpRequest.objects.select_for_update().filter(pk=request_id, case=case).first()
    if request is None:
        raise HelpRequestNotFound
    return case, request


@transaction.atomic
def take_request_back(*, actor: Actor, case_id: UUID, request_id: UUID) -> HelpRequest:
    """Look for nobody any more; proposals end with it. Raises as `choose`, StepNotAllowed, StepRepeated."""
    case, request = _request_for_update(actor, case_id, request_id)
    states.move(REQUESTS, request, "cancel")
    _close(case_permissions.acting(actor, case), request)
    return request


def _close(actor: Actor, request: HelpRequest, but: UUID | None = None) -> None:
    request.closed_at = clock.now()
    request.save(update_fields=["status", "closed_at"])
    waiting = request.proposals.select_for_update().filter(status=ProposalStatus.PENDING).exclude(pk=but)  # type: ignore[misc]
    for proposal in waiting.order_by("pk"):
        _end(actor, request, proposal, "expire" if request.status == RequestStatus.EXPIRED else "reject")
    event_log.record(HelpRequestEnded(request.case_id, request.pk, request.kind, request.status), actor=actor)


def _end(actor: Actor, request: HelpRequest, proposal: Proposal, action: str) -> None:
    states.move(PROPOSALS, proposal, action)
    proposal.decided_at = clock.now()
    proposal.save(update_fields=["status", "decided_at", "transfer_consent_at", "party_id"])
    event_log.record(ProposalEnded(request.case_id, request.pk, proposal.pk, proposal.status), actor=actor)


@transaction.atomic
def choose(
    *, actor: Actor, case_id: UUID, request_id: UUID, proposal_id: UUID, transfer_consent: bool
) -> Proposal:
    """Choose a specialist: he takes part in the case from now on, the others are told.

    Raises CaseNotFound, Forbidden, HelpRequestNotFound, ProposalNotFound, StepNotAllowed, StepRepeated,
    CaseTransitionNotAllowed, ConflictOfInterest, FieldErrors (/transfer_consent; /proposal_id when he no longer works as one).
    """
    case, request = _request_for_update(actor, case_id, request_id)
    proposal = request.proposals.select_for_update(of=("self",)).filter(pk=proposal_id).first()
    if proposal is None:
        raise ProposalNotFound
    _require_running(case)
    if not transfer_consent:
        text = _("Agree that your case is opened to this specialist.")
        raise FieldErrors([FieldError("/transfer_consent", "required", text)])
    if not states.can(PROPOSALS, proposal, "accept"):
        states.move(PROPOSALS, proposal, "accept")
    states.move(REQUESTS, request, "choose")
    who = case_permissions.acting(actor, case)
    person = account_selectors.get_person(proposal.specialist_id)
    party = parties.let_in(actor=who, case=case, person=person, role=request.kind)
    proposal.transfer_consent_at, proposal.party_id = clock.now(), party.pk
    _end(who, request, proposal, "accept")
    _close(who, request, but=proposal.pk)
    return proposal


def open_requests(*, actor: Actor) -> QuerySet[HelpRequest]:
    """Requests that the actor could propose to, with `proposed` and `proposals_made`; unordered.

    Not the own cases, nor those of which a creditor is the organisation that he belongs to: who serves one side is not
    even told that the other looks for help.
    """
    kinds = _kinds(actor)
    own = Obligation.objects.filter(
        case=OuterRef("case"), creditor__organisation_id__in=actor.organisation_ids
    )
    mine = Proposal.objects.filter(request=OuterRef("pk"), specialist_id=actor.user_id)
    live = HelpRequest.objects.filter(
        kind__in=kinds, status=RequestStatus.OPEN, expires_at__gt=clock.now()
    ).exclude(borrower_id=actor.user_id)
    if actor.organisation_ids:
        live = live.exclude(Exists(own))
    return live.annotate(
        proposed=Exists(mine.filter(status=ProposalStatus.PENDING)),
        proposals_made=Count("proposals", filter=Q(proposals__status=ProposalStatus.PENDING)),
    )


def _kinds(actor: Actor) -> list[str]:
    return [kind for kind in HelpKind.values if actor.can("proposal.make") and actor.has_role(kind)]


@transaction.atomic
def propose(*, actor: Actor, request_id: UUID, form: ProposalForm) -> Proposal:
    """Propose to help. Raises HelpRequestNotFound, ProposedAlready, ConflictOfInterest, FieldErrors (/fee_tiyn)."""
    if not open_requests(actor=actor).filter(pk=request_id).exists():
        raise HelpRequestNotFound
    request = HelpRequest.objects.select_for_update(of=("self",)).select_related("case").get(pk=request_id)
    if request.status != RequestStatus.OPEN:
        raise HelpRequestNotFound
    if (form.fee_kind == FeeKind.FREE) != (form.fee_tiyn == 0):
        text = _("Give the fee, or offer to help free of charge.")
        raise FieldErrors([FieldError("/fee_tiyn", "fee_does_not_fit", text)])
    person = account_selectors.get_person(actor.user_id) if actor.user_id else None
    if person is None:
        raise Forbidden
    parties.require_no_conflict(person=person, role=request.kind, case=request.case)
    now = clock.now()
    try:
        with transaction.atomic():
            proposal = Proposal.objects.create(
                request=request, specialist=person, fee_kind=form.fee_kind, fee_tiyn=form.fee_tiyn, days=form.days,
                words=form.words, created_at=now, expires_at=min(now + PROPOSAL_TERM, request.expires_at),
            )  # fmt: skip
    except IntegrityError as problem:
        raise ProposedAlready from problem
    event_log.record(ProposalMade(request.case_id, request.pk, proposal.pk), actor=actor)
    return proposal


def own_proposals(*, actor: Actor) -> QuerySet[Proposal]:
    """Proposals of the actor with their requests, unordered."""
    return Proposal.objects.filter(specialist_id=actor.user_id).select_related("request__case")


@transaction.atomic
def withdraw(*, actor: Actor, proposal_id: UUID) -> Proposal:
    """Take the own proposal back. Raises ProposalNotFound, StepNotAllowed, StepRepeated."""
    found = own_proposals(actor=actor).filter(pk=proposal_id).first()
    if found is None:
        raise ProposalNotFound
    request = HelpRequest.objects.select_for_update(of=("self",)).get(pk=found.request_id)
    proposal = (
        Proposal.objects.select_for_update(of=("self",)).select_related("request__case").get(pk=found.pk)
    )
    _end(actor, request, proposal, "withdraw")
    return proposal


def expire() -> int:
    """Once an hour: end requests and proposals whose term has passed; how many."""
    now = clock.now()
    over = HelpRequest.objects.filter(status=RequestStatus.OPEN, expires_at__lte=now)
    late = Proposal.objects.filter(status=ProposalStatus.PENDING, expires_at__lte=now)
    ended = sum(_expire_request(pk) for pk in list(over.order_by("pk").values_list("pk", flat=True)))
    return ended + sum(_expire_proposal(pk) for pk in list(late.order_by("pk").values_list("pk", flat=True)))


@transaction.atomic
def _expire_request(request_id: UUID) -> bool:
    request = HelpRequest.objects.select_for_update().get(pk=request_id)
    if request.status != RequestStatus.OPEN or request.expires_at > clock.now():
        return False
    states.move(REQUESTS, request, "expire")
    _close(CLOCK, request)
    return True


@transaction.atomic
def _expire_proposal(proposal_id: UUID) -> bool:
    request_id = Proposal.objects.values_list("request_id", flat=True).get(pk=proposal_id)
    request = HelpRequest.objects.select_for_update().get(pk=request_id)
    proposal = Proposal.objects.select_for_update().get(pk=proposal_id)
    if proposal.status != ProposalStatus.PENDING or proposal.expires_at > clock.now():
        return False
    _end(CLOCK, request, proposal, "expire")
    return True


def request_actions(actor: Actor, case: Case, request: HelpRequest) -> list[str]:
    """Names of the borrower's buttons for a request."""
    if not case_permissions.acts_as_borrower(actor, case) or not states.can(REQUESTS, request, "cancel"):
        return []
    return ["cancel", *(["choose"] if case.status not in FINAL else [])]


def may_ask(actor: Actor, case: Case, requests: Iterable[HelpRequest]) -> list[str]:
    """Kinds of specialists that the actor may look for now."""
    if not case_permissions.acts_as_borrower(actor, case) or case.status in {*FINAL, CaseStatus.DRAFT}:
        return []
    open_kinds = {row.kind for row in requests if row.status == RequestStatus.OPEN}
    return [kind for kind in HelpKind.values if kind not in open_kinds]
