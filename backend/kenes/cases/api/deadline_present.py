"""Terms from rows to JSON values, in the reader's language."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from kenes.cases import card, permissions
from kenes.cases.api import present
from kenes.cases.models import Case, CaseDeadline, ChangeCause, DeadlineChange, FactSource
from kenes.cases.states.case import FINAL
from kenes.cases.states.track import TrackKind
from kenes.cases.terms import term_changes
from kenes.cases.terms.deadline_listing import OfferWithProof, TermWithHistory
from kenes.cases.terms.reminders import days_of
from kenes.cases.tracks import escalation, evidence
from kenes.cases.tracks.facts import KINDS
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.language.dates import format_date, format_length
from kenes.foundation.language.names import initials
from kenes.law import selectors as law
from kenes.law.models import DeadlineRule, Direction
from kenes.law.terms import WorkingCalendar

Json = dict[str, Any]


def share_over(row: CaseDeadline, today: date) -> float:
    """How much of the term is over, from 0 to 1."""
    whole = (row.due - row.start).days or 1
    return round(min(max((today - row.start).days / whole, 0), 1), 3)


def list_row(row: CaseDeadline, actor: Actor, lang: str) -> Json:
    """A line of the list; the reader was loaded for its case."""
    case, today = row.case, clock.today()
    return {
        **present.deadline_json(row, today, lang),
        "case": _case(case, actor),
        "creditor": row.obligation.creditor.name(lang) if row.obligation is not None else "",
        "share_over": share_over(row, today),
        "has_next_step": card.open_offer(row) is not None,
    }


def _case(case: Case, actor: Actor) -> Json:
    whole = permissions.allowed(actor, "case.view_content", case)
    sent_only = permissions.sees_sent_only(actor, case)
    name = case.borrower_name
    assignee = None if sent_only or case.assignee is None else case.assignee
    return {
        "id": case.id,
        "number": case.number,
        "borrower_name": name if whole or sent_only or not name else initials(name),
        "assignee": None if assignee is None else {"id": assignee.pk, "full_name": assignee.full_name},
    }


def case_term(
    term: TermWithHistory,
    case: Case,
    actor: Actor,
    lang: str,
    calendar: WorkingCalendar,
    people: Mapping[UUID, str],
) -> Json:
    """A term of the page of one case."""
    row, rule, today = term.row, term.row.rule, clock.today()
    return {
        **present.deadline_json(row, today, lang),
        "creditor": row.obligation.creditor.name(lang) if row.obligation is not None else "",
        "share_over": share_over(row, today),
        "consequence": rule.consequence(lang),
        "fact": _fact(row),
        "edition": _edition(rule, lang),
        "calendar_mark": row.calendar_mark,
        "computed_at": row.computed_at or row.created_at,
        "watched": row.watched,
        "pauses": [{"first": pause.first, "last": pause.last} for pause in term_changes.pauses_of(row)],
        "extended_by": row.extended_by,
        "extension_left": max(rule.extension_amount - row.extended_by, 0),
        "unit": rule.unit,
        "met_by": row.met_by,
        "missed_at": row.missed_at,
        "changes": [change_json(change, actor, case, lang, people) for change in term.changes],
        "reminders": _reminders(term, calendar),
        "allowed_actions": allowed_actions(row, case, actor),
    }


def _fact(row: CaseDeadline) -> Json:
    fact = row.fact
    return {
        "id": fact.pk, "kind": fact.kind, "kind_label": str(KINDS.get(fact.kind, fact.kind)), "date": fact.on,
        "source_label": FactSource(fact.source).label,
    }  # fmt: skip


def _edition(rule: DeadlineRule, lang: str) -> Json:
    return {
        "id": rule.pk, "valid_from": rule.valid_from, "valid_to": rule.valid_to,
        "length": format_length(rule.amount, rule.unit, lang) if rule.amount else "",
    }  # fmt: skip


def _reminders(term: TermWithHistory, calendar: WorkingCalendar) -> list[Json]:
    made = {reminder.day_of_term: reminder for reminder in term.reminders}
    planned = days_of(term.row, calendar) if term.row.rule.remind_at else []
    return [
        {
            "day_of_term": number, "on": day, "sent": number in made and not made[number].overtaken,
            "by_email": number in made and made[number].message_id is not None,
        }
        for number, day in planned
    ]  # fmt: skip


def allowed_actions(row: CaseDeadline, case: Case, actor: Actor) -> list[str]:
    """Names of the buttons of a term: suspend, resume, extend, meet, reopen, correct_fact."""
    if case.status in FINAL or not permissions.allowed(actor, "case.work_term", case):
        return []
    today = clock.today()
    if row.met_on is not None:
        return ["reopen"] if row.met_by == "by_hand" else []
    if row.direction == Direction.AT_LEAST:
        # Nothing is due by such a day: only the event it is counted from can be wrong.
        return ["correct_fact"]
    paused = any(pause.first <= today <= pause.last for pause in term_changes.pauses_of(row))
    names = {
        "suspend": row.due >= today,
        "resume": paused or any(pause.last >= today for pause in term_changes.pauses_of(row)),
        "extend": row.extended_by < row.rule.extension_amount,
        "meet": row.start <= today,
        "correct_fact": True,
    }
    return [name for name, possible in names.items() if possible]


def change_json(
    change: DeadlineChange, actor: Actor, case: Case, lang: str, people: Mapping[UUID, str]
) -> Json:
    """One line of the history of a term. Names of staff are for staff; others read «Kenes Hub»."""
    internal = permissions.allowed(actor, "case.view_internal", case)
    by = people.get(change.changed_by_id, "") if change.changed_by_id and internal else ""
    return {
        "id": change.pk, "cause": change.cause, "cause_label": str(ChangeCause(change.cause).label),
        "old_due": change.old_due, "new_due": change.new_due, "text": change_text(change, lang),
        "note": change.note if permissions.allowed(actor, "case.view_content", case) else "",
        "changed_by": by or "Kenes Hub", "created_at": change.created_at,
    }  # fmt: skip


def change_text(change: DeadlineChange, lang: str) -> str:
    """«Было 5 декабря, стало 7 декабря, потому что …»."""
    why = _why(change, lang)
    if change.old_due == change.new_due:
        return f"{why}."
    days = _("Was %(old)s, now %(new)s") % {
        "old": format_date(change.old_due, lang), "new": format_date(change.new_due, lang),
    }  # fmt: skip
    return f"{days}: {why}.".replace("г..", "г.")


def _why(change: DeadlineChange, lang: str) -> str:
    match ChangeCause(change.cause):
        case ChangeCause.RULE:
            return _edition_text(change, lang)
        case ChangeCause.CALENDAR:
            return _("the calendar of working days was changed")
        case ChangeCause.FACT:
            old, new = format_date(change.old_start, lang), format_date(change.new_start, lang)
            return _("the event is dated %(new)s instead of %(old)s") % {"new": new, "old": old}
        case ChangeCause.SUSPENDED:
            return _("the term stood still from %(first)s to %(last)s") % _days(change, lang)
        case ChangeCause.RESUMED:
            return _("the term runs again from %(first)s") % _days(change, lang)
        case ChangeCause.EXTENDED:
            unit = change.new_rule.unit if change.new_rule else "CD"
            return _("extended by %(length)s by agreement of %(first)s") % {
                **_days(change, lang), "length": format_length(change.amount, unit, lang),
            }  # fmt: skip
        case ChangeCause.MET:
            return _("marked as met on %(first)s") % _days(change, lang)
        case ChangeCause.REOPENED:
            return _("the mark was taken back")


def _edition_text(change: DeadlineChange, lang: str) -> str:
    old, new = change.old_rule, change.new_rule
    if old is None or new is None or new.valid_from is None:
        return _("the rule has another edition")
    said = {"day": format_date(new.valid_from, lang)}
    if (old.amount, old.unit) == (new.amount, new.unit) or not (old.amount and new.amount):
        return _("since %(day)s the rule has another edition") % said
    return _("since %(day)s the rule gives %(new)s instead of %(old)s") % {
        **said, "new": format_length(new.amount, new.unit, lang), "old": format_length(old.amount, old.unit, lang),
    }  # fmt: skip


def _days(change: DeadlineChange, lang: str) -> dict[str, str]:
    return {
        "first": format_date(change.first_day, lang) if change.first_day else "",
        "last": format_date(change.last_day, lang) if change.last_day else "",
    }


def people_of(terms: Sequence[TermWithHistory]) -> set[UUID]:
    """Who changed these terms, for loading their names at once."""
    return {change.changed_by_id for term in terms for change in term.changes if change.changed_by_id}


def next_step(item: OfferWithProof, case: Case, actor: Actor, lang: str) -> Json:
    """A next step with its proof."""
    offer, row = item.offer, item.offer.deadline
    may = permissions.allowed(actor, "case.choose_step", case) and case.status not in FINAL
    return {
        "id": offer.pk,
        "deadline_id": row.pk,
        "obligation_id": offer.obligation_id,
        "term": row.rule.title(lang),
        "due": row.due,
        "bound_label": law.bound_label(row.rule, lang),
        "creditor": offer.obligation.creditor.name(lang) if offer.obligation is not None else "",
        "consequence": row.rule.consequence(lang),
        "steps": [
            {"kind": step, "label": TrackKind(step).label, "free": TrackKind(step) in escalation.FREE}
            for step in offer.steps
            if step in TrackKind.values
        ],
        "evidence": [_proof(one, row.rule, lang) for one in item.evidence],
        "chosen": offer.chosen,
        "chosen_at": offer.chosen_at,
        "can_choose": may and not offer.chosen,
        "created_at": offer.created_at,
    }


def _proof(item: evidence.Evidence, rule: DeadlineRule, lang: str) -> Json:
    title = rule.title(lang) if item.kind == "term" else item.title
    return {
        "kind": item.kind, "kind_label": str(evidence.LABELS.get(item.kind, item.kind)), "title": title, "on": item.on,
        "document_id": item.document_id, "sha256": item.sha256,
    }  # fmt: skip
