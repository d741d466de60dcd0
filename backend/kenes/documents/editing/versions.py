"""Editions of templates: uploaded by an editor, approved by another person, in force from a day. Nothing is printed before.

Order of locks: all editions of one template by number, then nothing else.
"""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kenes.accounts import selectors as account_selectors
from kenes.accounts.models import User
from kenes.documents import catalogue
from kenes.documents.editing import checking, editions, events, remarks
from kenes.documents.editing.errors import (
    TemplateAnotherScheduled,
    TemplateChangedMeanwhile,
    TemplateFileRefused,
    TemplateMovedOn,
    TemplateNotFound,
    TemplateRemarksOpen,
    TemplateSame,
    TemplateSecondPerson,
)
from kenes.documents.editing.errors import TemplateState as TemplateStateError
from kenes.documents.editing.states import SOURCES, TemplateOrigin, TemplateState
from kenes.documents.filling.problems import Problem
from kenes.documents.models import TemplateVersion
from kenes.event_log import services as event_log
from kenes.files import receiving
from kenes.files.received import ReceivedBytes
from kenes.foundation import clock
from kenes.foundation.actor import Actor, SystemActor
from kenes.foundation.errors import FieldError, FieldErrors, Forbidden

S: Final = TemplateState
SWITCH: Final = SystemActor("template-switch")
_FURTHEST: Final = timedelta(days=3 * 366)


def visible_to(actor: Actor) -> QuerySet[TemplateVersion]:
    """Editions that the actor may read, without their files: all for who edits or approves, nothing for others."""
    rows = TemplateVersion.objects.select_related("author", "decided_by").defer("docx")
    return rows if reads(actor) else rows.none()


def reads(actor: Actor) -> bool:
    """Whether the actor has to do with templates."""
    return actor.can("template.edit") or actor.can("template.approve") or actor.is_system


def get_version(*, actor: Actor, version_id: UUID) -> TemplateVersion:
    """One edition. Raises TemplateNotFound."""
    found = visible_to(actor).filter(pk=version_id).first()
    if found is None:
        raise TemplateNotFound
    return found


def allowed_actions(actor: Actor, version: TemplateVersion) -> list[str]:
    """Names of the buttons to show."""
    state, own = version.state, version.author_id is not None and version.author_id == actor.user_id
    people = version.origin == TemplateOrigin.PEOPLE
    names = []
    if actor.can("template.edit") and people:
        if state in (S.DRAFT, S.REJECTED) or (state == S.PROPOSED and own):
            names.append("edit")
        if state in SOURCES["propose"]:
            names.append("propose")
    if actor.can("template.edit") and state in SOURCES["withdraw"] and (people or state == S.APPROVED):
        names.append("withdraw")
    if actor.can("template.approve") and state == S.PROPOSED:
        names += ["reject"] if own else ["check_remark", "approve", "reject"]
    return names


def draft_version(
    *, actor: Actor, code: str, language: str, docx: bytes, file_name: str, note: str = ""
) -> TemplateVersion:
    """Keep an uploaded DOCX as the draft of a new edition.

    Raises TemplateNotFound for a kind or language without a template, Forbidden, TemplateFileRefused with everything that is
    wrong (nothing is kept then), TemplateSame for the edition in force.
    """
    _editor(actor)
    _must_exist(code, language)
    problems = _checked(docx, code, language)
    return _keep_draft(
        actor=actor,
        code=code,
        language=language,
        docx=docx,
        file_name=file_name,
        note=note,
        problems=problems,
    )


@transaction.atomic
def _keep_draft(
    *, actor: Actor, code: str, language: str, docx: bytes, file_name: str, note: str, problems: list[Problem]
) -> TemplateVersion:
    author = _editor(actor)
    rows = editions.locked(code, language)
    _use_up(docx)
    used = _in_force(rows)
    sha256 = hashlib.sha256(docx).hexdigest()
    if used is not None and used.sha256 == sha256:
        raise TemplateSame
    now = clock.now()
    made = TemplateVersion.objects.create(
        code=code, language=language, version=editions.next_number(code, language), sha256=sha256, docx=docx,
        state=S.DRAFT, origin=TemplateOrigin.PEOPLE, author=author, based_on=used, file_name=file_name[:200], note=note,
        problems=[one.to_json() for one in problems], remarks=remarks.of_kind(code, language), created_at=now,
        updated_at=now,
    )  # fmt: skip
    _tell(events.TemplateDrafted, made, actor)
    return made


def replace_file(
    *, actor: Actor, version_id: UUID, revision: int | None, docx: bytes, file_name: str
) -> TemplateVersion:
    """Give a draft another file; what was proposed or sent back is a draft again, so that nobody approves what he has not seen.

    Raises what `draft_version` and `edit_version` raise.
    """
    _editor(actor)
    version = get_version(actor=actor, version_id=version_id)
    problems = _checked(docx, version.code, version.language)
    return _edit(
        actor, version_id, revision, docx=docx, sha256=hashlib.sha256(docx).hexdigest(), file_name=file_name[:200],
        problems=[one.to_json() for one in problems], remarks=remarks.of_kind(version.code, version.language),
    )  # fmt: skip


def edit_version(
    *,
    actor: Actor,
    version_id: UUID,
    revision: int,
    note: str | None = None,
    effective_from: date | None = None,
) -> TemplateVersion:
    """Other words about an edition, or another day. Only its author while it waits for approval; it is a draft again.

    Raises TemplateNotFound, Forbidden, TemplateState, TemplateChangedMeanwhile, FieldErrors.
    """
    changes: dict[str, Any] = {} if note is None else {"note": note}
    if effective_from is not None:
        changes["effective_from"] = _day(effective_from)
    return _edit(actor, version_id, revision, **changes)


@transaction.atomic
def _edit(actor: Actor, version_id: UUID, revision: int | None, **changes: Any) -> TemplateVersion:
    author = _editor(actor)
    version = _locked(actor, version_id, "edit", revision)
    if version.origin == TemplateOrigin.PRODUCT:
        raise Forbidden
    if version.state == S.PROPOSED and version.author_id != author.pk:
        raise Forbidden
    for name, value in changes.items():
        setattr(version, name, value)
    if "docx" in changes:
        _use_up(changes["docx"])
        # Whoever wrote last is the author: the second person must be another one than he.
        version.author = author
    version.state, version.submitted_at, version.checks = S.DRAFT, None, {}
    version.decided_by, version.decided_at, version.decision_note = None, None, ""
    _save(
        version, *changes, "author", "state", "submitted_at", "checks", "decided_by", "decided_at", "decision_note"
    )  # fmt: skip
    _tell(events.TemplateEdited, version, actor)
    return version


@transaction.atomic
def propose_version(
    *, actor: Actor, version_id: UUID, revision: int, note: str, effective_from: date | None = None
) -> TemplateVersion:
    """Ask a second person to approve a draft: why, and from which day (today at the earliest; None: at once).

    Raises TemplateNotFound, Forbidden, TemplateState, TemplateChangedMeanwhile, FieldErrors.
    """
    _editor(actor)
    version = _locked(actor, version_id, "propose", revision)
    if version.origin == TemplateOrigin.PRODUCT:
        raise Forbidden
    version.note, version.effective_from = note, _day(effective_from)
    version.state, version.submitted_at, version.checks = S.PROPOSED, clock.now(), {}
    version.based_on = editions.in_force(version.code, version.language)
    version.decided_by, version.decided_at, version.decision_note = None, None, ""
    _save(
        version, "note", "effective_from", "state", "submitted_at", "checks", "based_on", "decided_by",
        "decided_at", "decision_note",
    )  # fmt: skip
    _tell(events.TemplateProposed, version, actor)
    return version


@transaction.atomic
def check_remark(
    *, actor: Actor, version_id: UUID, revision: int, remark: str, checked: bool
) -> TemplateVersion:
    """Say of one remark for lawyers that it was looked at, or take that back. Not the author.

    Raises TemplateNotFound, Forbidden, TemplateState, TemplateChangedMeanwhile, TemplateSecondPerson, FieldErrors.
    """
    approver = _approver(actor)
    version = _locked(actor, version_id, "check_remark", revision)
    _second(version, approver)
    if remark not in {one["id"] for one in version.remarks}:
        raise FieldErrors([FieldError("/remark", "unknown", _("There is no such remark."))])
    checks = {key: value for key, value in version.checks.items() if key != remark}
    if checked:
        checks[remark] = {"by": str(approver.pk), "at": clock.now().isoformat()}
    version.checks = checks
    _save(version, "checks")
    _tell(events.TemplateRemarkChecked, version, actor, remark=remark, checked=checked)
    return version


@transaction.atomic
def approve_version(
    *, actor: Actor, version_id: UUID, revision: int, note: str = "", effective_from: date | None = None
) -> TemplateVersion:
    """Agree with an edition of somebody else; it is in force at once when its day has come.

    `effective_from`: another day than the proposed one. Raises TemplateNotFound, Forbidden, TemplateState,
    TemplateChangedMeanwhile, TemplateSecondPerson for the author, TemplateRemarksOpen, TemplateMovedOn when another edition
    came into force since, TemplateAnotherScheduled, FieldErrors.
    """
    approver = _approver(actor)
    version = _locked(actor, version_id, "approve", revision)
    _second(version, approver)
    rows = editions.locked(version.code, version.language)
    if open_remarks := remarks.unchecked(version.remarks, version.checks):
        raise TemplateRemarksOpen(remarks=open_remarks)
    used = _in_force(rows)
    if version.based_on_id != (used.pk if used else None):
        raise TemplateMovedOn
    if any(row.state == S.APPROVED for row in rows):
        raise TemplateAnotherScheduled
    day = _day(effective_from) or max(version.effective_from or clock.today(), clock.today())
    version.state, version.effective_from = S.APPROVED, day
    version.decided_by, version.decided_at, version.decision_note = approver, clock.now(), note
    _save(version, "state", "effective_from", "decided_by", "decided_at", "decision_note")
    _tell(events.TemplateApproved, version, actor, effective_from=day)
    if day <= clock.today():
        _begin(version)
    return version


@transaction.atomic
def reject_version(*, actor: Actor, version_id: UUID, revision: int, note: str) -> TemplateVersion:
    """Send an edition back with a reason; its author may mend it and propose it again."""
    approver = _approver(actor)
    version = _locked(actor, version_id, "reject", revision)
    version.state, version.decided_by, version.decided_at = S.REJECTED, approver, clock.now()
    version.decision_note = note
    _save(version, "state", "decided_by", "decided_at", "decision_note")
    _tell(events.TemplateRejected, version, actor)
    return version


@transaction.atomic
def withdraw_version(*, actor: Actor, version_id: UUID, revision: int) -> TemplateVersion:
    """Take an edition back before its day."""
    _editor(actor)
    version = _locked(actor, version_id, "withdraw", revision)
    if version.origin == TemplateOrigin.PRODUCT and version.state != S.APPROVED:
        raise Forbidden
    if version.state == S.APPROVED and (version.effective_from or clock.today()) <= clock.today():
        # Its day has come: documents may already have been made from it.
        raise TemplateStateError(current_status=S.IN_FORCE)
    version.state = S.WITHDRAWN
    _save(version, "state")
    _tell(events.TemplateWithdrawn, version, actor)
    return version


def switch_on_due() -> int:
    """Put approved editions in force whose day has come, oldest first; returns how many. Safe to repeat and in parallel."""
    waiting = TemplateVersion.objects.filter(state=S.APPROVED, effective_from__lte=clock.today())
    switched = 0
    for version_id in list(waiting.order_by("effective_from", "pk").values_list("pk", flat=True)):
        with transaction.atomic():
            place = TemplateVersion.objects.values_list("code", "language").get(pk=version_id)
            version = next(row for row in editions.locked(*place) if row.pk == version_id)
            if version.state != S.APPROVED:
                continue
            _begin(version)
            switched += 1
    return switched


def _begin(version: TemplateVersion) -> None:
    editions.put_in_force(version, version.effective_from or clock.today())
    _tell(events.TemplateInForce, version, SWITCH)


def _checked(docx: bytes, code: str, language: str) -> list[Problem]:
    """Warnings of a file that may be used. Raises TemplateFileRefused."""
    used = TemplateVersion.objects.filter(code=code, language=language, state=S.IN_FORCE)
    in_force = used.values_list("docx", flat=True).first()
    problems = checking.check(
        docx, code=code, language=language, in_force=None if in_force is None else bytes(in_force)
    )
    if any(one.severity == "error" for one in problems):
        raise TemplateFileRefused(problems=[shown(one) for one in problems])
    return problems


def shown(problem: Problem) -> dict[str, Any]:
    """A problem as people read it."""
    return {**problem.to_json(), "text": problem.text}


def _use_up(docx: bytes) -> None:
    """A file that came by parts is used up by the edition that it becomes."""
    if isinstance(docx, ReceivedBytes):
        receiving.use_up(docx)


def _must_exist(code: str, language: str) -> None:
    kind = catalogue.get(code)
    if kind is None or language not in kind.templates:
        raise TemplateNotFound


def _in_force(rows: list[TemplateVersion]) -> TemplateVersion | None:
    return next((row for row in rows if row.state == S.IN_FORCE), None)


def _day(given: date | None) -> date | None:
    if given is None:
        return None
    if given < clock.today():
        raise FieldErrors([FieldError("/effective_from", "past", _("The day has already passed."))])
    if given > clock.today() + _FURTHEST:
        raise FieldErrors([FieldError("/effective_from", "too_far", _("The year is too far in the future."))])
    return given


def _locked(actor: Actor, version_id: UUID, step: str, revision: int | None) -> TemplateVersion:
    """The edition with its whole template locked, in a state that the step may begin from and as the caller saw it."""
    found = get_version(actor=actor, version_id=version_id)
    version = next(row for row in editions.locked(found.code, found.language) if row.pk == version_id)
    if version.state not in SOURCES[step]:
        raise TemplateStateError(current_status=version.state)
    if revision is not None and version.revision != revision:
        raise TemplateChangedMeanwhile(revision=version.revision)
    return version


def _second(version: TemplateVersion, approver: User) -> None:
    if version.author_id == approver.pk:
        raise TemplateSecondPerson


def _save(version: TemplateVersion, *fields: str) -> None:
    version.revision += 1
    version.updated_at = clock.now()
    version.save(update_fields=[*fields, "revision", "updated_at"])


def _tell(event: type[Any], version: TemplateVersion, actor: Actor, **more: Any) -> None:
    event_log.record(event(version.pk, version.code, version.language, version.version, **more), actor=actor)


def _editor(actor: Actor) -> User:
    return _person(actor, "template.edit")


def _approver(actor: Actor) -> User:
    return _person(actor, "template.approve")


def _person(actor: Actor, ability: str) -> User:
    if actor.user_id is None or not actor.can(ability):
        raise Forbidden
    return account_selectors.get_person(actor.user_id)
