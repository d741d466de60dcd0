"""How comments, tags, links, merged and split cases read in the history; hints when a file has been checked."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kenes.cases.collaboration import comment_files
from kenes.cases.collaboration.links import words_of_kind
from kenes.cases.events import comments as comment_events
from kenes.cases.events import links as link_events
from kenes.cases.events.cases import CommentAdded
from kenes.cases.history import timeline
from kenes.cases.history.timeline import Context, Entry
from kenes.cases.models import Audience, Case, Comment, CommentFile, FieldChange, Tag
from kenes.event_log.events import Recorded
from kenes.event_log.services import subscribe
from kenes.files.events import FileBlocked, FileCleared
from kenes.foundation.language.sentences import sentences
from kenes.realtime import services as realtime

Loaded = Mapping[Any, Any]


def _comments(recorded: Sequence[Recorded[Any]]) -> Loaded:
    ids = {event.data.comment_id for event in recorded}
    rows = Comment.objects.filter(pk__in=ids).prefetch_related("files__file", "mentions__person")
    return {row.pk: row for row in rows}


def _seen(event: Recorded[Any], context: Context) -> Comment | None:
    comment: Comment | None = context.loaded.get(event.data.comment_id)
    return comment if comment is not None and context.reading.sees(comment) else None


def _title(comment: Comment) -> str:
    match comment.audience:
        case Audience.INTERNAL:
            return _("Internal note")
        case Audience.ORGANISATION:
            return _("Own note") if comment.organisation_id is None else _("Note for the organisation")
    return _("Message about the case")


@timeline.renders(CommentAdded, load=_comments)
def comment_added(event: Recorded[CommentAdded], context: Context) -> Entry | None:
    comment = _seen(event, context)
    if comment is None:
        return None
    internal = comment.audience == Audience.INTERNAL
    # Notes of staff to each other are what the pool is read for; words of the borrower are masked there.
    text = comment.text if internal or context.sees_content or not _is_public(comment) else ""
    return Entry("comment", "message-square", _title(comment), text, internal=internal, comment=comment)


def _is_public(comment: Comment) -> bool:
    return comment.audience == Audience.PUBLIC


@timeline.renders(comment_events.CommentEdited, load=_comments)
def comment_edited(event: Recorded[comment_events.CommentEdited], context: Context) -> Entry | None:
    comment = _seen(event, context)
    if comment is None:
        return None
    return Entry("comment", "pencil", _("Comment edited"), internal=comment.audience == Audience.INTERNAL)


@timeline.renders(comment_events.CommentRemoved, load=_comments)
def comment_removed(event: Recorded[comment_events.CommentRemoved], context: Context) -> Entry | None:
    comment = _seen(event, context)
    if comment is None:
        return None
    return Entry("comment", "trash-2", _("Comment removed"), internal=comment.audience == Audience.INTERNAL)


def _tags(recorded: Sequence[Recorded[Any]]) -> Loaded:
    ids = {pk for event in recorded for pk in (*event.data.added, *event.data.removed)}
    lang = (get_language() or "ru")[:2]
    return {tag.pk: tag.name_in(lang) for tag in Tag.objects.filter(pk__in=ids)}


@timeline.renders(link_events.TagsChanged, load=_tags, internal=True)
def tags_changed(event: Recorded[link_events.TagsChanged], context: Context) -> Entry:
    words = []
    for template, ids in (
        (_("Added: %(tags)s"), event.data.added),
        (_("Taken off: %(tags)s"), event.data.removed),
    ):
        names = sorted(context.loaded[pk] for pk in ids if pk in context.loaded)
        if names:
            words.append(template % {"tags": ", ".join(names)})
    return Entry("case", "tag", _("Tags changed"), sentences(*words))


def _numbers(recorded: Sequence[Recorded[Any]]) -> Loaded:
    ids = {event.data.other_case_id for event in recorded}
    return dict(Case.objects.filter(pk__in=ids).values_list("pk", "number"))


@timeline.renders(link_events.CaseLinked, load=_numbers, internal=True)
def linked(event: Recorded[link_events.CaseLinked], context: Context) -> Entry:
    number = context.loaded.get(event.data.other_case_id) or ""
    title = _("Linked to %(number)s") % {"number": number}
    return Entry(
        "case", "link", title, words_of_kind(event.data.kind), other_case=(event.data.other_case_id, number)
    )


@timeline.renders(link_events.CaseUnlinked, load=_numbers, internal=True)
def unlinked(event: Recorded[link_events.CaseUnlinked], context: Context) -> Entry:
    number = context.loaded.get(event.data.other_case_id) or ""
    return Entry("case", "unlink", _("Link to %(number)s taken away") % {"number": number})


def _reasons(recorded: Sequence[Recorded[Any]]) -> Loaded:
    ids = {event.data.change_id for event in recorded}
    return dict(FieldChange.objects.filter(pk__in=ids).values_list("pk", "new"))


def _reason(context: Context, change_id: UUID) -> str:
    # Why staff did it is told to staff.
    return str(context.loaded.get(change_id, "")) if context.sees_internal else ""


@timeline.renders(link_events.CaseMerged, load=_reasons)
def merged(event: Recorded[link_events.CaseMerged], context: Context) -> Entry:
    title = _("Case %(number)s was merged into this one") % {"number": event.data.merged_number}
    return Entry("case", "merge", title, _reason(context, event.data.change_id))


@timeline.renders(link_events.CaseMergedAway, load=_reasons)
def merged_away(event: Recorded[link_events.CaseMergedAway], context: Context) -> Entry:
    title = _("Merged into case %(number)s") % {"number": event.data.kept_number}
    return Entry("case", "merge", title, _reason(context, event.data.change_id))


@timeline.renders(link_events.CaseSplit, load=_reasons)
def split(event: Recorded[link_events.CaseSplit], context: Context) -> Entry:
    title = _("Debts moved to case %(number)s: %(count)s") % {
        "number": event.data.child_number, "count": event.data.debts,
    }  # fmt: skip
    other = (event.data.child_case_id, event.data.child_number)
    return Entry("case", "split", title, _reason(context, event.data.change_id), other_case=other)


@timeline.renders(link_events.CaseSplitOff)
def split_off(event: Recorded[link_events.CaseSplitOff], context: Context) -> Entry:
    title = _("Made from debts of case %(number)s") % {"number": event.data.parent_number}
    return Entry("case", "split", title, other_case=(event.data.parent_case_id, event.data.parent_number))


@subscribe(FileCleared)
def file_cleared(event: Recorded[FileCleared]) -> None:
    """A file of a comment can be opened from now on: open pages look again."""
    _tell_of_file(event.data.owner_kind, event.data.file_id)


@subscribe(FileBlocked)
def file_blocked(event: Recorded[FileBlocked]) -> None:
    """A file of a comment stays locked: open pages look again."""
    _tell_of_file(event.data.owner_kind, event.data.file_id)


def _tell_of_file(owner_kind: str, file_id: UUID) -> None:
    if owner_kind != comment_files.OWNER_KIND:
        return
    row = CommentFile.objects.select_related("comment").filter(file_id=file_id).first()
    if row is None:
        return
    realtime.hint(f"user:{row.uploaded_by_id}", "file.checked", row.pk)
    if row.comment is not None and row.comment.audience != Audience.ORGANISATION:
        realtime.hint(f"case:{row.case_id}", "case.changed", row.case_id)
