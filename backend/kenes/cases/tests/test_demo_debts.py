"""Debts of the demonstration cases: filled once, every check says something, the event log holds."""

from typing import Any

import pytest

from kenes.accounts import demo as demo_people
from kenes.cases.demo import cases as demo
from kenes.cases.demo import debts as demo_debts
from kenes.cases.models import Case, DebtSplit, Obligation, PaymentSchedule
from kenes.cases.obligations import debt_checks, debt_reading
from kenes.event_log import selectors as event_selectors
from kenes.foundation.actor import SystemActor

pytestmark = pytest.mark.usefixtures("reference")


def test_demonstration_debts_are_filled_once_and_checked(settings: Any) -> None:
    settings.DEMO = True
    demo_people.load()
    demo.load_demo_cases(18)
    assert demo_debts.load_demo_debts() > 0
    made = (DebtSplit.objects.count(), PaymentSchedule.objects.count())
    assert min(made) > 0
    assert demo_debts.load_demo_debts() == 0
    assert (DebtSplit.objects.count(), PaymentSchedule.objects.count()) == made
    assert list(event_selectors.verify()) == []
    law, verdicts = debt_reading.law_figures(), set()
    whole = Case.objects.filter(obligations__splits__isnull=False).distinct()
    for case in whole:
        _case, views = debt_reading.debts_of(actor=SystemActor("test"), case_id=case.pk)
        assert case.total_tiyn == sum(view.debt.total_tiyn for view in views)
        verdicts |= {check.verdict for view in views for check in debt_checks.of_debt(view, law)}
    assert "within" in verdicts
    assert Obligation.objects.exclude(kind="").exists()
