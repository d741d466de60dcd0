"""What the search over cases looks in: name, number, contracts, creditors. Never ИИН, phone or sums."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

from kenes.cases.models import Case, Obligation
from kenes.creditors import names

_LOOK_ALIKE: Final = str.maketrans("авекмнорстух", "abekmhopctyx")
_NOT_CODE: Final = re.compile(r"[\W_]+")
SHORTEST: Final = 2


def code_key(text: str) -> str:
    """A number or contract as typed on any keyboard: no separators, Cyrillic letters as their Latin twins."""
    return _NOT_CODE.sub("", unicodedata.normalize("NFKC", text).casefold().translate(_LOOK_ALIKE))


def text_for_search(case: Case, obligations: Iterable[Obligation]) -> str:
    """Folded words of everything that may be searched for, in both scripts; the obligations have their creditors loaded."""
    parts = [names.fold(case.borrower_name), str(case.number or "").casefold(), code_key(case.number or "")]
    for row in obligations:
        creditor = row.creditor
        parts += [row.contract_number.casefold(), code_key(row.contract_number)]
        parts += [names.fold(creditor.name_ru), names.fold(creditor.name_kk)]
    folded = [part for part in parts if part]
    latin = [names.to_latin(part) for part in folded]
    return " ".join(dict.fromkeys([*folded, *latin]))


def needles(query: str) -> Sequence[tuple[str, ...]]:
    """For each word of a query the forms of which one must be in the search text; empty when there is nothing to look for."""
    found = []
    for word in query.split():
        forms = {names.to_latin(names.fold(word)), names.fold(word), code_key(word)}
        forms = {form for form in forms if len(form) >= SHORTEST}
        if forms:
            found.append(tuple(sorted(forms)))
    return found
