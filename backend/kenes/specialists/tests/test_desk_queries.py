"""The desk takes the same number of queries with five procedures on it and with fifty."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from kenes.accounts.models import User
from kenes.cases import testing
from kenes.cases.models import Case, Party
from kenes.foundation import clock

ApiFor = Callable[[User], Any]
PATHS = ("/desk/procedures/?role=lawyer&limit=100", "/desk/counts/", "/desk/sums/", "/cases/?limit=100")


def _take_part(lawyer: User) -> None:
    new = Case.objects.exclude(parties__user=lawyer)
    Party.objects.bulk_create(
        [Party(case=case, user=lawyer, role="lawyer", added_at=clock.now()) for case in new]
    )


def _cost(client: Any, path: str) -> tuple[int, int]:
    client.call("get", "/session/")
    with CaptureQueriesContext(connection) as captured:
        answer = client.call("get", path)
    assert answer.status_code == 200, answer.content
    found = answer.json()
    return len(captured), len(found.get("items", []))


def test_the_desk_costs_the_same_however_much_lies_on_it(
    borrower: User, lawyer: User, api_for: ApiFor
) -> None:
    client, costs = api_for(lawyer), []
    for seed, count in ((1, 5), (2, 45)):
        testing.bulk_cases(count, seed=seed)
        _take_part(lawyer)
        costs.append([_cost(client, path) for path in PATHS])
    for path, few, many in zip(PATHS, *costs, strict=True):
        assert few[0] == many[0] <= 20, (path, few, many)
    procedures, cases = costs[1][0], costs[1][3]
    assert costs[0][0][1] >= 5 and procedures[1] >= 50 and cases[1] == 50
