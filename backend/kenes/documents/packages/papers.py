"""Papers of a case that can go along with a letter, and which of them do unless somebody chooses.

By default those that the checklist of the letter's procedure names and that have come; where a procedure has no list, all that
staff asked for and received.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from kenes.cases.models import CaseStory, MissingPaper, RequestedPaper
from kenes.cases.models.answers import PaperCode
from kenes.cases.tracks import paper_checklists
from kenes.cases.tracks.paper_checklists import Circumstances
from kenes.documents import catalogue
from kenes.documents.letters.content import Enclosure
from kenes.documents.models import Document
from kenes.documents.states import SIGNED_STATUSES
from kenes.files import selectors as files
from kenes.files.models import StoredFile

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PICTURES: Final = ("image/jpeg", "image/png", "image/webp", "image/heic")
MOST: Final = 40


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper by its place (`kind:id`). `problem`: why it cannot go along: not_ready, or kind (of a file that no page is made of)."""

    place: str
    titles: tuple[tuple[str, str], ...]
    file: StoredFile
    is_default: bool
    problem: str = ""

    def title(self, language: str) -> str:
        named = dict(self.titles)
        return named.get(language) or named.get("ru") or next(iter(named.values()), "")


def of_letter(document: Document) -> list[Paper]:
    """Papers of the case of this letter that have a file, in the order in which they came. Five queries at most."""
    kind = None if document.track is None else document.track.kind
    found = [*_papers(document.case_id, kind), *_answered(document), *_letters(document)]
    return found[:MOST]


def enclosures(case_id: UUID, track_kind: str | None) -> tuple[Enclosure, ...]:
    """What a letter that is written now says of its enclosures: papers of its procedure that have come. Three queries at most."""
    papers = [one for one in _papers(case_id, track_kind) if one.is_default]
    return tuple(Enclosure(one.title("ru"), one.title("kk"), one.place) for one in papers[:MOST])


def named_in(document: Document) -> list[str]:
    """Places of the papers that the letter itself says go along."""
    return [one["place"] for one in document.content.get("attachments", ()) if one["place"]]


def _papers(case_id: UUID, track_kind: str | None) -> Iterable[Paper]:
    rows = list(
        MissingPaper.objects.filter(
            case_id=case_id, file_id__isnull=False, received_at__isnull=False
        ).order_by("received_at", "pk")
    )
    if not rows:
        return
    stored = _stored(row.file_id for row in rows)
    listed = _listed(case_id, track_kind)
    for row in rows:
        file = stored.get(row.file_id) if row.file_id else None
        if file is None:
            continue
        wanted = row.code in listed if listed else row.code == ""
        yield _paper(f"paper:{row.pk}", _titles(row.code, row.title), file, wanted=wanted)


def _listed(case_id: UUID, track_kind: str | None) -> frozenset[str]:
    """Codes of the checklist of the letter's procedure in the circumstances of the borrower."""
    story = CaseStory.objects.filter(case_id=case_id).first()
    if track_kind is None or story is None:
        return frozenset()
    told = Circumstances.of(story.income, story.hardship)
    return frozenset(one.code for one in paper_checklists.needed(track_kind, told))


def _titles(code: str, own: str) -> tuple[tuple[str, str], ...]:
    known = [(lang, words["title"]) for lang in ("ru", "kk") if (words := paper_checklists.words(code, lang))]
    return tuple(known) or (("ru", own),)


def _answered(document: Document) -> Iterable[Paper]:
    """What was given to this creditor when it asked for it goes along; what another one got does not by itself."""
    rows = list(
        RequestedPaper.objects.filter(answer__case_id=document.case_id, file_id__isnull=False)
        .select_related("answer")
        .order_by("given_at", "pk")
    )
    stored = _stored(row.file_id for row in rows)
    for row in rows:
        file = stored.get(row.file_id) if row.file_id else None
        if file is not None:
            own = row.answer.obligation_id == document.obligation_id
            title = row.text or str(PaperCode(row.code).label)
            yield _paper(f"asked:{row.pk}", (("ru", title),), file, wanted=own)


def _letters(document: Document) -> Iterable[Paper]:
    """Letters to the same creditor that were signed before: an addressee can be reminded of them."""
    rows = Document.objects.filter(
        obligation=document.obligation,
        case_id=document.case_id,
        status__in=SIGNED_STATUSES,
        translation_of__isnull=True,
        sealed_file__isnull=False,
    ).exclude(pk=document.pk)

    for row in rows.select_related("sealed_file").defer("content", "text").order_by("created_at"):
        kind = catalogue.get(row.code)
        titles = (
            tuple((lang, f"{kind.title.of(lang)} № {row.number}") for lang in ("ru", "kk")) if kind else ()
        )
        assert row.sealed_file is not None
        replaced = document.replaces_id == row.pk
        yield _paper(f"document:{row.pk}", titles or (("ru", row.number),), row.sealed_file, wanted=replaced)


def _stored(file_ids: Iterable[UUID | None]) -> dict[UUID, StoredFile]:
    rows = StoredFile.objects.filter(pk__in=[pk for pk in file_ids if pk is not None])
    return {row.pk: row for row in rows}


def _paper(place: str, titles: tuple[tuple[str, str], ...], file: StoredFile, *, wanted: bool) -> Paper:
    problem = ""
    if not files.is_readable(file):
        problem = "not_ready"
    elif file.mime not in (*PICTURES, DOCX, "application/pdf"):
        problem = "kind"
    return Paper(place, titles, file, is_default=wanted and problem != "not_ready", problem=problem)
