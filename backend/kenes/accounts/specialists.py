"""Lawyers, mediators and notaries: what they say of themselves, the check by a supervisor, the role that follows.

The role counts only while the entry is approved and its last day has not passed: every request looks at both
(`representation`), and a timer takes the grant away as well.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kenes.accounts import representation, services, specialisations
from kenes.accounts.errors_profile import (
    DocumentMissing,
    ProofTypeNotAllowed,
    SpecialistChangedMeanwhile,
    SpecialistNotFound,
    SpecialistStepNotAllowed,
)
from kenes.accounts.events_profile import (
    SpecialistChanged,
    SpecialistDecided,
    SpecialistExpired,
    SpecialistSubmitted,
)
from kenes.accounts.models import RoleGrant, SpecialistProfile
from kenes.event_log import services as event_log
from kenes.files import content_types
from kenes.files import selectors as file_selectors
from kenes.files import services as files
from kenes.files.errors import FileNotReady, FileTooLarge
from kenes.files.models import StoredFile
from kenes.foundation import clock
from kenes.foundation.actor import Actor, SystemActor
from kenes.foundation.errors import FieldError, FieldErrors, Forbidden

Status = SpecialistProfile.Status
KINDS: Final = representation.SPECIALISTS
EXPIRED: Final = "expired"
MAX_PROOF_BYTES: Final = 10 * 1024 * 1024
PROOF_KINDS: Final = frozenset({"application/pdf", "image/jpeg", "image/png"})
CHECK: Final = SystemActor("specialist-check")
_EDITED: Final = (
    "register_name", "register_number", "issued_on", "valid_until", "specialisations", "region",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """What a specialist writes down."""

    register_name: str
    register_number: str
    issued_on: date | None
    valid_until: date | None
    specialisations: list[str]
    region: str


def holds_role(user_id: UUID, kind: str) -> bool:
    """Whether the person works as this kind of specialist now: role granted and entry in force."""
    granted = RoleGrant.objects.filter(user_id=user_id, role=kind, revoked_at__isnull=True).exists()
    return granted and kind in representation.specialist_roles(user_id)


def shown_status(profile: SpecialistProfile) -> str:
    """The status as people see it: an approved entry whose last day has passed is expired."""
    if profile.status == Status.APPROVED and profile.valid_until and profile.valid_until < clock.today():
        return EXPIRED
    return profile.status


def own(*, actor: Actor) -> list[SpecialistProfile]:
    """The actor's own entries by kind."""
    if actor.user_id is None:
        return []
    return list(SpecialistProfile.objects.filter(user_id=actor.user_id).order_by("kind"))


def queue(*, actor: Actor, status: str = "", kind: str = "") -> QuerySet[SpecialistProfile]:
    """Entries for those who check them, with their people; drafts are nobody's business. Forbidden for others."""
    _require_checker(actor)
    rows = SpecialistProfile.objects.select_related("user").exclude(status=Status.DRAFT)
    if status == EXPIRED:
        rows = rows.filter(status=Status.APPROVED, valid_until__lt=clock.today())
    elif status == Status.APPROVED:
        rows = rows.filter(representation.specialist_in_force())
    elif status:
        rows = rows.filter(status=status)
    return rows.filter(kind=kind) if kind else rows


def get_for_check(*, actor: Actor, specialist_id: UUID) -> SpecialistProfile:
    """One entry of the queue; SpecialistNotFound when it is not in it."""
    profile = queue(actor=actor).filter(pk=specialist_id).first()
    if profile is None:
        raise SpecialistNotFound
    return profile


def proof_for_check(*, actor: Actor, specialist_id: UUID) -> StoredFile:
    """The proof of an entry of the queue; SpecialistNotFound without one. `files.read` says whether it may be opened."""
    profile = get_for_check(actor=actor, specialist_id=specialist_id)
    if profile.proof_file_id is None:
        raise SpecialistNotFound
    return file_selectors.get_file(profile.proof_file_id)


@transaction.atomic
def write(*, actor: Actor, kind: str, entry: Entry) -> SpecialistProfile:
    """Write the own entry of a kind; begun when there is none. Changing an approved one sends it back to the check.

    Raises FieldErrors (/specialisations, /valid_until), SpecialistNotFound for an unknown kind.
    """
    profile = _own_locked(actor, kind, make=True)
    _require_sense(kind, entry)
    changed = tuple(name for name in _EDITED if getattr(profile, name) != getattr(entry, name))
    if not changed:
        return profile
    for name in changed:
        setattr(profile, name, getattr(entry, name))
    profile.version += 1
    _back_to_check(profile)
    profile.save(update_fields=[*changed, "version", "status", "submitted_at"])
    _record_change(actor, profile, changed)
    return profile


def _require_sense(kind: str, entry: Entry) -> None:
    errors = []
    known = specialisations.catalogue()
    for index, code in enumerate(entry.specialisations):
        if code not in known or kind not in known[code].kinds:
            detail = _("Choose a field of work from the list.")
            errors.append(FieldError(f"/specialisations/{index}", "unknown", detail))
    if entry.issued_on and entry.valid_until and entry.valid_until < entry.issued_on:
        errors.append(FieldError("/valid_until", "before_start", _("This is before the day of issue.")))
    if errors:
        raise FieldErrors(errors)


def _own_locked(actor: Actor, kind: str, *, make: bool = False) -> SpecialistProfile:
    if actor.user_id is None:
        raise Forbidden
    if kind not in KINDS:
        raise SpecialistNotFound
    if make:
        fresh = SpecialistProfile(user_id=actor.user_id, kind=kind)
        SpecialistProfile.objects.bulk_create([fresh], ignore_conflicts=True)
    profile = SpecialistProfile.objects.select_for_update().filter(user_id=actor.user_id, kind=kind).first()
    if profile is None:
        raise SpecialistNotFound
    return profile


def _back_to_check(profile: SpecialistProfile) -> None:
    """What was approved is no longer what stands there: the role is gone until somebody has looked again."""
    if profile.status != Status.APPROVED:
        return
    profile.status, profile.submitted_at = Status.SUBMITTED, clock.now()
    services.revoke_role(actor=CHECK, user_id=profile.user_id, role=profile.kind, end_sessions=False)


def _record_change(actor: Actor, profile: SpecialistProfile, changed: tuple[str, ...]) -> None:
    event = SpecialistChanged(
        person_id=profile.user_id, specialist_id=profile.pk, kind=profile.kind, fields=changed
    )
    event_log.record(event, actor=actor)


def attach_proof(*, actor: Actor, kind: str, data: bytes, name: str) -> SpecialistProfile:
    """Keep the licence or the extract of the register; it can be opened after the virus check.

    Raises ProofTypeNotAllowed, FileTooLarge, FileEmpty. The bytes of a former proof are deleted.
    """
    require_paper(data)
    with transaction.atomic():
        profile = _own_locked(actor, kind, make=True)
        file = files.store(
            data=data, name=name, mime="", origin="uploaded", owner_kind="person", owner_id=profile.user_id
        )
        former, profile.proof_file_id = profile.proof_file_id, file.pk
        profile.version += 1
        _back_to_check(profile)
        profile.save(update_fields=["proof_file_id", "version", "status", "submitted_at"])
        _record_change(actor, profile, ("proof",))
    if former is not None:
        files.remove_content(file_id=former)
    return profile


def require_paper(data: bytes) -> None:
    """A PDF or a photo of at most 10 MB, by content; FileTooLarge and ProofTypeNotAllowed otherwise."""
    if len(data) > MAX_PROOF_BYTES:
        raise FileTooLarge(limit_megabytes=MAX_PROOF_BYTES // (1024 * 1024))
    if data and content_types.detect(data) not in PROOF_KINDS:
        raise ProofTypeNotAllowed


@transaction.atomic
def submit(*, actor: Actor, kind: str) -> SpecialistProfile:
    """Hand the own entry in for the check; handing it in again changes nothing.

    Raises FieldErrors for what is missing, DocumentMissing without a proof, SpecialistStepNotAllowed once approved.
    """
    profile = _own_locked(actor, kind)
    if profile.status == Status.SUBMITTED:
        return profile
    if profile.status == Status.APPROVED:
        raise SpecialistStepNotAllowed
    _require_complete(profile)
    profile.status, profile.submitted_at = Status.SUBMITTED, clock.now()
    profile.save(update_fields=["status", "submitted_at"])
    event_log.record(
        SpecialistSubmitted(person_id=profile.user_id, specialist_id=profile.pk, kind=profile.kind),
        actor=actor,
    )
    return profile


def _require_complete(profile: SpecialistProfile) -> None:
    wanted = ("register_name", "register_number", "issued_on", "specialisations")
    missing = [name for name in wanted if not getattr(profile, name)]
    errors = [FieldError(f"/{name}", "required", _("This is needed for the check.")) for name in missing]
    if profile.valid_until and profile.valid_until < clock.today():
        errors.append(FieldError("/valid_until", "past", _("This day has passed.")))
    if errors:
        raise FieldErrors(errors)
    if profile.proof_file_id is None:
        raise DocumentMissing


# Which decision is possible from where, and where it leads.
_DECISIONS: Final = {
    "approve": (frozenset({Status.SUBMITTED}), Status.APPROVED),
    "reject": (frozenset({Status.SUBMITTED}), Status.REJECTED),
    "suspend": (frozenset({Status.APPROVED}), Status.SUSPENDED),
}


@transaction.atomic
def decide(*, actor: Actor, specialist_id: UUID, decision: str, note: str, version: int) -> SpecialistProfile:
    """Approve, reject or suspend an entry; approving grants the role, suspending takes it away.

    `version` is the one that was looked at. Raises Forbidden (also for the own entry), SpecialistNotFound,
    SpecialistChangedMeanwhile, SpecialistStepNotAllowed, FileNotReady while the proof is not checked for viruses, and
    FieldErrors (/note) when a refusal gives no reason.
    """
    _require_checker(actor)
    found = queue(actor=actor).select_for_update(of=("self",)).filter(pk=specialist_id)
    profile = found.first()
    if profile is None:
        raise SpecialistNotFound
    if profile.user_id == actor.user_id:
        raise Forbidden
    if profile.version != version:
        raise SpecialistChangedMeanwhile(version=profile.version)
    sources, target = _DECISIONS[decision]
    if profile.status not in sources:
        raise SpecialistStepNotAllowed
    if decision == "approve":
        _require_complete(profile)
        _require_clean(profile.proof_file_id)
    elif not note:
        raise FieldErrors([FieldError("/note", "required", _("Write down the reason."))])
    profile.status, profile.check_note = target, note
    profile.checked_by_id, profile.checked_at = actor.user_id, clock.now()
    profile.save(update_fields=["status", "check_note", "checked_by", "checked_at"])
    change_role = services.grant_role if decision == "approve" else services.revoke_role
    change_role(actor=CHECK, user_id=profile.user_id, role=profile.kind)
    event = SpecialistDecided(
        person_id=profile.user_id, specialist_id=profile.pk, kind=profile.kind, decision=decision
    )
    event_log.record(event, actor=actor)
    return profile


def _require_clean(file_id: UUID | None) -> None:
    if file_id is None or not file_selectors.is_readable(file_selectors.get_file(file_id)):
        raise FileNotReady


def end_expired() -> int:
    """Take the role of entries whose last day has passed; how many. It had stopped counting the day after."""
    held = RoleGrant.objects.filter(revoked_at__isnull=True, role__in=KINDS)
    passed = SpecialistProfile.objects.filter(status=Status.APPROVED, valid_until__lt=clock.today())
    holders: set[tuple[UUID, str]] = set(
        held.filter(user_id__in=passed.values("user_id")).values_list("user_id", "role")
    )
    due = [row for row in passed.order_by("pk") if (row.user_id, row.kind) in holders]
    for row in due:
        _end(row)
    return len(due)


@transaction.atomic
def _end(profile: SpecialistProfile) -> None:
    services.revoke_role(actor=CHECK, user_id=profile.user_id, role=profile.kind, end_sessions=False)
    event = SpecialistExpired(person_id=profile.user_id, specialist_id=profile.pk, kind=profile.kind)
    event_log.record(event, actor=CHECK)


def _require_checker(actor: Actor) -> None:
    if not actor.can("specialist.check"):
        raise Forbidden


def allowed_actions(actor: Actor, profile: SpecialistProfile) -> list[str]:
    """Names of the buttons: of the specialist himself, or of who checks."""
    status = Status(profile.status)
    if profile.user_id == actor.user_id:
        may_submit = status in {Status.DRAFT, Status.REJECTED, Status.SUSPENDED}
        return ["edit", "attach_proof", *(["submit"] if may_submit else [])]
    if not actor.can("specialist.check"):
        return []
    return [name for name, (sources, _target) in _DECISIONS.items() if status in sources]
