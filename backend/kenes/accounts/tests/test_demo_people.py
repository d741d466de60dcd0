"""The demonstration has two lenders with people of their own, a law office, the ombudsman's office and a custom role."""

from typing import Any

import pytest
from django.core.management import call_command

from kenes.accounts import demo, demo_people, demo_specialists
from kenes.accounts.models import CustomRole, Organisation, User

from .people import client_of, roles_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(settings: Any) -> None:
    settings.DEMO = True
    for _again in range(2):
        demo.load()
        demo_specialists.load()
        demo_people.load()


def test_loading_twice_makes_everything_once(loaded: None) -> None:
    assert Organisation.objects.count() == len(demo_people.ORGANISATIONS) == 4
    assert CustomRole.objects.count() == 1
    boss, officer = (User.objects.get(email=f"{who}@aiqyn.kenes.sandbox") for who in ("admin", "officer"))
    assert (roles_of(boss), roles_of(officer)) == ({"creditor_admin"}, {"creditor_officer"})
    judge = User.objects.get(email="officer@ombudsman.kenes.sandbox")
    assert roles_of(judge) == {"ombudsman_officer"}
    assert boss.email_verified_at is not None and boss.check_password(demo.PASSWORD)


def test_each_lender_sees_its_own_organisation_only(loaded: None) -> None:
    for name in ("aiqyn", "zhedel"):
        client = client_of(User.objects.get(email=f"admin@{name}.kenes.sandbox"))
        (row,) = client.call("get", "/organisations/").json()["items"]
        assert row["people_count"] == 2


def test_nothing_of_it_is_made_without_the_demonstration(settings: Any, capsys: Any) -> None:
    settings.DEMO = False
    with pytest.raises(demo.NotADemonstration):
        demo_people.load()
    assert not User.objects.exists()
    settings.DEMO = True
    call_command("demo_logins")
    assert "officer@aiqyn.kenes.sandbox" in capsys.readouterr().out
