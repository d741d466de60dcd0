"""A lender's own organisation: set by who edits organisations, an open one of a creditor only."""

import pytest

from kenes.accounts import demo, demo_people, selectors
from kenes.accounts.models import Organisation, Role, RoleGrant, User
from kenes.creditors import demo as lenders_demo
from kenes.creditors import services
from kenes.creditors.models import Creditor
from kenes.event_log.models import EventRow
from kenes.foundation import clock
from kenes.foundation.identifiers import new_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def lender():
    return Creditor.objects.create(type="MFO", name_ru="МФО", code="mfo")


def client_with(api_for, role):
    user = User.objects.create(email=f"{role}@example.com")
    RoleGrant.objects.create(user=user, role=role)
    return api_for(user)


def put(client, lender_id, organisation_id):
    return client.call("put", f"/creditors/{lender_id}/organisation/", {"organisation_id": organisation_id})


def test_an_administrator_names_changes_and_takes_away_the_organisation(api_for, lender):
    office = client_with(api_for, Role.ADMIN)
    own = Organisation.objects.create(kind="creditor", name="МФО")
    for _again in range(2):
        answer = put(office, lender.pk, str(own.pk))
        assert (answer.status_code, answer.json()["organisation_id"]) == (200, str(own.pk))
    assert put(office, lender.pk, None).json()["organisation_id"] is None
    named = EventRow.objects.filter(type="creditor.organisation_set").order_by("seq")
    assert [event.data["organisation_id"] for event in named] == [str(own.pk), None]


def test_other_kinds_closed_and_unknown_organisations_are_refused(api_for, lender):
    office = client_with(api_for, Role.ADMIN)
    lawyers = Organisation.objects.create(kind="law_office", name="Контора")
    closed = Organisation.objects.create(kind="creditor", name="Закрыт", closed_at=clock.now())
    for wrong in (str(lawyers.pk), str(closed.pk), str(new_id()), "1", 5):
        answer = put(office, lender.pk, wrong)
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["pointer"] == "/organisation_id"
    assert put(office, new_id(), None).json()["code"] == "creditor.not_found"
    lender.refresh_from_db()
    assert lender.organisation_id is None


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SUPERVISOR, Role.CREDITOR_ADMIN])
def test_others_name_nothing(api_for, lender, role):
    own = Organisation.objects.create(kind="creditor", name="МФО", checked_at=clock.now())
    assert put(client_with(api_for, role), lender.pk, str(own.pk)).status_code == 403
    lender.refresh_from_db()
    assert lender.organisation_id is None


def test_demonstration_lenders_find_their_organisations(settings):
    settings.DEMO = True
    demo.load()
    demo_people.load()
    services.load_demo_data()
    lenders_demo.join_organisations()
    officer = User.objects.get(email="officer@zhedel.kenes.sandbox")
    linked = Creditor.objects.get(code="zhedel").organisation_id
    assert selectors.actor_for(officer).organisation_ids == {linked}
    assert Creditor.objects.exclude(organisation=None).count() == 2
