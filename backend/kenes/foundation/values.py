"""Numbers of people, firms, accounts and telephones, and money: checked once, then carried as their own types.

Rules: the state's published structure of ИИН and БИН, the SWIFT IBAN registry (`3!n13!c`, 20 characters for KZ),
the national numbering plan (+7 6xx and +7 7xx belong to Kazakhstan, the rest of +7 does not).
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import total_ordering
from typing import ClassVar, Self

import phonenumbers
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from schwifty import IBAN
from schwifty import exceptions as swift_errors

from kenes.foundation import clock
from kenes.foundation.language import money as money_words

# Spaces of every width, line ends, direction and zero-width marks that come with pasted text, hyphens, brackets.
_SEPARATORS = re.compile(
    r"[\s\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\-\u2010-\u2015\u2212()\[\]]"
)
_DIGITS = re.compile(r"[0-9]+")
_FIRST_WEIGHTS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
_SECOND_WEIGHTS = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
# Letters that a person or a keyboard in the wrong layout puts where a digit or a Latin letter belongs.
_AS_DIGIT = str.maketrans("OoОоІіIlЗзБб", "000011113366")
_AS_LATIN = str.maketrans("АВЕКМНОРСТУХІЅЈ", "ABEKMHOPCTYXISJ")
# Banks of the National Bank's BIC directory that the schwifty registry does not list.
_BANK_CODES_BEYOND_REGISTRY = frozenset({"715", "719", "724"})

_MESSAGES: dict[tuple[str, str], Promise] = {
    ("iin", "length"): _("An IIN has %(wanted)s digits, yours has %(given)s."),
    ("iin", "non_digit"): _("An IIN has digits only. Check whether a letter got in."),
    ("iin", "check_digit"): _("There is no such IIN: one of the digits is wrong."),
    ("iin", "bad_date"): _("The first six digits of the IIN are a birth date, and there is no such day."),
    ("iin", "bad_century"): _("The seventh digit of an IIN is from 0 to 6."),
    ("iin", "future_date"): _("By this IIN the birth date has not come yet."),
    ("bin", "length"): _("A BIN has %(wanted)s digits, yours has %(given)s."),
    ("bin", "non_digit"): _("A BIN has digits only. Check whether a letter got in."),
    ("bin", "check_digit"): _("There is no such BIN: one of the digits is wrong."),
    ("bin", "bad_month"): _("The third and fourth digits of a BIN are a month, from 01 to 12."),
    ("bin", "bad_type"): _(
        "This is not the number of an organisation: the fifth digit of a BIN is 4, 5 or 6."
    ),
    ("iban", "length"): _("An account number has %(wanted)s characters, yours has %(given)s."),
    ("iban", "charset"): _("An account number has Latin letters and digits only. Check the keyboard layout."),
    ("iban", "country"): _("The account number must begin with KZ."),
    ("iban", "check_digit"): _("There is no such account number: one of the characters is wrong."),
    ("phone", "length"): _("After +7 there are %(wanted)s digits, yours has %(given)s."),
    ("phone", "non_digit"): _("A phone number has digits only. Check whether a letter got in."),
    ("phone", "country"): _("Give a number of Kazakhstan: it begins with +7 7."),
    ("money", "non_digit"): _("Give the sum in digits, for example 150 000 or 150 000,50."),
    ("money", "precision"): _("A sum has at most two digits after the comma."),
    ("money", "range"): _("The sum is too large."),
}


class ValueProblem(ValueError):
    """Why a typed number cannot be accepted.

    `reason` is a stable word for programs, `message` is for people in their language, `suggestion` is the number
    that was probably meant: a form may offer it, nothing may use it without being asked.
    """

    def __init__(
        self, kind: str, reason: str, *, wanted: int = 0, given: int = 0, suggestion: str = ""
    ) -> None:
        self.kind, self.reason, self.suggestion = kind, reason, suggestion
        self.wanted, self.given = wanted, given
        super().__init__(f"{kind}: {reason}")

    @property
    def message(self) -> str:
        """One sentence: what is wrong and how to mend it."""
        return str(_MESSAGES[self.kind, self.reason]) % {"wanted": self.wanted, "given": self.given}


def _squeeze(value: str) -> str:
    return _SEPARATORS.sub("", value)


def check_digit(first_eleven: str) -> int | None:
    """Twelfth digit of an ИИН or БИН, None when no number can begin like this (both passes give 10)."""
    digits = [int(char) for char in first_eleven]
    for weights in (_FIRST_WEIGHTS, _SECOND_WEIGHTS):
        rest = sum(weight * digit for weight, digit in zip(weights, digits, strict=True)) % 11
        if rest != 10:
            return rest
    return None


def _twelve_digits(kind: str, value: str) -> str:
    text = _squeeze(value)
    if not _DIGITS.fullmatch(text):
        if not text:
            raise ValueProblem(kind, "length", wanted=12, given=0)
        meant = text.translate(_AS_DIGIT)
        likely = (
            bool(_DIGITS.fullmatch(meant)) and len(meant) == 12 and check_digit(meant[:11]) == int(meant[11])
        )
        raise ValueProblem(kind, "non_digit", suggestion=meant if likely else "")
    if len(text) != 12:
        raise ValueProblem(kind, "length", wanted=12, given=len(text))
    return text


@dataclass(frozen=True, slots=True)
class Iin:
    """Individual identification number: YYMMDD, century and sex, serial, check digit."""

    value: str

    _CENTURIES: ClassVar[dict[str, int]] = {"1": 1800, "2": 1800, "3": 1900, "4": 1900, "5": 2000, "6": 2000}

    @classmethod
    def parse(cls, text: str, *, today: date | None = None) -> Self:
        """The number in `text` (spaces, hyphens and brackets are fine).

        Raises ValueProblem: length, non_digit, bad_century, bad_date, future_date (after `today`, by default the
        Almaty day), check_digit. A seventh digit 0, seen on some foreigners' numbers, is accepted; such a number
        tells neither century nor sex.
        """
        value = _twelve_digits("iin", text)
        if value[6] in "789":
            raise ValueProblem("iin", "bad_century")
        number = cls(value)
        born = number._date_in(number._CENTURIES.get(value[6], 2000))
        if born is None:
            raise ValueProblem("iin", "bad_date")
        if value[6] != "0" and born > (today or clock.today()):
            raise ValueProblem("iin", "future_date")
        if check_digit(value[:11]) != int(value[11]):
            raise ValueProblem("iin", "check_digit")
        return number

    def _date_in(self, century: int) -> date | None:
        try:
            return date(century + int(self.value[:2]), int(self.value[2:4]), int(self.value[4:6]))
        except ValueError:
            return None

    @property
    def birth_date(self) -> date | None:
        """None only where the seventh digit is 0."""
        century = self._CENTURIES.get(self.value[6])
        return None if century is None else self._date_in(century)

    @property
    def sex(self) -> str | None:
        """ "M" or "F"; None only where the seventh digit is 0."""
        if self.value[6] == "0":
            return None
        return "M" if int(self.value[6]) % 2 else "F"

    def masked(self) -> str:
        return "•" * 8 + self.value[8:]

    def __str__(self) -> str:
        return self.value

    def __repr__(self) -> str:
        return f"Iin({self.masked()})"


@dataclass(frozen=True, slots=True)
class Bin:
    """Business identification number: YYMM of registration, kind (4 resident, 5 non-resident, 6 joint ИП), part."""

    value: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """The number in `text`. Raises ValueProblem: length, non_digit, bad_month, bad_type, check_digit."""
        value = _twelve_digits("bin", text)
        if not 1 <= int(value[2:4]) <= 12:
            raise ValueProblem("bin", "bad_month")
        if value[4] not in "456":
            raise ValueProblem("bin", "bad_type")
        if check_digit(value[:11]) != int(value[11]):
            raise ValueProblem("bin", "check_digit")
        return cls(value)

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class Iban:
    """Account number (ИИК) of a bank in Kazakhstan: KZ, two check digits, three of the bank, thirteen of the account."""

    value: str

    _SHAPE: ClassVar[re.Pattern[str]] = re.compile(r"KZ[0-9]{5}[A-Z0-9]{13}")
    LENGTH: ClassVar[int] = 20

    @classmethod
    def parse(cls, text: str) -> Self:
        """The account in `text`, lower case and groups of four accepted.

        Raises ValueProblem: charset (a Cyrillic look-alike is never replaced silently, `suggestion` offers the
        Latin form), country, length, check_digit.
        """
        typed = _squeeze(text)
        if not typed:
            raise ValueProblem("iban", "length", wanted=cls.LENGTH, given=0)
        value = typed.upper()
        if not re.fullmatch(r"[A-Za-z0-9]+", typed):
            raise ValueProblem("iban", "charset", suggestion=cls._latin_form(value))
        if not value.startswith("KZ"):
            raise ValueProblem("iban", "country")
        if len(value) != cls.LENGTH:
            raise ValueProblem("iban", "length", wanted=cls.LENGTH, given=len(value))
        if not cls._SHAPE.fullmatch(value):
            raise ValueProblem("iban", "charset")
        try:
            IBAN(value)
        except swift_errors.SchwiftyException as problem:
            raise ValueProblem("iban", "check_digit") from problem
        return cls(value)

    @classmethod
    def _latin_form(cls, value: str) -> str:
        try:
            return str(cls.parse(meant)) if (meant := value.translate(_AS_LATIN)) != value else ""
        except ValueProblem:
            return ""

    @property
    def bank_code(self) -> str:
        return self.value[4:7]

    @property
    def bank_known(self) -> bool:
        """False deserves a warning, not a refusal: lists of banks are never complete."""
        return self.bank_code in _BANK_CODES_BEYOND_REGISTRY or IBAN(self.value).bank is not None

    @property
    def bic(self) -> str | None:
        """БИК of the bank where the registry knows it."""
        bic = IBAN(self.value).bic
        return None if bic is None else str(bic)

    def grouped(self) -> str:
        """For people: groups of four with no-break spaces."""
        return "\u00a0".join(self.value[at : at + 4] for at in range(0, len(self.value), 4))

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """Telephone number of Kazakhstan, kept as +7XXXXXXXXXX."""

    value: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """The number in `text`: +7…, 8…, 7…, with spaces, hyphens and brackets.

        Raises ValueProblem: non_digit, country (another country, also the Russian part of +7), length (after +7).
        An unknown 7xx prefix is accepted; see `is_mobile`.
        """
        typed = _squeeze(text)
        digits = typed.removeprefix("+")
        if not _DIGITS.fullmatch(digits):
            if not digits:
                raise ValueProblem("phone", "length", wanted=10, given=0)
            raise ValueProblem("phone", "non_digit")
        if typed.startswith("00"):
            typed, digits = "+" + digits[2:], digits[2:]
        home = "7" if typed.startswith("+") else "78"
        if digits[:1] not in home or not digits:
            raise ValueProblem("phone", "country")
        if len(digits) != 11:
            raise ValueProblem("phone", "length", wanted=10, given=len(digits) - 1)
        if digits[1] not in "67":
            raise ValueProblem("phone", "country")
        return cls("+7" + digits[1:])

    @property
    def is_mobile(self) -> bool:
        """Whether the numbering plan knows this as a mobile number; False is a mark, never a refusal."""
        kind = phonenumbers.number_type(phonenumbers.parse(self.value))
        return bool(kind == phonenumbers.PhoneNumberType.MOBILE)

    def masked(self) -> str:
        return f"+7 ••• ••• {self.value[8:10]} {self.value[10:12]}"

    def spaced(self) -> str:
        """For people: +7 701 234 56 78 with no-break spaces."""
        rest = self.value[2:]
        return "\u00a0".join(("+7", rest[:3], rest[3:6], rest[6:8], rest[8:]))

    def __str__(self) -> str:
        return self.value

    def __repr__(self) -> str:
        return f"PhoneNumber({self.masked()})"


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """A sum in tiyn (1 tenge = 100 tiyn). Differences may be negative; sums that people give may not."""

    tiyn: int

    MAX_TIYN: ClassVar[int] = 10**15
    _SHAPE: ClassVar[re.Pattern[str]] = re.compile(r"([0-9]+)(?:[.,]([0-9]+))?")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Tenge as typed: «1 234 567», «1 234 567,5 ₸», «150000.50 тг». Raises ValueProblem: non_digit, precision, range."""
        plain = re.sub(r"(?i)(₸|kzt|тенге|теңге|тг\.?)$", "", _squeeze(text))
        match = cls._SHAPE.fullmatch(plain)
        if match is None or re.search(r"[-\u2010-\u2015\u2212]", text):
            raise ValueProblem("money", "non_digit")
        whole, part = match[1], match[2] or ""
        if len(part) > 2:
            raise ValueProblem("money", "precision")
        if len(whole) > 18 or (tiyn := int(whole) * 100 + int(part.ljust(2, "0"))) > cls.MAX_TIYN:
            raise ValueProblem("money", "range")
        return cls(tiyn)

    def format(self, lang: str) -> str:
        """1 234 567,50 ₸ with no-break spaces; tiyn only where there are any."""
        return money_words.format_money(self.tiyn, lang)

    def in_words(self, lang: str) -> str:
        """For papers: «Один миллион тенге 00 тиын»."""
        return money_words.amount_in_words(self.tiyn, lang)

    def __add__(self, other: Self) -> Self:
        return type(self)(self.tiyn + other.tiyn)

    def __sub__(self, other: Self) -> Self:
        return type(self)(self.tiyn - other.tiyn)

    def __lt__(self, other: object) -> bool:
        return self.tiyn < other.tiyn if isinstance(other, Money) else NotImplemented

    def __str__(self) -> str:
        return f"{'-' if self.tiyn < 0 else ''}{abs(self.tiyn) // 100}.{abs(self.tiyn) % 100:02d}"
