"""How the events of cases read in the history, and who may follow a case on the socket."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kenes.accounts import reads
from kenes.cases import merging, personal_data, selectors  # noqa: F401  (sections register themselves)
from kenes.cases.events import cases as events
from kenes.cases.history import timeline
from kenes.cases.history.timeline import Context, Entry
from kenes.cases.models import (
    CaseEvent,
    DeclineReason,
    FieldChange,
    Obligation,
    Outcome,
    Party,
    PartyRole,
    Track,
)
from kenes.cases.states import tables
from kenes.cases.states.case import CaseAction
from kenes.cases.states.machine import TrackAction
from kenes.cases.states.track import TrackKind
from kenes.cases.tracks.facts import KINDS
from kenes.event_log.events import Recorded
from kenes.foundation.actor import Actor
from kenes.foundation.language.dates import format_date
from kenes.foundation.language.sentences import sentences
from kenes.realtime import registry as realtime_registry

Loaded = Mapping[Any, Any]


def connect() -> None:
    """Who may follow a case on the socket; importing this module has registered the rest."""
    realtime_registry.channel("case", _may_follow)
    reads.register_case_numbers(selectors.numbers_of)
    merging.connect()


def _may_follow(actor: Actor, case_id: UUID) -> bool:
    return selectors.is_visible(actor, case_id)


def _tracks(recorded: Sequence[Recorded[Any]]) -> Loaded:
    ids = {event.data.track_id for event in recorded}
    return {
        track.id: track for track in Track.objects.filter(pk__in=ids).select_related("obligation__creditor")
    }


def _facts(recorded: Sequence[Recorded[Any]]) -> Loaded:
    ids = {event.data.fact_id for event in recorded}
    return {
        fact.id: fact for fact in CaseEvent.objects.filter(pk__in=ids).select_related("obligation__creditor")
    }


def _changes(recorded: Sequence[Recorded[Any]]) -> Loaded:
    ids = {event.data.change_id for event in recorded if event.data.change_id}
    return dict(FieldChange.objects.filter(pk__in=ids).values_list("pk", "new"))


def _creditor(obligation: Obligation | None, language: str) -> str:
    return obligation.creditor.name(language) if obligation is not None else ""


@timeline.renders(events.CaseDraftCreated)
def draft_created(event: Recorded[events.CaseDraftCreated], context: Context) -> Entry:
    return Entry("case", "file-plus", _("Application begun"))


@timeline.renders(events.CaseSubmitted)
def submitted(event: Recorded[events.CaseSubmitted], context: Context) -> Entry:
    return Entry("case", "send", _("Application %(number)s submitted") % {"number": event.data.number})


@timeline.renders(events.CaseDuplicateSuspected, internal=True)
def duplicate_suspected(event: Recorded[events.CaseDuplicateSuspected], context: Context) -> Entry:
    return Entry("case", "copy", _("Same contract as in %(number)s") % {"number": event.data.other_number})


@timeline.renders(events.CaseMoved, load=_changes)
def moved(event: Recorded[events.CaseMoved], context: Context) -> Entry:
    data = event.data
    words = [context.words(context.loaded.get(data.change_id, ""))]
    if data.resume_on:
        words.append(_("Until %(day)s") % {"day": format_date(data.resume_on, context.language)})
    if data.action == CaseAction.CLOSE and data.outcome in Outcome.values:
        words.append(str(Outcome(data.outcome).label))
    if data.action == CaseAction.DECLINE and data.outcome in DeclineReason.values:
        words.append(str(DeclineReason(data.outcome).label))
    return Entry("status", "arrow-right", _move_title(data.action, own=context.own), sentences(*words))


def _move_title(action: str, *, own: bool) -> str:
    if own and action == CaseAction.CANCEL:
        return _("You cancelled the case")
    return {
        CaseAction.TAKE.value: _("Case taken into work"),
        CaseAction.REQUEST_DOCUMENTS.value: _("Papers asked for"),
        CaseAction.RESUME.value: _("Work resumed"),
        CaseAction.ACTIVATE.value: _("Work on the case began"),
        CaseAction.DECLINE.value: _("Case declined"),
        CaseAction.SUSPEND.value: _("Case suspended"),
        CaseAction.MONITOR.value: _("New schedule is being paid"),
        CaseAction.CLOSE.value: _("Case closed"),
        CaseAction.CANCEL.value: _("Case cancelled by the borrower"),
        CaseAction.REOPEN.value: _("Case reopened"),
        CaseAction.ARCHIVE.value: _("Case archived"),
        "merge": _("Closed as a duplicate"),
    }.get(action, action)


@timeline.renders(events.TrackProposed, load=_tracks, internal=True)
def track_proposed(event: Recorded[events.TrackProposed], context: Context) -> Entry | None:
    track = context.loaded.get(event.data.track_id)
    creditor = _creditor(track.obligation, context.language) if track else ""
    kind = str(TrackKind(event.data.kind).label)
    return Entry("track", "lightbulb", _("Procedure proposed: %(procedure)s") % {"procedure": kind}, creditor)


@timeline.renders(events.TrackOpened, load=_tracks)
def track_opened(event: Recorded[events.TrackOpened], context: Context) -> Entry:
    track = context.loaded.get(event.data.track_id)
    creditor = _creditor(track.obligation, context.language) if track else ""
    kind = str(TrackKind(event.data.kind).label)
    return Entry("track", "play", _("Procedure opened: %(procedure)s") % {"procedure": kind}, creditor)


# Signing and sending are told by the apps that do them, with document and proof.
_TOLD_ELSEWHERE = frozenset(
    {TrackAction.LETTER_READY, TrackAction.SIGN, TrackAction.SEND, TrackAction.SEND_FAILED}
)


def _moves(recorded: Sequence[Recorded[Any]]) -> Loaded:
    """Procedures and the words that went with their steps, by id."""
    return {**_tracks(recorded), **_changes(recorded)}


@timeline.renders(events.TrackMoved, load=_moves)
def track_moved(event: Recorded[events.TrackMoved], context: Context) -> Entry | None:
    data = event.data
    if data.kind == TrackKind.RESTRUCTURING and data.action in _TOLD_ELSEWHERE:
        return None
    track = context.loaded.get(data.track_id)
    words = [_creditor(track.obligation, context.language)] if track else []
    words.append(context.words(context.loaded.get(data.change_id, "")))
    if data.on:
        words.append(format_date(data.on, context.language))
    title = tables.state_label(data.kind, data.target, own=context.own)
    return Entry("track", "flag", title, sentences(*words), status=data.target)


@timeline.renders(events.FactRecorded, load=_facts)
def fact_recorded(event: Recorded[events.FactRecorded], context: Context) -> Entry:
    fact = context.loaded.get(event.data.fact_id)
    words = [_creditor(fact.obligation, context.language), context.words(fact.text)] if fact else []
    title = _("%(fact)s: %(day)s") % {
        "fact": str(KINDS.get(event.data.kind, event.data.kind)),
        "day": format_date(event.data.on, context.language),
    }
    return Entry("fact", "calendar", title, sentences(*words))


def _parties(recorded: Sequence[Recorded[Any]]) -> Loaded:
    ids = {event.data.party_id for event in recorded}
    return {party.pk: party for party in Party.objects.filter(pk__in=ids).select_related("user")}


def _party_entry(party: Party | None, context: Context, icon: str, title: str) -> Entry:
    return Entry("people", icon, title, context.words(party.user.full_name) if party is not None else "")


@timeline.renders(events.PartyAdded, load=_parties)
def party_added(event: Recorded[events.PartyAdded], context: Context) -> Entry:
    title = _("%(role)s takes part in the case") % {"role": PartyRole(event.data.role).label}
    return _party_entry(context.loaded.get(event.data.party_id), context, "user-check", title)


@timeline.renders(events.PartyRemoved, load=_parties)
def party_removed(event: Recorded[events.PartyRemoved], context: Context) -> Entry:
    title = _("%(role)s no longer takes part in the case") % {"role": PartyRole(event.data.role).label}
    return _party_entry(context.loaded.get(event.data.party_id), context, "user-minus", title)


_REVEALED_NAMES = {
    "iin": gettext_lazy("ИИН of the borrower"),
    "phone": gettext_lazy("phone number of the borrower"),
}


@timeline.renders(events.PersonalDataRevealed, internal=True)
def revealed(event: Recorded[events.PersonalDataRevealed], context: Context) -> Entry:
    shown = ", ".join(str(_REVEALED_NAMES.get(name, name)) for name in event.data.fields)
    return Entry("access", "eye", _("Hidden data of the borrower was shown"), shown)
