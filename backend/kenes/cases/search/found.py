"""Where something was found, quoted safely: only from places that the reader may see, without numbers of people."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Final
from uuid import UUID

from django.db.models import Q

from kenes.cases import permissions
from kenes.cases.lists.listing import Row
from kenes.cases.models import Case, Obligation, Party, PartyRole, SearchEntry, SearchPlace
from kenes.cases.search import sources
from kenes.cases.search.lexicon import SHORTEST_BEGINNING
from kenes.cases.search.query import How, Understood, Word, own_notes
from kenes.cases.search.words import code_key, code_words, is_empty, stripped
from kenes.foundation.actor import Actor
from kenes.foundation.language.names import initials
from kenes.foundation.language.spelling import keys, level, one_script
from kenes.foundation.language.stems import stem_keys

# Characters before and after the first word that was found.
BEFORE, AFTER = 50, 110
MOST_OF_A_PLACE: Final = 2
MOST_ENTRIES: Final = 400
MOST_ASSUMED: Final = 4
# A text longer than this is read no further for a quotation.
LONGEST_TEXT: Final = 20_000
_WORD: Final = re.compile(r"[^\W_]+(?:['’ʼ`´‘][^\W_]+)*")
_PUBLIC: Final = 12  # a name or a creditor is quoted whole


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a quotation; `hit` is what was found."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Found:
    """One place of a case. `ref_id` is the id of the text there, `title` what the text is called."""

    place: str
    quote: tuple[Piece, ...] = ()
    ref_id: UUID | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Assumed:
    """Something else was taken for a typed word, and it was found."""

    typed: str
    taken: str
    how: str


@dataclass(slots=True)
class Answer:
    """For each case of a page where it was found, and what was assumed."""

    places: dict[UUID, list[Found]] = field(default_factory=dict)
    assumed: list[Assumed] = field(default_factory=list)


class Quoter:
    """Finds the words of a query in shown texts and notes what had to be assumed for it."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words
        self.assumed: dict[tuple[str, str], Assumed] = {}
        self._known: dict[str, tuple[Word, How] | None] = {}

    def means(self, surface: str) -> tuple[Word, How] | None:
        """Which word of the query this shown word is, and how it was taken."""
        if surface not in self._known:
            self._known[surface] = self._look(one_script(level(surface)))
        return self._known[surface]

    def _look(self, word: str) -> tuple[Word, How] | None:
        if is_empty(word):
            return None
        own = {*keys(word), *stem_keys(word)}
        code = code_key(word)
        for wanted in self.words:
            if _is_code(wanted.code, code):
                return wanted, How.TYPED
            for form in wanted.forms:
                if form.fits(own):
                    return wanted, form.how
        return None

    def has(self, text: str) -> bool:
        """Whether any word of the query stands in the text; nothing is noted as assumed."""
        return any(self.means(match.group()) for match in _WORD.finditer(text))

    def quote(self, text: str, *, whole: bool = False) -> tuple[Piece, ...]:
        """The first word that was found with what stands around it; empty when none is there."""
        clean = text if whole else " ".join(stripped(text[:LONGEST_TEXT]).split())
        hits = self._hits(clean)
        if not hits:
            return ()
        start, end = (0, len(clean)) if whole else _window(clean, hits[0])
        pieces, at = [], start
        for left, right in hits:
            if left >= at and right <= end:
                pieces += [Piece(clean[at:left], hit=False), Piece(clean[left:right], hit=True)]
                at = right
        pieces.append(Piece(clean[at:end], hit=False))
        marked = [*([Piece("… ", hit=False)] if start else []), *pieces]
        marked += [Piece(" …", hit=False)] if end < len(clean) else []
        return tuple(piece for piece in marked if piece.text)

    def _hits(self, text: str) -> list[tuple[int, int]]:
        hits: list[tuple[int, int]] = []
        for match in _WORD.finditer(text):
            if hits and match.start() > hits[0][1] + AFTER and len(hits) > _PUBLIC:
                break
            meant = self.means(match.group())
            if meant is None:
                continue
            hits.append(match.span())
            word, how = meant
            if how is not How.TYPED:
                taken = match.group()
                self.assumed.setdefault((word.typed, taken.casefold()), Assumed(word.typed, taken, how.value))
        return hits


def _is_code(wanted: str, found_: str) -> bool:
    """The same rule as in the query: a short number whole, a longer one by its beginning."""
    return (
        found_.startswith(wanted) if len(wanted) >= SHORTEST_BEGINNING else bool(wanted) and found_ == wanted
    )


def _window(text: str, hit: tuple[int, int]) -> tuple[int, int]:
    """Around a word, cut between words."""
    start, end = max(0, hit[0] - BEFORE), min(len(text), hit[1] + AFTER)
    if start:
        start = text.find(" ", start, hit[0]) + 1 or hit[0]
    if end < len(text):
        end = max(text.rfind(" ", hit[1], end), hit[1])
    return start, end


def found(actor: Actor, understood: Understood, rows: Sequence[Row], language: str) -> Answer:
    """For each case of a page of results where it was found; a constant number of queries, none for a whole number."""
    answer = Answer()
    if not rows:
        return answer
    if understood.people:
        answer.places = {row.case.pk: [Found("person")] for row in rows}
        return answer
    quoter = Quoter(understood.words)
    debts, people = _debts(rows), _people(rows)
    texts = _texts(actor, understood, rows, quoter)
    for row in rows:
        places = [*_of_number(row.case, understood), *_of_name(row, quoter)]
        if not row.metadata_only:
            own = permissions.shown_debts(actor, row.case, debts.get(row.case.pk, []))
            places += _of_debts(own, understood, quoter, language)
            if not row.sent_only:
                places += _of_people(people.get(row.case.pk, ()), quoter)
        answer.places[row.case.pk] = [*places, *texts.get(row.case.pk, ())]
    answer.assumed = list(quoter.assumed.values())[:MOST_ASSUMED]
    return answer


def _of_number(case: Case, understood: Understood) -> list[Found]:
    own = code_words(case.number or "")
    hit = any(_is_code(word.code, one) for word in understood.words for one in own)
    return [Found(SearchPlace.NUMBER, (Piece(case.number or "", hit=True),))] if hit else []


def _of_name(row: Row, quoter: Quoter) -> list[Found]:
    name = row.case.borrower_name
    if row.metadata_only or not name or not quoter.has(name):
        return []
    return [Found(SearchPlace.NAME, quoter.quote(initials(name) if row.masked else name, whole=True))]


def _of_debts(
    debts: Iterable[Obligation], understood: Understood, quoter: Quoter, language: str
) -> list[Found]:
    places: list[Found] = []
    for debt in debts:
        own = code_words(debt.contract_number)
        hit = any(_is_code(word.code, one) for word in understood.words for one in own)
        if hit:
            places.append(Found(SearchPlace.CONTRACT, (Piece(debt.contract_number, hit=True),)))
        creditor = debt.creditor
        names = dict.fromkeys([creditor.name(language), creditor.name_ru, creditor.name_kk, creditor.name_en])
        quoted = next((quote for name in names if name and (quote := quoter.quote(name, whole=True))), None)
        if quoted and Found(SearchPlace.CREDITOR, quoted) not in places:
            places.append(Found(SearchPlace.CREDITOR, quoted))
    return places


def _of_people(names: Iterable[str], quoter: Quoter) -> list[Found]:
    quotes = (quoter.quote(name, whole=True) for name in dict.fromkeys(names))
    return [Found(SearchPlace.PARTY, quote) for quote in quotes if quote][:MOST_OF_A_PLACE]


def _debts(rows: Sequence[Row]) -> Mapping[UUID, list[Obligation]]:
    found_: dict[UUID, list[Obligation]] = {}
    ids = [row.case.pk for row in rows]
    for debt in Obligation.objects.filter(case_id__in=ids).select_related("creditor").order_by("position"):
        found_.setdefault(debt.case_id, []).append(debt)
    return found_


def _people(rows: Sequence[Row]) -> Mapping[UUID, list[str]]:
    found_: dict[UUID, list[str]] = {}
    ids = [row.case.pk for row in rows if not row.sent_only and not row.metadata_only]
    people = Party.objects.filter(case_id__in=ids, removed_at__isnull=True).exclude(role=PartyRole.BORROWER)
    for case_id, name in people.order_by("added_at").values_list("case_id", "user__full_name"):
        found_.setdefault(case_id, []).append(str(name))
    return found_


def _texts(
    actor: Actor, understood: Understood, rows: Sequence[Row], quoter: Quoter
) -> dict[UUID, list[Found]]:
    """Texts of these cases that say one of the words and that this reader may read, quoted."""
    by_place: dict[str, list[tuple[UUID, UUID]]] = {}
    counted: dict[tuple[UUID, str], int] = {}
    for case_id, place, ref_id in _entries(actor, understood, rows):
        counted[case_id, place] = counted.get((case_id, place), 0) + 1
        if counted[case_id, place] <= MOST_OF_A_PLACE:
            by_place.setdefault(place, []).append((case_id, ref_id))
    found_: dict[UUID, list[Found]] = {}
    for place in sources.TEXT_PLACES:
        pairs = by_place.get(place, [])
        shown = sources.shown(place, [ref_id for _case, ref_id in pairs])
        for case_id, ref_id in pairs:
            text = shown.get(ref_id)
            quote = quoter.quote(text.text) if text else ()
            if text and quote:
                found_.setdefault(case_id, []).append(Found(place, quote, ref_id, text.title))
    return found_


def _entries(actor: Actor, understood: Understood, rows: Sequence[Row]) -> list[tuple[UUID, str, UUID]]:
    query = " | ".join(f"({word.query})" for word in understood.words if word.query)
    seen = _seen(actor, rows)
    if not query or seen is None:
        return []
    entries = SearchEntry.objects.filter(
        seen, case_id__in=[row.case.pk for row in rows], words__fits=query
    ).order_by("-pk")
    return list(entries.values_list("case_id", "place", "ref_id")[:MOST_ENTRIES])


def _seen(actor: Actor, rows: Sequence[Row]) -> Q | None:
    """Which texts of these cases the reader may read, by the rules of the page of a case."""

    def cases(rule: Callable[[Case], bool]) -> list[UUID]:
        return [row.case.pk for row in rows if rule(row.case)]

    content = cases(lambda case: permissions.allowed(actor, "case.view_content", case))
    staff = cases(lambda case: permissions.is_assigned(actor, case) or permissions.is_supervisor(actor, case))
    conditions = [Q(audience="content", case_id__in=content), Q(audience="internal", case_id__in=staff)]
    notes = own_notes(actor)
    if notes is not None:
        conditions.append(notes)
    return reduce(or_, conditions) if content or staff or notes is not None else None
