"""Texts of cases that are searched: where each kind lives, how all of them are read again, and how one is shown.

Apps above register theirs (`register`), so that a rebuild finds their texts and a result can quote them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from kenes.cases.models import (
    Audience,
    Case,
    CaseEvent,
    CaseStory,
    Comment,
    SearchAudience,
    SearchPlace,
)
from kenes.cases.tracks.facts import KINDS


@dataclass(frozen=True, slots=True)
class Text:
    """One text: whose case, its id in its own table, who may find it."""

    case_id: UUID
    ref_id: UUID
    text: str
    audience: str = SearchAudience.CONTENT
    organisation_id: UUID | None = None
    writer_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A text as a result shows it: what it is called, and its words."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """`texts`: every text of these cases that is there now. `shown`: titles and words of some, in the reader's language."""

    texts: Callable[[Sequence[UUID]], Iterable[Text]]
    shown: Callable[[Sequence[UUID]], Mapping[UUID, Shown]]


_sources: dict[str, Source] = {}


def register(place: str, source: Source) -> None:
    """Name the source of a place; called when an app starts."""
    _sources[SearchPlace(place)] = source


def all_texts(case_ids: Sequence[UUID]) -> list[tuple[str, Text]]:
    """Every text of these cases, one or two queries per place."""
    return [(place, text) for place, source in _sources.items() for text in source.texts(case_ids)]


def shown(place: str, ref_ids: Sequence[UUID]) -> Mapping[UUID, Shown]:
    """Titles and words of texts of one place."""
    return _sources[place].shown(ref_ids) if ref_ids and place in _sources else {}


def story_text(story: CaseStory) -> str:
    """What the borrower told in own words."""
    told = (story.hardship.get("text"), story.relief.get("comment"), story.income.get("source"))
    return "\n".join(str(part) for part in told if part)


def _stories(case_ids: Sequence[UUID]) -> Iterable[Text]:
    for story in CaseStory.objects.filter(case_id__in=case_ids):
        yield Text(story.case_id, story.case_id, story_text(story))


def _shown_stories(case_ids: Sequence[UUID]) -> dict[UUID, Shown]:
    return {
        story.case_id: Shown("", story_text(story)) for story in CaseStory.objects.filter(pk__in=case_ids)
    }


def _facts(case_ids: Sequence[UUID]) -> Iterable[Text]:
    for fact in CaseEvent.objects.filter(case_id__in=case_ids, superseded_at__isnull=True):
        yield Text(fact.case_id, fact.pk, fact.text)


def _shown_facts(ref_ids: Sequence[UUID]) -> dict[UUID, Shown]:
    rows = CaseEvent.objects.filter(pk__in=ref_ids)
    return {fact.pk: Shown(str(KINDS.get(fact.kind, "")), fact.text) for fact in rows}


def of_comment(comment: Comment) -> Text:
    """Who may find a comment: the same people who may read it (`comment_reading`)."""
    match comment.audience:
        case Audience.PUBLIC:
            audience = SearchAudience.CONTENT
        case Audience.INTERNAL:
            audience = SearchAudience.INTERNAL
        case _:
            audience = SearchAudience.ORGANISATION if comment.organisation_id else SearchAudience.WRITER
    return Text(
        comment.case_id,
        comment.pk,
        comment.text,
        audience,
        comment.organisation_id if audience == SearchAudience.ORGANISATION else None,
        comment.author_id if audience == SearchAudience.WRITER else None,
    )


def _comments(case_ids: Sequence[UUID]) -> Iterable[Text]:
    return map(of_comment, Comment.objects.filter(case_id__in=case_ids, removed_at__isnull=True))


def _shown_comments(ref_ids: Sequence[UUID]) -> dict[UUID, Shown]:
    rows = Comment.objects.filter(pk__in=ref_ids, removed_at__isnull=True).select_related("author")
    return {row.pk: Shown(row.author.full_name, row.text) for row in rows}


register(SearchPlace.STORY, Source(_stories, _shown_stories))
register(SearchPlace.FACT, Source(_facts, _shown_facts))
register(SearchPlace.COMMENT, Source(_comments, _shown_comments))

TEXT_PLACES: Final = (SearchPlace.STORY, SearchPlace.FACT, SearchPlace.COMMENT, SearchPlace.DOCUMENT)


def case_texts(case: Case) -> list[str]:
    """All words of a case that the index may hold, for the moment before they are taken out."""
    return [text.text for _place, text in all_texts([case.pk])]
