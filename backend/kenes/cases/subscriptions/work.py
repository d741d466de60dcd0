"""How the work on a case reads in its history: corrections, handing over, urgency, what the clock did, invitations."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from kenes.accounts import selectors as account_selectors
from kenes.cases import permissions, selectors
from kenes.cases.events import assignment as events_assignment
from kenes.cases.events import cases as events
from kenes.cases.events import editing as events_editing
from kenes.cases.events import eligibility as events_eligibility
from kenes.cases.events import parties as events_parties
from kenes.cases.history import timeline
from kenes.cases.history.field_labels import label_of
from kenes.cases.history.timeline import Context, Entry
from kenes.cases.models import FieldChange, PartyRole, Queue
from kenes.cases.story import eligibility_rules
from kenes.cases.work import assignment, work_view
from kenes.event_log.events import Recorded
from kenes.event_log.services import subscribe
from kenes.foundation.actor import Actor
from kenes.foundation.language.dates import format_date
from kenes.realtime import registry as realtime_registry

Loaded = Mapping[Any, Any]


def _works_here(actor: Actor, case_id: UUID) -> bool:
    """Who is shown as looking at a case, and to whom: members of staff who see it, nobody else."""
    if not actor.can("staff.area") or actor.viewed_by is not None:
        return False
    case = selectors.cases_visible_to(actor).filter(pk=case_id).first()
    return case is not None and permissions.allowed(actor, "case.view_internal", case)


realtime_registry.room("case", _works_here)


@timeline.renders(events_editing.CaseStoryEdited)
def story_edited(event: Recorded[events_editing.CaseStoryEdited], context: Context) -> Entry:
    names = ", ".join(label_of(name) for name in event.data.fields)
    return Entry("fields", "pencil", _("The story of the case was corrected"), names)


@subscribe(events.CaseSubmitted)
def to_its_queue(event: Recorded[events.CaseSubmitted]) -> None:
    """A new case falls to its queue; where the queue gives out by itself, to its next member."""
    assignment.receive_case(event.data.case_id)


def _people_and_words(recorded: Sequence[Recorded[events.CaseAssigned]]) -> Loaded:
    people = {event.data.manager_id for event in recorded if event.data.manager_id}
    changes = {event.data.change_id for event in recorded if event.data.change_id}
    loaded: dict[Any, Any] = dict(account_selectors.person_names(people))
    if changes:
        loaded.update(FieldChange.objects.filter(pk__in=changes).values_list("pk", "new"))
    return loaded


@timeline.renders(events.CaseAssigned, load=_people_and_words)
def assigned(event: Recorded[events.CaseAssigned], context: Context) -> Entry:
    data = event.data
    words = str(context.loaded.get(data.change_id, "")) if context.sees_internal else ""
    if data.manager_id is None:
        return Entry("people", "user-minus", _("Case returned to the common list"), words, internal=True)
    if not context.sees_internal:
        return Entry("people", "user-check", _("A manager is assigned"))
    name = context.loaded.get(data.manager_id, "")
    return Entry("people", "user-check", _assigned_title(data.how) % {"name": name}, words)


def _assigned_title(how: str) -> str:
    return {
        "taken": _("%(name)s took the case"),
        "handed_over": _("Case handed over to %(name)s"),
        "queue": _("The queue gave the case to %(name)s"),
        "absence": _("%(name)s stands in for the manager"),
        "escalation": _("A near term gave the case to %(name)s"),
    }.get(how, _("Case given to %(name)s"))


def _queues(recorded: Sequence[Recorded[events_assignment.CaseQueued]]) -> Loaded:
    return {queue.pk: queue for queue in Queue.objects.filter(pk__in={e.data.queue_id for e in recorded})}


@timeline.renders(events_assignment.CaseQueued, load=_queues, internal=True)
def queued(event: Recorded[events_assignment.CaseQueued], context: Context) -> Entry | None:
    queue = context.loaded.get(event.data.queue_id)
    if queue is None:
        return None
    return Entry("people", "inbox", _("Queue: %(queue)s") % {"queue": queue.name(context.language)})


def _reasons(recorded: Sequence[Recorded[events_assignment.CaseUrgencyChanged]]) -> Loaded:
    ids = {event.data.change_id for event in recorded if event.data.change_id}
    return dict(FieldChange.objects.filter(pk__in=ids).values_list("pk", "new"))


@timeline.renders(events_assignment.CaseUrgencyChanged, load=_reasons, internal=True)
def urgency_changed(event: Recorded[events_assignment.CaseUrgencyChanged], context: Context) -> Entry:
    data = event.data
    title = (
        _("Urgency raised from %(source)s to %(target)s")
        if data.raised
        else _("Urgency given back to the computed one: %(target)s")
    )
    words = work_view.reason_text(str(context.loaded.get(data.change_id, "")))
    return Entry("status", "alarm", title % {"source": data.source, "target": data.target}, words)


@timeline.renders(events_assignment.TermEscalated, internal=True)
def term_escalated(event: Recorded[events_assignment.TermEscalated], context: Context) -> Entry:
    data = event.data
    done = "; ".join(work_view.act_labels(data.acts)) or _("everybody concerned knew already")
    day = format_date(data.due, context.language)
    title = work_view.rule_label(data.rule)
    return Entry("deadline", "alarm", title, _("Until %(day)s. Done: %(acts)s.") % {"day": day, "acts": done})


@timeline.renders(events_parties.PartyInvited)
def party_invited(event: Recorded[events_parties.PartyInvited], context: Context) -> Entry:
    text = _("The invitation was sent again") if event.data.again else ""
    title = _("Invited to the case: %(role)s") % {"role": PartyRole(event.data.role).label}
    return Entry("people", "mail", title, text)


@timeline.renders(events_parties.PartyInvitationTakenBack)
def party_invitation_taken_back(
    event: Recorded[events_parties.PartyInvitationTakenBack], context: Context
) -> Entry:
    title = _("Invitation taken back: %(role)s") % {"role": PartyRole(event.data.role).label}
    return Entry("people", "user-minus", title)


@timeline.renders(events_parties.PartyInvitationDeclined)
def party_invitation_declined(
    event: Recorded[events_parties.PartyInvitationDeclined], context: Context
) -> Entry:
    title = _("Invitation declined: %(role)s") % {"role": PartyRole(event.data.role).label}
    return Entry("people", "user-minus", title)


@timeline.renders(events_eligibility.EligibilityChecked)
def eligibility_checked(event: Recorded[events_eligibility.EligibilityChecked], context: Context) -> Entry:
    edition = eligibility_rules.edition_on(event.data.questionnaire, event.on_date)
    title = edition["title"][context.language] if edition else event.data.questionnaire
    verdict = {
        "yes": _("the conditions are met"),
        "no": _("the conditions are not met"),
        "perhaps": _("something is still unknown"),
        "later": _("possible later"),
    }.get(event.data.verdict, "")
    return Entry("fields", "list-checks", _("Check: %(title)s") % {"title": title}, context.words(verdict))
