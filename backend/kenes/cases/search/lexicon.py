"""The list of known words: completes words begun and mends words mistyped. Says of no word which case has it."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db import connection, transaction

from kenes.cases.models import SearchWord
from kenes.cases.search.words import seals

# A beginning that fits more words than this says too little: then only the word as it stands is looked for.
MOST_COMPLETIONS: Final = 200
MOST_SIMILAR: Final = 60
SHORTEST_TO_MEND: Final = 4
SHORTEST_BEGINNING: Final = 3
LONG: Final = 7


def without_one(word: str) -> list[str]:
    """The word itself and the word with each letter taken out: two words one mistake apart share one of them."""
    return list(dict.fromkeys([word, *(word[:at] + word[at + 1 :] for at in range(len(word)))]))


def learn(words: Iterable[str]) -> None:
    """Add the words that are not known yet. Waits for nobody: two writers may add the same word twice."""
    wanted = sorted({word for word in words if len(word) >= SHORTEST_BEGINNING and not word.isdigit()})
    if not wanted:
        return
    known = set(SearchWord.objects.filter(word__in=wanted).values_list("word", flat=True))
    SearchWord.objects.bulk_create(
        [SearchWord(word=word, near=without_one(word)) for word in wanted if word not in known]
    )


def completions(beginnings: Iterable[str], whole: Iterable[str]) -> dict[str, list[str]]:
    """Known words that begin so, and those of the `whole` ones that are known, by what was asked; one query.

    A beginning that fits too many words has at most itself.
    """
    wanted = sorted({one for one in beginnings if len(one) >= SHORTEST_BEGINNING and one.isalnum()})
    exact = sorted({one for one in whole if one.isalnum()})
    # A written-out pattern each: with a joined one PostgreSQL could not use the index.
    part = "(SELECT DISTINCT %s, word FROM cases_searchword WHERE word LIKE %s LIMIT %s)"
    parts: list[tuple[str, list[Any]]] = [(part, [one, f"{one}%", MOST_COMPLETIONS + 1]) for one in wanted]
    if exact:
        parts.append(("(SELECT DISTINCT word, word FROM cases_searchword WHERE word = ANY(%s))", [exact]))
    found = _by_asked(parts)
    too_many = {one for one, words in found.items() if len(words) > MOST_COMPLETIONS}
    return {one: [one] if one in too_many else words for one, words in found.items()}


def similar(words: Iterable[str]) -> dict[str, list[str]]:
    """Known words with the fewest mistakes for each that was asked, in one query.

    A mistake is a letter more, less or other, or two neighbours swapped: one in a short word, two in a long one.
    """
    wanted = sorted({word for word in words if len(word) >= SHORTEST_TO_MEND and word.isalnum()})
    near = "(SELECT DISTINCT %s, word FROM cases_searchword WHERE near && %s::varchar[] LIMIT %s)"
    alike = """(SELECT %s, word FROM cases_searchword WHERE word %% %s
        GROUP BY word ORDER BY similarity(word, %s) DESC, word LIMIT %s)"""
    parts: list[tuple[str, list[Any]]] = [(near, [word, without_one(word), MOST_SIMILAR]) for word in wanted]
    parts += [(alike, [word, word, word, MOST_SIMILAR]) for word in wanted if len(word) >= LONG]
    return {word: _nearest(word, others) for word, others in _by_asked(parts).items()}


def _nearest(word: str, others: Sequence[str]) -> list[str]:
    """Those with the fewest mistakes: one in a short word, two in a long one."""
    allowed = 2 if len(word) >= LONG else 1
    by_distance: dict[int, list[str]] = {}
    for other in others:
        by_distance.setdefault(distance(word, other, allowed), []).append(other)
    return next((sorted(by_distance[far]) for far in range(allowed + 1) if far in by_distance), [])


def distance(one: str, other: str, most: int) -> int:
    """Mistakes between two words: letters added, dropped, replaced, or two neighbours swapped; `most` + 1 when more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, char in enumerate(one, 1):
        older, before, row = before, row, [at]
        for to, wanted in enumerate(other, 1):
            cost = min(before[to] + 1, row[-1] + 1, before[to - 1] + (char != wanted))
            if at > 1 and to > 1 and char == other[to - 2] and one[at - 2] == wanted:
                cost = min(cost, older[to - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def _by_asked(parts: Sequence[tuple[str, list[Any]]]) -> dict[str, list[str]]:
    """Rows of (what was asked, what is known) of all the parts in one query."""
    found: dict[str, list[str]] = {}
    if not parts:
        return found
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(sql for sql, _values in parts), [value for _sql, own in parts for value in own]
        )
        for asked, word in cursor.fetchall():
            known = found.setdefault(asked, [])
            if word not in known:
                known.append(word)
    return found


def forget(words: Iterable[str]) -> int:
    """Take words off the list that no case, text or share has any more; how many. Called when a case becomes anonymous."""
    unused = [word for word in sorted(set(words)) if not _is_used(word)]
    removed, _by_table = SearchWord.objects.filter(word__in=unused).delete()
    return removed


def _is_used(word: str) -> bool:
    query = " | ".join(f"'{form}'" for form in (word, *seals(word)) if form.isalnum())
    sql = """
        SELECT EXISTS (SELECT 1 FROM cases_casewords WHERE whole @@ %s::tsquery)
            OR EXISTS (SELECT 1 FROM cases_searchentry WHERE audience IN ('organisation', 'writer') AND words @@ %s::tsquery)
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, [query, query])
        return bool(cursor.fetchone()[0])


def sweep(batch: int = 500) -> int:
    """Take every unused word and every twin off the list, in small transactions; how many."""
    taken, last = 0, ""
    while True:
        words = list(
            SearchWord.objects.filter(word__gt=last)
            .order_by("word")
            .values_list("word", flat=True)
            .distinct()[:batch]
        )
        if not words:
            return taken
        with transaction.atomic():
            taken += forget(words) + _drop_twins(words)
        last = words[-1]


def _drop_twins(words: Sequence[str]) -> int:
    rows = SearchWord.objects.filter(word__in=words).order_by("word", "pk").values_list("word", "pk")
    seen: set[str] = set()
    twins = []
    for word, pk in rows:
        if word in seen:
            twins.append(pk)
        seen.add(word)
    removed, _by_table = SearchWord.objects.filter(pk__in=twins).delete()
    return removed
