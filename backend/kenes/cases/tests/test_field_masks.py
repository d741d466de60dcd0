"""Who sees which private field of a case: role × relation × field, in the page and in the list; and who looked."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any, Final

import pytest

from kenes.accounts.models import DataRead, Role, User
from kenes.cases import testing
from kenes.cases.models import Case, Reveal

from .conftest import make_staff

Api = Callable[[User], Any]

WHOLE, MASKED, ABSENT = "whole", "masked", "absent"
NAME: Final = "Досымов Кайрат Ануарович"
# What each reader sees: full name, ИИН, phone, income, hardship, address, collateral.
PAGE: Final = {
    "the borrower himself": (WHOLE, MASKED, MASKED, WHOLE, WHOLE, WHOLE),
    "manager, assigned": (WHOLE, MASKED, MASKED, WHOLE, WHOLE, WHOLE),
    "manager, in the pool": (MASKED, MASKED, MASKED, ABSENT, ABSENT, ABSENT),
    "supervisor": (WHOLE, MASKED, MASKED, WHOLE, WHOLE, WHOLE),
}
REFUSED: Final = {
    "another borrower": 404,
    "manager of another case": 404,
    "administrator": 403,
    "accountant": 404,
    "content editor": 404,
}


@pytest.fixture
def case(borrower: User, today: date) -> Case:
    return testing.make_case(borrower)


@pytest.fixture
def readers(case: Case, borrower: User, api_for: Api) -> dict[str, Callable[[], Any]]:
    def staff(role: Role, *, assigned: bool | None = None) -> Callable[[], Any]:
        def make() -> Any:
            person = make_staff(f"{role}-{assigned}@example.com", role)
            if assigned is not None:
                keeper = person if assigned else make_staff("keeper@example.com", Role.MANAGER)
                Case.objects.filter(pk=case.pk).update(assignee=keeper)
            return api_for(person)

        return make

    return {
        "the borrower himself": lambda: api_for(borrower),
        "another borrower": lambda: api_for(
            testing.make_borrower("+77015550001", "920803397822", "Есенұлы Б")
        ),
        "manager, assigned": staff(Role.MANAGER, assigned=True),
        "manager, in the pool": staff(Role.MANAGER),
        "manager of another case": staff(Role.MANAGER, assigned=False),
        "supervisor": staff(Role.SUPERVISOR),
        "administrator": staff(Role.ADMIN),
        "accountant": staff(Role.ACCOUNTANT),
        "content editor": staff(Role.CONTENT_EDITOR),
    }


def how(value: Any, whole: Any) -> str:
    if value in (None, "", []):
        return ABSENT
    return WHOLE if value == whole else MASKED


@pytest.mark.parametrize("reader", PAGE)
def test_the_page_shows_each_field_as_the_table_says(
    reader: str, readers: dict[str, Callable[[], Any]], case: Case
) -> None:
    answer = readers[reader]().call("get", f"/cases/{case.pk}/")
    assert answer.status_code == 200
    seen, applicant = answer.json(), answer.json()["applicant"]
    got = (
        how(applicant["full_name"], NAME),
        how(applicant["masked_iin"], testing.IIN),
        how(applicant["masked_phone"], testing.PHONE),
        WHOLE if seen["income"] else ABSENT,
        WHOLE if seen["hardship"] else ABSENT,
        WHOLE if applicant["address"] else ABSENT,
    )
    assert got == PAGE[reader]
    raw = json.dumps(seen, ensure_ascii=False)
    assert testing.IIN not in raw and testing.PHONE not in raw
    if PAGE[reader][0] == MASKED:
        assert NAME not in raw and "Кайрат" not in raw


@pytest.mark.parametrize("reader", REFUSED)
def test_others_do_not_get_the_page(reader: str, readers: dict[str, Callable[[], Any]], case: Case) -> None:
    assert readers[reader]().call("get", f"/cases/{case.pk}/").status_code == REFUSED[reader]


@pytest.mark.parametrize(
    ("reader", "name"),
    [
        ("the borrower himself", WHOLE),
        ("manager, assigned", WHOLE),
        ("manager, in the pool", MASKED),
        ("supervisor", WHOLE),
        ("administrator", ABSENT),
    ],
)
def test_the_list_masks_as_the_page_does(
    reader: str, name: str, readers: dict[str, Callable[[], Any]], case: Case
) -> None:
    answer = readers[reader]().call("get", "/cases/")
    [row] = answer.json()["items"]
    assert how(row["borrower_name"], NAME) == name
    raw = answer.content.decode()
    assert testing.IIN not in raw and testing.PHONE not in raw
    if reader == "administrator":
        assert (row["masked_iin"], row["total_tiyn"], row["creditors"]) == (None, None, [])


def test_income_is_revealed_with_a_reason_and_the_borrower_sees_who_looked(
    case: Case, borrower: User, supervisor: User, api_for: Api
) -> None:
    body = {"fields": ["iin", "phone", "income"], "reason": "сверка справки о доходах"}
    shown = api_for(supervisor).call("post", f"/cases/{case.pk}/reveal/", body).json()
    assert (shown["iin"], shown["phone"]) == (testing.IIN, testing.PHONE)
    assert shown["income"]["monthly_now_tiyn"] == case.story.income["monthly_now_tiyn"]
    assert Reveal.objects.count() == DataRead.objects.count() == 1

    [seen] = api_for(borrower).call("get", "/me/reads/", accept_language="ru").json()["items"]
    assert seen["reader_label"] == "Руководитель Supervisor Ахметова"
    assert seen["case_number"] == case.number
    assert seen["reason"] == "сверка справки о доходах"
    assert len(seen["fields"]) == 3 and "iin" not in seen["fields"]
    assert api_for(supervisor).call("get", "/me/reads/").json()["items"] == []


def test_who_may_not_reveal_leaves_no_trace_and_gets_nothing(case: Case, manager: User, api_for: Api) -> None:
    body = {"fields": ["income"], "reason": "из общего списка"}
    assert api_for(manager).call("post", f"/cases/{case.pk}/reveal/", body).status_code == 403
    assert not DataRead.objects.exists()


def test_reads_cost_the_same_however_many_there_are(
    case: Case, borrower: User, supervisor: User, api_for: Api, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, staff = api_for(borrower), api_for(supervisor)
    counts = []
    for _more in range(2):
        for number in range(3):
            staff.call(
                "post", f"/cases/{case.pk}/reveal/", {"fields": ["iin"], "reason": f"причина номер {number}"}
            )
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.call("get", "/me/reads/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
