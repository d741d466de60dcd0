"""Demonstration cases and cases in bulk."""

from typing import Any

import pytest

from kenes.accounts import demo as demo_people
from kenes.accounts import demo_people as demo_organisations
from kenes.accounts import demo_specialists
from kenes.accounts import selectors as account_selectors
from kenes.accounts.models import RoleGrant, SpecialistProfile, User
from kenes.cases import selectors, testing
from kenes.cases.demo import cases as demo
from kenes.cases.demo import desks as demo_desks
from kenes.cases.models import Case, Party, Track
from kenes.cases.obligations import letter_facts
from kenes.event_log import selectors as event_selectors
from kenes.foundation import clock
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


def test_every_desk_gets_procedures_once(settings: Any) -> None:
    settings.DEMO = True
    demo_people.load()
    demo_specialists.load()
    demo_organisations.load()
    # As when their papers have passed the virus scanner, which not every run of the tests has.
    head = User.objects.get(email="supervisor@kenes.sandbox")
    SpecialistProfile.objects.update(
        status=SpecialistProfile.Status.APPROVED, checked_by=head, checked_at=clock.now()
    )
    for entry in SpecialistProfile.objects.all():
        RoleGrant.objects.get_or_create(user=entry.user, role=entry.kind)
    demo.load_demo_cases(30)
    assert demo_desks.fill() == 6
    assert demo_desks.fill() == 0
    for role in demo_desks.WAYS:
        (person,) = {party.user for party in Party.objects.filter(role=role).select_related("user")}
        actor = account_selectors.actor_for(person)
        states = {
            row.state
            for row in Track.objects.filter(case__parties__user=person, kind=demo_desks.WAYS[role].kind)
        }
        assert len(states) == demo_desks.OF_EACH, states
        assert selectors.cases_visible_to(actor).count() == demo_desks.OF_EACH
    assert list(event_selectors.verify()) == []


def test_bulk_cases_open_like_any_other() -> None:
    testing.bulk_cases(5)
    actor = SystemActor("test")
    for case in Case.objects.all():
        assert selectors.get_case_with_everything(actor=actor, case_id=case.id).obligations.all()
    letter = letter_facts.letter_facts(Track.objects.first().id)  # type: ignore[union-attr]
    assert letter.total_tiyn > 0 and letter.borrower_iin
    assert account_selectors.get_person(letter.borrower_id).full_name == letter.borrower_name
