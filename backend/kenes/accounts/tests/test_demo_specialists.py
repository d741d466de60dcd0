"""The demonstration specialists and power, made twice, with and without a virus scanner."""

from pathlib import Path
from typing import Any

import pytest

from kenes.accounts import demo, demo_specialists, selectors
from kenes.accounts.models import PowerOfAttorney, SpecialistProfile
from kenes.files.testing import ClamdProcess
from kenes.foundation import providers
from kenes.foundation.values import PhoneNumber

pytestmark = pytest.mark.django_db


def point_to(settings: Any, address: str) -> None:
    antivirus = {"CLASS": "kenes.files.providers.clamd.Clamd", "OPTIONS": {"address": address}}
    settings.PROVIDERS = settings.PROVIDERS | {"antivirus": antivirus}
    providers.load.cache_clear()


def test_the_demonstration_goes_on_where_the_scanner_stopped_it(settings: Any, tmp_path: Path) -> None:
    settings.DEMO, settings.MEDIA_ROOT = True, tmp_path / "media"
    point_to(settings, "127.0.0.1:9")
    demo.load()
    demo_specialists.load()
    entries = SpecialistProfile.objects.all()
    assert set(entries.values_list("status", flat=True)) == {"submitted"}
    with ClamdProcess(tmp_path / "clamd") as clamd:
        point_to(settings, clamd.address)
        demo_specialists.load()
        demo_specialists.load()
    providers.load.cache_clear()
    assert sorted(entries.values_list("kind", "status")) == [
        ("lawyer", "approved"), ("mediator", "approved"), ("mediator", "submitted"), ("notary", "approved"),
    ]  # fmt: skip
    sister = selectors.find_by_phone(PhoneNumber.parse(demo_specialists.REPRESENTATIVE_PHONE))
    borrower = selectors.find_by_phone(PhoneNumber.parse(demo.BORROWER_PHONE))
    assert sister is not None and borrower is not None
    assert selectors.actor_for(sister).represents(borrower.pk, "act")
    assert PowerOfAttorney.objects.count() == 1


def test_nothing_is_made_outside_a_demonstration(settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(demo.NotADemonstration):
        demo_specialists.load()
