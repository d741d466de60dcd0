"""Proposals to change the law: written by an editor, approved by a second person, switched on from a day.

Nothing changes before the switch. What a proposal would do to open cases is counted by `cases.what_if`.
"""

from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kenes.accounts import selectors as account_selectors
from kenes.accounts.models import User
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor, SystemActor
from kenes.foundation.errors import FieldError, FieldErrors, Forbidden
from kenes.law import change_content, events
from kenes.law.change_content import Content
from kenes.law.errors import (
    LawChangeChanged,
    LawChangeNotFound,
    LawChangeState,
    LawMovedOn,
    SecondPersonNeeded,
)
from kenes.law.models import ChangeKind, ChangeStatus, LawChange

S = ChangeStatus
SWITCH: Final = SystemActor("law-switch")


def visible_to(actor: Actor) -> QuerySet[LawChange]:
    """Proposals that the actor may read: all for who edits or approves, nothing for others."""
    rows = LawChange.objects.select_related("author", "decided_by")
    return rows if actor.can("law.edit") or actor.can("law.approve") or actor.is_system else rows.none()


def get_change(*, actor: Actor, change_id: UUID) -> LawChange:
    """One proposal. Raises LawChangeNotFound."""
    change = visible_to(actor).filter(pk=change_id).first()
    if change is None:
        raise LawChangeNotFound
    return change


def allowed_actions(actor: Actor, change: LawChange) -> list[str]:
    """Names of the buttons to show."""
    names = []
    second = change.author_id != actor.user_id
    if actor.can("law.edit"):
        names += {
            S.DRAFT: ["edit", "submit", "withdraw"],
            S.SUBMITTED: ["withdraw"] if second else ["edit", "withdraw"],
            S.APPROVED: ["withdraw"],
        }.get(S(change.status), [])
    if actor.can("law.approve") and change.status == S.SUBMITTED:
        names += ["approve", "reject"] if second else ["reject"]
    return names


@transaction.atomic
def draft_change(
    *, actor: Actor, kind: str, rule_key: str, content: Content, reason: str, switch_on: date | None
) -> LawChange:
    """Write a proposal. `switch_on`: by default the day from which its content holds. Raises FieldErrors, Forbidden."""
    author = _editor(actor)
    key = rule_key if kind in {ChangeKind.EDITION, ChangeKind.CLOSE} else ""
    full = change_content.checked(kind, key, content)
    now = clock.now()
    change = LawChange.objects.create(
        kind=kind, rule_key=key, content=full, reason=reason, switch_on=_switch_day(kind, full, switch_on),
        author=author, created_at=now, updated_at=now,
    )  # fmt: skip
    event_log.record(events.LawChangeDrafted(change.pk, kind, key), actor=actor)
    return change


@transaction.atomic
def edit_change(*, actor: Actor, change_id: UUID, version: int, **edited: Any) -> LawChange:
    """Change a proposal that nobody has approved yet (`content`, `reason`, `switch_on`); what is not given stays.

    A draft is open to every editor, what waits for a second person to its author alone; it becomes a draft again, so that
    nobody approves other words than he has read. Raises LawChangeState, LawChangeChanged, Forbidden, FieldErrors.
    """
    author = _editor(actor)
    change = _locked(actor, change_id, {S.DRAFT, S.SUBMITTED}, version)
    if change.status == S.SUBMITTED and change.author_id != author.pk:
        raise Forbidden
    content = _merged(change.content, edited.get("content", {}))
    change.content = change_content.checked(change.kind, change.rule_key, content)
    change.reason = edited.get("reason") or change.reason
    change.switch_on = _switch_day(change.kind, change.content, edited.get("switch_on") or change.switch_on)
    # Whoever wrote last is the author: the second person must be another one than he.
    change.author = author
    change.status, change.submitted_at = S.DRAFT, None
    _save(change, "content", "reason", "switch_on", "author", "status", "submitted_at")
    event_log.record(events.LawChangeEdited(change.pk, change.kind, change.rule_key), actor=actor)
    return change


def _merged(before: Content, said: Content) -> Content:
    """What is said over what stood there; a text given in one language keeps the others."""
    texts = {
        name: {**before.get(name, {}), **{lang: text for lang, text in value.items() if text}}
        for name, value in said.items()
        if isinstance(value, dict)
    }
    return {**before, **said, **texts}


@transaction.atomic
def submit_change(*, actor: Actor, change_id: UUID, version: int) -> LawChange:
    """Ask a second person to approve a draft."""
    _editor(actor)
    change = _locked(actor, change_id, {S.DRAFT}, version)
    change.status, change.submitted_at = S.SUBMITTED, clock.now()
    _save(change, "status", "submitted_at")
    event_log.record(events.LawChangeSubmitted(change.pk, change.kind, change.rule_key), actor=actor)
    return change


@transaction.atomic
def withdraw_change(*, actor: Actor, change_id: UUID, version: int) -> LawChange:
    """Take a proposal back before it is switched on."""
    _editor(actor)
    change = _locked(actor, change_id, {S.DRAFT, S.SUBMITTED, S.APPROVED}, version)
    change.status = S.WITHDRAWN
    _save(change, "status")
    event_log.record(events.LawChangeWithdrawn(change.pk, change.kind, change.rule_key), actor=actor)
    return change


@transaction.atomic
def approve_change(*, actor: Actor, change_id: UUID, version: int, note: str = "") -> LawChange:
    """Agree with a proposal of somebody else; it is switched on at once when its day has come.

    Raises SecondPersonNeeded for the author, LawMovedOn when the law was changed meanwhile.
    """
    approver = _approver(actor)
    change = _locked(actor, change_id, {S.SUBMITTED}, version)
    if change.author_id == actor.user_id:
        raise SecondPersonNeeded
    _still_right(change)
    change.status, change.decided_by, change.decided_at = S.APPROVED, approver, clock.now()
    change.decision_note = note
    _save(change, "status", "decided_by", "decided_at", "decision_note")
    event_log.record(
        events.LawChangeApproved(change.pk, change.kind, change.rule_key, switch_on=change.switch_on),
        actor=actor,
    )
    if change.switch_on <= clock.today():
        _apply(change)
    return change


@transaction.atomic
def reject_change(*, actor: Actor, change_id: UUID, version: int, note: str) -> LawChange:
    """Refuse a proposal with a reason."""
    approver = _approver(actor)
    change = _locked(actor, change_id, {S.SUBMITTED}, version)
    change.status, change.decided_by, change.decided_at = S.REJECTED, approver, clock.now()
    change.decision_note = note
    _save(change, "status", "decided_by", "decided_at", "decision_note")
    event_log.record(events.LawChangeRejected(change.pk, change.kind, change.rule_key), actor=actor)
    return change


def switch_on_due() -> int:
    """Switch on approved proposals whose day has come, oldest first; returns how many. Safe to repeat and in parallel.

    One that no longer fits the law is left as it is and does not keep the others from their day.
    """
    waiting = LawChange.objects.filter(status=S.APPROVED, switch_on__lte=clock.today())
    switched = 0
    for change_id in list(waiting.order_by("switch_on", "decided_at").values_list("pk", flat=True)):
        with transaction.atomic():
            change = LawChange.objects.select_for_update().filter(pk=change_id, status=S.APPROVED).first()
            if change is None:
                continue
            try:
                _still_right(change)
            except LawMovedOn:
                continue
            _apply(change)
            switched += 1
    return switched


def _apply(change: LawChange) -> None:
    change.applied_rows = change_content.write(change.kind, change.rule_key, change.content, change.reason)
    change.status, change.applied_at = S.APPLIED, clock.now()
    _save(change, "applied_rows", "status", "applied_at")
    event_log.record(events.LawChangeApplied(change.pk, change.kind, change.rule_key), actor=SWITCH)


def _still_right(change: LawChange) -> None:
    try:
        change_content.checked(change.kind, change.rule_key, change.content)
    except FieldErrors as problem:
        raise LawMovedOn from problem


def _switch_day(kind: str, content: Content, given: date | None) -> date:
    """Editions are switched on when they begin to hold; days of the calendar and figures on the day that was chosen."""
    holds_from = {"edition": "valid_from", "close": "valid_to"}.get(kind)
    if holds_from is not None:
        return date.fromisoformat(content[holds_from])
    if given is not None and given.year > clock.today().year + 5:
        raise FieldErrors([FieldError("/switch_on", "too_far", _("The year is too far in the future."))])
    return given or clock.today()


def _locked(actor: Actor, change_id: UUID, statuses: set[ChangeStatus], version: int) -> LawChange:
    get_change(actor=actor, change_id=change_id)
    change = LawChange.objects.select_for_update().get(pk=change_id)
    if change.status not in statuses:
        raise LawChangeState(current_status=change.status)
    if change.version != version:
        raise LawChangeChanged(version=change.version)
    return change


def _save(change: LawChange, *fields: str) -> None:
    change.version += 1
    change.updated_at = clock.now()
    change.save(update_fields=[*fields, "version", "updated_at"])


def _editor(actor: Actor) -> User:
    return _person(actor, "law.edit")


def _approver(actor: Actor) -> User:
    return _person(actor, "law.approve")


def _person(actor: Actor, ability: str) -> User:
    if actor.user_id is None or not actor.can(ability):
        raise Forbidden
    return account_selectors.get_person(actor.user_id)
