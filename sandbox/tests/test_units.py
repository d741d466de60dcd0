"""Pure parts: segments, codes, magic numbers, catalogues, settings."""

import pytest

from sandbox import sms
from sandbox.segments import count_segments
from sandbox.settings import Settings, SettingsError
from sandbox.web import texts
from sandbox.web.pages import normalize_phone


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("ж" * 70, 1),
        ("ж" * 71, 2),
        ("a" * 69 + "ә", 1),
        ("a" * 70 + "ә", 2),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 152 + "€" + "a" * 20, 2),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        # 33 pairs fill 66 of 67 units: the next pair must not be split.
        ("😀" * 67, 3),
    ],
)
def test_parts_follow_gsm_rules(text: str, expected: int) -> None:
    assert count_segments(text) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Код 482913. Никому не говорите", "482913"),
        ("Документ KH-2026-000123: код 551207", "551207"),
        ("Код 482 913", "482913"),
        ("Оплатите до 23 ноября", ""),
    ],
)
def test_code_is_found_in_the_text(text: str, code: str) -> None:
    assert sms.code_in(text) == code


def test_only_numbers_with_four_zeros_are_magic() -> None:
    assert sms.magic("77010000006") == "06"
    assert sms.magic("77011234506") == ""


def test_catalogues_have_the_same_keys_and_placeholders() -> None:
    russian = texts.catalogue("ru")
    for language in texts.LANGUAGES:
        other = texts.catalogue(language)
        assert other.keys() == russian.keys()
        for key, value in other.items():
            assert value.strip()
            assert value.count("{") == russian[key].count("{"), key


def test_moment_is_in_words_and_in_almaty_time() -> None:
    assert texts.moment("ru", 1_795_634_038) == "26 ноября 2026 г., 00:13"
    assert texts.moment("kk", 1_795_634_038) == "2026 ж. 26 қараша, 00:13"


@pytest.mark.parametrize("typed", ["+7 701 234 56 78", "87012345678", "7012345678", "77012345678"])
def test_numbers_are_read_as_people_type_them(typed: str) -> None:
    assert normalize_phone(typed) == "77012345678"


def test_a_number_of_another_country_is_refused() -> None:
    assert normalize_phone("+49 170 1234567") == ""


@pytest.mark.parametrize(
    "wrong", [{"SANDBOX_HTTP_PORT": "http"}, {"SANDBOX_SMTP_PORT": "0"}, {"SANDBOX_SLOW_SECONDS": "-1"}]
)
def test_a_wrong_setting_is_named(wrong: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match=next(iter(wrong))):
        Settings.from_environment(wrong)
