"""What the cover letter of a package and the sheet of proof say: filled from the letter, its parts and its dispatch.

The same answers fill a cover letter or a sheet of proof that staff prepare by hand, so that nobody is asked what is known.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Q

from kenes.documents import catalogue, selectors
from kenes.documents.letters import answers
from kenes.documents.letters.answers import AnswerProblem
from kenes.documents.models import Dispatch, Document, DocumentPackage
from kenes.documents.sending import letter_email
from kenes.documents.states import SIGNED_STATUSES, DispatchStatus
from kenes.foundation import clock
from kenes.foundation.language.dates import format_date
from kenes.messaging.models import Message

COVER: Final = "COVER_LETTER"
PROOF: Final = "DISPATCH_PROOF"
_TRANSLATION: Final = {
    "ru": {"ru": "Перевод на русский язык", "kk": "Перевод на казахский язык"},
    "kk": {"ru": "Орыс тіліндегі аударма", "kk": "Қазақ тіліндегі аударма"},
}


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A line of the list of what goes along, in one language."""

    name: str
    number: str
    pages: int
    sha256: str


def title_of(document: Document, language: str) -> str:
    """How a document is called in a language; a translation by its language."""
    if document.translation_of_id is not None:
        return _TRANSLATION["kk" if language == "kk" else "ru"][document.language]
    kind = catalogue.get(document.code)
    return document.code if kind is None else kind.title.of(language)


def cover_answers(document: Document, enclosed: Sequence[Enclosed], language: str) -> dict[str, Any]:
    """Answers of a cover letter about a letter and what is with it."""
    return _fitting(
        COVER,
        {
            "enclosures": [
                {
                    "name": one.name[:300],
                    "number": one.number or None,
                    "pages": one.pages or None,
                    "copies": 1,
                    "sha256": one.sha256,
                }
                for one in enclosed
            ],
            "signed.words": signed_words(document, language),
            "reply.to": "BOTH",
            "reply.email": letter_email.reply_address(document.case),
        },
    )


def signed_words(document: Document, language: str) -> str | None:
    """When the letter was signed, and where it stands by whom and how; None while nobody has signed.

    The sheet in the file names every signer and his way: he may have used a key, a code or a pen, or be a representative.
    """
    if document.signed_at is None:
        return None
    day = clock.almaty(document.signed_at).date()
    if language == "kk":
        return (
            f"№ {document.number} құжатқа {format_date(day, 'kk')} қол қойылды; кімнің және қандай тәсілмен қол қойғаны "
            "файлдың соңындағы қолтаңба парағында көрсетілген"
        )
    return (
        f"Документ № {document.number} подписан {format_date(day, 'ru')}; кем и каким способом, указано на листе подписи в "
        "конце файла"
    )


def proof_answers(dispatches: Sequence[Dispatch], language: str) -> dict[str, Any]:
    """Answers of a sheet of proof: one row for each dispatch that has been handed over."""
    documents = [one.document for one in dispatches]
    messages = selectors.messages_of(documents)
    rows = [_dispatch_row(one, messages[one.pk][-1], language) for one in dispatches if messages.get(one.pk)]
    return _fitting(PROOF, {"dispatches": rows})


def _dispatch_row(dispatch: Dispatch, message: Message, language: str) -> dict[str, Any]:
    document = dispatch.document
    sent = dispatch.accepted_at or message.created_at
    sealed = document.sealed_file
    return {
        "document": f"{title_of(document, language)}, № {document.number}"[:300],
        "recipient": dispatch.creditor.name("ru"),
        "address": dispatch.address,
        "channel": "EMAIL",
        "on": clock.almaty(sent).date().isoformat(),
        "time": f"{clock.almaty(sent):%H:%M:%S}",
        "sha256": sealed.sha256 if sealed is not None else document.sha256,
        "tracking": message.message_id_header or message.provider_id,
        "queued": _moment(message.created_at),
        "accepted": _moment(dispatch.accepted_at),
        "answer": message.reply[:280] or None,
        "delivered_on": None
        if dispatch.delivered_at is None
        else clock.almaty(dispatch.delivered_at).date().isoformat(),
    }


def _moment(at: datetime | None) -> str | None:
    return None if at is None else f"{clock.almaty(at):%d.%m.%Y, %H:%M:%S}"


def _fitting(code: str, told: Mapping[str, Any]) -> dict[str, Any]:
    """Those answers that the kind asks for, in the form in which they are kept; what does not fit is left out."""
    kind = catalogue.kinds()[code]
    kept: dict[str, Any] = {}
    for field in kind.fields:
        try:
            value = answers.read(field, told.get(field.code))
        except AnswerProblem:
            continue
        if value not in (None, []):
            kept[field.code] = value
    return kept


def dispatches_of(case_id: UUID, obligation_id: UUID | None) -> list[Dispatch]:
    """Dispatches that have left, about a debt or the whole case, oldest first. One query."""
    rows = Dispatch.objects.filter(
        document__case_id=case_id, status__in=[DispatchStatus.ACCEPTED, DispatchStatus.DELIVERED]
    ).select_related("document__sealed_file", "creditor")
    if obligation_id is not None:
        rows = rows.filter(document__obligation_id=obligation_id)
    return list(rows.defer("document__content", "document__text").order_by("created_at", "pk"))


def newest_letter(case_id: UUID, obligation_id: UUID | None) -> Document | None:
    """The last signed letter about a debt: what a cover letter made by hand accompanies."""
    rows = Document.objects.filter(
        Q(obligation__isnull=True) if obligation_id is None else Q(obligation=obligation_id),
        case_id=case_id,
        status__in=SIGNED_STATUSES,
        translation_of__isnull=True,
    ).select_related("case", "sealed_file", "pdf_file")
    return rows.defer("content", "text").order_by("-signed_at").first()


def enclosed_of(document: Document, language: str) -> list[Enclosed]:
    """The list of a letter as it is now: by its package, else the letter and its translation."""
    package = DocumentPackage.objects.filter(document=document).first()
    lines = [one for one in (package.outline if package is not None else []) if one["kind"] != "cover"]
    if lines:
        return [
            Enclosed(
                one["titles"].get(language) or one["titles"]["ru"], one["number"], one["pages"], one["sha256"]
            )
            for one in lines
        ]
    held = document.sealed_file or document.pdf_file
    own = Enclosed(title_of(document, language), document.number, document.pages, held.sha256 if held else "")
    return [own]
