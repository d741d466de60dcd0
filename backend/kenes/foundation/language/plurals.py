"""Which form of a word goes with a number."""

from collections.abc import Sequence


def choose(number: int, forms: Sequence[str], lang: str) -> str:
    """Form of a word for `number`: Russian (one, few, many), English (one, other), Kazakh (the only one).

    Raises KeyError for another language, IndexError when forms are missing.
    """
    number = abs(number)
    if lang == "kk":
        return forms[0]
    if lang == "en":
        return forms[0 if number == 1 else 1]
    if lang != "ru":
        raise KeyError(lang)
    if number % 100 in range(11, 15):
        return forms[2]
    if number % 10 == 1:
        return forms[0]
    return forms[1 if number % 10 in (2, 3, 4) else 2]
