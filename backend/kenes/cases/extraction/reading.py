"""The one door: a text goes in, everything found in it comes out."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from kenes.cases.extraction import dates, kinds, lenders, money, numbers
from kenes.cases.extraction.folding import fold
from kenes.cases.extraction.found import Extraction, Lender, Place

# Papers of people are some pages long; whatever is longer is looked at only so far.
MAX_CHARACTERS: Final = 200_000


def read(text: str, *, known_lenders: Iterable[Lender] = (), today: date | None = None) -> Extraction:
    """Everything found in a Russian or Kazakh text, also one from recognition with its misreadings. Never raises.

    Places are offsets into `text`: `text[place.start:place.end] == place.quote`. What stands after MAX_CHARACTERS is not
    looked at. `today` (default: no limit) is only for birth dates of an ИИН that would lie ahead.
    """
    text = text[:MAX_CHARACTERS]
    folded = fold(text)
    identities = numbers.identities(text, folded, today)
    days = dates.find(text, folded)
    places = [item.place for item in identities] + [item.place for item in days]
    found_numbers = numbers.numbers(text, folded, _spans(places))
    rates = numbers.rates(text, folded)
    places += [item.place for item in found_numbers] + [item.place for item in rates]
    return Extraction(
        kind=kinds.find(text, folded),
        numbers=tuple(found_numbers),
        dates=tuple(days),
        due_days=tuple(dates.due_days(text, folded)),
        sums=tuple(money.find(text, folded, _spans(places))),
        rates=tuple(rates),
        lenders=tuple(lenders.find(text, known_lenders)),
        identities=tuple(identities),
        people=tuple(numbers.people(text)),
    )


def _spans(places: Iterable[Place]) -> list[tuple[int, int]]:
    return [(place.start, place.end) for place in places]
