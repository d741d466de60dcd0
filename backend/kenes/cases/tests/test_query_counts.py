"""Every list and page of a case takes the same number of queries with five rows and with fifty."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kenes.accounts.models import Role, User
from kenes.cases import testing
from kenes.cases.answers import sharing
from kenes.cases.collaboration import comments
from kenes.cases.models import Case, CaseDeadline, CaseEvent, Obligation, Queue
from kenes.cases.tests import people_of_cases as people
from kenes.cases.tests.conftest import make_staff
from kenes.creditors.models import Creditor
from kenes.foundation import clock
from kenes.foundation.identifiers import new_id

pytestmark = pytest.mark.django_db
ApiFor = Callable[[User], Any]
FEW, MANY = 5, 50
CASE_PAGE: Final = 15
LISTS: Final = (
    "/cases/?limit=50",
    "/cases/?limit=50&sort=urgency&status=active&status=triage",
    "/cases/?limit=50&term=overdue&term=later&term=in7",
    # The columns of the board.
    *(f"/cases/?limit=50&column={stage}&sort=next_deadline" for stage in ("today", "in7", "later", "none")),
    "/cases/counts/",
    "/deadlines/?limit=50",
    "/deadlines/counts/",
)
SEARCHES: Final[tuple[tuple[str, dict[str, Any]], ...]] = (
    ("/cases/search/", {"query": "KH", "limit": 50}),
    ("/cases/search/", {"query": "банк", "limit": 50}),
    ("/cases/search/", {"query": "абвгдежз", "limit": 50}),
    ("/cases/totals/", {}),
    ("/cases/totals/", {"query": "банк"}),
)


def cost(client: Any, method: str, path: str, body: Any = None) -> tuple[int, int]:
    """Queries of one answer, and its rows."""
    client.call("get", "/session/")
    with CaptureQueriesContext(connection) as captured:
        answer = client.call(method, path, body)
    assert answer.status_code == 200, (path, answer.content)
    found = answer.json()
    return len(captured), len(found.get("items", [])) if isinstance(found, dict) else len(found)


def test_lists_search_and_totals(reference: None, supervisor: User, manager: User, api_for: ApiFor) -> None:
    client = api_for(supervisor)
    asked = [*(("get", path, None) for path in LISTS), *(("post", path, body) for path, body in SEARCHES)]
    testing.bulk_cases(FEW, seed=1)
    few = {(path, str(body)): cost(client, method, path, body) for method, path, body in asked}
    testing.bulk_cases(MANY, seed=2)
    for method, path, body in asked:
        taken, shown = cost(client, method, path, body)
        before, shown_before = few[path, str(body)]
        # A page without rows asks nothing about them.
        assert taken == before or not shown_before, (path, body, before, taken)
        assert taken <= 16, (path, body, taken)
        assert shown >= shown_before
    assert cost(client, "get", LISTS[0])[1] == 50


def test_queues_and_load(reference: None, supervisor: User, api_for: ApiFor) -> None:
    client, made = api_for(supervisor), []
    for most in (FEW, MANY):
        for number in range(Queue.objects.count(), most):
            Queue.objects.create(
                code=f"q{number}", name_ru="Очередь", name_kk="Кезек", name_en="Queue", position=number,
                created_at=clock.now(),
            )  # fmt: skip
        make_staff(f"one{most}@example.com", Role.MANAGER)
        testing.bulk_cases(most, seed=most)
        Case.objects.update(queue=Queue.objects.order_by("position").last())
        made.append((cost(client, "get", "/staff/queues/"), cost(client, "get", "/staff/load/")))
    (few, _), (many, rows) = made[0][0], made[1][0]
    assert few == many <= 12
    assert rows == MANY
    assert made[0][1][0] == made[1][1][0] <= 14


@pytest.fixture
def case(borrower: User, manager: User, today: date) -> Case:
    made = testing.make_case(borrower)
    Case.objects.filter(pk=made.pk).update(assignee=manager)
    return made


def _grow(case: Case, manager: User, count: int) -> None:
    """Debts, facts, terms and notes of one case; notes by the service, so that they stand in the history."""
    debt, term = case.obligations.earliest("position"), case.deadlines.order_by("pk").first()
    assert term is not None
    for number in range(count):
        place = case.obligations.count() + 1
        other = Obligation.objects.get(pk=debt.pk)
        other.pk, other.position, other.contract_number = new_id(), place, f"N-{place}"
        other.save(force_insert=True)
        fact = CaseEvent.objects.create(
            case=case, obligation=other, kind="COURT_DATE", on=clock.today() + timedelta(days=number),
            source="borrower", created_at=clock.now(),
        )  # fmt: skip
        copy = CaseDeadline.objects.get(pk=term.pk)
        copy.pk, copy.fact, copy.obligation = new_id(), fact, other
        copy.save(force_insert=True)
        comments.add_comment(
            actor=people.actor_of(manager), case_id=case.pk, text=f"слово {place}", audience="internal"
        )


def test_the_page_of_a_case_its_terms_and_its_history(case: Case, manager: User, api_for: ApiFor) -> None:
    client = api_for(manager)
    paths = {
        f"/cases/{case.pk}/": CASE_PAGE,
        f"/cases/{case.pk}/deadlines/": 16,
        f"/cases/{case.pk}/timeline/?limit=100": 26,
    }
    _grow(case, manager, FEW)
    few = {path: cost(client, "get", path) for path in paths}
    _grow(case, manager, MANY - FEW)
    for path, most in paths.items():
        taken, rows = cost(client, "get", path)
        assert taken == few[path][0] <= most, (path, few[path], taken)
        assert rows >= few[path][1]
    assert len(client.call("get", f"/cases/{case.pk}/").json()["obligations"]) == MANY + 1


def test_the_room_of_a_creditor(reference: None, manager: User, api_for: ApiFor) -> None:
    testing.bulk_cases(2 * MANY, seed=3)
    creditor = Creditor.objects.order_by("code").first()
    assert creditor is not None
    body = people.organisation("Организация")
    people.join(creditor, body)
    client = api_for(people.officer(body, "+77015550700"))
    debts = list(Obligation.objects.order_by("pk"))
    Obligation.objects.update(creditor=creditor)
    paths = ("/room/letters/?limit=50", "/room/letters/counts/", "/cases/?limit=50", "/cases/counts/")
    costs: list[list[tuple[int, int]]] = []
    for start, end in ((0, FEW), (FEW, MANY)):
        for debt in debts[start:end]:
            sharing.share_debt(
                case_id=debt.case_id, obligation_id=debt.pk, creditor_id=creditor.pk, document_id=new_id()
            )
        costs.append([cost(client, "get", path) for path in paths])
    for path, few, many in zip(paths, *costs, strict=True):
        assert few[0] == many[0] <= 16, (path, few, many)
    assert (costs[0][0][1], costs[1][0][1]) == (FEW, MANY)
    sought = cost(client, "post", "/room/letters/search/", {"query": "банк", "limit": 50})
    assert sought[0] <= 16
