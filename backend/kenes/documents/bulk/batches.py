"""One kind of document for many cases: hundreds of documents, piece by piece, with a report per row.

The work lives in `cases.lists.jobs`. Every row is made in a transaction of its own together with what it has become, and the
same content is written once: a piece that is cut off anywhere and run again makes nothing twice. Rows are given out only as
fast as the converter takes them, so that a single document of somebody else does not wait behind hundreds.
"""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db import OperationalError, transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from kenes.accounts import selectors as account_selectors
from kenes.cases import permissions as case_permissions
from kenes.cases import selectors as cases
from kenes.cases.errors.lists import JobNotFound, TooManySelected
from kenes.cases.lists import bulk_runs, jobs
from kenes.cases.lists.bulk_runs import Selection
from kenes.cases.models import Case, JobKind, JobRow, ListJob, Obligation, RowState
from kenes.documents import catalogue, permissions
from kenes.documents.catalogue import Kind
from kenes.documents.errors import DocumentKindNotFound, DocumentLacksAnswers, DocumentNotPossible
from kenes.documents.events import DocumentsOrdered
from kenes.documents.interviews import drafts
from kenes.documents.interviews.drafts import Interview
from kenes.documents.interviews.sources import CaseSources
from kenes.documents.models import BatchItem, Document, DocumentDraft
from kenes.documents.preparing import making, waiting
from kenes.documents.states import DocumentStatus
from kenes.documents.versions import archival
from kenes.event_log import services as event_log
from kenes.foundation import clock, logs
from kenes.foundation.actor import Actor
from kenes.foundation.errors import FieldError, FieldErrors, Forbidden, KenesError

log = logs.get(__name__)

MOST: Final = 2000
PIECE_ROWS: Final = 15
# More than this many waiting conversions would keep others waiting for seconds.
MOST_WAITING: Final = 40
PAUSE: Final = timedelta(seconds=1)
ALREADY: Final = "document.already_there"
ALREADY_TEXT: Final = _("There is such a document already.")
NOT_MADE: Final = _("The document could not be prepared.")
FORMS: Final = ("pdf", "docx", "pdfa")


def kinds_for(actor: Actor) -> list[Kind]:
    """Kinds that can be made for many cases, by title. Forbidden for who may not take cases along."""
    _require(actor)
    fit = (one for one in catalogue.kinds().values() if _fits(one))
    return sorted(fit, key=lambda one: str(one.title))


def _require(actor: Actor) -> None:
    if actor.user_id is None or not actor.can("case.export"):
        raise Forbidden


def _fits(kind: Kind) -> bool:
    return kind.from_ in ("borrower", "parties", "platform") and permissions.is_edited_by_people(kind.code)


@transaction.atomic
def start(
    *,
    actor: Actor,
    code: str,
    forms: Collection[str],
    languages: Collection[str],
    selection: Selection,
    language: str,
) -> ListJob:
    """Put the documents of one kind for the selected cases to work: one about each fitting debt, or one about each case.

    `forms` and `languages` say what the ZIP will hold. Raises Forbidden, DocumentKindNotFound, FieldErrors, NothingSelected,
    TooManySelected, JobBusy.
    """
    _require(actor)
    kind = catalogue.get(code)
    if kind is None or not _fits(kind):
        raise DocumentKindNotFound
    if not forms or not languages:
        name = "forms" if not forms else "languages"
        raise FieldErrors([FieldError(f"/{name}", "required", _("Choose at least one."))])
    subjects = _subjects(kind, bulk_runs.selected_ids(actor, selection))
    if len(subjects) > MOST:
        raise TooManySelected(most=MOST, found=len(subjects))
    assert actor.user_id is not None
    job = ListJob(
        kind=JobKind.DOCUMENT, action=kind.code, owner_id=actor.user_id, language=language, total=len(subjects),
        params={"forms": sorted(forms), "languages": sorted(languages)}, created_at=clock.now(),
    )  # fmt: skip
    jobs.start(job)
    rows = JobRow.objects.bulk_create(
        [JobRow(job=job, position=at, case_id=case_id) for at, (case_id, _debt) in enumerate(subjects)],
        batch_size=1000,
    )
    BatchItem.objects.bulk_create(
        [
            BatchItem(row=row, job=job, obligation_id=debt)
            for row, (_case, debt) in zip(rows, subjects, strict=True)
        ],
        batch_size=1000,
    )
    event = DocumentsOrdered(person_id=actor.user_id, job_id=job.pk, code=kind.code, rows=len(subjects))
    event_log.record(event, actor=actor)
    return job


def get(*, actor: Actor, job_id: UUID) -> ListJob:
    """One's own order of documents; JobNotFound otherwise."""
    job = jobs.get_job(actor=actor, job_id=job_id)
    if job.kind != JobKind.DOCUMENT:
        raise JobNotFound
    return job


def _subjects(kind: Kind, case_ids: Sequence[UUID]) -> list[tuple[UUID, UUID | None]]:
    """What the rows are about, case by case; a case without a fitting debt has a row that tells so."""
    if kind.per == "case":
        return [(pk, None) for pk in case_ids]
    debts = Obligation.objects.filter(case_id__in=case_ids).order_by("case_id", "position")
    if kind.lenders:
        debts = debts.filter(creditor__type__in=kind.lenders)
    of: dict[UUID, list[UUID | None]] = {}
    for case_id, pk in debts.values_list("case_id", "pk"):
        of.setdefault(case_id, []).append(pk)
    return [(case_id, debt) for case_id in case_ids for debt in of.get(case_id, [None])]


@jobs.works(JobKind.DOCUMENT)
def run_piece(job: ListJob) -> bool | timedelta:
    """Make the documents of the next rows, and close those whose files are there; more is to do until every row is closed."""
    if not (forms := set(job.params.get("forms", ()))):
        return False
    unmade = BatchItem.objects.filter(job=job, document__isnull=True, row__state=RowState.PENDING)
    if waiting.converting() < MOST_WAITING:
        for row_id in list(unmade.order_by("row__position").values_list("pk", flat=True)[:PIECE_ROWS]):
            if jobs.is_stopped(job):
                return False
            # The rights of this very moment, as for every change of many cases.
            actor = account_selectors.signed_in_actor(account_selectors.get_person(job.owner_id))
            with translation.override(job.language):
                _run_row(actor, job, row_id)
    with translation.override(job.language):
        _close_finished(job, archived="pdfa" in forms)
    if not job.rows.filter(state=RowState.PENDING).exists():
        return False
    return PAUSE if waiting.converting() >= MOST_WAITING or not unmade.exists() else True


@transaction.atomic
def _run_row(actor: Actor, job: ListJob, row_id: int) -> None:
    rows = BatchItem.objects.select_for_update(of=("self", "row")).select_related("row")
    item = rows.filter(pk=row_id, document__isnull=True, row__state=RowState.PENDING).first()
    if item is None:
        return
    row = item.row
    try:
        with transaction.atomic():
            item.document, is_new = _make(actor, job.action, row.case_id, item.obligation_id)
    except KenesError as problem:
        _close(job, row, RowState.FAILED, problem.code, problem.text())
        return
    except OperationalError:
        # The database is away or chose this transaction to end a deadlock: the piece is tried again.
        raise
    except Exception as problem:
        log.error("batch_row_failed", case_id=str(row.case_id), problem=type(problem).__name__)
        _close(job, row, RowState.FAILED, "unexpected", "")
        return
    item.save(update_fields=["document"])
    if not is_new:
        row.code = ALREADY
        row.save(update_fields=["code"])


def _make(actor: Actor, code: str, case_id: UUID | None, obligation_id: UUID | None) -> tuple[Document, bool]:
    """The document of a row, and whether it is new. An unsigned one of before is kept, never silently replaced."""
    kind = catalogue.get(code)
    if kind is None or case_id is None:
        raise DocumentKindNotFound
    case = cases.get_case_for_update(actor=actor, case_id=case_id)
    permissions.require(actor, "document.prepare", case)
    drafts.must_run(case)
    drafts.check_subject(case, kind, obligation_id)
    there = (
        making.live(case.pk)
        .filter(drafts.about(obligation_id), code=kind.code)
        .order_by("-created_at")
        .first()
    )
    if there is not None and kind.signature:
        return there, False
    interview = _interview(case, kind, obligation_id)
    if interview.missing:
        raise DocumentLacksAnswers(answers="; ".join(str(field.ask) for field in interview.missing))
    before = there.pk if there is not None else None
    made = drafts.make(case_permissions.acting(actor, case), case, interview)
    return made, made.pk != before


def _interview(case: Case, kind: Kind, obligation_id: UUID | None) -> Interview:
    """The questions that are open, or a look that leaves no question behind."""
    draft = drafts.opened(case, kind, obligation_id)
    if draft is None:
        now = clock.now()
        track_id = drafts.track_of(case, kind, obligation_id)
        draft = DocumentDraft(
            case=case,
            code=kind.code,
            obligation_id=obligation_id,
            track_id=track_id,
            created_at=now,
            updated_at=now,
        )
    sources = CaseSources.of(case.pk)
    if not sources.debts:
        raise DocumentNotPossible(reason="debts")
    return drafts.interview_of(draft, sources)


def _close_finished(job: ListJob, *, archived: bool) -> None:
    """Rows whose documents are ready or have failed; with PDF/A wanted, ready means that this is there too."""
    found = BatchItem.objects.filter(job=job, document__isnull=False, row__state=RowState.PENDING)
    for item in found.select_related("row").order_by("row__position"):
        assert item.document_id is not None
        group = _texts(item.document_id)
        if any(text.status == DocumentStatus.PREPARING for text in group):
            continue
        if all(text.status == DocumentStatus.FAILED for text in group):
            _close_locked(job, item.row_id, RowState.FAILED, "document.failed", str(NOT_MADE))
            continue
        if archived and _wait_for_archival(group):
            continue
        there = item.row.code == ALREADY
        state = RowState.SKIPPED if there else RowState.CHANGED
        _close_locked(job, item.row_id, state, item.row.code, str(ALREADY_TEXT) if there else "")


def _texts(document_id: UUID) -> list[Document]:
    group = Document.objects.filter(pk=document_id).values("group")
    return list(Document.objects.filter(group__in=group).defer("content", "text"))


def _wait_for_archival(group: list[Document]) -> bool:
    """Order the PDF/A of each text that has none; whether one is still to come. A failed one is not waited for."""
    is_waiting = False
    for text in group:
        if text.archival_file_id is None and text.docx_file_id is not None and not text.archival_failure:
            with transaction.atomic():
                archival.order(text)
            is_waiting = True
    return is_waiting


@transaction.atomic
def _close_locked(job: ListJob, row_id: int, state: str, code: str, detail: str) -> None:
    row = JobRow.objects.select_for_update().filter(pk=row_id, state=RowState.PENDING).first()
    if row is not None:
        _close(job, row, state, code, detail)


def _close(job: ListJob, row: JobRow, state: str, code: str, detail: str) -> None:
    row.state, row.code, row.detail = state, code[:60], detail
    row.save(update_fields=["state", "code", "detail"])
    column: Any = {state: F(state) + 1}
    ListJob.objects.filter(pk=job.pk).update(**column)


def progress(job: ListJob) -> dict[str, int]:
    """How many documents are written, how many of them are not converted yet, and how many conversions come before those."""
    made = BatchItem.objects.filter(job=job, document__isnull=False)
    open_ids = list(
        made.filter(document__status=DocumentStatus.PREPARING).values_list("document_id", flat=True)
    )
    return {
        "written": made.count(),
        "converting": len(open_ids),
        "ahead": waiting.in_queue(open_ids) if open_ids else 0,
    }
