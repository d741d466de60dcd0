"""Value objects: what is accepted, what is refused and for which reason."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenes.foundation.values import Bin, Iban, Iin, Money, PhoneNumber, ValueProblem, check_digit

TODAY = date(2026, 11, 25)
_PARSERS = {
    "iin": lambda text: Iin.parse(text, today=TODAY),
    "bin": Bin.parse,
    "iban": Iban.parse,
    "phone": PhoneNumber.parse,
}


@pytest.mark.parametrize("text", ["900101300007", "900101300811", "011231600005"])
def test_iin_vectors_are_valid(text: str) -> None:
    assert str(Iin.parse(text, today=TODAY)) == text


def test_iin_tells_birth_date_and_sex() -> None:
    woman = Iin.parse("011231600005", today=TODAY)
    assert (woman.birth_date, woman.sex) == (date(2001, 12, 31), "F")
    assert Iin.parse("900101300007", today=TODAY).sex == "M"


def test_iin_with_seventh_digit_zero_has_no_birth_date() -> None:
    first = "90010100000"
    iin = Iin.parse(f"{first}{check_digit(first)}", today=TODAY)
    assert (iin.birth_date, iin.sex) == (None, None)


@pytest.mark.parametrize("text", ["240540000006", "240540000711", "2405 4000 0006", "240540-000006"])
def test_bin_vectors_are_valid(text: str) -> None:
    assert str(Bin.parse(text)) in {"240540000006", "240540000711"}


@pytest.mark.parametrize("text", ["KZ86125KZT5004100100", "KZ456010000000000001", "KZ72722S000000000001"])
def test_iban_vectors_are_valid(text: str) -> None:
    iban = Iban.parse(" ".join((text[:4].lower(), text[4:])))
    assert str(iban) == text
    assert iban.bank_known


def test_iban_of_an_unknown_bank_is_valid_with_a_warning() -> None:
    iban = Iban.parse("KZ833994818142980271")
    assert (iban.bank_code, iban.bank_known, iban.bic) == ("399", False, None)


@pytest.mark.parametrize(
    ("kind", "text", "reason"),
    [
        ("iin", "90010130080" + "0", "check_digit"),
        ("iin", "900101300008", "check_digit"),
        ("iin", "990230497659", "bad_date"),
        ("iin", "000229398244", "bad_date"),
        ("iin", "831213990884", "bad_century"),
        ("iin", "881126591501", "future_date"),
        ("iin", "9001013000", "length"),
        ("iin", "", "length"),
        ("iin", "9OO101300007", "non_digit"),
        ("iin", "٩00101300007", "non_digit"),
        ("bin", "121540913549", "bad_month"),
        ("bin", "830116398699", "bad_type"),
        ("bin", "200340917977", "check_digit"),
        ("bin", "2208409185395", "length"),
        ("bin", "22084О918539", "non_digit"),
        ("iban", "КZ479486871046755997", "charset"),
        ("iban", "KZ4794868710467559ß", "charset"),
        ("iban", "KZ47O486871046755997", "charset"),
        ("iban", "EE599374457587085896", "country"),
        ("iban", "DE89370400440532013000", "country"),
        ("iban", "KZ28965674481807035", "length"),
        ("iban", "KZ206013054471377623", "check_digit"),
        ("phone", "+7700555118", "length"),
        ("phone", "7701555123", "length"),
        ("phone", "8 70155536701", "length"),
        ("phone", "", "length"),
        ("phone", "+", "length"),
        ("phone", "+7 771 555 36 О3", "non_digit"),
        ("phone", "7+7015553603", "non_digit"),
        ("phone", "+49 30 5550142", "country"),
        ("phone", "0049 30 5550142", "country"),
        ("phone", "+7 916 555 01 42", "country"),
        ("phone", "+8 701 555 01 42", "country"),
    ],
)
def test_refusal_names_its_reason(kind: str, text: str, reason: str) -> None:
    with pytest.raises(ValueProblem) as caught:
        _PARSERS[kind](text)
    assert caught.value.reason == reason
    assert caught.value.message


@pytest.mark.parametrize(
    "text",
    [
        "8 (701) 555-12-34",
        "+77015551234",
        "7 701 555 12 34",
        "\u202a+7\u00a0701\u2011555\u201112\u201134\u202c",
    ],
)
def test_phone_is_normalised(text: str) -> None:
    assert str(PhoneNumber.parse(text)) == "+77015551234"


def test_phone_of_an_unknown_prefix_is_only_marked() -> None:
    assert PhoneNumber.parse("+77015551234").is_mobile
    assert not PhoneNumber.parse("+77172555555").is_mobile


def test_masks_hide_and_repr_does_not_leak() -> None:
    phone = PhoneNumber.parse("87012344567")
    assert phone.masked() == "+7 ••• ••• 45 67"
    assert phone.spaced() == "+7\u00a0701\u00a0234\u00a045\u00a067"
    iin = Iin.parse("900101300007", today=TODAY)
    assert iin.masked() == "••••••••0007"
    assert "9001" not in repr(iin)
    assert "234" not in repr(phone)


def test_look_alikes_are_offered_but_not_used() -> None:
    right = "KZ72722S000000000001"
    with pytest.raises(ValueProblem) as caught:
        Iban.parse("К" + right[1:])
    assert caught.value.suggestion == right
    with pytest.raises(ValueProblem) as caught:
        Iin.parse("90О101300007", today=TODAY)
    assert caught.value.suggestion == "900101300007"


@given(st.integers(0, 99_999_999_999))
def test_check_digit_finds_every_single_wrong_digit(number: int) -> None:
    first = f"{number:011d}"
    right = check_digit(first)
    if right is None:
        return
    assert sum(check_digit(first) == other for other in range(10)) == 1


@given(st.dates(date(1900, 1, 1), date(2026, 11, 25)), st.sampled_from("MF"), st.integers(0, 9999))
def test_every_made_iin_reads_back(born: date, sex: str, serial: int) -> None:
    century = {("M", 19): 3, ("F", 19): 4, ("M", 20): 5, ("F", 20): 6}[sex, born.year // 100]
    first = f"{born:%y%m%d}{century}{serial:04d}"
    control = check_digit(first)
    if control is None:
        with pytest.raises(ValueProblem, match="check_digit"):
            Iin.parse(first + "0", today=TODAY)
        return
    iin = Iin.parse(f"{first}{control}", today=TODAY)
    assert (iin.birth_date, iin.sex) == (born, sex)


@given(st.text(max_size=40), st.sampled_from(sorted(_PARSERS)))
def test_any_text_is_a_value_or_a_named_problem(text: str, kind: str) -> None:
    try:
        value = _PARSERS[kind](text)
    except ValueProblem as problem:
        assert problem.message
    else:
        assert str(_PARSERS[kind](str(value))) == str(value)


@given(st.integers(0, 10**15))
def test_money_reads_back_what_it_shows(tiyn: int) -> None:
    money = Money(tiyn)
    assert Money.parse(money.format("ru")) == money
    assert Money.parse(money.format("en")) == money
    assert Money.parse(str(money)) == money


@pytest.mark.parametrize(
    ("text", "tiyn"), [("150 000", 15_000_000), ("150000,5", 15_000_050), ("1 234.56 тг.", 123_456), ("0", 0)]
)
def test_typed_sum(text: str, tiyn: int) -> None:
    assert Money.parse(text).tiyn == tiyn


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("-5", "non_digit"),
        ("−5", "non_digit"),
        ("сто", "non_digit"),
        ("1,234", "precision"),
        ("9" * 30, "range"),
    ],
)
def test_wrong_sum(text: str, reason: str) -> None:
    with pytest.raises(ValueProblem) as caught:
        Money.parse(text)
    assert caught.value.reason == reason


def test_money_is_ordered_and_added() -> None:
    assert Money(100) + Money(50) - Money(25) == Money(125)
    assert Money(1) < Money(2) <= Money(2)
