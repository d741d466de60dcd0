"""What makes a password good: length, not being one of the common ones, not being the person's own name.

No rule asks for digits or signs: such rules make passwords that are easy to guess and hard to remember. The list
`data/common_passwords.txt.gz` holds the 112 000 entries of ten and more characters (shorter ones are refused anyway)
of three public lists: the million most common passwords of the "10 million passwords" collection as SecLists and
Firefox Accounts ship it, the list of zxcvbn-ts and that of Django; in normal form, sorted. Nothing leaves the machine.
"""

import gzip
import hashlib
import re
import unicodedata
from array import array
from bisect import bisect_left
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from django.contrib.auth.password_validation import MinimumLengthValidator, UserAttributeSimilarityValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kenes.foundation.errors import FieldError, FieldErrors

MIN_LENGTH: Final = 10
_LIST: Final = Path(__file__).parent / "data" / "common_passwords.txt.gz"
# Words that everybody would try here first.
_OUR_WORDS: Final = ("keneshub", "kenes", "кенес", "кеңес")
# The same keys under the Russian and the Kazakh layout: «йцукенгшщз» is "qwertyuiop".
_CYRILLIC_KEYS: Final = str.maketrans(
    "йцукенгшщзхъфывапролджэячсмитьбю" + "әіңғүұқөһ", "qwertyuiop[]asdfghjkl;'zxcvbnm,." + "2345890-="
)
_LONGEST_REPEATED: Final = 4


def normal_form(password: str) -> str:
    """Compatibility characters unified, case and spaces gone: the form in which passwords are compared."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", password).casefold())


def is_common(password: str) -> bool:
    """Whether the password is on the list, in whatever case or keyboard layout, or says one short thing over and over."""
    plain = normal_form(password)
    forms = {plain, plain.translate(_CYRILLIC_KEYS)}
    return any(_listed(form) or _is_repeated(form) or _is_our_word(form) for form in forms)


def _digest(form: str) -> int:
    return int.from_bytes(hashlib.blake2b(form.encode("utf-8", "replace"), digest_size=8).digest(), "big")


@lru_cache(maxsize=1)
def _digests() -> "array[int]":
    """The list as sorted 64-bit digests: 0.9 MB in memory instead of 12."""
    with gzip.open(_LIST, "rt", encoding="utf-8") as lines:
        return array("Q", sorted(_digest(line.rstrip("\n")) for line in lines))


def _listed(form: str) -> bool:
    known, wanted = _digests(), _digest(form)
    place = bisect_left(known, wanted)
    return place < len(known) and known[place] == wanted


def _is_repeated(form: str) -> bool:
    for size in range(1, _LONGEST_REPEATED + 1):
        if form == (form[:size] * (len(form) // size + 1))[: len(form)]:
            return True
    return False


def _is_our_word(form: str) -> bool:
    return re.sub(r"[\W\d_]+", "", form) in _OUR_WORDS


class CommonPassword:
    """Django's password validator of this list."""

    def validate(self, password: str, user: Any = None) -> None:
        if is_common(password):
            raise ValidationError(self.get_help_text(), code="password_too_common")

    def get_help_text(self) -> str:
        return str(_("Many people use this password, so it is guessed first. Choose another one."))


class LongEnough(MinimumLengthValidator):
    """At least MIN_LENGTH characters, said in our words."""

    def __init__(self, min_length: int = MIN_LENGTH) -> None:
        super().__init__(min_length)

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) < self.min_length:
            raise ValidationError(self.get_help_text(), code="password_too_short")

    def get_help_text(self) -> str:
        return str(_("At least %(length)s characters. A few unrelated words are easy to remember.")) % {
            "length": self.min_length
        }


class UnlikePerson(UserAttributeSimilarityValidator):
    """Not nearly the e-mail, name or phone number of the person."""

    def __init__(self) -> None:
        super().__init__(user_attributes=("email", "full_name", "full_name_kk", "phone"))

    def validate(self, password: str, user: Any = None) -> None:
        try:
            super().validate(password, user)
        except ValidationError as problem:
            raise ValidationError(self.get_help_text(), code="password_too_similar") from problem

    def get_help_text(self) -> str:
        return str(_("The password is too much like your name, e-mail or number. Choose another one."))


def require_good(password: str, user: Any = None) -> None:
    """FieldErrors at /password with every reason: too_short, too_common, too_similar. `user` may be unsaved."""
    errors = []
    for rule in (LongEnough(), CommonPassword(), UnlikePerson()):
        try:
            rule.validate(password, user)
        except ValidationError as problem:
            code = str(problem.code).removeprefix("password_")
            errors.append(FieldError("/password", code, str(problem.messages[0])))
    if errors:
        raise FieldErrors(errors)
