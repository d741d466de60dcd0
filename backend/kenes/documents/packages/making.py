"""Make the files of a package: cover letter, one PDF of everything, and after sending the sheet of proof. Runs in the outbox."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from kenes.cases.models import Case
from kenes.documents.editing import editions
from kenes.documents.events import PackageMade
from kenes.documents.filling.rendering import fill
from kenes.documents.letters import printing
from kenes.documents.letters.content import LetterContent
from kenes.documents.models import Dispatch, Document, DocumentPackage, PackageStatus
from kenes.documents.packages import papers as package_papers
from kenes.documents.packages import services as packages
from kenes.documents.packages import texts as package_texts
from kenes.documents.packages.merging_pdf import Merged, NotMergeable, Part, merge, page_count, picture_pdf
from kenes.documents.packages.papers import DOCX, PICTURES, Paper
from kenes.documents.packages.texts import Enclosed
from kenes.documents.sending import dispatching
from kenes.event_log import services as event_log
from kenes.files import holds
from kenes.files import services as files
from kenes.files.converter import Pool
from kenes.files.models import StoredFile
from kenes.files.pages import PAGE_WIDTH
from kenes.foundation import clock, logs
from kenes.foundation.actor import SystemActor
from kenes.foundation.errors import KenesError
from kenes.foundation.providers import ProviderError, Rejected, Temporary
from kenes.realtime import services as realtime

log = logs.get(__name__)
ACTOR: Final = SystemActor("dispatch")
PDF: Final = "application/pdf"
_WORDS: Final = {
    "ru": {
        "cover": "Сопроводительное письмо",
        "proof": "Лист доставки",
        "enclosure": "Приложение",
        "ru": "на русском языке",
        "kk": "на казахском языке",
    },
    "kk": {
        "cover": "Ілеспе хат",
        "proof": "Жеткізу парағы",
        "enclosure": "Қосымша",
        "ru": "орыс тілінде",
        "kk": "қазақ тілінде",
    },
}


@dataclass(frozen=True, slots=True)
class Piece:
    """One part: what it is, how it is called in both languages, its pages, and the SHA-256 of the file that it is made of."""

    kind: str
    titles: dict[str, str]
    number: str
    pdf: bytes | None
    sha256: str

    @property
    def pages(self) -> int:
        try:
            return 0 if self.pdf is None else page_count(self.pdf)
        except NotMergeable:
            return 0


def make(*, package_id: UUID, version: int, last_try: bool, pool: Pool) -> None:
    """Make the files of this version of a package; an order that is older or was carried out does nothing.

    Raises Temporary when it should be tried again. What cannot be made at all, or after the last try, is FAILED: the letter
    then leaves without it.
    """
    package = _ordered(package_id, version)
    if package is None:
        return
    try:
        made = _files(package, pool)
    except (ProviderError, KenesError, ValueError) as problem:
        reason = getattr(problem, "reason", "") or getattr(problem, "code", "") or type(problem).__name__
        if last_try or not isinstance(problem, Temporary):
            _fail(package, version, reason)
            return
        raise
    _keep(package, version, made)


def _ordered(package_id: UUID, version: int) -> DocumentPackage | None:
    rows = DocumentPackage.objects.select_related(
        "document__case", "document__track", "document__template", "document__pdf_file", "document__sealed_file",
        "document__obligation__creditor",
    )  # fmt: skip
    package = rows.filter(pk=package_id, version=version, status=PackageStatus.PREPARING).first()
    return package if package is not None and package.document.pdf_file is not None else None


@dataclass(frozen=True, slots=True)
class Made:
    cover: bytes
    proof: bytes | None
    merged: Merged
    pieces: tuple[Piece, ...]


def _files(package: DocumentPackage, pool: Pool) -> Made:
    document = package.document
    pieces = [*_letters(document), *_enclosures(package, pool)]
    language = document.language
    covers = [_cover(document, pieces, each, pool) for each in _both(language)]
    proof = _proof(document, pool)
    whole = [
        *(
            Piece("cover", _cover_titles(each, language), "", pdf, hashlib.sha256(pdf).hexdigest())
            for each, pdf in zip(_both(language), covers, strict=True)
        ),
        *pieces,
    ]
    if proof is not None:
        named = {each: _WORDS[each]["proof"] for each in ("ru", "kk")}
        whole.append(Piece("proof", named, document.number, proof, hashlib.sha256(proof).hexdigest()))
    merged = merge(
        [Part(_outlined(one, language), one.pdf) for one in whole],
        title=f"{package_texts.title_of(document, language)} № {document.number}",
    )
    return Made(covers[0], proof, merged, tuple(whole))


def _cover_titles(own: str, letter: str) -> dict[str, str]:
    """The cover in the language of the letter goes by its name alone, the other one says its language."""
    if own == letter:
        return {each: _WORDS[each]["cover"] for each in ("ru", "kk")}
    return {each: f"{_WORDS[each]['cover']} ({_WORDS[each][own]})" for each in ("ru", "kk")}


def _both(language: str) -> tuple[str, str]:
    return ("kk", "ru") if language == "kk" else ("ru", "kk")


def _outlined(piece: Piece, language: str) -> str:
    return piece.titles.get(language) or piece.titles["ru"]


def _letters(document: Document) -> Iterator[Piece]:
    """The letter as it was sealed, or as it is to be signed; then its translation."""
    for text in [document, *document.translations.select_related("pdf_file")]:
        file = (
            text.sealed_file if text.pk == document.pk and document.sealed_file is not None else text.pdf_file
        )
        if file is None:
            continue
        kind = "letter" if text.pk == document.pk else "translation"
        titles = {each: package_texts.title_of(text, each) for each in ("ru", "kk")}
        yield Piece(kind, titles, text.number, files.read(file), file.sha256)


def _enclosures(package: DocumentPackage, pool: Pool) -> Iterator[Piece]:
    papers = {one.place: one for one in package_papers.of_letter(package.document)}
    for number, place in enumerate(packages.chosen_places(package, list(papers.values())), start=1):
        paper = papers[place]
        titles = {each: f"{_WORDS[each]['enclosure']} {number}. {paper.title(each)}" for each in ("ru", "kk")}
        yield Piece("enclosure", titles, "", _pages_of(paper, pool), paper.file.sha256)


def _pages_of(paper: Paper, pool: Pool) -> bytes | None:
    """The paper as PDF; None when no pages can be made of it: it is listed then, and goes along as a file of its own."""
    try:
        data = files.read(paper.file)
        if paper.file.mime in PICTURES:
            return picture_pdf(data)
        if paper.file.mime == DOCX:
            return pool.to_pdf(data)
        if paper.file.mime == PDF and page_count(data):
            return data
    except (NotMergeable, KenesError, Rejected) as problem:
        log.warning("paper_not_merged", file_id=str(paper.file.pk), problem=type(problem).__name__)
    return None


def _cover(document: Document, pieces: list[Piece], language: str, pool: Pool) -> bytes:
    enclosed = [
        Enclosed(one.titles.get(language) or one.titles["ru"], one.number, one.pages, one.sha256)
        for one in pieces
    ]
    told = package_texts.cover_answers(document, enclosed, language)
    return pool.to_pdf(_printed(document, package_texts.COVER, told, language))


def _proof(document: Document, pool: Pool) -> bytes | None:
    found = Dispatch.objects.filter(document=document, accepted_at__isnull=False).select_related(
        "document__sealed_file", "creditor"
    )
    dispatches = list(found)
    if not dispatches:
        return None
    told = package_texts.proof_answers(dispatches, document.language)
    return pool.to_pdf(_printed(document, package_texts.PROOF, told, document.language))


def _printed(document: Document, code: str, told: dict[str, Any], language: str) -> bytes:
    template = editions.version_on(code, language, clock.today())
    content = replace(
        LetterContent.from_json(document.content), on_date=clock.today(), answers=told, replaces=None
    )
    return fill(bytes(template.docx), printing.values_for(code, content, template.language))


def _outline(made: Made) -> list[dict[str, Any]]:
    return [
        {
            "kind": piece.kind,
            "titles": piece.titles,
            "number": piece.number,
            "first": place.first,
            "pages": place.pages,
            "sha256": piece.sha256,
            "sizes": [
                [PAGE_WIDTH, round(PAGE_WIDTH * height / width)]
                for width, height in made.merged.sizes[place.first - 1 : place.first - 1 + place.pages]
            ],
        }
        for piece, place in zip(made.pieces, made.merged.places, strict=True)
    ]


@transaction.atomic
def _keep(package: DocumentPackage, version: int, made: Made) -> None:
    kept = _locked(package, version)
    if kept is None:
        # Another choice was made meanwhile: its own order makes it.
        return
    former = [kept.pdf_file_id, kept.cover_file_id, kept.proof_file_id]
    number = package.document.number
    kept.pdf_file = _store(package.document, made.merged.pdf, f"{number}_package.pdf")
    kept.cover_file = _store(package.document, made.cover, f"{number}_cover.pdf")
    kept.proof_file = (
        None if made.proof is None else _store(package.document, made.proof, f"{number}_proof.pdf")
    )
    kept.status, kept.made_version, kept.failure = PackageStatus.READY, version, ""
    kept.outline, kept.pages, kept.updated_at = _outline(made), len(made.merged.sizes), clock.now()
    kept.save(
        update_fields=[
            "pdf_file", "cover_file", "proof_file", "status", "made_version", "failure", "outline", "pages", "updated_at",
        ]
    )  # fmt: skip
    _forget(former)
    event = PackageMade(
        case_id=package.document.case_id, document_id=package.document_id, with_proof=made.proof is not None
    )
    event_log.record(event, actor=ACTOR)
    realtime.hint(f"case:{package.document.case_id}", "document.changed", package.document_id)


def _locked(package: DocumentPackage, version: int) -> DocumentPackage | None:
    Case.objects.select_for_update(of=("self",)).get(pk=package.document.case_id)
    rows = DocumentPackage.objects.select_for_update(of=("self",))
    return rows.filter(pk=package.pk, version=version, status=PackageStatus.PREPARING).first()


def _forget(former: list[UUID | None]) -> None:
    """Files of an earlier choice go, unless they have been sent: a message keeps what it carried."""
    for file_id in former:
        if file_id is not None and not holds.is_held(file_id):
            files.request_removal_of(file_id=file_id)


def _store(document: Document, data: bytes, name: str) -> StoredFile:
    return files.store(
        data=data, name=name, mime=PDF, origin="generated", owner_kind="document", owner_id=document.pk
    )


@transaction.atomic
def _fail(package: DocumentPackage, version: int, reason: str) -> None:
    kept = _locked(package, version)
    if kept is None:
        return
    kept.status, kept.failure, kept.updated_at = PackageStatus.FAILED, reason[:60], clock.now()
    kept.save(update_fields=["status", "failure", "updated_at"])
    log.error("package_failed", package_id=str(package.pk), reason=kept.failure)
    realtime.hint(f"case:{package.document.case_id}", "document.changed", package.document_id)


def let_leave(*, package_id: UUID, version: int) -> None:
    """A letter that waits for this package leaves, with it or without; one that waits for a newer version goes on waiting."""
    document_id = DocumentPackage.objects.values_list("document_id", flat=True).get(pk=package_id)
    dispatching.package_settled(document_id=document_id, wakes=str(version))
