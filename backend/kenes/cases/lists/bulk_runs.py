"""Changes of many cases: the preview of every row, the run piece by piece, the report."""

import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import OperationalError, transaction
from django.db.models import F
from django.utils import translation

from kenes.accounts import selectors as account_selectors
from kenes.cases import selectors
from kenes.cases.errors.lists import NothingSelected, TooManySelected
from kenes.cases.lists import bulk, jobs, listing
from kenes.cases.lists.list_filters import Filters
from kenes.cases.models import Case, JobKind, JobRow, ListJob, RowState
from kenes.foundation import clock, logs
from kenes.foundation.actor import Actor
from kenes.foundation.errors import KenesError

log = logs.get(__name__)

MOST: Final = 5000
SHOWN: Final = 200
PIECE_ROWS: Final = 40
PIECE_SECONDS: Final = 1.5
_CHUNK: Final = 500


@dataclass(frozen=True, slots=True)
class Selection:
    """Chosen cases, or all that fit the filters."""

    ids: tuple[UUID, ...] = ()
    filters: Filters | None = None


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """What would become of one case; `problem` is None when it would change."""

    case: Case
    masked: bool
    problem: KenesError | None


@dataclass(frozen=True, slots=True)
class Preview:
    """How many would change, why the others not, and the first rows one by one."""

    total: int
    will_change: int
    reasons: tuple[tuple[str, str, int], ...]
    rows: tuple[PreviewRow, ...]


def selected_ids(actor: Actor, selection: Selection) -> list[UUID]:
    """Ids of the selected visible cases, the newest first. Raises NothingSelected, TooManySelected."""
    if selection.filters is None:
        found = selectors.cases_visible_to(actor).filter(pk__in=selection.ids)
    else:
        found = listing.cases(actor=actor, filters=selection.filters)
    ids = list(found.order_by("-created_at", "id").values_list("pk", flat=True)[: MOST + 1])
    if not ids:
        raise NothingSelected
    if len(ids) > MOST:
        raise TooManySelected(most=MOST, found=found.count())
    return ids


def preview(*, actor: Actor, action: str, params: Mapping[str, Any], selection: Selection) -> Preview:
    """Look at every selected case without changing one; a constant number of queries for each 500 cases."""
    bulk.require_params(action, params)
    ids = selected_ids(actor, selection)
    reasons: Counter[tuple[str, str]] = Counter()
    rows: list[PreviewRow] = []
    for case, masked, problem in _looks(actor, action, params, ids):
        if problem is not None:
            reasons[problem.code, problem.text()] += 1
        if len(rows) < SHOWN:
            rows.append(PreviewRow(case, masked, problem))
    refused = reasons.total()
    told = tuple((code, text, count) for (code, text), count in reasons.most_common())
    return Preview(len(ids), len(ids) - refused, told, tuple(rows))


def _looks(
    actor: Actor, action: str, params: Mapping[str, Any], ids: list[UUID]
) -> Iterator[tuple[Case, bool, KenesError | None]]:
    for start in range(0, len(ids), _CHUNK):
        wanted = ids[start : start + _CHUNK]
        found = {case.pk: case for case in Case.objects.filter(pk__in=wanted)}
        page = [found[pk] for pk in wanted if pk in found]
        masked = listing.masked_among(actor, page)
        known = bulk.beside(action, params, page)
        for case in page:
            yield case, case.pk in masked, bulk.refusal(actor, action, params, case, known)


@transaction.atomic
def start(
    *, actor: Actor, action: str, params: Mapping[str, Any], selection: Selection, language: str
) -> ListJob:
    """Put the change of the selected cases to work; the report grows row by row.

    Raises FieldErrors (/params/…), NothingSelected, TooManySelected, JobBusy.
    """
    bulk.require_params(action, params)
    ids = selected_ids(actor, selection)
    assert actor.user_id is not None
    job = ListJob(
        kind=JobKind.BULK, action=action, owner_id=actor.user_id, language=language, params=_plain(params),
        total=len(ids), created_at=clock.now(),
    )  # fmt: skip
    jobs.start(job)
    JobRow.objects.bulk_create(
        [JobRow(job=job, position=position, case_id=case_id) for position, case_id in enumerate(ids)],
        batch_size=1000,
    )
    return job


def _plain(params: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value if value is None or isinstance(value, int | str | list) else str(value)
        for name, value in params.items()
    }


def _typed(params: Mapping[str, Any]) -> dict[str, Any]:
    made = dict(params)
    for name in ("assignee_id", "tag_id"):
        if made.get(name):
            made[name] = UUID(made[name])
    if made.get("resume_on"):
        made["resume_on"] = date.fromisoformat(made["resume_on"])
    return made


@jobs.works(JobKind.BULK)
def run_piece(job: ListJob) -> bool:
    """The next rows, each in a transaction of its own; True while some are left."""
    params = _typed(job.params)
    until = time.monotonic() + PIECE_SECONDS
    pending = job.rows.filter(state=RowState.PENDING).order_by("position")
    for row in list(pending[:PIECE_ROWS]):
        if jobs.is_stopped(job):
            return False
        # The rights of this very moment: who was taken off the staff a second ago changes nothing more.
        actor = account_selectors.signed_in_actor(account_selectors.get_person(job.owner_id))
        with translation.override(job.language):
            _run_row(actor, job, params, row.pk)
        if time.monotonic() > until:
            break
    return pending.exists()


@transaction.atomic
def _run_row(actor: Actor, job: ListJob, params: Mapping[str, Any], row_id: int) -> None:
    row = JobRow.objects.select_for_update().filter(pk=row_id, state=RowState.PENDING).first()
    if row is None:
        return
    row.state, row.code, row.detail = _outcome(actor, job.action, params, row.case_id)
    row.save(update_fields=["state", "code", "detail"])
    ListJob.objects.filter(pk=job.pk).update(**{row.state: F(row.state) + 1})


def _outcome(
    actor: Actor, action: str, params: Mapping[str, Any], case_id: UUID | None
) -> tuple[str, str, str]:
    if case_id is None:
        return RowState.FAILED, "case.not_found", ""
    try:
        with transaction.atomic():
            bulk.apply(actor, action, params, case_id)
    except KenesError as problem:
        state = RowState.SKIPPED if problem.code in bulk.LEFT else RowState.FAILED
        return state, problem.code, problem.text()
    except OperationalError:
        # The database is away or chose this transaction to end a deadlock: the piece is tried again.
        raise
    except Exception as problem:
        log.error("bulk_row_failed", case_id=str(case_id), problem=type(problem).__name__)
        return RowState.FAILED, "unexpected", ""
    return RowState.CHANGED, "", ""
