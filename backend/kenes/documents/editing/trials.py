"""Test renders: a template filled with made-up data or with a case, made by the outbox, seen by who asked, gone after a day."""

from __future__ import annotations

import io
import math
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from pypdf import PdfReader

from kenes.accounts import reads
from kenes.cases import selectors as cases
from kenes.cases.models import Case
from kenes.cases.obligations import letter_facts
from kenes.documents import catalogue, permissions
from kenes.documents.catalogue import Kind
from kenes.documents.editing import locating, versions
from kenes.documents.editing.errors import TemplateNotFound, TrialNotFound, TrialNotReady, TrialPageNotFound
from kenes.documents.editing.states import TrialSample, TrialStatus
from kenes.documents.filling.problems import Problem
from kenes.documents.filling.rendering import RenderingFailed, fill
from kenes.documents.interviews import known
from kenes.documents.letters import collect, printing
from kenes.documents.letters.content import LetterContent
from kenes.documents.letters.samples import sample_for
from kenes.documents.letters.values import LetterIncomplete
from kenes.documents.models import TemplateTrial, TemplateVersion
from kenes.files import pages
from kenes.files import services as files
from kenes.files.converter import Pool
from kenes.files.models import StoredFile
from kenes.files.pages import PAGE_WIDTH
from kenes.foundation import clock, logs
from kenes.foundation.actor import Actor
from kenes.foundation.errors import FieldError, FieldErrors, Forbidden, KenesError
from kenes.foundation.providers import ProviderError, Temporary
from kenes.outbox import services as outbox
from kenes.realtime import services as realtime

log = logs.get(__name__)
OWNER_KIND: Final = "template_trial"
KEPT_FOR: Final = timedelta(days=1)
IN_WORK: Final = (TrialStatus.QUEUED, TrialStatus.RUNNING)
MOST_IN_WORK: Final = 5
DOCX_MIME: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF_MIME: Final = "application/pdf"

reads.name_field("template_trial", _("Preview of a template filled with the case"))


def request_trial(*, actor: Actor, version_id: UUID, sample: str, case_number: str = "") -> TemplateTrial:
    """Have an edition filled and converted. With a case only one whose content the actor reads anyway; that is written down.

    Raises TemplateNotFound, Forbidden, FieldErrors for a case that is not there for the actor or lacks what the document is about.
    """
    version = versions.get_version(actor=actor, version_id=version_id)
    if actor.user_id is None:
        raise Forbidden
    case = _readable_case(actor, case_number) if sample == TrialSample.CASE else None
    with transaction.atomic():
        if case is not None:
            kind = catalogue.get(version.code)
            if kind is None:
                raise TemplateNotFound
            case_content(case, kind)
            reads.record(
                actor=actor, person_id=case.borrower_id, kind=reads.Kind.EXPORT, fields=["template_trial"], case_id=case.pk
            )  # fmt: skip
        now = clock.now()
        waiting = TemplateTrial.objects.filter(
            requested_by_id=actor.user_id, status__in=IN_WORK, expires_at__gt=now
        )
        if waiting.count() >= MOST_IN_WORK:
            raise FieldErrors(
                [FieldError("/sample", "too_many", _("Wait until your other previews are made."))]
            )
        made = TemplateTrial.objects.create(
            version=version, requested_by_id=actor.user_id, sample=TrialSample(sample), case=case, sha256=version.sha256,
            created_at=now, expires_at=now + KEPT_FOR,
        )  # fmt: skip
        outbox.enqueue(
            "documents.template_trial", {"trial_id": str(made.pk)}, key=f"template-trial:{made.pk}"
        )
        outbox.enqueue(
            "documents.template_trial_expired", {"trial_id": str(made.pk)}, key=f"template-trial-expired:{made.pk}",
            delay_seconds=KEPT_FOR.total_seconds(),
        )  # fmt: skip
    return made


def _readable_case(actor: Actor, number: str) -> Case:
    """A case by its number whose content the actor may read. One that he may not read is as one that is not there."""
    case = cases.cases_visible_to(actor).filter(number=number).first() if number else None
    if case is not None:
        cases.load_reader(actor, [case])
    if case is None or not permissions.allowed(actor, "document.view", case):
        raise FieldErrors(
            [FieldError("/case_number", "not_found", _("There is no such case, or you may not read it."))]
        )
    return case


def case_content(case: Case, kind: Kind) -> LetterContent:
    """What a document of the kind would say for the case: of the first debt that fits; answers that it lacks are made up.

    Raises FieldErrors when the case has nothing that such a document is about.
    """
    facts = letter_facts.debt_facts(case.pk)
    fitting = [one for one in facts if not kind.lenders or one.creditor_type in kind.lenders]
    if not facts or (kind.per == "debt" and not fitting):
        raise FieldErrors(
            [
                FieldError(
                    "/case_number", "does_not_fit", _("This case has no debt that such a document is about.")
                )
            ]
        )
    about = fitting[0].obligation_id if kind.per == "debt" else None
    content = collect.content(facts, about=about, number=f"{case.number}-00")
    made_up = sample_for(kind).answers
    told = {**made_up, **known.answers_for(kind, content, known.facts_of(case.pk, about))}
    return collect.content(facts, about=about, number=f"{case.number}-00", answers=told)


def get_trial(*, actor: Actor, trial_id: UUID) -> TemplateTrial:
    """One of the actor's own previews that is still kept. One with a case only while the actor reads the case. TrialNotFound."""
    rows = TemplateTrial.objects.filter(requested_by_id=actor.user_id, expires_at__gt=clock.now())
    trial = rows.filter(pk=trial_id).select_related("version", "case", "docx_file", "pdf_file").first()
    if trial is None or actor.user_id is None or not versions.reads(actor):
        raise TrialNotFound
    if trial.case is not None:
        try:
            _readable_case(actor, trial.case.number or "")
        except FieldErrors as problem:
            raise TrialNotFound from problem
    return trial


def trial_file(*, actor: Actor, trial_id: UUID, form: str) -> StoredFile:
    """The DOCX or PDF of a preview. Raises TrialNotFound, TrialNotReady."""
    trial = get_trial(actor=actor, trial_id=trial_id)
    found = trial.docx_file if form == "docx" else trial.pdf_file
    if trial.status != TrialStatus.READY or found is None:
        raise TrialNotReady
    return found


def trial_page(*, actor: Actor, trial_id: UUID, page: int) -> bytes:
    """PNG of a page of a preview. Raises TrialNotFound, TrialNotReady, TrialPageNotFound."""
    trial = get_trial(actor=actor, trial_id=trial_id)
    if trial.status != TrialStatus.READY or trial.pdf_file is None:
        raise TrialNotReady
    if not 1 <= page <= len(trial.sizes):
        raise TrialPageNotFound
    return pages.page_image(files.read(trial.pdf_file), page).png


def make(*, trial_id: UUID, last_try: bool, pool: Pool) -> None:
    """Fill, convert and keep one preview. Outside any transaction; a second run begins anew.

    Raises Temporary when it should be tried again; FAILED with a place when the template does not fit the data.
    """
    trial = (
        TemplateTrial.objects.select_related("version", "case")
        .filter(pk=trial_id, status__in=IN_WORK)
        .first()
    )
    if trial is None or trial.expires_at <= clock.now():
        return
    TemplateTrial.objects.filter(pk=trial.pk).update(status=TrialStatus.RUNNING)
    _hint(trial)
    docx, problem = _filled(trial)
    if docx is None:
        _fail(trial, problem or Problem("render_failed"))
        return
    try:
        pdf = pool.to_pdf(docx)
    except ProviderError as error:
        if last_try or not isinstance(error, Temporary):
            _fail(trial, Problem("render_failed", values={"reason": error.reason or "converter"}))
        if isinstance(error, Temporary):
            raise
        return
    _keep(trial, docx, pdf)


def _filled(trial: TemplateTrial) -> tuple[bytes | None, Problem | None]:
    version = trial.version
    kind = catalogue.get(version.code)
    if kind is None or version.sha256 != trial.sha256:
        # The draft got another file meanwhile: what was asked for is not there any more.
        return None, Problem("render_failed")
    try:
        content = (
            sample_for(kind, whole=trial.sample == TrialSample.WHOLE)
            if trial.case is None
            else case_content(trial.case, kind)
        )
        values = printing.values_for(version.code, content, version.language)
    except (LetterIncomplete, KenesError):
        return None, Problem("render_failed")
    docx = bytes(version.docx)
    try:
        return fill(docx, values), None
    except RenderingFailed:
        return None, locating.failure(docx, values)


def _keep(trial: TemplateTrial, docx: bytes, pdf: bytes) -> None:
    stored = [
        files.store(
            data=data, name=f"{trial.version.code}_{trial.version.language}_{trial.version.version}.{extension}", mime=mime,
            origin="generated", owner_kind=OWNER_KIND, owner_id=trial.pk,
        )
        for data, extension, mime in ((docx, "docx", DOCX_MIME), (pdf, "pdf", PDF_MIME))
    ]  # fmt: skip
    boxes = [page.mediabox for page in PdfReader(io.BytesIO(pdf)).pages][: pages.MAX_PAGES]
    sizes = [[PAGE_WIDTH, math.ceil(PAGE_WIDTH * float(box.height) / float(box.width))] for box in boxes]
    with transaction.atomic():
        done = TemplateTrial.objects.filter(pk=trial.pk, status__in=IN_WORK).update(
            status=TrialStatus.READY,
            docx_file=stored[0],
            pdf_file=stored[1],
            sizes=sizes,
            finished_at=clock.now(),
        )
        if not done:
            # A parallel run was quicker: these files are nobody's.
            for file in stored:
                files.request_removal_of(file_id=file.pk)
    _hint(trial)


def _fail(trial: TemplateTrial, problem: Problem) -> None:
    TemplateTrial.objects.filter(pk=trial.pk, status__in=IN_WORK).update(
        status=TrialStatus.FAILED, failure=problem.to_json(), finished_at=clock.now()
    )
    log.info("template_trial_failed", trial_id=str(trial.pk), code=problem.code)
    _hint(trial)


def _hint(trial: TemplateTrial) -> None:
    realtime.hint(f"user:{trial.requested_by_id}", "template_trial.changed", trial.pk)


@transaction.atomic
def expire(*, trial_id: UUID) -> None:
    """The day of a preview is over: row and bytes go."""
    trial = TemplateTrial.objects.select_for_update().filter(pk=trial_id).first()
    if trial is not None:
        _remove(trial)


@transaction.atomic
def remove_of_person(borrower_id: UUID) -> int:
    """Remove previews made with cases of a person (his data are erased); how many."""
    rows = list(TemplateTrial.objects.select_for_update(of=("self",)).filter(case__borrower_id=borrower_id))
    for trial in rows:
        _remove(trial)
    return len(rows)


def _remove(trial: TemplateTrial) -> None:
    files.request_removal(owner_kind=OWNER_KIND, owner_id=trial.pk)
    trial.docx_file = trial.pdf_file = None
    trial.status, trial.expires_at = TrialStatus.FAILED, clock.now()
    trial.save(update_fields=["docx_file", "pdf_file", "status", "expires_at"])


def failure_of(trial: TemplateTrial) -> dict[str, Any] | None:
    """Why a preview failed and where, as people read it."""
    return versions.shown(Problem.from_json(trial.failure)) if trial.failure else None


def latest(*, actor: Actor, version: TemplateVersion) -> TemplateTrial | None:
    """The actor's newest preview of an edition that is still kept."""
    rows = TemplateTrial.objects.filter(
        version=version, requested_by_id=actor.user_id, expires_at__gt=clock.now()
    )
    return rows.select_related("case").order_by("-created_at").first()
