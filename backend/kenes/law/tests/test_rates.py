"""Caps and shares as data: editions, loading, reading."""

from datetime import date
from decimal import Decimal

import pytest

from kenes.law import rates, reference, services, testing
from kenes.law.errors import RateNotFound
from kenes.law.models import Rate

pytestmark = pytest.mark.django_db


@pytest.fixture
def law() -> None:
    testing.load_reference_data()


def test_a_cap_changes_with_its_edition(law: None) -> None:
    before = rates.rate("APR_CAP_SECURED", date(2025, 12, 23))
    since = rates.rate("APR_CAP_SECURED", date(2025, 12, 24))
    assert (before.value, before.needs_review) == (Decimal(56), True)
    assert (since.value, since.needs_review) == (Decimal(35), False)


def test_before_the_first_edition_nothing_is_guessed(law: None) -> None:
    with pytest.raises(RateNotFound):
        rates.rate("APR_CAP_MICROCREDIT_SHORT", date(2024, 1, 1))
    assert rates.all_rates().find("APR_CAP_MICROCREDIT_SHORT", date(2024, 1, 1)) is None


def test_the_loader_leaves_an_editor_alone_and_repairs_its_own(law: None) -> None:
    Rate.objects.filter(code="PENALTY_DAY_FIRST").update(value=Decimal("0.4"), origin="editor")
    Rate.objects.filter(code="PENALTY_FIRST_DAYS").update(value=Decimal(60))
    services.load_reference_data()
    assert rates.rate("PENALTY_DAY_FIRST", date(2026, 1, 1)).value == Decimal("0.4")
    assert rates.rate("PENALTY_FIRST_DAYS", date(2026, 1, 1)).value == Decimal(90)


def test_every_rate_is_named_and_has_sources_in_three_languages() -> None:
    for spec in reference.rates():
        for lang in reference.LANGUAGES:
            assert reference.rate_label(spec.code, lang) != spec.code
            assert all(reference.source_of(code, lang)["title"] for code in spec.sources)
        assert spec.sources


def test_numbers_read_as_people_write_them(law: None) -> None:
    assert str(rates.rate("PENALTY_FIRST_DAYS", date(2026, 1, 1)).value) == "90"
    assert str(rates.rate("DAILY_CAP_MICROCREDIT_SHORT", date(2026, 1, 1)).value) == "0.3"
