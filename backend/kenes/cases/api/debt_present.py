"""From debts to JSON values, in the reader's language."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from kenes.accounts import duplicates
from kenes.accounts import selectors as account_selectors
from kenes.cases import permissions
from kenes.cases.api.present import language
from kenes.cases.debts.compare import Comparison, Plan
from kenes.cases.debts.rows_text import LineProblem
from kenes.cases.models import (
    Case,
    ContractKind,
    DebtSource,
    DebtSplit,
    Obligation,
    ScheduleKind,
    ScheduleRow,
)
from kenes.cases.obligations import (
    debt_access,
    debt_checks,
    debt_comparison,
    debt_reading,
    debt_words,
    payment_reminders,
)
from kenes.cases.obligations.debt_comparison import EarlyResult
from kenes.cases.obligations.debt_payments import PlannedRow
from kenes.cases.obligations.debt_reading import DebtView, ScheduleView
from kenes.foundation import clock
from kenes.foundation.actor import Actor

Json = dict[str, Any]
_CONTRACT = (
    "contract_number", "contract_date", "kind", "currency", "original_amount_tiyn", "upfront_fees_tiyn",
    "monthly_payment_tiyn", "rate_percent", "apr_percent", "term_months", "overdue_since", "overdue_since_source",
)  # fmt: skip
_SPLIT = (
    "id", "as_of", "principal_tiyn", "interest_tiyn", "penalty_tiyn", "fees_tiyn", "overdue_tiyn", "total_tiyn", "source",
    "given_at",
)  # fmt: skip


def debts(actor: Actor, case: Case, views: Sequence[DebtView]) -> Json:
    """All debts of a case that the reader sees."""
    law = debt_reading.law_figures()
    names = _names(actor, case, views)
    return {
        "case_id": case.pk,
        "version": version(actor, case),
        "total_tiyn": sum(view.debt.total_tiyn for view in views),
        "items": [debt(actor, view, law, names) for view in views],
    }


def one(actor: Actor, view: DebtView) -> Json:
    """One debt as it stands after a change."""
    names = _names(actor, view.case, [view])
    return {
        **debt(actor, view, debt_reading.law_figures(), names),
        "version": version(actor, view.case),
    }


def version(actor: Actor, case: Case) -> int:
    """People of a creditor are not told the version: it grows with everything that happens in the case."""
    return 0 if permissions.sees_sent_only(actor, case) else case.version


def _names(actor: Actor, case: Case, views: Sequence[DebtView]) -> Mapping[UUID, str]:
    """Who told a split, for staff of the case; the others read by whose word it is."""
    if not permissions.works_on(actor, case):
        return {}
    ids = {split.given_by_id for view in views for split in view.splits if split.given_by_id}
    own = duplicates.accounts_of(case.borrower_id) if ids else frozenset()
    return account_selectors.person_names(ids - own) if ids - own else {}


def debt(actor: Actor, view: DebtView, law: debt_reading.LawFigures, names: Mapping[UUID, str]) -> Json:
    """One debt."""
    lang, row, case = language(), view.debt, view.case
    sees_content = permissions.allowed(actor, "case.view_content", case)
    sent_only = permissions.sees_sent_only(actor, case)
    checks = [] if sent_only else debt_checks.of_debt(view, law)
    return {
        "id": row.pk,
        "index": row.position,
        "creditor": {
            "id": row.creditor_id, "name": row.creditor.name(lang), "type": row.creditor.type,
        },
        "contract": _contract(view, shows_words=sees_content),
        "current": _split(view.current, names, shows_words=sees_content),
        "splits": [_split(split, names, shows_words=sees_content) for split in _shown(view, sent_only)],
        "schedules": [schedule(item, row, watched(actor, case)) for item in view.schedules],
        "checks": [debt_words.check(found, lang) for found in checks],
        "reminds_of_payments": row.reminds_of_payments or sent_only,
        "months_left": debt_comparison.months_left(row.contract_date, row.term_months, clock.today()),
        "allowed_actions": view.actions,
    }  # fmt: skip


def _shown(view: DebtView, sent_only: bool) -> list[DebtSplit]:
    """People of a creditor read what the debt shows and their own earlier words, not what others said before."""
    return [
        split
        for split in view.splits
        if not sent_only or split.superseded_at is None or split.source == DebtSource.LENDER
    ]


def _contract(view: DebtView, *, shows_words: bool) -> Json:
    row = view.debt
    return {
        **{name: getattr(row, name) for name in _CONTRACT},
        "kind_label": str(ContractKind(row.kind).label) if row.kind else "",
        "purpose": row.purpose if shows_words else None,
        "collateral": row.collateral if shows_words else None,
        "guarantors": row.guarantors if shows_words else None,
    }


def _split(split: DebtSplit, names: Mapping[UUID, str], *, shows_words: bool) -> Json:
    return {
        **{name: getattr(split, name) for name in _SPLIT},
        "id": None if split._state.adding else split.pk,
        "source_label": str(DebtSource(split.source).label),
        "given_by": names.get(split.given_by_id, "") if split.given_by_id else "",
        "note": split.note if shows_words else "",
        "is_current": split.superseded_at is None,
    }


def watched(actor: Actor, case: Case) -> bool:
    """Whether the borrower of the case is reminded of payments, and the reader may know."""
    return debt_access.is_open(case) and not permissions.sees_sent_only(actor, case)


def schedule(view: ScheduleView, debt: Obligation, is_watched: bool) -> Json:
    """A schedule without its rows. `is_watched`: its borrower is reminded of payments."""
    row, late_since = view.schedule, debt.overdue_since
    states = [debt_reading.row_state(item, row.kind, late_since) for item in view.rows]
    following = debt_reading.next_payment(view, late_since)
    reminds = is_watched and view.is_live and row.kind == ScheduleKind.AGREED and debt.reminds_of_payments
    return {
        "remind_on": payment_reminders.day_next(following) if following and reminds else None,
        "id": row.pk, "kind": row.kind, "kind_label": str(ScheduleKind(row.kind).label),
        "source": row.source, "source_label": str(DebtSource(row.source).label),
        "valid_from": row.valid_from, "given_at": row.given_at, "superseded_at": row.superseded_at,
        "payments": view.payments, "total_tiyn": view.total_tiyn, "first_due": view.first_due,
        "last_due": view.last_due, "confirmed": states.count("confirmed"),
        "marked": states.count("paid") + states.count("part"), "missed": states.count("missed"),
        "next_due": following.due if following else None,
        "next_tiyn": following.total_tiyn if following else None,
    }  # fmt: skip


def schedule_with_rows(actor: Actor, case: Case, view: ScheduleView, debt: Obligation) -> Json:
    """A schedule with each payment and what is left of the principal after it."""
    late_since = debt.overdue_since
    left, rows = sum(row.principal_tiyn for row in view.rows), []
    for row in view.rows:
        left -= row.principal_tiyn
        rows.append(_row(row, view.schedule.kind, left, late_since))
    return {**schedule(view, debt, watched(actor, case)), "rows": rows, "version": version(actor, case)}


def _row(row: ScheduleRow, kind: str, left: int, late_since: date | None) -> Json:
    names = (
        "id", "number", "due", "principal_tiyn", "interest_tiyn", "total_tiyn", "paid_on", "paid_tiyn", "confirmed_on",
        "confirmed_tiyn", "missed_on",
    )  # fmt: skip
    return {
        **{name: getattr(row, name) for name in names},
        "other_tiyn": row.total_tiyn - row.principal_tiyn - row.interest_tiyn,
        "balance_tiyn": left,
        "state": debt_reading.row_state(row, kind, late_since),
    }


def preview(rows: Sequence[PlannedRow], problems: Sequence[LineProblem]) -> Json:
    """Rows as they would be kept."""
    return {
        "rows": [
            {"due": row.due, "principal_tiyn": row.principal_tiyn, "interest_tiyn": row.interest_tiyn,
             "total_tiyn": row.total_tiyn}
            for row in rows
        ],
        "total_tiyn": sum(row.total_tiyn for row in rows),
        "principal_tiyn": sum(row.principal_tiyn for row in rows),
        "interest_tiyn": sum(row.interest_tiyn for row in rows),
        "problems": [
            {"line": item.line, "code": item.code, "text": str(debt_words.LINES[item.code])} for item in problems
        ],
    }  # fmt: skip


def comparison(found: Comparison, owed_tiyn: int) -> Json:
    """Two plans and what differs."""
    lang = language()
    return {
        "owed_tiyn": owed_tiyn,
        "forgiven_tiyn": found.forgiven,
        "old": _plan(found.old),
        "new": _plan(found.new),
        "difference": {
            "monthly_tiyn": found.monthly, "total_tiyn": found.total, "overpaid_tiyn": found.overpaid,
            "payments": found.months,
        },
        "trace": [debt_words.line(step, lang) for step in found.trace.lines],
    }  # fmt: skip


def _plan(plan: Plan) -> Json:
    return {
        "now_tiyn": plan.now, "monthly_tiyn": plan.monthly, "total_tiyn": plan.total, "overpaid_tiyn": plan.overpaid,
        "payments": plan.payments, "ends": plan.ends,
        "rows": [
            {
                "number": row.number, "due": row.due, "principal_tiyn": row.principal, "interest_tiyn": row.interest,
                "arrears_tiyn": row.arrears, "total_tiyn": row.total, "balance_tiyn": row.balance,
            }
            for row in plan.rows
        ],
    }  # fmt: skip


def early(found: EarlyResult) -> Json:
    """What paying more saves."""
    return {
        "saved_tiyn": found.saved,
        "payments_fewer": len(found.before) - len(found.after),
        "payment_before_tiyn": found.payment_before,
        "payment_after_tiyn": found.payment_after,
        "ends": found.after[-1].due,
        "rows": [
            {
                "number": row.number, "due": row.due, "principal_tiyn": row.principal, "interest_tiyn": row.interest,
                "arrears_tiyn": 0, "total_tiyn": row.total, "balance_tiyn": row.balance,
            }
            for row in found.after
        ],
        "trace": [debt_words.line(step, language()) for step in found.trace.lines],
    }  # fmt: skip
