"""Demonstration cases and cases in bulk."""

from typing import Any

import pytest

from kenes.accounts import demo as demo_people
from kenes.accounts import selectors as account_selectors
from kenes.cases import selectors, testing
from kenes.cases.demo import cases as demo
from kenes.cases.models import Case, Track
from kenes.event_log import selectors as event_selectors
from kenes.foundation.actor import SystemActor

pytestmark = pytest.mark.usefixtures("reference")


def test_demonstration_cases_are_made_once(settings: Any) -> None:
    settings.DEMO = True
    demo_people.load()
    assert demo.load_demo_cases(12) == 12
    assert demo.load_demo_cases(12) == 0
    assert Case.objects.count() == 12
    assert len(set(Case.objects.values_list("status", flat=True))) >= 3
    assert list(event_selectors.verify()) == []


def test_bulk_cases_open_like_any_other() -> None:
    testing.bulk_cases(5)
    actor = SystemActor("test")
    for case in Case.objects.all():
        assert selectors.get_case_with_everything(actor=actor, case_id=case.id).obligations.all()
    letter = selectors.letter_facts(Track.objects.first().id)  # type: ignore[union-attr]
    assert letter.total_tiyn > 0 and letter.borrower_iin
    assert account_selectors.get_person(letter.borrower_id).full_name == letter.borrower_name
