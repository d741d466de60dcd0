"""Specialists' things and people: two accounts that become one, data that is copied and erased."""

from datetime import time, timedelta
from typing import Any

import pytest

from kenes.accounts.models import User
from kenes.accounts.personal_data import requests
from kenes.cases import personal_data
from kenes.cases.models import Case, Track
from kenes.cases.tests.people_of_cases import specialist
from kenes.foundation import clock
from kenes.specialists import people
from kenes.specialists.models import Booking, HelpRequest, Host, MediationSession, Proposal
from kenes.specialists.tests.conftest import NOON, open_page

pytestmark = pytest.mark.django_db
WORDS = "Досымов просит помочь"


def book(host: Host, borrower: User, **more: Any) -> Booking:
    now = clock.now()
    return Booking.objects.create(
        host=host, borrower=borrower, starts_at=more.pop("starts_at", NOON), ends_at=NOON + timedelta(days=9),
        way="online", topic=WORDS, reason=WORDS, summary=WORDS, created_at=now, updated_at=now, **more,
    )  # fmt: skip


@pytest.fixture
def things(case: Case, borrower: User, lawyer: User) -> None:
    """A word in everything that specialists keep of a borrower."""
    now = clock.now()
    request = HelpRequest.objects.create(
        case=case, borrower=borrower, kind="lawyer", summary=WORDS, language="ru", city="Алматы",
        created_at=now, expires_at=now + timedelta(days=9),
    )  # fmt: skip
    Proposal.objects.create(
        request=request, specialist=lawyer, fee_kind="free", days=3, words=WORDS, created_at=now,
        expires_at=now + timedelta(days=3),
    )  # fmt: skip
    book(open_page(lawyer, about="Работаю с 2015 года"), borrower, case=case)
    track = Track.objects.filter(case=case).first()
    assert track is not None
    MediationSession.objects.create(
        track=track, mediator=lawyer, starts_at=NOON, way="office", place=WORDS, created_at=now
    )


def words_left() -> set[str]:
    found = set()
    for model, names in (
        (HelpRequest, ("summary", "city")),
        (Proposal, ("words",)),
        (Booking, ("topic", "reason", "summary")),
        (MediationSession, ("place",)),
    ):
        for row in model.objects.all():
            found |= {f"{model.__name__}.{name}" for name in names if getattr(row, name)}
    return found


def test_an_anonymous_case_leaves_no_words_with_specialists(case: Case, things: None) -> None:
    assert len(words_left()) == 7
    personal_data.mask_case(Case.objects.select_for_update().get(pk=case.pk))
    assert words_left() == set()
    assert Booking.objects.count() == Proposal.objects.count() == 1


def test_erasure_of_a_borrower_takes_his_words_once(borrower: User, things: None) -> None:
    subject = requests.subject_of(User.objects.get(pk=borrower.pk))
    assert people._copy(subject).data[0]["consultations"][0]["reason"] == WORDS
    assert people._erase(subject) == 4
    assert people._erase(subject) == 0
    assert words_left() == set()


def test_erasure_of_a_specialist_takes_his_page_and_proposals(lawyer: User, things: None) -> None:
    subject = requests.subject_of(User.objects.get(pk=lawyer.pk))
    copy = people._copy(subject).data[0]
    assert copy["own_pages"][0]["about"] and copy["proposals"][0]["words"] == WORDS
    people._erase(subject)
    page = Host.objects.get(user=lawyer)
    assert (page.about, page.city, page.office, page.link, page.listed) == ("", "", "", "", False)
    assert Proposal.objects.get().words == ""
    assert HelpRequest.objects.get().summary == WORDS  # the borrower's own words stay his


def test_two_pages_of_one_profession_do_not_stop_a_merge(borrower: User, lawyer: User) -> None:
    twin = specialist("lawyer", "+77015550422", "twin@example.com")
    gone, kept = open_page(twin), open_page(lawyer)
    book(gone, borrower, starts_at=NOON + timedelta(hours=1))
    clash = book(gone, borrower, starts_at=NOON + timedelta(hours=2))
    book(kept, borrower, starts_at=clash.starts_at)
    before = people._count(twin.pk) + people._count(lawyer.pk)
    people._move(twin.pk, lawyer.pk)
    assert people._count(twin.pk) + people._count(lawyer.pk) == before
    gone.refresh_from_db()
    assert not gone.listed and not gone.rules.exists()
    assert kept.rules.filter(starts=time(10)).exists()
    assert set(Booking.objects.values_list("host_id", flat=True)) == {kept.pk}
    clash.refresh_from_db()
    assert clash.status == "cancelled"
