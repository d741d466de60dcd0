"""What terms do after something happened elsewhere, and how their events read in the history."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from kenes.cases.events import terms as events
from kenes.cases.history import timeline
from kenes.cases.history.timeline import Context, Entry
from kenes.cases.models import CaseDeadline, ChangeCause, DeadlineChange
from kenes.cases.states.track import TrackKind
from kenes.cases.terms import recounting, reminders
from kenes.cases.tracks.facts import KINDS
from kenes.event_log.events import Recorded
from kenes.event_log.services import subscribe
from kenes.foundation.language.dates import format_date
from kenes.law import selectors as law
from kenes.law.events import LawChangeApplied
from kenes.outbox import registry as outbox

Loaded = Mapping[Any, Any]
KIND: Final = "deadline"


@subscribe(LawChangeApplied)
def count_terms_anew(event: Recorded[LawChangeApplied]) -> None:
    recounting.start(event.data.law_change_id)


@outbox.handler(recounting.HANDLER)
def recount_terms(payload: dict[str, Any], context: outbox.OutboxContext) -> None:
    recounting.go_on(UUID(payload["recount_id"]))


@outbox.handler(reminders.HANDLER)
def remind_by_email(payload: dict[str, Any], context: outbox.OutboxContext) -> None:
    reminders.send_letter(UUID(payload["reminder_id"]))


def _deadlines(recorded: Sequence[Recorded[Any]]) -> Loaded:
    ids = {event.data.deadline_id for event in recorded}
    rows = CaseDeadline.objects.filter(pk__in=ids).select_related("rule", "obligation__creditor")
    return {row.pk: row for row in rows}


def _changed(recorded: Sequence[Recorded[Any]]) -> Loaded:
    ids = {event.data.change_id for event in recorded}
    rows = DeadlineChange.objects.filter(pk__in=ids).select_related(
        "deadline__rule", "deadline__obligation__creditor"
    )
    return {row.pk: row for row in rows}


def _title(row: CaseDeadline | None, lang: str) -> str:
    return row.rule.title(lang) if row is not None else ""


def _creditor(row: CaseDeadline | None, lang: str) -> str:
    if row is None or row.obligation is None:
        return ""
    return row.obligation.creditor.name(lang)


def _sentence(*parts: str) -> str:
    return " ".join(part if part.endswith((".", "»")) else f"{part}." for part in parts if part)


@timeline.renders(events.DeadlineMoved, load=_changed)
def moved(event: Recorded[events.DeadlineMoved], context: Context) -> Entry:
    change: DeadlineChange | None = context.loaded.get(event.data.change_id)
    lang, row = context.language, change.deadline if change else None
    days = _("was %(old)s, now %(new)s") % {
        "old": format_date(event.data.old_due, lang), "new": format_date(event.data.new_due, lang),
    }  # fmt: skip
    why = str(ChangeCause(event.data.cause).label)
    note = context.words(change.note) if change else ""
    title = _("Term moved: %(term)s") % {"term": _title(row, lang)}
    return Entry(KIND, "calendar-clock", title, _sentence(days.capitalize(), why, note, _creditor(row, lang)))


@timeline.renders(events.DeadlineMetByHand, load=_changed)
def met(event: Recorded[events.DeadlineMetByHand], context: Context) -> Entry:
    change: DeadlineChange | None = context.loaded.get(event.data.change_id)
    row = change.deadline if change else None
    title = _("Term kept: %(term)s") % {"term": _title(row, context.language)}
    note = context.words(change.note) if change else ""
    day = format_date(event.data.met_on, context.language)
    return Entry(KIND, "check", title, _sentence(day, note, _creditor(row, context.language)))


@timeline.renders(events.DeadlineReopened, load=_changed)
def reopened(event: Recorded[events.DeadlineReopened], context: Context) -> Entry:
    change: DeadlineChange | None = context.loaded.get(event.data.change_id)
    row = change.deadline if change else None
    title = _("Mark taken back: %(term)s") % {"term": _title(row, context.language)}
    return Entry(KIND, "undo-2", title, context.words(change.note) if change else "")


@timeline.renders(events.DeadlineMissed, load=_deadlines)
def missed(event: Recorded[events.DeadlineMissed], context: Context) -> Entry:
    row: CaseDeadline | None = context.loaded.get(event.data.deadline_id)
    lang = context.language
    title = _("Term is over: %(term)s") % {"term": _title(row, lang)}
    words = [
        _("The last day was %(day)s") % {"day": format_date(event.data.due, lang)},
        law.bound_label(row.rule, lang) if row is not None and row.bound != "borrower" else "",
        _creditor(row, lang) if row is not None and row.bound != "lender" else "",
    ]
    return Entry(KIND, "alarm-clock-off", title, _sentence(*words), status="missed")


@timeline.renders(events.DeadlineReminderDue, load=_deadlines)
def reminded(event: Recorded[events.DeadlineReminderDue], context: Context) -> Entry:
    row: CaseDeadline | None = context.loaded.get(event.data.deadline_id)
    lang = context.language
    title = _("Reminder of a term: %(term)s") % {"term": _title(row, lang)}
    return Entry(
        KIND, "bell", title, _("The last day is %(day)s") % {"day": format_date(event.data.due, lang)}
    )


@timeline.renders(events.FactCorrected)
def corrected(event: Recorded[events.FactCorrected], context: Context) -> Entry:
    data, lang = event.data, context.language
    title = _("Date corrected: %(fact)s") % {"fact": str(KINDS.get(data.kind, data.kind))}
    days = _("was %(old)s, now %(new)s") % {
        "old": format_date(data.old_on, lang), "new": format_date(data.on, lang),
    }  # fmt: skip
    return Entry("fact", "calendar", title, days.capitalize())


@timeline.renders(events.StepOffered, load=_deadlines)
def step_offered(event: Recorded[events.StepOffered], context: Context) -> Entry:
    row: CaseDeadline | None = context.loaded.get(event.data.deadline_id)
    steps = ", ".join(str(TrackKind(step).label) for step in event.data.steps if step in TrackKind.values)
    title = _("The next step is open: %(steps)s") % {"steps": steps}
    why = _("Not kept in time: %(term)s") % {"term": _title(row, context.language)}
    return Entry(KIND, "milestone", title, _sentence(why, _creditor(row, context.language)))


@timeline.renders(events.StepChosen)
def step_chosen(event: Recorded[events.StepChosen], context: Context) -> Entry:
    step = event.data.step
    label = str(TrackKind(step).label) if step in TrackKind.values else step
    return Entry(KIND, "footprints", _("Next step chosen: %(step)s") % {"step": label})
