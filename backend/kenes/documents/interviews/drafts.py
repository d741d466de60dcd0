"""The guided interview: what a document still needs is asked, kept as it is answered, and made into the document.

Order of locks: case, draft, documents.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kenes.cases import permissions as case_permissions
from kenes.cases import selectors as cases
from kenes.cases.errors.cases import CaseTransitionNotAllowed
from kenes.cases.models import Case, Track
from kenes.cases.states.case import FINAL
from kenes.cases.states.machine import TrackAction
from kenes.cases.states.track import ENDED
from kenes.documents import catalogue, permissions, sets, track_moves
from kenes.documents.catalogue import Asked, Kind
from kenes.documents.errors import (
    DocumentKindNotFound,
    DocumentNotPossible,
    DocumentUnchanged,
    DraftChangedMeanwhile,
    DraftNotFound,
)
from kenes.documents.interviews import answer_words
from kenes.documents.interviews.sources import CaseSources
from kenes.documents.letters import answers as own_answers
from kenes.documents.letters.answers import AnswerProblem
from kenes.documents.letters.content import LetterContent
from kenes.documents.models import Document, DocumentDraft
from kenes.documents.preparing import making
from kenes.foundation import clock
from kenes.foundation.actor import Actor, SystemActor
from kenes.foundation.errors import FieldError, FieldErrors
from kenes.foundation.language.money import format_money
from kenes.realtime import services as realtime

SYSTEM: Final = SystemActor("letters")


@dataclass(frozen=True, slots=True)
class Interview:
    """A draft with its kind, what the case knows, and what is still missing, in the order of asking."""

    draft: DocumentDraft
    kind: Kind
    known: Mapping[str, Any]
    missing: tuple[Asked, ...]
    sources: CaseSources

    @property
    def answers(self) -> dict[str, Any]:
        return {**self.known, **self.draft.answers}


@transaction.atomic
def begin(*, actor: Actor, case_id: UUID, code: str, obligation_id: UUID | None = None) -> Interview:
    """Begin the interview for a document of a case, or go on with the one that is open.

    Raises CaseNotFound, Forbidden, DocumentKindNotFound, CaseTransitionNotAllowed in a case that has ended or was not sent
    yet, DocumentNotPossible when the case lacks what such a document is about (`reason`: debt, no_debt or a section).
    """
    case = cases.get_case_for_update(actor=actor, case_id=case_id)
    permissions.require(actor, "document.prepare", case)
    kind = catalogue.get(code)
    if kind is None:
        raise DocumentKindNotFound
    must_run(case)
    check_subject(case, kind, obligation_id)
    return interview_of(open_draft(case, kind, obligation_id, track_id=None))


def about(obligation_id: UUID | None, column: str = "obligation") -> Q:
    """Rows about this debt, or about the whole case."""
    return Q(**{f"{column}__isnull": True}) if obligation_id is None else Q(**{column: obligation_id})


def must_run(case: Case) -> None:
    """CaseTransitionNotAllowed in a case that has ended or was not sent yet."""
    if case.status in FINAL or case.number is None:
        raise CaseTransitionNotAllowed(action="prepare_document", current_status=case.status)


def check_subject(case: Case, kind: Kind, obligation_id: UUID | None) -> None:
    """DocumentNotPossible for a debt where none belongs, none where one does, or one of another lender."""
    if kind.per == "case" and obligation_id is not None:
        raise DocumentNotPossible(reason="no_debt")
    if kind.per == "debt":
        debt = case.obligations.filter(about(obligation_id, "pk")).select_related("creditor").first()
        if debt is None:
            raise DocumentNotPossible(reason="debt")
        if kind.lenders and debt.creditor.type not in kind.lenders:
            raise DocumentNotPossible(reason="lender")


def open_draft(case: Case, kind: Kind, obligation_id: UUID | None, *, track_id: UUID | None) -> DocumentDraft:
    """The open draft of this kind about this debt; begun when there is none. The case is locked."""
    if track_id is None:
        track_id = track_of(case, kind, obligation_id)
    draft = opened(case, kind, obligation_id)
    if draft is None:
        now = clock.now()
        draft = DocumentDraft.objects.create(
            case=case,
            code=kind.code,
            obligation_id=obligation_id,
            track_id=track_id,
            created_at=now,
            updated_at=now,
        )
        realtime.hint(f"case:{case.pk}", "document.changed", draft.pk)
    return draft


def opened(case: Case, kind: Kind, obligation_id: UUID | None) -> DocumentDraft | None:
    """The open draft of this kind about this debt, if there is one."""
    return DocumentDraft.objects.filter(
        about(obligation_id),
        case=case,
        code=kind.code,
        document__isnull=True,
        discarded_at__isnull=True,
    ).first()


def track_of(case: Case, kind: Kind, obligation_id: UUID | None) -> UUID | None:
    """The running procedure that the document belongs to: of its debt, else of the whole case."""
    rows = (
        Track.objects.filter(case=case, kind__in=kind.procedures)
        .exclude(state__in=ENDED)
        .order_by("created_at")
    )
    tracks = [row for row in rows if row.obligation_id in (obligation_id, None)]
    return next((row.pk for row in sorted(tracks, key=lambda row: row.obligation_id != obligation_id)), None)


def get(*, actor: Actor, draft_id: UUID) -> Interview:
    """One interview of a case whose content the actor reads. DraftNotFound."""
    return interview_of(_visible(actor, draft_id))


def _visible(actor: Actor, draft_id: UUID) -> DocumentDraft:
    draft = (
        DocumentDraft.objects.filter(pk=draft_id, discarded_at__isnull=True)
        .select_related("case", "revises")
        .defer("revises__content", "revises__text")
        .first()
    )
    if draft is None or not cases.cases_visible_to(actor).filter(pk=draft.case_id).exists():
        raise DraftNotFound
    cases.load_reader(actor, [draft.case])
    if not permissions.allowed(actor, "document.view", draft.case):
        raise DraftNotFound
    return draft


def open_drafts(*, actor: Actor, case_id: UUID) -> list[DocumentDraft]:
    """Interviews of a case that wait for answers, oldest first; none for who may not read the content of the case."""
    case = cases.get_case(actor=actor, case_id=case_id)
    cases.load_reader(actor, [case])
    if not permissions.allowed(actor, "document.view", case):
        return []
    rows = DocumentDraft.objects.filter(case=case, document__isnull=True, discarded_at__isnull=True)
    return list(rows.order_by("created_at", "pk"))


def kind_of(draft: DocumentDraft) -> Kind:
    """The kind of an interview. DocumentKindNotFound when there is no such kind any more."""
    kind = catalogue.get(draft.code)
    if kind is None:
        raise DocumentKindNotFound
    return kind


def interview_of(draft: DocumentDraft, sources: CaseSources | None = None) -> Interview:
    """What the case knows of a draft and what is missing. The draft need not be kept: a look leaves nothing behind."""
    kind, sources = kind_of(draft), sources or CaseSources.of(draft.case_id)
    told = sources.known_answers(kind, draft.obligation_id)
    missing = own_answers.missing(kind, {**told, **draft.answers})
    return Interview(draft=draft, kind=kind, known=told, missing=tuple(missing), sources=sources)


def _locked(actor: Actor, draft_id: UUID) -> tuple[Case, DocumentDraft]:
    found = _visible(actor, draft_id)
    case = cases.get_case_for_update(actor=actor, case_id=found.case_id)
    permissions.require(actor, "document.prepare", case)
    must_run(case)
    draft = DocumentDraft.objects.select_for_update().get(pk=draft_id)
    if draft.document_id is not None or draft.discarded_at is not None:
        raise DraftNotFound
    return case, draft


@transaction.atomic
def answer(*, actor: Actor, draft_id: UUID, version: int, answers: Mapping[str, object]) -> Interview:
    """Keep answers by the codes of their fields; an emptied one is forgotten. All or none is kept.

    Raises DraftNotFound, Forbidden, FieldErrors (pointer `/answers/<code>`), DraftChangedMeanwhile for another version.
    """
    _case, draft = _locked(actor, draft_id)
    if draft.version != version:
        raise DraftChangedMeanwhile(version=draft.version)
    kind = kind_of(draft)
    draft.answers = {**draft.answers, **_read(kind, answers)}
    draft.version += 1
    draft.updated_at = clock.now()
    draft.save(update_fields=["answers", "version", "updated_at"])
    return interview_of(draft)


def _read(kind: Kind, answers: Mapping[str, object]) -> dict[str, Any]:
    fields = {field.code: field for field in kind.fields}
    errors: list[FieldError] = []
    kept: dict[str, Any] = {}
    for code, told in answers.items():
        pointer = f"/answers/{code}"
        if code not in fields:
            errors.append(FieldError(pointer, "unknown_field", _("There is no such question.")))
            continue
        try:
            kept[code] = own_answers.read(fields[code], told)
        except AnswerProblem as problem:
            errors.append(_wrong(pointer + problem.place, problem.code))
    if errors:
        raise FieldErrors(errors)
    return kept


def _wrong(pointer: str, code: str) -> FieldError:
    return FieldError(pointer, code, answer_words.PROBLEMS[code])


@transaction.atomic
def discard(*, actor: Actor, draft_id: UUID) -> None:
    """The document is not wanted; its answers are forgotten. Raises DraftNotFound, Forbidden."""
    _case, draft = _locked(actor, draft_id)
    draft.answers, draft.discarded_at = {}, clock.now()
    draft.save(update_fields=["answers", "discarded_at"])
    realtime.hint(f"case:{draft.case_id}", "document.changed", draft.pk)


@transaction.atomic
def generate(*, actor: Actor, draft_id: UUID) -> Document:
    """Make the document of the answers; an unsigned one of the same kind about the same is put aside.

    Raises DraftNotFound, Forbidden, FieldErrors for required answers that are missing, DocumentNotPossible when the case
    lacks a section, CaseTransitionNotAllowed in a case that has ended.
    """
    case, draft = _locked(actor, draft_id)
    return make(case_permissions.acting(actor, case), case, interview_of(draft))


def make(actor: Actor, case: Case, interview: Interview) -> Document:
    """The document of an interview that misses nothing, with the case locked; an unsigned one like it is put aside.

    Raises FieldErrors, DocumentNotPossible, and DocumentUnchanged for a new version that says what the old one did.
    """
    draft, kind = interview.draft, interview.kind
    if interview.missing:
        raise FieldErrors([_wrong(f"/answers/{field.code}", "required") for field in interview.missing])
    _check_sums(kind, interview.answers)
    revised = making.locked(draft.revises_id)
    content = making.in_place_of(revised, interview.sources.content(draft.obligation_id, interview.answers))
    _check_sections(kind, content)
    data_hash = making.hash_of(content)
    if revised is not None and revised.data_hash == data_hash:
        raise DocumentUnchanged
    older = making.live(case.pk).filter(
        about(draft.obligation_id), code=kind.code, status__in=making.UNSIGNED
    )
    for one in older.exclude(data_hash=data_hash):
        _put_aside(actor, one)
        revised = revised or one
    document = making.write(
        case=case,
        kind=kind,
        content=content,
        obligation_id=draft.obligation_id,
        track_id=draft.track_id,
        replaces=revised,
        reason=draft.reason or "",
        actor=actor,
    )
    # The answers live on in the content of the document.
    draft.document, draft.answers, draft.updated_at = document, {}, clock.now()
    if not draft._state.adding:
        draft.save(update_fields=["document", "answers", "updated_at"])
    return document


def _check_sums(kind: Kind, answers: Mapping[str, Any]) -> None:
    language = get_language() or "ru"
    errors = []
    for place, rows, total in own_answers.differing_sums(kind, answers):
        told = {"rows": format_money(rows, language), "total": format_money(total, language)}
        errors.append(FieldError(f"/answers/{place}", "sum_differs", str(answer_words.DIFFERS) % told))
    if errors:
        raise FieldErrors(errors)


def _put_aside(actor: Actor, older: Document) -> None:
    making.supersede(actor=actor, group=making.locked_group(older.group))
    if older.track_id is not None and sets.moves_procedure(older.code):
        track_moves.move(SYSTEM, older.track_id, TrackAction.EDIT)


def _check_sections(kind: Kind, content: LetterContent) -> None:
    for section in kind.needs:
        if not getattr(content, section):
            raise DocumentNotPossible(reason=section)
    if "relief" in kind.needs and content.relief is not None and not content.relief.kinds:
        raise DocumentNotPossible(reason="relief")
