"""A request about a person's data from the wish to the decision. Carrying out is in `copies` and `erasure`."""

from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from kenes.accounts import permissions, selectors
from kenes.accounts.errors import PersonNotFound
from kenes.accounts.errors_personal_data import (
    DataRequestNotFound,
    DataRequestOpen,
    DataRequestOwn,
    DataRequestStepNotAllowed,
    ErasureBlocked,
)
from kenes.accounts.events_personal_data import DataRequestMoved
from kenes.accounts.models import PersonalDataRequest, User
from kenes.event_log import services as event_log
from kenes.foundation import clock, personal_data
from kenes.foundation.actor import Actor
from kenes.foundation.errors import Forbidden, SignInRequired
from kenes.outbox import services as outbox

Kind = PersonalDataRequest.Kind
Status = PersonalDataRequest.Status

COPY_HANDLER: Final = "accounts.make_copy"
ERASURE_HANDLER: Final = "accounts.erase"


def subject_of(person: User) -> personal_data.Subject:
    """The person as sections of data know him."""
    return personal_data.Subject(
        person_id=person.pk, phone=person.phone or "", email=person.email or "", language=person.language
    )


def sections_of(person_id: UUID, kind: str) -> list[dict[str, Any]]:
    """What a request would give, or erase, mask and keep, by section: counts and codes, no values."""
    subject = subject_of(selectors.get_person(person_id))
    return [_counted(section, subject, kind) for section in personal_data.sections()]


def _counted(section: personal_data.Section, subject: personal_data.Subject, kind: str) -> dict[str, Any]:
    counts = section.preview(subject)
    if kind == Kind.EXPORT:
        return {"code": section.code, "given": counts.given}
    return {
        "code": section.code, "erased": counts.erased, "masked": counts.masked, "kept": counts.kept,
        "ground": counts.ground,
    }  # fmt: skip


@transaction.atomic
def open_request(*, actor: Actor, person_id: UUID, kind: str, reason: str = "") -> PersonalDataRequest:
    """Ask for a copy or for erasure, for oneself or by staff for a person who asked on paper.

    An own copy is begun at once; everything else waits for approval. Raises PersonNotFound, Forbidden,
    ErasureBlocked (with the reasons), DataRequestOpen when one of this kind is open.
    """
    permissions.require(actor, "data_request.open", person_id)
    person = User.objects.select_for_update().filter(pk=person_id).first()
    if person is None:
        raise PersonNotFound
    if kind == Kind.ERASURE:
        _require_not_blocked(person_id)
    if actor.user_id is None:
        raise SignInRequired
    request = PersonalDataRequest(
        kind=kind, person=person, requested_by_id=actor.user_id, note=reason,
        preview={"sections": sections_of(person_id, kind)},
    )  # fmt: skip
    own_copy = kind == Kind.EXPORT and actor.user_id == person_id
    if own_copy:
        request.status, request.started_by_id = Status.RUNNING, actor.user_id
    try:
        with transaction.atomic():
            request.save(force_insert=True)
    except IntegrityError as problem:
        raise DataRequestOpen from problem
    if own_copy:
        _begin(request)
    _note(request, actor)
    return request


def _require_not_blocked(person_id: UUID) -> None:
    blockers = personal_data.blockers_of(person_id)
    if blockers:
        raise ErasureBlocked(
            blockers=[{"code": blocker.code, "text": str(blocker.text)} for blocker in blockers]
        )


def _begin(request: PersonalDataRequest) -> None:
    handler = COPY_HANDLER if request.kind == Kind.EXPORT else ERASURE_HANDLER
    outbox.enqueue(handler, {"request_id": str(request.pk)}, key=f"{handler}:{request.pk}")


def _note(request: PersonalDataRequest, actor: Actor) -> None:
    event_log.record(
        DataRequestMoved(
            person_id=request.person_id, request_id=request.pk, kind=request.kind, status=request.status
        ),
        actor=actor,
    )


@transaction.atomic
def cancel(*, actor: Actor, request_id: UUID) -> PersonalDataRequest:
    """Withdraw an own request that nobody has begun to carry out."""
    request = _locked(request_id)
    if request.person_id != actor.user_id:
        raise DataRequestNotFound
    return _move(actor, request, Status.CANCELLED, sources={Status.REQUESTED, Status.APPROVED})


@transaction.atomic
def decide(*, actor: Actor, request_id: UUID, approve: bool, note: str) -> PersonalDataRequest:
    """Approve or refuse; never by whoever asked. An approved copy is begun at once, erasure waits for `execute`."""
    request = _locked(request_id)
    permissions.require(actor, "data_request.decide", request.person_id)
    if actor.user_id in {request.requested_by_id, request.person_id}:
        raise DataRequestOwn
    if approve and request.kind == Kind.ERASURE:
        _require_not_blocked(request.person_id)
    request.decided_by_id, request.decided_at = actor.user_id, clock.now()
    request.note = note or request.note
    target = Status.APPROVED if approve else Status.REFUSED
    if approve and request.kind == Kind.EXPORT:
        target, request.started_by_id = Status.RUNNING, actor.user_id
    _move(
        actor, request, target, "decided_by", "decided_at", "note", "started_by", sources={Status.REQUESTED}
    )
    if target == Status.RUNNING:
        _begin(request)
    return request


@transaction.atomic
def execute(*, actor: Actor, request_id: UUID) -> PersonalDataRequest:
    """Begin an approved erasure; not by the one who approved it. What blocks it is asked again."""
    request = _locked(request_id)
    permissions.require(actor, "data_request.execute", request.person_id)
    if request.kind != Kind.ERASURE:
        raise DataRequestStepNotAllowed(current_status=request.status)
    if actor.user_id in {request.decided_by_id, request.person_id}:
        raise DataRequestOwn
    _require_not_blocked(request.person_id)
    request.started_by_id = actor.user_id
    _move(actor, request, Status.RUNNING, "started_by", sources={Status.APPROVED})
    _begin(request)
    return request


def _locked(request_id: UUID) -> PersonalDataRequest:
    request = PersonalDataRequest.objects.select_for_update(of=("self",)).filter(pk=request_id).first()
    if request is None:
        raise DataRequestNotFound
    return request


def _move(
    actor: Actor, request: PersonalDataRequest, target: str, *fields: str, sources: set[Status]
) -> PersonalDataRequest:
    if request.status not in sources:
        raise DataRequestStepNotAllowed(current_status=request.status)
    request.status = target
    request.save(update_fields=["status", *fields])
    _note(request, actor)
    return request


def own_requests(actor: Actor) -> QuerySet[PersonalDataRequest]:
    """Requests about the actor's own data, newest first; also those that staff started for him."""
    return PersonalDataRequest.objects.filter(person_id=actor.user_id).order_by("-created_at", "id")


def get_own(*, actor: Actor, request_id: UUID) -> PersonalDataRequest:
    """One own request; DataRequestNotFound for everybody else's."""
    request = own_requests(actor).filter(pk=request_id).first()
    if request is None:
        raise DataRequestNotFound
    return request


def all_requests(*, actor: Actor, status: str = "", kind: str = "") -> QuerySet[PersonalDataRequest]:
    """Requests of everybody for those who decide or carry out, the ones that he started for who only starts them.

    Forbidden for everybody else.
    """
    if not permissions.handles_data_requests(actor):
        raise Forbidden
    found = PersonalDataRequest.objects.select_related("person", "requested_by", "decided_by", "started_by")
    if not (actor.can("data_request.approve") or actor.can("data_request.execute")):
        found = found.filter(requested_by_id=actor.user_id)
    filters = {name: value for name, value in (("status", status), ("kind", kind)) if value}
    return found.filter(**filters)


def get_for_staff(*, actor: Actor, request_id: UUID) -> PersonalDataRequest:
    """One request as staff see it; DataRequestNotFound when there is none."""
    request = all_requests(actor=actor).filter(pk=request_id).first()
    if request is None:
        raise DataRequestNotFound
    return request


def allowed_actions(actor: Actor, request: PersonalDataRequest) -> list[str]:
    """Names of the buttons to show for a request."""
    own = request.person_id == actor.user_id
    waits = request.status == Status.REQUESTED
    decides = (
        waits
        and actor.can("data_request.approve")
        and actor.user_id not in {request.requested_by_id, request.person_id}
    )
    possible = {
        "cancel": own and request.status in {Status.REQUESTED, Status.APPROVED},
        "download": own and is_downloadable(request),
        "approve": decides,
        "refuse": decides,
        "execute": request.kind == Kind.ERASURE
        and request.status == Status.APPROVED
        and actor.can("data_request.execute")
        and actor.user_id not in {request.decided_by_id, request.person_id},
    }
    return [name for name, now in possible.items() if now]


def is_downloadable(request: PersonalDataRequest) -> bool:
    """Whether the copy is there and its days are not over."""
    return (
        request.status == Status.DONE
        and request.file_id is not None
        and request.file_expires_at is not None
        and request.file_expires_at > clock.now()
    )
