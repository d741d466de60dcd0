"""Checklists of procedures, reading of given papers, and how both read in the history."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from kenes.cases.answers import offer_replies
from kenes.cases.collaboration import comment_files
from kenes.cases.events import intake as events
from kenes.cases.events.cases import TrackOpened
from kenes.cases.extraction import evaluation
from kenes.cases.history import timeline
from kenes.cases.history.timeline import Context, Entry
from kenes.cases.models import FindingField, MissingPaper
from kenes.cases.states.track import TrackKind
from kenes.cases.tracks import paper_files, paper_kinds, paper_readings, paper_reviews
from kenes.event_log.events import Recorded
from kenes.event_log.services import subscribe
from kenes.files import recognition
from kenes.files.events import FileTextRead
from kenes.law import evaluation as measures
from kenes.outbox import registry as outbox

# What papers say is taken as well; of the others the words alone, so that they are found in the viewer.
for kind_of_owner in (paper_files.OWNER_KIND, comment_files.OWNER_KIND, offer_replies.PAPER_OWNER):
    recognition.register(kind_of_owner)
# `evaluate --kind extraction`: a line is right when every part of its `expect` is.
measures.ANSWERS["extraction"] = evaluation.answer


@subscribe(TrackOpened)
def put_checklist(event: Recorded[TrackOpened]) -> None:
    """A procedure was opened: its papers stand on the list of the case."""
    paper_reviews.open_checklist(event.data.track_id)


@subscribe(FileTextRead)
def take_text(event: Recorded[FileTextRead]) -> None:
    """The text of a given paper is known: what it says is kept for a person to confirm."""
    if event.data.owner_kind == paper_files.OWNER_KIND:
        paper_readings.take_text(event.data.file_id)


@outbox.handler(paper_reviews.HANDLER)
def tell_of_unreadable_paper(payload: dict[str, Any], context: outbox.OutboxContext) -> None:
    """Write the letter that a paper is needed again, if it still is."""
    paper_reviews.write(
        case_id=UUID(payload["case_id"]), paper_id=UUID(payload["paper_id"]), key=payload["key"]
    )


def _papers(recorded: Sequence[Recorded[Any]]) -> Mapping[Any, Any]:
    ids = {event.data.paper_id for event in recorded}
    rows = MissingPaper.objects.filter(pk__in=ids)
    return {row.pk: (paper_kinds.title(row.code, row.title), row.unreadable_reason) for row in rows}


@timeline.renders(events.ChecklistOpened)
def checklist_opened(event: Recorded[events.ChecklistOpened], context: Context) -> Entry:
    procedure = str(TrackKind(event.data.kind).label)
    title = _("Papers for «%(procedure)s» listed: %(count)s") % {
        "procedure": procedure, "count": len(event.data.paper_ids)
    }  # fmt: skip
    return Entry("status", "file-plus", title)


@timeline.renders(events.PaperAccepted, load=_papers)
def paper_accepted(event: Recorded[events.PaperAccepted], context: Context) -> Entry:
    title, _reason = context.loaded.get(event.data.paper_id, ("", ""))
    return Entry("status", "file-check", _("Paper accepted"), context.words(title))


@timeline.renders(events.PaperUnreadable, load=_papers)
def paper_unreadable(event: Recorded[events.PaperUnreadable], context: Context) -> Entry:
    told = ": ".join(filter(None, context.loaded.get(event.data.paper_id, ())))
    return Entry(
        "status", "file-warning", _("A paper cannot be read and is asked for again"), context.words(told)
    )


@timeline.renders(events.PaperRead)
def paper_read(event: Recorded[events.PaperRead], context: Context) -> Entry:
    title = _("A paper was read, values found: %(count)s") % {"count": event.data.findings}
    return Entry("status", "file-check", title, paper_kinds.label(event.data.kind))


@timeline.renders(events.FindingDecided)
def finding_decided(event: Recorded[events.FindingDecided], context: Context) -> Entry:
    titles = {
        "confirmed": _("A value from a paper was confirmed"),
        "changed": _("A value from a paper was corrected and confirmed"),
        "dismissed": _("A value from a paper was dismissed"),
    }
    return Entry(
        "status", "file-check", titles[event.data.decision], str(FindingField(event.data.field).label)
    )
