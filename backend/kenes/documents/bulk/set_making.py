"""The documents of a procedure, or of all procedures of a case, in one go: what lacks nothing is made, for the rest questions begin."""

from dataclasses import dataclass
from typing import Final, Literal
from uuid import UUID

from django.db import transaction

from kenes.cases import permissions as case_permissions
from kenes.cases import selectors as cases
from kenes.cases.errors.cases import TrackNotFound
from kenes.cases.models import Case, Track
from kenes.cases.states.track import ENDED, TrackState
from kenes.documents import permissions, sets
from kenes.documents.catalogue import Asked, Kind
from kenes.documents.errors import DocumentNotPossible
from kenes.documents.interviews import drafts
from kenes.documents.interviews.drafts import Interview
from kenes.documents.interviews.sources import CaseSources
from kenes.documents.models import Document, DocumentDraft
from kenes.documents.preparing import making
from kenes.foundation.actor import Actor, SystemActor

SYSTEM: Final = SystemActor("letters")
Outcome = Literal["made", "already", "asks", "not_possible"]


@dataclass(frozen=True, slots=True)
class Prepared:
    """What became of one document of a set. `missing`: what is asked; `reason`: what the case lacks, a code."""

    kind: Kind
    obligation_id: UUID | None
    track_id: UUID
    outcome: Outcome
    document: Document | None = None
    draft: DocumentDraft | None = None
    missing: tuple[Asked, ...] = ()
    reason: str = ""


@transaction.atomic
def prepare_all(*, actor: Actor, case_id: UUID, track_id: UUID | None = None) -> list[Prepared]:
    """Prepare what the running procedures of the case begin with, or one of them; told document by document.

    A second call makes nothing twice. Raises CaseNotFound, Forbidden, TrackNotFound for a procedure that is not running in
    this case, CaseTransitionNotAllowed in a case that has ended or was not sent yet.
    """
    case = cases.get_case_for_update(actor=actor, case_id=case_id)
    permissions.require(actor, "document.prepare", case)
    drafts.must_run(case)
    running = case.tracks.exclude(state__in=(*ENDED, TrackState.PROPOSED)).order_by("created_at", "pk")
    tracks = list(running if track_id is None else running.filter(pk=track_id))
    if track_id is not None and not tracks:
        raise TrackNotFound
    return _prepare(case_permissions.acting(actor, case), case, tracks)


@transaction.atomic
def begin_set(*, track_id: UUID) -> list[Document]:
    """Begin the documents that an opened procedure needs; those that lack nothing are made at once. Runs again unharmed."""
    track = Track.objects.select_related("case").get(pk=track_id)
    case = cases.get_case_for_update(actor=SYSTEM, case_id=track.case_id)
    prepared = _prepare(SYSTEM, case, [track])
    return [one.document for one in prepared if one.outcome == "made" and one.document is not None]


def _prepare(actor: Actor, case: Case, tracks: list[Track]) -> list[Prepared]:
    if not tracks:
        return []
    sources = CaseSources.of(case.pk)
    there = _there(case)
    found: dict[tuple[str, UUID | None], Prepared] = {}
    for track in tracks:
        about = sources.facts_about(track.obligation_id)
        for kind in sets.kinds_for(track, about):
            obligation_id = about.obligation_id if kind.per == "debt" else None
            if (kind.code, obligation_id) in found:
                continue
            found[kind.code, obligation_id] = _one(actor, case, kind, obligation_id, track, sources, there)
    return list(found.values())


def _there(case: Case) -> dict[tuple[str, UUID | None], Document]:
    """Documents that count, the newest of each kind about each debt. One query."""
    rows = making.live(case.pk).defer("content", "text").order_by("created_at", "pk")
    return {(row.code, row.obligation_id): row for row in rows}


def _one(
    actor: Actor, case: Case, kind: Kind, obligation_id: UUID | None, track: Track, sources: CaseSources,
    there: dict[tuple[str, UUID | None], Document],
) -> Prepared:  # fmt: skip
    held = there.get((kind.code, obligation_id))
    # A document of an earlier procedure does not serve a new one.
    if held is not None and held.track_id in (track.pk, None):
        return Prepared(kind, obligation_id, track.pk, "already", document=held)
    draft = drafts.open_draft(case, kind, obligation_id, track_id=track.pk)
    interview = drafts.interview_of(draft, sources)
    if interview.missing:
        return Prepared(
            kind, obligation_id, track.pk, "asks", draft=draft, missing=interview.missing
        )  # fmt: skip
    return _made(actor, case, track, interview)


def _made(actor: Actor, case: Case, track: Track, interview: Interview) -> Prepared:
    kind, draft = interview.kind, interview.draft
    try:
        with transaction.atomic():
            document = drafts.make(actor, case, interview)
    except DocumentNotPossible as problem:
        # It waits as a draft until the case says what is missing.
        return Prepared(
            kind, draft.obligation_id, track.pk, "not_possible", draft=draft,
            reason=str(problem.extra.get("reason", "")),
        )  # fmt: skip
    return Prepared(kind, draft.obligation_id, track.pk, "made", document=document, draft=draft)
