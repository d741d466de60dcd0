"""Letters for the search over cases: what they say of their own, beyond the words that stand in every such letter."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from uuid import UUID

from kenes.cases.models import SearchAudience, SearchPlace
from kenes.cases.search import index, sources
from kenes.cases.search.sources import Shown, Source, Text
from kenes.documents import kinds
from kenes.documents.filling.docx_text import docx_text
from kenes.documents.models import Document, TemplateVersion
from kenes.documents.states import PUT_ASIDE
from kenes.foundation.language.stems import words


@lru_cache(maxsize=64)
def _printed(template_id: UUID) -> frozenset[str]:
    """Words that stand in the template itself: every letter has them, so to be found by them would say nothing."""
    docx = TemplateVersion.objects.values_list("docx", flat=True).get(pk=template_id)
    return frozenset(words(docx_text(bytes(docx))))


def own_words(document: Document) -> str:
    """The words of a letter that its template does not have, once each."""
    printed = _printed(document.template_id)
    return " ".join(dict.fromkeys(word for word in words(document.text) if word not in printed))


def index_letter(document: Document) -> None:
    """Make a letter findable by those who read the content of its case. Called with the case locked."""
    index.index_text(
        case_id=document.case_id,
        place=SearchPlace.DOCUMENT,
        ref_id=document.pk,
        audience=SearchAudience.CONTENT,
        text=own_words(document),
    )


def forget_letters(document_ids: Sequence[UUID]) -> None:
    """Letters that were replaced or emptied are not found any more."""
    index.forget_texts(place=SearchPlace.DOCUMENT, ref_ids=document_ids)


def _texts(case_ids: Sequence[UUID]) -> Iterable[Text]:
    rows = Document.objects.filter(case_id__in=case_ids).exclude(status__in=PUT_ASIDE)
    for row in rows.defer("content"):
        if row.text:
            yield Text(row.case_id, row.pk, own_words(row))


def _shown(ref_ids: Sequence[UUID]) -> dict[UUID, Shown]:
    rows = Document.objects.filter(pk__in=ref_ids).exclude(status__in=PUT_ASIDE).defer("content")
    return {row.pk: Shown(f"{kinds.title(row.code)} {row.number}", row.text) for row in rows}


sources.register(SearchPlace.DOCUMENT, Source(_texts, _shown))
