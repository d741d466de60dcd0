"""What papers say, kept for people to confirm: reading a file, deciding about a value.

Reading changes nothing of a case. A value goes over only by the word of the borrower or of staff who work on the case, by
the very services through which they would type it in.
"""

from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kenes.cases import permissions, selectors, services
from kenes.cases.errors.cases import CaseTransitionNotAllowed
from kenes.cases.errors.intake import FindingAlreadyDecided, FindingNotFound, FindingOnlyCompared
from kenes.cases.events.intake import FindingDecided, PaperRead
from kenes.cases.extraction.found import Lender
from kenes.cases.models import (
    Case,
    DebtSource,
    FactSource,
    FindingField,
    FindingState,
    MissingPaper,
    Obligation,
    PaperFinding,
    PaperReading,
)
from kenes.cases.obligations import debt_services
from kenes.cases.states.case import FINAL
from kenes.cases.tracks import paper_findings, progress
from kenes.cases.tracks.paper_findings import KnownDebt
from kenes.creditors.models import Creditor
from kenes.event_log import services as event_log
from kenes.files import selectors as file_selectors
from kenes.files import texts
from kenes.foundation import clock
from kenes.foundation.actor import Actor, SystemActor
from kenes.foundation.errors import FieldError, FieldErrors, KenesError

READER: Final = SystemActor("recognition")
# Only shown beside what the case says; nothing in the case takes them over.
COMPARED: Final = frozenset({FindingField.LENDER, FindingField.TOTAL, FindingField.IDENTITY})
_CONTRACT: Final = {
    FindingField.CONTRACT_NUMBER: ("contract_number", "text"),
    FindingField.CONTRACT_DATE: ("contract_date", "on"),
    FindingField.LOAN: ("original_amount_tiyn", "tiyn"),
    FindingField.MONTHLY: ("monthly_payment_tiyn", "tiyn"),
    FindingField.RATE: ("rate_percent", "percent"),
    FindingField.APR: ("apr_percent", "percent"),
}
VALUE_OF: Final = {
    **{field: value for field, (_name, value) in _CONTRACT.items()},
    FindingField.SPLIT: "split",
    FindingField.FACT: "on",
}
_OTHER_LENDERS: Final = 500
_PARTS: Final = ("principal_tiyn", "interest_tiyn", "penalty_tiyn", "fees_tiyn")


def take_text(file_id: UUID) -> UUID | None:
    """The text of a given paper is known: keep what it seems to say. Safe to repeat; None when there is nothing to do."""
    paper = MissingPaper.objects.select_related("case").filter(file_id=file_id).first()
    if paper is None or paper.case.status in FINAL or PaperReading.objects.filter(file_id=file_id).exists():
        return None
    try:
        pages = texts.pages_of(file_selectors.get_file(file_id))
    except KenesError:
        return None
    if not pages:
        return None
    by_number = {page.page: page.text for page in pages}
    debts = list(paper.case.obligations.select_related("creditor").order_by("position"))
    read = paper_findings.read(
        [by_number.get(number, "") for number in range(1, max(by_number) + 1)],
        [KnownDebt(debt.contract_number, _lender(debt.creditor)) for debt in debts],
        [_lender(row) for row in Creditor.objects.filter(offered=True).order_by("pk")[:_OTHER_LENDERS]],
        clock.today(),
    )
    return _keep(paper, file_id, read, debts)


def _lender(creditor: Creditor) -> Lender:
    names = (creditor.name_ru, creditor.name_kk, creditor.name_en)
    return Lender(str(creditor.pk), tuple(name for name in names if name))


@transaction.atomic
def _keep(
    paper: MissingPaper, file_id: UUID, read: paper_findings.Read, debts: list[Obligation]
) -> UUID | None:
    case = Case.objects.select_for_update(of=("self",)).get(pk=paper.case_id)
    # The borrower may have replaced the file while it was being read.
    if not case.missing_papers.filter(pk=paper.pk, file_id=file_id).exists():
        return None
    row, made = PaperReading.objects.get_or_create(
        file_id=file_id,
        defaults={
            "case": case, "paper": paper, "kind": read.kind, "kind_confidence": read.kind_confidence,
            "made_at": clock.now(),
        },
    )  # fmt: skip
    if not made:
        return None
    PaperFinding.objects.bulk_create(
        [
            PaperFinding(
                reading=row, position=position, field=item.field, found=item.found,
                obligation=debts[item.debt] if item.debt is not None else None,
            )
            for position, item in enumerate(read.findings)
        ]
    )  # fmt: skip
    if read.kind or read.findings:
        said = PaperRead(case_id=case.pk, reading_id=row.pk, kind=read.kind, findings=len(read.findings))
        event_log.record(said, actor=READER)
        progress.hint_changed(case)
    return row.pk


@transaction.atomic
def decide(
    *, actor: Actor, case_id: UUID, finding_id: UUID, decision: str, value: dict[str, Any] | None = None,
    obligation_id: UUID | None = None,
) -> Case:  # fmt: skip
    """Confirm a value as it was found, confirm another one (`value`), or dismiss it.

    `decision` is "confirm" or "dismiss"; `obligation_id` names the debt where the paper does not tell. Raises CaseNotFound,
    FindingNotFound, Forbidden, FindingAlreadyDecided, FindingOnlyCompared, FieldErrors (/obligation_id, /value…),
    CaseTransitionNotAllowed in an ended case, and what the services of debts and facts refuse.
    """
    case = selectors.get_case_for_update(actor=actor, case_id=case_id)
    permissions.require(actor, "case.confirm_findings", case)
    if case.status in FINAL:
        raise CaseTransitionNotAllowed(action="paper", current_status=case.status)
    row = (
        PaperFinding.objects.select_for_update(of=("self",)).filter(pk=finding_id, reading__case=case).first()
    )
    if row is None:
        raise FindingNotFound
    if row.state != FindingState.OFFERED:
        raise FindingAlreadyDecided
    state = FindingState.DISMISSED
    if decision == "confirm":
        if row.field in COMPARED:
            raise FindingOnlyCompared
        given = _given(row, value)
        state = FindingState.CHANGED if _differs(row, given) else FindingState.CONFIRMED
        row.obligation = _debt(case, row, obligation_id)
        row.given = given
        _apply(actor, case, row, given)
    row.state, row.decided_by_id, row.decided_at = state, actor.user_id, clock.now()
    row.save(update_fields=["state", "given", "obligation", "decided_by_id", "decided_at"])
    event_log.record(
        FindingDecided(
            case_id=case.pk, finding_id=row.pk, field=row.field, decision=state.value,
            obligation_id=row.obligation_id,
        ),
        actor=permissions.acting(actor, case),
    )  # fmt: skip
    progress.hint_changed(case)
    return case


def _given(row: PaperFinding, value: dict[str, Any] | None) -> dict[str, Any]:
    name = VALUE_OF[FindingField(row.field)]
    told = (value or {}).get(name)
    if told is None:
        told = row.found.get(name)
    given = {name: told}
    if row.field == FindingField.FACT:
        given["fact"] = row.found["fact"]
    return given


def _differs(row: PaperFinding, given: dict[str, Any]) -> bool:
    def plain(value: Any) -> Any:
        return (
            {k: v for k, v in value.items() if v and k != "total_tiyn"} if isinstance(value, dict) else value
        )

    return any(plain(row.found.get(name)) != plain(value) for name, value in given.items())


def _debt(case: Case, row: PaperFinding, obligation_id: UUID | None) -> Obligation:
    wanted = obligation_id or row.obligation_id
    debt = case.obligations.filter(pk=wanted).first() if wanted else None
    if debt is None:
        raise FieldErrors([FieldError("/obligation_id", "required", _("Choose the debt this is about."))])
    return debt


def _apply(actor: Actor, case: Case, row: PaperFinding, given: dict[str, Any]) -> None:
    field = FindingField(row.field)
    debt = row.obligation
    if debt is None:
        return
    if field in _CONTRACT:
        name, key = _CONTRACT[field]
        debt_services.edit_contract(
            actor=actor, obligation_id=debt.pk, version=case.version, changes={name: _typed(key, given[key])}
        )
    elif field is FindingField.SPLIT:
        debt_services.give_split(
            actor=actor, obligation_id=debt.pk, told=_told(given["split"]), source=DebtSource.DOCUMENT
        )
    elif field is FindingField.FACT:
        services.record_fact(
            actor=actor, case_id=case.pk, kind=given["fact"], on=date.fromisoformat(given["on"]),
            obligation_id=debt.pk, source=FactSource.DOCUMENT,
        )  # fmt: skip


def _typed(key: str, value: Any) -> Any:
    match key:
        case "on":
            return date.fromisoformat(value)
        case "percent":
            return Decimal(str(value))
    return value


def _told(split: dict[str, Any]) -> debt_services.Told:
    if not split.get("as_of"):
        raise FieldErrors(
            [FieldError("/value/split/as_of", "required", _("Say on which day the debt was so."))]
        )
    principal, interest, penalty, fees = (int(split.get(name) or 0) for name in _PARTS)
    return debt_services.Told(
        date.fromisoformat(split["as_of"]), principal, interest, penalty, fees, split.get("overdue_tiyn")
    )


def readings_of(*, actor: Actor, case_id: UUID) -> tuple[Case, list[PaperReading]]:
    """What was read in the papers of a case, newest first, for who reads its content. CaseNotFound, Forbidden."""
    case = selectors.get_case(actor=actor, case_id=case_id)
    permissions.require(actor, "case.view_content", case)
    rows = case.readings.select_related("paper").prefetch_related("findings").order_by("-made_at", "-pk")
    return case, list(rows[:50])


def forget_undecided(file_id: UUID) -> None:
    """The file was replaced: what nobody has decided about is not asked any more."""
    PaperFinding.objects.filter(reading__file_id=file_id, state=FindingState.OFFERED).delete()
    PaperReading.objects.filter(file_id=file_id, findings__isnull=True).delete()
