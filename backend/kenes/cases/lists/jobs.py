"""Long work over many cases off the request path: in pieces by the outbox, with a report per row that can be left and found again.

Each kind of work registers what one piece of it does. A piece may be cut off anywhere and run again: what a row has become
is written in the same transaction as the change itself.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from kenes.cases.errors.lists import JobBusy, JobNotFound, JobOver
from kenes.cases.models import WORKING, JobKind, JobState, ListJob
from kenes.foundation import clock, logs
from kenes.foundation.actor import Actor
from kenes.foundation.errors import Forbidden
from kenes.outbox import services as outbox
from kenes.realtime import services as realtime

log = logs.get(__name__)

HANDLER: Final = "cases.list_job"
# A piece gives True when there is more to do, or how long to wait before it is.
Piece = Callable[[ListJob], bool | timedelta]
_pieces: Final[dict[str, Piece]] = {}


def works(kind: JobKind) -> Callable[[Piece], Piece]:
    """Decorator: the function does one piece of this kind of work."""

    def register(piece: Piece) -> Piece:
        _pieces[kind] = piece
        return piece

    return register


def start(job: ListJob) -> ListJob:
    """Hand new work over to the outbox, inside the caller's transaction. JobBusy while earlier work of the kind runs."""
    busy = ListJob.objects.filter(owner_id=job.owner_id, kind=job.kind, state__in=WORKING).exclude(pk=job.pk)
    if busy.exists():
        raise JobBusy
    job.state = JobState.QUEUED
    job.save()
    _enqueue(job)
    return job


def _enqueue(job: ListJob, wait: timedelta = timedelta(0)) -> None:
    payload = {"job_id": str(job.pk), "step": job.step}
    key = f"{HANDLER}:{job.pk}:{job.step}"
    outbox.enqueue(HANDLER, payload, key=key, delay_seconds=wait.total_seconds())


def run_piece(payload: dict[str, Any]) -> None:
    """One piece of work and the order for the next; a piece that has been run does nothing again."""
    job = ListJob.objects.filter(pk=payload["job_id"], step=payload["step"], state__in=WORKING).first()
    if job is None:
        return
    ListJob.objects.filter(pk=job.pk, state=JobState.QUEUED).update(state=JobState.RUNNING)
    more = _pieces[job.kind](job)
    with transaction.atomic():
        row = ListJob.objects.select_for_update().get(pk=job.pk)
        if row.state not in WORKING or row.step != payload["step"]:
            return
        row.step += 1
        if more:
            row.save(update_fields=["step"])
            _enqueue(row, more if isinstance(more, timedelta) else timedelta(0))
        else:
            row.state, row.finished_at = JobState.DONE, clock.now()
            row.save(update_fields=["step", "state", "finished_at"])
    tell(job)


def tell(job: ListJob) -> None:
    """Let the owner's open pages look at the progress."""
    realtime.hint(f"user:{job.owner_id}", "list_job.changed", job.pk)


def jobs_of(actor: Actor, kind: str | None = None) -> QuerySet[ListJob]:
    """Own long work, newest first by `-created_at, id`."""
    if actor.user_id is None:
        return ListJob.objects.none()
    own = ListJob.objects.filter(owner_id=actor.user_id).exclude(state=JobState.PREVIEW)
    return own.filter(kind=kind) if kind else own


def get_job(*, actor: Actor, job_id: UUID) -> ListJob:
    """One's own work; JobNotFound otherwise."""
    job = ListJob.objects.filter(pk=job_id, owner_id=actor.user_id).first() if actor.user_id else None
    if job is None:
        raise JobNotFound
    return job


@transaction.atomic
def stop(*, actor: Actor, job_id: UUID) -> ListJob:
    """Do no more rows; what is done stays. Raises JobNotFound, JobOver, and Forbidden while looking through other eyes."""
    if actor.viewed_by is not None:
        raise Forbidden
    job = ListJob.objects.select_for_update().filter(pk=job_id, owner_id=actor.user_id).first()
    if job is None:
        raise JobNotFound
    if job.state not in WORKING:
        raise JobOver
    job.state, job.finished_at = JobState.STOPPED, clock.now()
    job.save(update_fields=["state", "finished_at"])
    return job


def is_stopped(job: ListJob) -> bool:
    """Whether somebody has stopped the work meanwhile."""
    return not ListJob.objects.filter(pk=job.pk, state__in=WORKING).exists()
