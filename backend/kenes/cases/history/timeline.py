"""One history of a case, built from its events; each app says how its own kinds of events read.

Register in `subscriptions.py`:

    @timeline.renders(DocumentSigned, load=documents_by_id)
    def signed(event: Recorded[DocumentSigned], context: Context) -> Entry | None: ...

`load` gets all events of this kind on the page at once and returns what `context.loaded` gives to the renderer, so
that a page costs a constant number of queries. None from a renderer leaves the event out. Events of cases that were merged
into this one stand among its own, in order. An event with `change_id` or `change_ids` shows what changed by itself.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from kenes.accounts import duplicates
from kenes.accounts import selectors as account_selectors
from kenes.cases import permissions
from kenes.cases.answers import sharing
from kenes.cases.collaboration import comment_reading
from kenes.cases.collaboration.comment_reading import Reading
from kenes.cases.history import timeline_people
from kenes.cases.history.field_names import Change, changes_of
from kenes.cases.models import Case, Comment
from kenes.event_log import services as event_log
from kenes.event_log.events import Event, Recorded
from kenes.event_log.models import EventRow
from kenes.foundation import clock, pagination
from kenes.foundation.actor import Actor

E = TypeVar("E", bound=Event)
KEY: Final = ("-at", "-seq", "id")
# A narrowed history reads on through this much; then the reader asks for more.
_BATCH: Final = 100
_ROUNDS: Final = 10
# Groups that a history can be narrowed to; kinds that stand in none are «other».
_GROUPS: Final = {
    "state": {"case", "status", "track"},
    "facts": {"fact", "deadline", "term"},
    "debts": {"debt", "fields", "payment"},
    "letters": {"document", "dispatch", "signature", "answer"},
    "comments": {"comment"},
    "people": {"people", "access", "escalation"},
}
GROUP_CODES: Final = (*_GROUPS, "other")


@dataclass(frozen=True, slots=True)
class Entry:
    """How an event reads. `kind` is a group for filters and colour, `icon` a name of the icon set."""

    kind: str
    icon: str
    title: str
    text: str = ""
    status: str | None = None
    channel: str | None = None
    document_id: UUID | None = None
    is_repeat: bool = False
    internal: bool = False
    # A comment with its audience, files and marks; `other_case` is (id, number) of a case that the line leads to.
    comment: Comment | None = None
    other_case: tuple[UUID, str] | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """Who reads, in which language, and what `load` brought for this kind of event.

    `sees_content` is false for who sees the case masked in the pool: words of people are then left out. `own` is the borrower
    himself: his history speaks to him.
    """

    language: str
    case: Case
    sees_internal: bool
    sees_content: bool
    reading: Reading
    own: bool = False
    loaded: Mapping[Any, Any] = field(default_factory=dict)

    def words(self, text: str) -> str:
        """What a person wrote, for who may read it."""
        return text if self.sees_content else ""


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """An entry with when, by whom and on whose behalf; `source_number` when it happened in a case that was merged."""

    id: UUID
    seq: int
    at: Any
    actor_label: str
    actor_kind: str
    on_behalf_label: str
    entry: Entry
    changes: Sequence[Change] = ()
    source_number: str = ""


def group_of(kind: str) -> str:
    """The group of a kind of entry."""
    return next((code for code, kinds in _GROUPS.items() if kind in kinds), "other")


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a history is narrowed to; empty means everything. Days are Almaty days, both ends included."""

    groups: frozenset[str] = frozenset()
    who: frozenset[str] = frozenset()
    person_id: UUID | None = None
    after: date | None = None
    before: date | None = None
    on_behalf: bool = False
    changed: bool = False

    @property
    def reads_on(self) -> bool:
        """Whether lines are left out that only their words tell."""
        return bool(self.groups or self.who or self.changed)

    def fits(self, item: TimelineItem) -> bool:
        if self.groups and group_of(item.entry.kind) not in self.groups:
            return False
        if self.who and item.actor_kind not in self.who:
            return False
        return bool(item.changes) or not self.changed


Renderer = Callable[[Recorded[Any], Context], Entry | None]
Loader = Callable[[Sequence[Recorded[Any]]], Mapping[Any, Any]]


@dataclass(frozen=True, slots=True)
class _Kind:
    event_type: type[Event]
    render: Renderer
    load: Loader | None
    internal: bool
    sent: bool


_kinds: Final[dict[str, _Kind]] = {}


def renders(
    event_type: type[E], *, load: Loader | None = None, internal: bool = False, sent: bool = False
) -> Callable[
    [Callable[[Recorded[E], Context], Entry | None]], Callable[[Recorded[E], Context], Entry | None]
]:
    """Decorator: the function words this kind of event. `internal` kinds are for staff only.

    `sent` kinds tell of a letter on its way (they have a `document_id`): the people of the creditor to whom it was sent read
    them, and no other kind but their own notes.
    """

    def register(
        render: Callable[[Recorded[E], Context], Entry | None],
    ) -> Callable[[Recorded[E], Context], Entry | None]:
        _kinds[event_type.type] = _Kind(event_type, render, load, internal, sent)
        return render

    return register


def is_told(event_type: str) -> bool:
    """Whether the history has words for this kind of event."""
    return event_type in _kinds


def page_of(
    *, actor: Actor, case: Case, language: str, limit: int, before: str | None = None,
    narrowed: Narrowed = Narrowed(), addressed: bool = False,
) -> tuple[list[TimelineItem], str | None]:  # fmt: skip
    """Newest entries first, and the cursor to go on with (None at the end). The case was fetched for this actor.

    `addressed`: the borrower is spoken to («Вы приняли предложение»); otherwise spoken of, as in papers that others read.

    Events that nobody words, or that are not for this reader, are left out; a page reads on until it is full, at most
    through a thousand events: it may then be short or empty although a cursor says that there is more.
    """
    reading = comment_reading.reading(actor, case)
    numbers = _numbers_of_merged(case)
    rows = _rows(actor, case, reading, {case.pk, *numbers}, narrowed)
    sees_internal = permissions.allowed(actor, "case.view_internal", case)
    sees_content = permissions.allowed(actor, "case.view_content", case)
    own = addressed and permissions.is_borrower(actor, case)
    context = Context(language, case, sees_internal, sees_content, reading, own)
    items: list[TimelineItem] = []
    cursor = before or ""
    for _round in range(_ROUNDS):
        size = _BATCH if narrowed.reads_on else limit - len(items) + 1
        batch, following = pagination.page(rows, key=KEY, limit=size, cursor=cursor)
        shown = {item.id: item for item in _items(batch, context, numbers) if narrowed.fits(item)}
        for row in batch:
            if row.pk not in shown:
                continue
            if len(items) == limit:
                return items, cursor
            items.append(shown[row.pk])
            cursor = pagination.cursor_after(row, key=KEY)
        if following is None:
            return items, None
        cursor = following
    return items, cursor


def _numbers_of_merged(case: Case) -> dict[UUID, str]:
    rows = Case.objects.filter(merged_into=case).values_list("pk", "number")
    return {pk: number or "" for pk, number in rows}


def _rows(
    actor: Actor, case: Case, reading: Reading, streams: Iterable[UUID], narrowed: Narrowed
) -> QuerySet[EventRow]:
    rows = EventRow.objects.filter(stream__kind="case", stream__subject_id__in=list(streams)).select_related(
        "stream"
    )
    if permissions.sees_sent_only(actor, case):
        rows = rows.filter(_sent_rows(actor, case, reading))
    else:
        sees_internal = permissions.allowed(actor, "case.view_internal", case)
        rows = rows.filter(
            type__in=[name for name, kind in _kinds.items() if sees_internal or not kind.internal]
        )
    if narrowed.person_id is not None:
        rows = rows.filter(actor__user_id=str(narrowed.person_id))
    if narrowed.on_behalf:
        rows = rows.filter(actor__has_key="on_behalf_of")
    if narrowed.after is not None:
        rows = rows.filter(at__gte=_begin_of(narrowed.after))
    if narrowed.before is not None:
        rows = rows.filter(at__lt=_begin_of(narrowed.before + timedelta(days=1)))
    return rows


def _begin_of(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=clock.zone())


def _sent_rows(actor: Actor, case: Case, reading: Reading) -> Q:
    """Letters on their way to the own organisation, and notes of its people."""
    letters = [str(document_id) for document_id in sharing.documents_for(actor, case)]
    told = Q(type__in=[name for name, kind in _kinds.items() if kind.sent], data__document_id__in=letters)
    notes = Comment.objects.filter(reading.condition(), case=case).values_list("pk", flat=True)
    about_notes = [name for name in _kinds if name.startswith("case.comment_")]
    return told | Q(type__in=about_notes, data__comment_id__in=[str(pk) for pk in notes])


def _items(rows: Sequence[EventRow], reader: Context, numbers: Mapping[UUID, str]) -> list[TimelineItem]:
    case, sees_internal = reader.case, reader.sees_internal
    events = [(row, event_log.recorded(row, _kinds[row.type].event_type)) for row in rows]
    contexts = {
        name: replace(reader, loaded=_loaded(name, [event for row, event in events if row.type == name]))
        for name in {row.type for row in rows}
    }
    changes = changes_of([event for _row, event in events], reader.language, masked=not reader.sees_content)
    people = account_selectors.person_names(
        {event.actor.user_id for _row, event in events if event.actor.user_id}
    )
    borrower_ids = duplicates.accounts_of(case.borrower_id)
    items = []
    for row, event in events:
        entry = _kinds[row.type].render(event, contexts[row.type])
        if entry is None or (entry.internal and not sees_internal):
            continue
        items.append(
            TimelineItem(
                id=event.id,
                seq=event.seq,
                at=event.at,
                actor_label=timeline_people.who(
                    event.actor, borrower_ids, people, sees_internal, own=reader.own
                ),
                actor_kind=timeline_people.kind_of(event.actor, borrower_ids),
                on_behalf_label=timeline_people.on_behalf(event.actor, borrower_ids, own=reader.own),
                entry=entry,
                changes=changes.get(event.id, ()),
                source_number=numbers.get(row.stream.subject_id, ""),
            )
        )
    return items


def _loaded(name: str, events: Sequence[Recorded[Any]]) -> Mapping[Any, Any]:
    load = _kinds[name].load
    return load(events) if load else {}
