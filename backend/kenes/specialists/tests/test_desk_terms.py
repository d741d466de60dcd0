"""The desk shows whose term it is: a notary his own, a lawyer every term of his client's case."""

from collections.abc import Callable
from typing import Any

from kenes.accounts.models import User
from kenes.cases import testing
from kenes.cases.models import CaseDeadline, Party, Track
from kenes.cases.states.track import TrackKind, TrackState
from kenes.cases.tests.people_of_cases import SYSTEM, specialist
from kenes.cases.tracks import progress
from kenes.foundation import clock

ApiFor = Callable[[User], Any]


def _due(client: Any, role: str) -> list[str | None]:
    return [row["due"] for row in client.call("get", f"/desk/procedures/?role={role}").json()["items"]]


def test_a_notary_sees_his_own_term_and_a_lawyer_that_of_the_borrower(
    borrower: User, lawyer: User, api_for: ApiFor
) -> None:
    case = testing.make_case(borrower)
    notary = specialist("notary", "+77015550412", "notary@example.com")
    for user, role in ((lawyer, "lawyer"), (notary, "notary")):
        Party.objects.create(case=case, user=user, role=role, added_at=clock.now())
    debt = case.obligations.get()
    Track.objects.create(
        case=case, obligation=debt, kind=TrackKind.NOTARY_OBJECTION, state=TrackState.SENT, created_at=clock.now(), opened_at=clock.now(),
        updated_at=clock.now(),
    )  # fmt: skip
    assert CaseDeadline.objects.filter(case=case, bound="borrower", watched=True, met_on=None).exists()
    assert _due(api_for(notary), "notary") == [None]
    assert None not in _due(api_for(lawyer), "lawyer")
    progress.add_fact(
        actor=SYSTEM, case=case, kind="OBJECTION_RECEIVED", on=clock.today(), text="", obligation=debt,
        source="staff",
    )  # fmt: skip
    own = CaseDeadline.objects.get(case=case, starts_on="OBJECTION_RECEIVED", bound="notary")
    assert _due(api_for(notary), "notary") == [own.due.isoformat()]
