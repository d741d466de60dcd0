"""How procedures, missing papers and consents written down by staff read in the history; the letter about papers."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from kenes.accounts import on_behalf as accounts
from kenes.accounts.events import PhoneConfirmed
from kenes.cases.events import intake as events_intake
from kenes.cases.events import procedures as events_procedures
from kenes.cases.history import timeline
from kenes.cases.history.timeline import Context, Entry
from kenes.cases.models import ConsentWay, FieldChange, MissingPaper, RecordedConsent
from kenes.cases.states.track import TrackKind
from kenes.cases.story import on_behalf
from kenes.cases.tracks import paper_files, paper_kinds, papers
from kenes.event_log.events import Recorded
from kenes.event_log.services import subscribe
from kenes.files.events import FileBlocked, FileCleared, FileReleased
from kenes.foundation.language.dates import format_date
from kenes.outbox import registry as outbox
from kenes.realtime import services as realtime

Loaded = Mapping[Any, Any]
accounts.keep(on_behalf.people_with_cases)


@timeline.renders(events_procedures.TrackProposalDropped, internal=True)
def proposal_dropped(event: Recorded[events_procedures.TrackProposalDropped], context: Context) -> Entry:
    kind = str(TrackKind(event.data.kind).label)
    return Entry("track", "x", _("No longer proposed: %(procedure)s") % {"procedure": kind})


@timeline.renders(events_intake.ConsentRecorded)
def consent_recorded(event: Recorded[events_intake.ConsentRecorded], context: Context) -> Entry:
    way = str(ConsentWay(event.data.given_by).label)
    title = _("Your consent was written down") if context.own else _("Consent of the borrower written down")
    return Entry("case", "file-check", title, way)


def _objections(recorded: Sequence[Recorded[Any]]) -> Loaded:
    ids = {event.data.consent_id for event in recorded}
    return {row.pk: row.objection for row in RecordedConsent.objects.filter(pk__in=ids)}


@timeline.renders(events_intake.ConsentRecordAnswered, load=_objections)
def consent_answered(event: Recorded[events_intake.ConsentRecordAnswered], context: Context) -> Entry:
    if event.data.agreed:
        title = (
            _("You confirmed the consent written down by staff")
            if context.own
            else _("The borrower confirmed the consent written down by staff")
        )
        return Entry("case", "file-check", title)
    title = (
        _("You objected to the consent written down by staff")
        if context.own
        else _("The borrower objects to the consent written down by staff")
    )
    return Entry("case", "file-warning", title, context.words(context.loaded.get(event.data.consent_id, "")))


def _papers(recorded: Sequence[Recorded[Any]]) -> Loaded:
    ids = {paper_id for event in recorded for paper_id in getattr(event.data, "paper_ids", ())}
    ids |= {event.data.paper_id for event in recorded if hasattr(event.data, "paper_id")}
    rows = MissingPaper.objects.filter(pk__in=ids)
    return {row.pk: paper_kinds.title(row.code, row.title) for row in rows}


@timeline.renders(events_intake.PapersAsked, load=_papers)
def papers_asked(event: Recorded[events_intake.PapersAsked], context: Context) -> Entry:
    titles = [context.words(context.loaded.get(UUID(str(paper_id)), "")) for paper_id in event.data.paper_ids]
    return Entry("status", "file-plus", _("Missing papers listed"), "; ".join(filter(None, titles)))


@timeline.renders(events_intake.PaperSettled, load=_papers)
def paper_settled(event: Recorded[events_intake.PaperSettled], context: Context) -> Entry:
    title = _("Paper received") if event.data.how == "received" else _("Paper is no longer needed")
    return Entry("status", "file-check", title, context.words(context.loaded.get(event.data.paper_id, "")))


@timeline.renders(events_intake.PaperGiven, load=_papers)
def paper_given(event: Recorded[events_intake.PaperGiven], context: Context) -> Entry:
    title = _("Paper uploaded") if context.own else _("Paper uploaded by the borrower")
    return Entry("status", "file-plus", title, context.words(context.loaded.get(event.data.paper_id, "")))


@timeline.renders(events_intake.PaperPromised, load=_papers)
def paper_promised(event: Recorded[events_intake.PaperPromised], context: Context) -> Entry:
    day = format_date(event.data.on, context.language)
    title = (
        _("You bring a paper on %(day)s") if context.own else _("The borrower brings a paper on %(day)s")
    ) % {"day": day}
    return Entry("status", "file-clock", title, context.words(context.loaded.get(event.data.paper_id, "")))


@subscribe(FileCleared)
def paper_checked(event: Recorded[FileCleared]) -> None:
    """An uploaded paper passed the virus check: it is received."""
    if event.data.owner_kind == paper_files.OWNER_KIND:
        paper_files.take_checked(event.data.file_id)


@subscribe(FileReleased)
def paper_released(event: Recorded[FileReleased]) -> None:
    """Staff released a paper that could not be checked: it is received."""
    if event.data.owner_kind == paper_files.OWNER_KIND:
        paper_files.take_checked(event.data.file_id)


@subscribe(FileBlocked)
def paper_blocked(event: Recorded[FileBlocked]) -> None:
    """An uploaded paper stays locked: the history says so, and the open page asks for another file."""
    if event.data.owner_kind == paper_files.OWNER_KIND:
        paper_files.note_refused(event.data.file_id, event.data.verdict)
        realtime.hint(f"case:{event.data.owner_id}", "case.changed", event.data.owner_id)


@timeline.renders(events_intake.PaperRefused, load=_papers)
def paper_refused(event: Recorded[events_intake.PaperRefused], context: Context) -> Entry:
    title = (
        _("File of a paper refused: a virus was found in it")
        if event.data.verdict == "infected"
        else _("File of a paper locked: it could not be checked for viruses")
    )
    return Entry("status", "file-warning", title, context.words(context.loaded.get(event.data.paper_id, "")))


@timeline.renders(events_intake.PapersReminded)
def papers_reminded(event: Recorded[events_intake.PapersReminded], context: Context) -> Entry:
    return Entry("status", "bell", _("Reminder of missing papers"))


def _changes(recorded: Sequence[Recorded[Any]]) -> Loaded:
    ids = {event.data.change_id for event in recorded if event.data.change_id}
    return dict(FieldChange.objects.filter(pk__in=ids).values_list("pk", "new"))


@timeline.renders(events_intake.ClosingAnswered, load=_changes)
def closing_answered(event: Recorded[events_intake.ClosingAnswered], context: Context) -> Entry:
    titles = {
        (True, False): _("Borrower confirmed that the case is closed"),
        (False, False): _("Borrower says the case is not closed"),
        (True, True): _("You confirmed that the case is closed"),
        (False, True): _("You said that the case is not closed"),
    }
    title = titles[event.data.agreed, context.own]
    return Entry("status", "flag", title, context.words(context.loaded.get(event.data.change_id, "")))


@outbox.handler(papers.HANDLER)
def remind_of_papers(payload: dict[str, Any], context: outbox.OutboxContext) -> None:
    """Write the letter about missing papers, if they still are."""
    papers.write(case_id=UUID(payload["case_id"]), key=payload["key"])


@subscribe(PhoneConfirmed)
def take_told_identity(event: Recorded[PhoneConfirmed]) -> None:
    """A borrower for whom a manager gave in a case has come: the ИИН he told becomes that of his account."""
    on_behalf.take_told_identity(event.data.person_id)
