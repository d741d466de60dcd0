"""Changes to debts: data of a contract, splits of what is owed. Schedules and payments are in `debt_payments`."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kenes.accounts import selectors as account_selectors
from kenes.accounts.models import User
from kenes.cases import permissions
from kenes.cases.answers import sharing
from kenes.cases.events.debts import DebtContractEdited, DebtSplitGiven
from kenes.cases.models import Case, DebtSource, DebtSplit, FieldChange, Obligation
from kenes.cases.obligations import debt_access
from kenes.cases.search import index as search_index
from kenes.cases.story import editing
from kenes.cases.tracks import progress, proposing
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import FieldError, FieldErrors

CONTRACT_FIELDS: Final = (
    "contract_number", "contract_date", "original_amount_tiyn", "monthly_payment_tiyn", "rate_percent", "term_months",
    "kind", "currency", "apr_percent", "upfront_fees_tiyn", "purpose", "collateral", "guarantors",
)  # fmt: skip
PARTS: Final = ("principal_tiyn", "interest_tiyn", "penalty_tiyn", "fees_tiyn")
SUMS: Final = (*PARTS, "overdue_tiyn")


@dataclass(frozen=True, slots=True)
class Told:
    """Of what a debt consists on a day, in tiyn; `overdue` is None when nobody said."""

    as_of: date
    principal_tiyn: int
    interest_tiyn: int
    penalty_tiyn: int
    fees_tiyn: int
    overdue_tiyn: int | None
    note: str = ""

    @property
    def total_tiyn(self) -> int:
        return self.principal_tiyn + self.interest_tiyn + self.penalty_tiyn + self.fees_tiyn


@transaction.atomic
def edit_contract(
    *, actor: Actor, obligation_id: UUID, version: int, changes: dict[str, Any]
) -> tuple[Case, Obligation]:
    """Correct data of a contract; `changes` hold only what changes (CONTRACT_FIELDS and `overdue_since`).

    Old and new values are kept. Raises DebtNotFound, Forbidden, DebtAlreadySent, DebtClosed, CaseChangedSince (412 with the
    present values), FieldErrors.
    """
    case, debt = debt_access.get_debt(actor=actor, obligation_id=obligation_id, lock=True)
    debt_access.require(actor, "edit", case, debt)
    actor = permissions.acting(actor, case)
    editing.require_version(
        actor=actor, case=case, version=version, current=lambda: contract_values(debt),
        prefix=f"obligations/{debt.position}/",
    )  # fmt: skip
    _require_sense(debt, changes)
    since = changes.pop("overdue_since", debt.overdue_since)
    changed = {name: value for name, value in changes.items() if getattr(debt, name) != value}
    if not changed and since == debt.overdue_since:
        return case, debt
    rows = _keep(actor, case, debt, changed)
    if changed:
        debt.save(update_fields=list(changed))
    if since is not None and since != debt.overdue_since:
        progress.add_fact(
            actor=actor, case=case, kind="DELAY_STARTED", on=since, text="", obligation=debt,
            source=_fact_source(actor, case),
        )  # fmt: skip
    if "contract_number" in changed:
        _renew_search(case)
    event_log.record(
        DebtContractEdited(
            case_id=case.pk, obligation_id=debt.pk, change_ids=tuple(row.pk for row in rows),
            fields=tuple(changed),
        ),
        actor=actor,
    )  # fmt: skip
    proposing.reroute(case)
    progress.save_progress(case)
    return case, debt


def contract_values(debt: Obligation) -> dict[str, Any]:
    """Present values of what is edited, as JSON."""
    values = {name: getattr(debt, name) for name in (*CONTRACT_FIELDS, "overdue_since")}
    plain = (type(None), int, str, list)
    return {name: value if isinstance(value, plain) else str(value) for name, value in values.items()}


def _keep(actor: Actor, case: Case, debt: Obligation, changed: dict[str, Any]) -> list[FieldChange]:
    """Set the new values on the debt and store both old and new ones."""
    place = f"obligations/{debt.position}"
    before = {name: _told(getattr(debt, name)) for name in changed}
    for name, value in changed.items():
        setattr(debt, name, value)
    rows = [(f"{place}/{name}", before[name], _told(value)) for name, value in changed.items()]
    return editing.keep_changes(actor=actor, case=case, changes=rows)


def _told(value: Any) -> Any:
    return value if value is None or isinstance(value, list | str) else str(value)


def _fact_source(actor: Actor, case: Case) -> str:
    return "borrower" if permissions.acts_as_borrower(actor, case) else "staff"


def _require_sense(debt: Obligation, changes: dict[str, Any]) -> None:
    today = clock.today()
    signed = changes.get("contract_date", debt.contract_date)
    since = changes.get("overdue_since", debt.overdue_since)
    errors = []
    if signed > today:
        errors.append(FieldError("/contract_date", "future", _("This date has not come yet.")))
    if "overdue_since" in changes and since is None and debt.overdue_since is not None:
        errors.append(
            FieldError(
                "/overdue_since", "required", _("The day the delay began is known; correct it instead.")
            )
        )
    if since is not None and since > today:
        errors.append(FieldError("/overdue_since", "future", _("This date has not come yet.")))
    if since is not None and since < signed and {"overdue_since", "contract_date"} & changes.keys():
        errors.append(
            FieldError("/overdue_since", "before_contract", _("A delay cannot begin before the contract."))
        )
    loan = changes.get("original_amount_tiyn", debt.original_amount_tiyn)
    fees = changes.get("upfront_fees_tiyn", debt.upfront_fees_tiyn)
    if fees is not None and loan is not None and fees >= loan > 0:
        errors.append(
            FieldError("/upfront_fees_tiyn", "too_large", _("Fees are smaller than the sum of the loan."))
        )
    if errors:
        raise FieldErrors(errors)


def _renew_search(case: Case) -> None:
    """A contract is found by its new number, also by the people of its creditor."""
    search_index.refresh(case)
    sharing.renew_search_words(case)


@transaction.atomic
def give_split(*, actor: Actor, obligation_id: UUID, told: Told, source: str = "") -> DebtSplit:
    """Write down of what a debt consists on a day. The debt shows the newest day; of two words for one day the later one.

    Whose word it is follows from who speaks; staff may say by whose word they write (`source`). Nothing is overwritten.
    Raises DebtNotFound, Forbidden, DebtClosed, FieldErrors.
    """
    case, debt = debt_access.get_debt(actor=actor, obligation_id=obligation_id, lock=True)
    acts = debt_access.require(actor, "give_split", case, debt)
    actor = permissions.acting(actor, case)
    _require_split(debt, told)
    by = _source_of(acts, source)
    present = _current(case, debt)
    if _says_the_same(present, told, by):
        return present
    split = _store(actor, debt, told, by, present)
    changes: list[FieldChange] = []
    if split.superseded_at is None:
        changed = {name: getattr(told, name) for name in SUMS if getattr(debt, name) != getattr(told, name)}
        changes = _keep(actor, case, debt, changed)
        debt.save(update_fields=list(SUMS))
        retotal(case)
    event_log.record(
        DebtSplitGiven(
            case_id=case.pk, obligation_id=debt.pk, split_id=split.pk, source=by,
            is_current=split.superseded_at is None, change_ids=tuple(row.pk for row in changes),
        ),
        actor=actor,
    )  # fmt: skip
    if changes:
        proposing.reroute(case)
    progress.save_progress(case)
    return split


def _source_of(acts: frozenset[str], source: str) -> str:
    if "staff" in acts:
        return source or DebtSource.STAFF
    return DebtSource.LENDER if "creditor" in acts else DebtSource.BORROWER


def _require_split(debt: Obligation, told: Told) -> None:
    errors = []
    if told.as_of > clock.today():
        errors.append(FieldError("/as_of", "future", _("This date has not come yet.")))
    if told.as_of < debt.contract_date:
        errors.append(FieldError("/as_of", "before_contract", _("On this day there was no contract yet.")))
    if told.overdue_tiyn is not None and told.overdue_tiyn > told.total_tiyn:
        errors.append(
            FieldError(
                "/overdue_tiyn", "too_large", _("The overdue sum cannot be larger than the whole debt.")
            )
        )
    if errors:
        raise FieldErrors(errors)


def _current(case: Case, debt: Obligation) -> DebtSplit:
    """The split that the debt shows; what was told at submission becomes the first one."""
    found = debt.splits.select_for_update().filter(superseded_at__isnull=True).first()
    if found is not None:
        return found
    return DebtSplit.objects.create(
        obligation=debt, as_of=first_day(case), source=DebtSource.BORROWER,
        given_at=case.submitted_at or case.created_at, **{name: getattr(debt, name) for name in SUMS},
    )  # fmt: skip


def first_day(case: Case) -> date:
    """The day to which the sums told at submission belong."""
    return case.debts_as_of or clock.almaty(case.submitted_at or case.created_at).date()


def _says_the_same(present: DebtSplit, told: Told, source: str) -> bool:
    same = all(getattr(present, name) == getattr(told, name) for name in ("as_of", *SUMS))
    return same and present.source == source and present.note == told.note


def _store(actor: Actor, debt: Obligation, told: Told, source: str, present: DebtSplit) -> DebtSplit:
    now = clock.now()
    is_newest = told.as_of >= present.as_of
    if is_newest:
        present.superseded_at = now
        present.save(update_fields=["superseded_at"])
    return DebtSplit.objects.create(
        obligation=debt, as_of=told.as_of, source=source, note=told.note, given_by=_person(actor), given_at=now,
        superseded_at=None if is_newest else now, **{name: getattr(told, name) for name in SUMS},
    )  # fmt: skip


def retotal(case: Case) -> None:
    """What the lists show and sort by follows the debts; the case is locked."""
    case.total_tiyn = sum(debt.total_tiyn for debt in case.obligations.all())
    case.save(update_fields=["total_tiyn"])


def _person(actor: Actor) -> User | None:
    return account_selectors.get_person(actor.user_id) if actor.user_id else None
