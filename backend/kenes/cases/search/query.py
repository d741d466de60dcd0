"""From what a person typed to conditions over cases, with the rights of the one who asks.

First the words are looked for as they are: in any spelling, as a form of the same stem, or as the beginning of a word. Only
when the actor sees no such case are they read in another keyboard layout and mended by the list of known words. Whether that
happens depends on nothing but what the actor may see, so the answer tells nothing of other cases.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import reduce
from operator import and_, or_
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from kenes.accounts import selectors as account_selectors
from kenes.cases import permissions, selectors
from kenes.cases.answers import sharing
from kenes.cases.collaboration import comment_reading
from kenes.cases.models import Case, CaseShare, CaseWords, Party, PartyRole, SearchEntry
from kenes.cases.search import lexicon
from kenes.cases.search.words import LONGEST, code_key, is_empty, seals
from kenes.foundation.actor import Actor
from kenes.foundation.language import layouts
from kenes.foundation.language.spelling import keys
from kenes.foundation.language.stems import stem_keys, words
from kenes.foundation.values import Iin, PhoneNumber, ValueProblem

# Words of one query beyond this are left out, as are parts of a word joined by signs.
MOST_WORDS: Final = 8
MOST_PARTS: Final = 6
SHORTEST: Final = 2
_WHOLE_NUMBER: Final = re.compile(r"kh\d{10}")
# More rows than there will ever be; the limit keeps PostgreSQL from joining before it has looked the words up.
_ALL: Final = 10_000_000


class How(StrEnum):
    """How a word was taken."""

    TYPED = "typed"
    LAYOUT = "layout"
    SPELLING = "spelling"


@dataclass(frozen=True, slots=True)
class Form:
    """One way to take a word: any of `keys` whole, or a word that begins with one of `beginnings`."""

    how: How
    keys: frozenset[str]
    beginnings: tuple[str, ...] = ()
    # What the letters are in another layout, to be told; empty otherwise.
    reading: str = ""

    def fits(self, found: Iterable[str]) -> bool:
        """Whether a word with these keys is meant."""
        return any(one in self.keys or one.startswith(self.beginnings or ("\x00",)) for one in found)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the query, all its ways, and the same in PostgreSQL's form."""

    typed: str
    code: str
    forms: tuple[Form, ...]
    query: str


@dataclass(frozen=True, slots=True)
class Understood:
    """A query as it was taken. `people`: found by a whole ИИН or phone, then no words are looked for."""

    words: tuple[Word, ...] = ()
    people: tuple[UUID, ...] = ()
    widened: bool = False
    condition: Q = field(default_factory=lambda: selectors.NOTHING)

    @property
    def readings(self) -> list[str]:
        """Other layouts that were tried, to be told when nothing was found."""
        tried = (form.reading for word in self.words for form in word.forms if form.reading)
        return list(dict.fromkeys(tried))[:3]


def as_typed(actor: Actor, text: str) -> Understood:
    """What the actor looks for, with every word as it is; at most three queries. An unreadable text finds nothing."""
    people = _people_with_number(text) if actor.can("case.assign") else []
    if people:
        return Understood(people=tuple(people), condition=Q(borrower_id__in=people))
    plain = _words(text)
    return _understood(actor, plain, widened=False) if plain else Understood()


def understand(actor: Actor, text: str) -> Understood:
    """What the actor looks for: the words as they are, or mended when the actor finds nothing by them; at most five queries."""
    return mended(actor, text, as_typed(actor, text))


def mended(actor: Actor, text: str, typed: Understood) -> Understood:
    """The words in other layouts and without mistakes, or `typed` again: when they find something or cannot be mended."""
    plain = _words(text)
    if typed.people or permissions.sees_metadata_only(actor) or not any(map(_can_be_mended, plain)):
        return typed
    known = all(word.query for word in typed.words)
    if known and selectors.cases_visible_to(actor).filter(visible(actor, typed)).exists():
        return typed
    return _understood(actor, plain, widened=True)


def _people_with_number(query: str) -> list[UUID]:
    try:
        return account_selectors.find_ids(iin=Iin.parse(query))
    except ValueProblem:
        pass
    try:
        return account_selectors.find_ids(phone=PhoneNumber.parse(query))
    except ValueProblem:
        return []


def _words(text: str) -> list[str]:
    """Words between spaces that say something; an ИИН or phone inside is only ever looked for whole."""
    found = []
    for word in unicodedata.normalize("NFKC", text).split()[: MOST_WORDS * 2]:
        parts = words(word)
        if any(len(part) >= SHORTEST and not is_empty(part) for part in parts) or code_key(word).isdigit():
            found.append(word[: LONGEST * 2])
    return found[:MOST_WORDS]


def _can_be_mended(word: str) -> bool:
    return any(char.isalpha() for char in word)


def _understood(actor: Actor, plain: Sequence[str], *, widened: bool) -> Understood:
    taken = _taken(plain, widened=widened)
    return Understood(words=taken, widened=widened, condition=_condition(actor, taken))


def _keys_of(word: str) -> set[str]:
    return {key[:LONGEST] for key in (*keys(word), *stem_keys(word)) if len(key) >= SHORTEST}


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to read a typed word: the parts between its signs, all of which must be there."""

    how: How
    parts: tuple[str, ...]
    reading: str = ""


def _ways(word: str, *, widened: bool) -> list[_Way]:
    made = [_Way(How.TYPED, _parts_of(word))]
    digits = sum(char.isdigit() for char in word)
    if widened and digits * 2 <= len(word):
        # In another layout letters stand on keys of signs («k.,jdm» is «любовь»), so the word is read before it is parted.
        made += [
            _Way(How.LAYOUT, _parts_of(reading), reading) for reading in layouts.readings(word.casefold())
        ]
    return [way for way in made if way.parts]


def _parts_of(word: str) -> tuple[str, ...]:
    parts = [part for part in words(word) if _keys_of(part) and not is_empty(part)]
    return tuple(parts[:MOST_PARTS])


def _taken(plain: Sequence[str], *, widened: bool) -> tuple[Word, ...]:
    """All words with their forms; the list of known words is asked once for all of them, twice when widened."""
    ways = [_ways(word, widened=widened) for word in plain]
    parts = {part for own in ways for way in own for part in way.parts}
    complete = lexicon.completions(
        (key for part in parts for key in keys(part)), (key for part in parts for key in _keys_of(part))
    )
    mended = lexicon.similar(key for part in parts for key in _keys_of(part)) if widened else {}
    return tuple(
        _word(word, own, complete, mended)
        for word, own in zip(plain, ways, strict=True)
        if own or code_key(word)
    )


def _word(
    typed: str, ways: Sequence[_Way], complete: dict[str, list[str]], mended: dict[str, list[str]]
) -> Word:
    code = code_key(typed)
    either = [_code_query(code)] if _is_code(code) else []
    forms: list[Form] = []
    for way in ways:
        own = [_forms(way, part, complete, mended) for part in way.parts]
        forms += [form for each in own for form in each]
        queries = [_any_of(part, each) for part, each in zip(way.parts, own, strict=True)]
        if all(queries):
            either.append(" & ".join(queries))
    # What needs the least assumed comes first, so that a found word is explained by it.
    forms.sort(key=lambda form: list(How).index(form.how))
    return Word(typed, code, tuple(forms), " | ".join(f"({one})" for one in either))


def _is_code(code: str) -> bool:
    """Numbers and contracts have digits; what has none is a word, and known words are on the list."""
    return any(char.isdigit() for char in code)


def _code_query(code: str) -> str:
    """A short number is taken as it stands (every case has one that begins with 2), so is a whole number of a case."""
    short = len(code) < lexicon.SHORTEST_BEGINNING or _WHOLE_NUMBER.fullmatch(code)
    return f"'{code}'" if short else f"'{code}':*"


def _forms(way: _Way, part: str, complete: dict[str, list[str]], mended: dict[str, list[str]]) -> list[Form]:
    """Words that some case has: what is on no list needs not be looked for."""
    own = _keys_of(part)
    starts = tuple(key[:LONGEST] for key in keys(part) if len(key) >= lexicon.SHORTEST_BEGINNING)
    known = {word for key in {*starts, *own} for word in complete.get(key, ())}
    # Words too short for the list («АО») are taken as they stand.
    known |= {key for key in own if len(key) < lexicon.SHORTEST_BEGINNING}
    made = [Form(way.how, frozenset(known), starts, way.reading)]
    near = {word for key in own for word in mended.get(key, ())} - known
    if near:
        made.append(Form(How.SPELLING, frozenset(near)))
    return made


def _any_of(part: str, forms: Sequence[Form]) -> str:
    """Any form of a word: as it stands in the clear (numbers, contracts, creditors) or sealed (names, texts).

    Empty when no case has any of them.
    """
    either = {f"'{key}'" for form in forms for key in form.keys}
    either |= {f"'{one}'" for form in forms for key in form.keys for one in seals(key)}
    code = code_key(part)
    if _is_code(code):
        either |= {_code_query(code), *(f"'{one}'" for one in seals(code))}
    return f"({' | '.join(sorted(either))})" if either else ""


def _condition(actor: Actor, taken: Sequence[Word]) -> Q:
    """Cases that the actor sees beyond letters and that say all the words, each where this actor may read."""
    if not taken:
        return selectors.NOTHING
    if permissions.sees_metadata_only(actor):
        number = " ".join(word.typed for word in taken)
        merged = Case.objects.filter(number__iexact=number, merged_into__isnull=False)
        return Q(number__iexact=number) | Q(pk__in=merged.values("merged_into_id"))
    query = _all_of(taken)
    if not query:
        return selectors.NOTHING
    said = _said_anywhere(taken, query)
    if actor.is_system or actor.can("case.work_all"):
        return said
    seen = Q(words__open__fits=query)
    if actor.can("case.work"):
        seen |= Q(assignee_id=actor.user_id)
    content = _reads_content(actor)
    if content is not None:
        seen |= content & Q(words__content__fits=query)
    return _with_notes(actor, taken, said & seen)


def _said_anywhere(taken: Sequence[Word], query: str) -> Q:
    """Cases that say the words somewhere, whoever may read it there; what each reader may read is asked beside it.

    One known word is left to PostgreSQL, which knows how common it is and may walk the list in its order until a page is
    full. Several words, or a number that may be nowhere, are looked up first: how often words meet in one case it cannot
    know, and a walk that finds nothing goes through everything.
    """
    if len(taken) == 1 and not any(_is_code(word.code) for word in taken):
        return Q(words__whole__fits=query)
    found = CaseWords.objects.filter(whole__fits=query).order_by().values("case_id")
    return Q(pk__in=found[:_ALL])


def _reads_content(actor: Actor) -> Q | None:
    """Cases whose content the actor reads as borrower, representative or specialist."""
    person = permissions.person_of(actor)
    principals = actor.principals("act") | actor.principals("view")
    conditions = [Q(borrower_id__in={*principals, person} - {None})] if person or principals else []
    if actor.can("case.see_as_party"):
        conditions.append(selectors.as_specialist(actor))
    return reduce(or_, conditions) if conditions else None


def _with_notes(actor: Actor, taken: Sequence[Word], seen: Q) -> Q:
    """Also cases of which the notes of the actor's own side say the words, each word here or there."""
    notes = own_notes(actor)
    if notes is None:
        return seen
    each = []
    for word in taken:
        said = SearchEntry.objects.filter(notes, case=OuterRef("pk"), words__fits=word.query)
        each.append(_condition_of_one(actor, word) | Q(Exists(said)))
    return seen | reduce(and_, each)


def _condition_of_one(actor: Actor, word: Word) -> Q:
    one = Q(words__open__fits=word.query)
    content = _reads_content(actor)
    return one if content is None else one | content & Q(words__content__fits=word.query)


def own_notes(actor: Actor) -> Q | None:
    """Notes of the actor's own side: of his organisation, or his own. None for staff and for eyes that are borrowed.

    The same rule as `comment_reading`, for all cases at once: colleagues of a law office share notes only where the actor
    takes part as a lawyer, and nobody shares those of mediators and notaries.
    """
    person = permissions.person_of(actor)
    if person is None or actor.viewed_by is not None or actor.can("case.work") or actor.can("case.work_all"):
        return None
    notes = []
    if selectors.sees_letters(actor):
        notes.append(Q(audience="organisation", organisation_id__in=actor.organisation_ids))
    if actor.can("case.see_as_party"):
        mine = Party.objects.filter(user_id=person, removed_at__isnull=True)
        secret = mine.filter(role__in=[PartyRole.MEDIATOR, PartyRole.NOTARY]).values("case_id")
        as_lawyer = mine.filter(role=PartyRole.LAWYER).values("case_id")
        offices = comment_reading.offices_of(person)
        if offices:
            shared = Q(audience="organisation", organisation_id__in=offices, case_id__in=as_lawyer)
            notes.append(shared & ~Q(case_id__in=secret))
        notes.append(Q(audience="writer", writer_id=person))
    return reduce(or_, notes) if notes else None


def by_letters(actor: Actor, understood: Understood) -> Q:
    """Cases seen by letters alone: each word stands in what was sent to the actor's organisations, or in their notes."""
    if not understood.words or not selectors.sees_letters(actor):
        return selectors.NOTHING
    notes = Q(audience="organisation", organisation_id__in=actor.organisation_ids)
    conditions = []
    for word in understood.words:
        if not word.query:
            return selectors.NOTHING
        sent = sharing.shares_for(actor).filter(case=OuterRef("pk"), words__fits=word.query)
        own = SearchEntry.objects.filter(notes, case=OuterRef("pk"), words__fits=word.query)
        conditions.append(Q(Exists(sent)) | Q(Exists(own)))
    return reduce(and_, conditions) if conditions else selectors.NOTHING


def visible(actor: Actor, understood: Understood) -> Q:
    """Cases that the actor finds, beyond letters and by them."""
    if not selectors.sees_letters(actor):
        return understood.condition
    beyond = selectors.seen_beyond_letters(actor) & understood.condition
    return beyond | selectors.seen_by_letters(actor) & by_letters(actor, understood)


def letters_say(among: QuerySet[CaseShare], text: str) -> Q:
    """Those of the given letters whose debts say all the words; widened when none of these letters does."""
    plain = _words(text)
    if not plain:
        return selectors.NOTHING
    said = _all_of(_taken(plain, widened=False))
    found = bool(said) and among.filter(words__fits=said).exists()
    if not found and any(map(_can_be_mended, plain)):
        said = _all_of(_taken(plain, widened=True))
    return Q(words__fits=said) if said else selectors.NOTHING


def _all_of(taken: Sequence[Word]) -> str:
    """All the words in PostgreSQL's form; empty when one of them no case has."""
    queries = [word.query for word in taken]
    return " & ".join(f"({query})" for query in queries) if all(queries) else ""
