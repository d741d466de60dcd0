"""From a draft to a numbered case: draft, checks, debts, facts, route. One transaction per call."""

from dataclasses import asdict, replace
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kenes.accounts import consents, on_behalf
from kenes.accounts import selectors as account_selectors
from kenes.accounts import services as account_services
from kenes.accounts.models import User
from kenes.cases import permissions, selectors
from kenes.cases.errors.cases import (
    CaseAlreadySubmitted,
    ConsentMissing,
    PersonalDataConsentWithdrawn,
    PhoneNotConfirmed,
)
from kenes.cases.events.cases import CaseDraftCreated, CaseDuplicateSuspected, CaseSubmitted
from kenes.cases.models import (
    Case,
    CaseDraft,
    CaseNumberCounter,
    CaseSource,
    CaseStory,
    FactSource,
    Obligation,
    Party,
    PartyRole,
)
from kenes.cases.search import index as search_index
from kenes.cases.search.sources import story_text
from kenes.cases.states.case import FINAL, CaseAction, CaseStatus, move
from kenes.cases.story import story
from kenes.cases.tracks import facts, progress, proposing
from kenes.creditors import selectors as creditor_selectors
from kenes.creditors import services as creditor_services
from kenes.creditors.models import Creditor
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import FieldError, FieldErrors, Forbidden

CONSENTS: Final = ("personal_data", "creditor_transfer", "sms_agreement")


@transaction.atomic
def create_draft(*, actor: Actor, language: str, borrower_id: UUID | None = None) -> Case:
    """The borrower's open draft; made when there is none. `borrower_id` is the principal of a representative who may act.

    Forbidden for guests, for staff without a case of their own, and without a power of attorney to act.
    """
    person_id = borrower_id or permissions.person_of(actor)
    if person_id is None or not actor.can("case.file"):
        raise Forbidden
    if person_id != permissions.person_of(actor):
        if not actor.represents(person_id, "act"):
            raise Forbidden
        actor = replace(actor, on_behalf_of=person_id)
    existing = Case.objects.filter(borrower_id=person_id, status=CaseStatus.DRAFT).first()
    if existing is not None:
        return existing
    _require_not_withdrawn(person_id)
    now = clock.now()
    try:
        with transaction.atomic():
            case = Case.objects.create(
                borrower_id=person_id,
                language=language,
                source=_source(actor),
                created_at=now,
                updated_at=now,
            )
    except IntegrityError:
        # A second tab was quicker; one open draft per person.
        return Case.objects.get(borrower_id=person_id, status=CaseStatus.DRAFT)
    Party.objects.create(case=case, user_id=person_id, role=PartyRole.BORROWER, added_at=now)
    event_log.record(CaseDraftCreated(case_id=case.id), actor=actor)
    return case


def _source(actor: Actor) -> str:
    if actor.client_id:
        return CaseSource.API
    return CaseSource.REPRESENTATIVE if actor.on_behalf_of is not None else CaseSource.WEB


@transaction.atomic
def save_draft(*, actor: Actor, case_id: UUID, step: str, data: dict[str, Any]) -> CaseDraft:
    """Keep the half-filled form, encrypted. CaseAlreadySubmitted once the case is sent in."""
    case = selectors.get_case_for_update(actor=actor, case_id=case_id)
    permissions.require(actor, "case.edit_draft", case)
    if case.status != CaseStatus.DRAFT:
        raise CaseAlreadySubmitted
    _require_not_withdrawn(case.borrower_id)
    now = clock.now()
    draft, _created = CaseDraft.objects.update_or_create(
        case=case, defaults={"step": step, "data": data, "saved_at": now}
    )
    Case.objects.filter(pk=case.pk).update(updated_at=now)
    return draft


@transaction.atomic
def submit_case(*, actor: Actor, case_id: UUID, form: story.Submission) -> Case:
    """Send the case in: number, debts, facts with their terms, proposed route; opens what the system may open.

    Raises CaseAlreadySubmitted, PhoneNotConfirmed, ConsentMissing(missing), FieldErrors, and IinTaken of accounts.
    """
    case = selectors.get_case_for_update(actor=actor, case_id=case_id)
    permissions.require(actor, "case.submit", case)
    if case.status != CaseStatus.DRAFT:
        raise CaseAlreadySubmitted
    prepared = not permissions.acts_as_borrower(actor, case)
    actor = permissions.acting(actor, case)
    person = account_selectors.get_person(case.borrower_id)
    if prepared:
        _require_recorded(case)
    else:
        _require_ready(person)
    creditors = _check(form, actor)
    identify = on_behalf.set_identity if prepared else account_services.set_identity
    identify(actor=actor, user_id=person.pk, full_name=form.applicant.full_name, iin=form.applicant.iin)
    if prepared and person.phone_verified_at is None:
        for row in case.recorded_consents.all():
            row.told_iin = form.applicant.iin
            row.save(update_fields=["told_iin"])
    obligations = _store_obligations(actor, case, form, creditors)
    _store_story(case, form)
    _number_and_move(case, form, obligations)
    event_log.record(
        CaseSubmitted(case_id=case.id, number=str(case.number), obligations=len(obligations)), actor=actor
    )
    _store_facts(actor, case, form, obligations)
    _note_duplicates(actor, case, obligations)
    progress.route_after_submission(case)
    return case


def _note_duplicates(actor: Actor, case: Case, obligations: list[Obligation]) -> None:
    """Tell staff about an open case with the same contract; the borrower is not held up by it."""
    same = Q()
    for row in obligations:
        same |= Q(obligations__creditor_id=row.creditor_id, obligations__contract_number=row.contract_number)
    others = Case.objects.filter(same, borrower_id=case.borrower_id).exclude(pk=case.pk)
    other = others.exclude(status__in=[*FINAL, CaseStatus.DRAFT]).order_by("created_at").first()
    if other is not None:
        event = CaseDuplicateSuspected(
            case_id=case.id, other_case_id=other.id, other_number=str(other.number)
        )
        event_log.record(event, actor=actor)


def _require_not_withdrawn(person_id: UUID) -> None:
    """Whoever took back the consent to processing gives us nothing new to keep; before the first consent one may begin."""
    if account_selectors.has_withdrawn(person_id, "personal_data"):
        raise PersonalDataConsentWithdrawn


def _require_ready(person: User) -> None:
    if person.phone_verified_at is None:
        raise PhoneNotConfirmed
    # Held until the case is in: a withdrawal at the same moment comes after it, or stops it.
    missing = [kind for kind in CONSENTS if not consents.hold(person.pk, kind)]
    if missing:
        raise ConsentMissing(missing=missing)


def _require_recorded(case: Case) -> None:
    """Given in by staff: the consent that was written down stands for the ones the borrower gives when he comes himself."""
    if not case.recorded_consents.filter(objected_at__isnull=True).exists():
        raise ConsentMissing(missing=["personal_data"])
    _require_not_withdrawn(case.borrower_id)


def _check(form: story.Submission, actor: Actor) -> list[Creditor | None]:
    """Lenders of the registry in the order of the debts; FieldErrors with everything wrong in the form."""
    errors = story.problems(form, clock.today())
    wanted = {debt.creditor_id for debt in form.obligations if debt.creditor_id}
    known = {creditor.pk: creditor for creditor in creditor_selectors.creditors_by_id(wanted)}
    for index, debt in enumerate(form.obligations):
        if debt.creditor_id and debt.creditor_id not in known:
            text = _("This creditor is not in the registry. Choose one from the list or type the name.")
            errors.append(FieldError(f"/obligations/{index}/creditor_id", "unknown", text))
    if errors:
        raise FieldErrors(errors)
    return [known.get(debt.creditor_id) if debt.creditor_id else None for debt in form.obligations]


def _store_obligations(
    actor: Actor, case: Case, form: story.Submission, creditors: list[Creditor | None]
) -> list[Obligation]:
    rows = []
    for position, (debt, chosen) in enumerate(zip(form.obligations, creditors, strict=True)):
        creditor = chosen or creditor_services.find_or_add_unverified(
            actor=actor, name=debt.creditor_name, type=debt.creditor_type, bin=debt.creditor_bin
        )
        rows.append(
            Obligation(
                case=case, position=position, creditor=creditor, contract_number=debt.contract_number,
                contract_date=debt.contract_date, original_amount_tiyn=debt.original_amount_tiyn,
                principal_tiyn=debt.principal_tiyn, interest_tiyn=debt.interest_tiyn,
                penalty_tiyn=debt.penalty_tiyn, monthly_payment_tiyn=debt.monthly_payment_tiyn,
                rate_percent=debt.rate_percent, term_months=debt.term_months, overdue_since=debt.overdue_since,
                overdue_since_source=debt.overdue_since_source, collateral=debt.collateral or "",
            )
        )  # fmt: skip
    return Obligation.objects.bulk_create(rows)


def _store_story(case: Case, form: story.Submission) -> None:
    told = CaseStory.objects.create(
        case=case,
        email=form.applicant.email,
        address=form.applicant.address,
        income=story.plain(asdict(form.income)),
        assets=[story.plain(asdict(asset)) for asset in form.assets],
        hardship=story.plain(asdict(form.hardship)),
        relief=story.plain(asdict(form.relief)),
    )
    search_index.index_text(
        case_id=case.pk, place="story", ref_id=case.pk, audience="content", text=story_text(told)
    )
    CaseDraft.objects.filter(case=case).delete()


def _number_and_move(case: Case, form: story.Submission, obligations: list[Obligation]) -> None:
    move(case, CaseAction.SUBMIT)
    now = clock.now()
    case.number = next_number(clock.today().year)
    case.language = form.applicant.language
    case.borrower_name = form.applicant.full_name
    case.total_tiyn = sum(row.total_tiyn for row in obligations)
    case.submitted_at = case.updated_at = now
    case.debts_as_of = clock.today()
    case.version += 1
    case.save(
        update_fields=[
            "status", "number", "language", "borrower_name", "total_tiyn", "submitted_at", "debts_as_of",
            "updated_at", "version",
        ]
    )  # fmt: skip


def next_number(year: int) -> str:
    """`KH-2026-000123`: the counter of the Almaty year stays locked until the transaction ends, so no number is lost."""
    CaseNumberCounter.objects.bulk_create([CaseNumberCounter(year=year)], ignore_conflicts=True)
    counter = CaseNumberCounter.objects.select_for_update().get(year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"KH-{year}-{counter.last:06d}"


def _store_facts(actor: Actor, case: Case, form: story.Submission, obligations: list[Obligation]) -> None:
    for row in obligations:
        if row.overdue_since is not None:
            progress.add_fact(
                actor=actor, case=case, kind="DELAY_STARTED", on=row.overdue_since, text="", obligation=row,
                source=row.overdue_since_source,
            )  # fmt: skip
    debts = proposing.debts_for_matching(obligations)
    for told in sorted(form.events, key=lambda event: event.date):
        about = facts.debts_of(told.kind, told.text, told.obligation, debts)
        for index in about or (None,):
            progress.add_fact(
                actor=actor, case=case, kind=told.kind, on=told.date, text=told.text,
                obligation=None if index is None else obligations[index], source=FactSource.BORROWER,
            )  # fmt: skip
