"""The guided interview: what a document still needs is asked, kept as it is answered, and made into the document.

Order of locks: case, draft, documents.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kenes.cases import permissions as case_permissions
from kenes.cases import selectors as cases
from kenes.cases.errors.cases import CaseTransitionNotAllowed
from kenes.cases.models import Case, Track
from kenes.cases.obligations import letter_facts
from kenes.cases.states.case import FINAL
from kenes.cases.states.machine import TrackAction
from kenes.cases.states.track import ENDED
from kenes.documents import answer_words, catalogue, known, making, permissions, sets, track_moves
from kenes.documents.catalogue import Asked, Kind
from kenes.documents.errors import (
    DocumentKindNotFound,
    DocumentNotPossible,
    DraftChangedMeanwhile,
    DraftNotFound,
)
from kenes.documents.letters import answers as own_answers
from kenes.documents.letters import collect
from kenes.documents.letters.answers import AnswerProblem
from kenes.documents.letters.content import LetterContent
from kenes.documents.models import Document, DocumentDraft
from kenes.foundation import clock
from kenes.foundation.actor import Actor, SystemActor
from kenes.foundation.errors import FieldError, FieldErrors
from kenes.realtime import services as realtime

SYSTEM: Final = SystemActor("letters")


@dataclass(frozen=True, slots=True)
class Interview:
    """A draft with its kind, what the case knows, and what is still missing, in the order of asking."""

    draft: DocumentDraft
    kind: Kind
    known: Mapping[str, Any]
    missing: tuple[Asked, ...]

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
    _must_run(case)
    _check_subject(case, kind, obligation_id)
    return _interview(_open(case, kind, obligation_id, track_id=None))


def _is(obligation_id: UUID | None, column: str = "obligation") -> Q:
    """Rows about this debt, or about the whole case."""
    return Q(**{f"{column}__isnull": True}) if obligation_id is None else Q(**{column: obligation_id})


def _must_run(case: Case) -> None:
    if case.status in FINAL or case.number is None:
        raise CaseTransitionNotAllowed(action="prepare_document", current_status=case.status)


def _check_subject(case: Case, kind: Kind, obligation_id: UUID | None) -> None:
    if kind.per == "case" and obligation_id is not None:
        raise DocumentNotPossible(reason="no_debt")
    if kind.per == "debt":
        debt = case.obligations.filter(_is(obligation_id, "pk")).select_related("creditor").first()
        if debt is None:
            raise DocumentNotPossible(reason="debt")
        if kind.lenders and debt.creditor.type not in kind.lenders:
            raise DocumentNotPossible(reason="lender")


def _open(case: Case, kind: Kind, obligation_id: UUID | None, *, track_id: UUID | None) -> DocumentDraft:
    """The open draft of this kind about this debt; begun when there is none. The case is locked."""
    if track_id is None:
        track_id = _track_of(case, kind, obligation_id)
    draft = DocumentDraft.objects.filter(
        _is(obligation_id),
        case=case,
        code=kind.code,
        document__isnull=True,
        discarded_at__isnull=True,
    ).first()
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


def _track_of(case: Case, kind: Kind, obligation_id: UUID | None) -> UUID | None:
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
    draft = (
        DocumentDraft.objects.filter(pk=draft_id, discarded_at__isnull=True).select_related("case").first()
    )
    if draft is None or not cases.cases_visible_to(actor).filter(pk=draft.case_id).exists():
        raise DraftNotFound
    cases.load_reader(actor, [draft.case])
    if not permissions.allowed(actor, "document.view", draft.case):
        raise DraftNotFound
    return _interview(draft)


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


def _interview(draft: DocumentDraft) -> Interview:
    kind = kind_of(draft)
    content = collect.content(letter_facts.debt_facts(draft.case_id), about=draft.obligation_id)
    told = known.answers_for(kind, content, known.facts_of(draft.case_id, draft.obligation_id))
    missing = own_answers.missing(kind, {**told, **draft.answers})
    return Interview(draft=draft, kind=kind, known=told, missing=tuple(missing))


def _locked(actor: Actor, draft_id: UUID) -> tuple[Case, DocumentDraft]:
    found = get(actor=actor, draft_id=draft_id).draft
    case = cases.get_case_for_update(actor=actor, case_id=found.case_id)
    permissions.require(actor, "document.prepare", case)
    _must_run(case)
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
    return _interview(draft)


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
    return _generate(case_permissions.acting(actor, case), case, _interview(draft))


def _generate(actor: Actor, case: Case, interview: Interview) -> Document:
    draft, kind = interview.draft, interview.kind
    if interview.missing:
        raise FieldErrors([_wrong(f"/answers/{field.code}", "required") for field in interview.missing])
    content = collect.content(
        letter_facts.debt_facts(case.pk), about=draft.obligation_id, answers=interview.answers
    )
    _check_sections(kind, content)
    for older in making.live(case.pk).filter(
        _is(draft.obligation_id), code=kind.code, status__in=making.UNSIGNED
    ):
        if older.data_hash == making.hash_of(content):
            continue
        making.supersede(actor=actor, group=making.locked_group(older.group))
        if older.track_id is not None and sets.moves_procedure(older.code):
            track_moves.move(SYSTEM, older.track_id, TrackAction.EDIT)
    document = making.write(
        case=case, kind=kind, content=content, obligation_id=draft.obligation_id, track_id=draft.track_id
    )
    # The answers live on in the content of the document.
    draft.document, draft.answers, draft.updated_at = document, {}, clock.now()
    draft.save(update_fields=["document", "answers", "updated_at"])
    return document


def _check_sections(kind: Kind, content: LetterContent) -> None:
    for section in kind.needs:
        if not getattr(content, section):
            raise DocumentNotPossible(reason=section)
    if "relief" in kind.needs and content.relief is not None and not content.relief.kinds:
        raise DocumentNotPossible(reason="relief")


@transaction.atomic
def begin_set(*, track_id: UUID) -> list[Document]:
    """Begin the documents that an opened procedure needs; those that lack nothing are made at once. Runs again unharmed."""
    track = Track.objects.select_related("case").get(pk=track_id)
    case = cases.get_case_for_update(actor=SYSTEM, case_id=track.case_id)
    facts = letter_facts.debt_facts(case.pk)
    about = next((one for one in facts if one.obligation_id == track.obligation_id), facts[0])
    made = []
    for kind in sets.kinds_for(track, about):
        obligation_id = about.obligation_id if kind.per == "debt" else None
        if making.live(case.pk).filter(_is(obligation_id), code=kind.code, track=track).exists():
            continue
        interview = _interview(_open(case, kind, obligation_id, track_id=track.pk))
        if interview.missing:
            continue
        try:
            with transaction.atomic():
                made.append(_generate(SYSTEM, case, interview))
        except DocumentNotPossible:
            # It waits as a draft until the case says what is missing.
            continue
    return made
