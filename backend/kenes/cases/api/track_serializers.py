"""JSON of procedures, in and out."""

from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from rest_framework import serializers

from kenes.cases import permissions
from kenes.cases.models import Case, CaseDeadline, Outcome, Track
from kenes.cases.states import tables
from kenes.cases.states.machine import Need, TrackAction
from kenes.cases.states.track import TrackKind
from kenes.cases.tracks import procedures
from kenes.cases.tracks.escalation import Offer
from kenes.cases.tracks.progress import Said
from kenes.foundation.actor import Actor
from kenes.foundation.api import StrictSerializer
from kenes.foundation.fields_api import IsoDateField, TextField, WholeField

Out = serializers.Serializer[Any]
Json = dict[str, Any]
EARLIEST: Final = date(2000, 1, 1)
# Opening and choosing what comes next have an address of their own.
MOVES: Final = [
    (one.value, one.label) for one in TrackAction if one not in {TrackAction.OPEN, TrackAction.ESCALATE}
]
OUTCOMES: Final = {
    "SATISFIED": pgettext_lazy("outcome", "Complaint satisfied"),
    "PARTLY_SATISFIED": pgettext_lazy("outcome", "Complaint partly satisfied"),
    "REJECTED": pgettext_lazy("outcome", "Complaint rejected"),
    **{outcome.value: outcome.label for outcome in Outcome},
}
_WHY: Final = {
    "cannot_pay": _("You have not been able to pay for a long time, and talks did not help."),
    "talks_with_help": _(
        "A neutral mediator helps both sides to agree; the talks are voluntary and confidential."
    ),
    "only_court": _("What could not be settled is decided by a court; a lawyer can help with the papers."),
    "ask_again": _("The creditor can be asked again, on other terms."),
    "refused": _("The creditor refused: another body can look at it."),
    "no_reply": _("The creditor did not answer in the time the law sets: that is a ground to complain."),
    "breached": _("The agreement is not kept: another body can help to find a way."),
    "offer_declined": _("The offer did not suit you: another body can look at what would be fair."),
    "did_not_help": _("The earlier step did not help."),
}


class TrackChoice(Out):
    code = serializers.CharField()
    label = serializers.CharField()


class TrackAllowedAction(Out):
    """A button. `needs` must be told, `may` can be; `ahead`: the day may lie in the future."""

    action = serializers.ChoiceField(MOVES)
    label = serializers.CharField()
    needs = serializers.ListField(child=serializers.ChoiceField(Need.choices))
    may = serializers.ListField(child=serializers.ChoiceField(Need.choices))
    outcomes = TrackChoice(many=True)
    ahead = serializers.BooleanField()


class TrackNextStep(Out):
    """A procedure that may follow where this one did not help."""

    kind = serializers.ChoiceField(TrackKind.choices)
    kind_label = serializers.CharField()
    obligation_id = serializers.UUIDField(allow_null=True)
    reason = serializers.CharField()
    why = serializers.CharField()
    free = serializers.BooleanField()


class TrackMoveInput(StrictSerializer):
    """A step of a procedure; what it needs stands in its `allowed_actions`."""

    action = serializers.ChoiceField(MOVES)
    date = IsoDateField(earliest=EARLIEST, allow_null=True, default=None)
    reason = TextField(max_length=1000, multiline=True, allow_blank=True, default="")
    number = TextField(max_length=80, allow_blank=True, default="")
    outcome = TextField(max_length=30, allow_blank=True, default="")
    version = WholeField(min_value=1)


class TrackOpenInput(StrictSerializer):
    """A procedure to open. Without a debt it goes to the only one, or to the whole case where the kind is of that sort."""

    kind = serializers.ChoiceField(TrackKind.choices)
    obligation_id = serializers.UUIDField(allow_null=True, default=None)
    reason = TextField(max_length=1000, multiline=True, allow_blank=True, default="")


def said(data: Json) -> Said:
    """What a step was told, as the service takes it."""
    return Said(on=data["date"], reason=data["reason"], number=data["number"], outcome=data["outcome"])


def outcome_label(code: str) -> str:
    return str(OUTCOMES.get(code, code))


def track(actor: Actor, case: Case, row: Track, offers: list[Offer], deadlines: list[CaseDeadline]) -> Json:
    """A procedure with its stages, what this reader may do with it, and what may follow."""
    kind = TrackKind(row.kind)
    facts = tables.table_of(kind).facts()
    terms = [
        one.pk
        for one in deadlines
        if one.starts_on in facts and one.obligation_id in {None, row.obligation_id}
    ]
    return {
        "id": row.id,
        "kind": row.kind,
        "kind_label": kind.label,
        "state": row.state,
        "state_label": tables.state_label(row.kind, row.state, own=permissions.is_borrower(actor, case)),
        "obligation_id": row.obligation_id,
        "proposed": row.proposed,
        "can_be_opened": row.proposed,
        "reasons": row.reasons,
        "steps": tables.steps(row.kind, row.state),
        "version": row.version,
        "state_since": row.state_since or row.opened_at,
        "opened_at": row.opened_at,
        "external_number": row.external_number,
        "outcome": row.outcome,
        "outcome_label": outcome_label(row.outcome),
        "escalated_from": row.escalated_from_id,
        "deadline_ids": terms,
        "allowed_actions": [_action(step) for step in procedures.open_steps(actor, case, row)],
        "next_steps": [_offer(row, offer) for offer in offers],
    }


def _action(step: procedures.OpenStep) -> Json:
    return {
        "action": step.action,
        "label": step.label,
        "needs": step.needs,
        "may": step.may,
        "outcomes": [{"code": code, "label": outcome_label(code)} for code in step.outcomes],
        "ahead": step.ahead,
    }


def _offer(row: Track, offer: Offer) -> Json:
    return {
        "kind": offer.kind,
        "kind_label": offer.kind.label,
        "obligation_id": row.obligation_id,
        "reason": offer.reason,
        "why": str(_WHY[offer.reason]),
        "free": offer.free,
    }
