"""One history of a case, built from its events; each app says how its own kinds of events read.

Register in `subscriptions.py`:

    @timeline.renders(DocumentSigned, load=documents_by_id)
    def signed(event: Recorded[DocumentSigned], context: Context) -> Entry | None: ...

`load` gets all events of this kind on the page at once and returns what `context.loaded` gives to the renderer, so
that a page costs a constant number of queries. None from a renderer leaves the event out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from kenes.accounts import duplicates
from kenes.accounts import selectors as account_selectors
from kenes.cases import permissions, sharing
from kenes.cases.models import Case, PartyRole
from kenes.event_log import selectors as event_selectors
from kenes.event_log import services as event_log
from kenes.event_log.events import Event, Recorded
from kenes.event_log.models import EventRow
from kenes.foundation.actor import Actor

E = TypeVar("E", bound=Event)
_SPECIALISTS: Final = (PartyRole.LAWYER, PartyRole.MEDIATOR, PartyRole.NOTARY)


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


@dataclass(frozen=True, slots=True)
class Context:
    """Who reads, in which language, and what `load` brought for this kind of event.

    `sees_content` is false for who sees the case masked in the pool: words of people are then left out.
    """

    language: str
    case: Case
    sees_internal: bool
    sees_content: bool
    loaded: Mapping[Any, Any] = field(default_factory=dict)

    def words(self, text: str) -> str:
        """What a person wrote, for who may read it."""
        return text if self.sees_content else ""


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """An entry with when and by whom."""

    id: UUID
    seq: int
    at: Any
    actor_label: str
    entry: Entry


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
    them, and no other kind.
    """

    def register(
        render: Callable[[Recorded[E], Context], Entry | None],
    ) -> Callable[[Recorded[E], Context], Entry | None]:
        _kinds[event_type.type] = _Kind(event_type, render, load, internal, sent)
        return render

    return register


def page_of(
    *, actor: Actor, case: Case, language: str, limit: int, before: int | None
) -> tuple[list[TimelineItem], int | None]:
    """Newest entries first, and the number to go on from (None at the end). The case was fetched for this actor.

    Events that nobody words, or that are not for this reader, are left out; a page reads on until it is full.
    """
    sees_internal = permissions.allowed(actor, "case.view_internal", case)
    rows = event_selectors.events_of("case", case.id).order_by("-seq")
    if permissions.sees_sent_only(actor, case):
        letters = [str(document_id) for document_id in sharing.documents_for(actor, case)]
        sent = [name for name, kind in _kinds.items() if kind.sent]
        rows = rows.filter(type__in=sent, data__document_id__in=letters)
    else:
        shown = [name for name, kind in _kinds.items() if sees_internal or not kind.internal]
        rows = rows.filter(type__in=shown)
    if before is not None:
        rows = rows.filter(seq__lt=before)
    page = list(rows[: limit + 1])
    following = page[limit - 1].seq if len(page) > limit else None
    reader = Context(language, case, sees_internal, permissions.allowed(actor, "case.view_content", case))
    return _items(page[:limit], reader), following


def _items(rows: Sequence[EventRow], reader: Context) -> list[TimelineItem]:
    case, sees_internal = reader.case, reader.sees_internal
    events = [(row, event_log.recorded(row, _kinds[row.type].event_type)) for row in rows]
    contexts = {
        name: replace(reader, loaded=_loaded(name, [event for row, event in events if row.type == name]))
        for name in {row.type for row in rows}
    }
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
                event.id, event.seq, event.at, _who(event.actor, borrower_ids, people, sees_internal), entry
            )
        )
    return items


def _loaded(name: str, events: Sequence[Recorded[Any]]) -> Mapping[Any, Any]:
    load = _kinds[name].load
    return load(events) if load else {}


def _who(actor: Actor, borrower_ids: frozenset[UUID], people: Mapping[UUID, str], sees_internal: bool) -> str:
    if actor.user_id is None:
        return "Kenes Hub"
    if actor.user_id in borrower_ids:
        return _("Borrower")
    name = people.get(actor.user_id, "")
    if actor.on_behalf_of in borrower_ids:
        return _("%(name)s for the borrower") % {"name": name} if sees_internal else _("Representative")
    specialist = next((role for role in _SPECIALISTS if actor.has_role(role)), None)
    if specialist is not None and not sees_internal:
        return str(specialist.label)
    # A borrower reads the work of the platform, not who of its staff did it.
    return name if sees_internal else _("Manager")
