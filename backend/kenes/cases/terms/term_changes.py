"""How a term gets another day: counted anew, old and new day kept with the cause, told once. Called with the case locked."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from kenes.cases.events.terms import DeadlineMoved
from kenes.cases.models import CaseDeadline, CaseEvent, DeadlineChange
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.law import selectors as law
from kenes.law.book import LawBook, open_book
from kenes.law.selectors import ComputedTerm
from kenes.law.terms import Pause

_COMPUTED: Final = (
    "rule", "critical", "start", "due", "counted_from", "nominal_last", "skipped", "worked", "pauses", "extended_by",
    "calendar_mark", "computed_at", "missed_at", "fact",
)  # fmt: skip


def pauses_of(row: CaseDeadline) -> tuple[Pause, ...]:
    """Days on which the term stands still."""
    return tuple(
        Pause(date.fromisoformat(one["from"]), date.fromisoformat(one["until"])) for one in row.pauses
    )


def as_json(pauses: tuple[Pause, ...]) -> list[dict[str, str]]:
    return [{"from": pause.first.isoformat(), "until": pause.last.isoformat()} for pause in pauses]


def fill(row: CaseDeadline, computed: ComputedTerm) -> None:
    """Put a counted term into its row with everything that is needed to explain it later."""
    term = computed.term
    row.rule, row.critical, row.start = computed.rule, computed.rule.critical, computed.start
    row.due, row.counted_from, row.nominal_last = term.due, term.counted_from, term.nominal_last
    row.worked = [day.isoformat() for day in term.worked]
    row.skipped = [{"date": day.isoformat(), "reason": reason} for day, reason in term.skipped]
    row.calendar_mark = law.working_calendar().mark(term.counted_from, term.due)
    row.computed_at = clock.now()


def recount(
    row: CaseDeadline,
    book: LawBook | None = None,
    *,
    extended_by: int | None = None,
    pauses: tuple[Pause, ...] | None = None,
) -> ComputedTerm:
    """The term by its own edition with another extension or other pauses. Raises DateOutsideCalendar."""
    book = book or open_book(clock.today(), [row.rule_key])
    return book.count(
        row.rule,
        row.start,
        extended_by=row.extended_by if extended_by is None else extended_by,
        pauses=pauses_of(row) if pauses is None else pauses,
    )


def move(
    row: CaseDeadline,
    computed: ComputedTerm,
    *,
    cause: str,
    actor: Actor,
    fact: CaseEvent | None = None,
    extended_by: int | None = None,
    pauses: tuple[Pause, ...] | None = None,
    **said: Any,
) -> DeadlineChange | None:
    """Give the term the counted day and keep what was before; tell it when the day is another one.

    `said`: note, law_change_id, first_day, last_day, amount. A term that ends later again is no longer missed. A new
    fact moves the term together with its pauses and its extension. None when nothing at all has changed.
    """
    if fact is not None and (row.extended_by or row.pauses):
        computed = law_counted(row, computed)
    change = DeadlineChange(
        deadline=row, cause=cause, old_due=row.due, old_rule=row.rule, old_start=row.start,
        new_due=computed.due, new_rule=computed.rule, new_start=computed.start,
        changed_by_id=actor.user_id, created_at=clock.now(), **said,
    )  # fmt: skip
    same = (change.old_due, change.old_rule_id, change.old_start) == (
        computed.due,
        computed.rule.pk,
        computed.start,
    )
    if fact is not None:
        row.fact = fact
    if extended_by is not None:
        row.extended_by = extended_by
    if pauses is not None:
        row.pauses = as_json(pauses)
    fill(row, computed)
    if row.missed_at is not None and row.due >= clock.today():
        row.missed_at = None
    row.save(update_fields=list(_COMPUTED))
    if same and extended_by is None and pauses is None:
        return None
    change.save(force_insert=True)
    if change.old_due != change.new_due:
        _tell(row, change, actor)
    return change


def law_counted(row: CaseDeadline, computed: ComputedTerm) -> ComputedTerm:
    """The same term from the new day with what was agreed and the days it stood still."""
    term = law.count_term(
        computed.rule,
        computed.start,
        law.working_calendar(),
        extended_by=row.extended_by,
        pauses=pauses_of(row),
    )
    return ComputedTerm(computed.rule, computed.start, term)


def _tell(row: CaseDeadline, change: DeadlineChange, actor: Actor) -> None:
    event_log.record(
        DeadlineMoved(
            case_id=row.case_id, deadline_id=row.pk, change_id=change.pk, rule_key=row.rule_key,
            cause=change.cause, old_due=change.old_due, new_due=change.new_due,
        ),
        actor=actor,
    )  # fmt: skip


def log(
    row: CaseDeadline, *, cause: str, actor: Actor, first_day: date | None = None, note: str = "",
    law_change_id: UUID | None = None,
) -> DeadlineChange:  # fmt: skip
    """Keep something that happened to a term without moving it."""
    return DeadlineChange.objects.create(
        deadline=row, cause=cause, old_due=row.due, new_due=row.due, old_rule=row.rule, new_rule=row.rule,
        old_start=row.start, new_start=row.start, first_day=first_day, note=note, law_change_id=law_change_id,
        changed_by_id=actor.user_id, created_at=clock.now(),
    )  # fmt: skip
