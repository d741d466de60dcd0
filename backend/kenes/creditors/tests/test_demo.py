"""Lenders of the demonstration find their organisations by БИН."""

import pytest

from kenes.accounts import demo as demo_people
from kenes.accounts.models import Organisation
from kenes.creditors import demo, services
from kenes.creditors.models import Creditor
from kenes.foundation import clock

pytestmark = pytest.mark.django_db


def test_lenders_join_checked_organisations_of_the_same_bin_once() -> None:
    services.load_reference_data()
    services.load_demo_data()
    lenders = list(Creditor.objects.exclude(bin=None).order_by("pk")[:2])
    assert demo.join_organisations() == 0, "without people nothing is joined"
    demo_people.load()
    bodies = [
        Organisation.objects.create(kind="creditor", name=lender.name_ru, bin=lender.bin)
        for lender in lenders
    ]
    Organisation.objects.filter(pk=bodies[0].pk).update(checked_at=clock.now())
    assert [demo.join_organisations(), demo.join_organisations()] == [1, 0]
    joined = dict(Creditor.objects.filter(organisation__isnull=False).values_list("pk", "organisation_id"))
    assert joined == {lenders[0].pk: bodies[0].pk}
