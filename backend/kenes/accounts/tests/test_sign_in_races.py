"""Sign-in under parallel requests, with real threads and transactions."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from conftest import ApiClient
from kenes.accounts.models import RoleGrant, User
from kenes.event_log.models import EventRow

from .conftest import PASSWORD, PHONE, make_borrower, wrong

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(count: int, work: Callable[[int], Any]) -> list[Any]:
    def run(number: int) -> Any:
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def same_browser(api: ApiClient) -> ApiClient:
    copy = ApiClient()
    for name, morsel in api.cookies.items():
        copy.cookies[name] = morsel.value
    return copy


def test_parallel_guesses_get_three_tries_together(api: ApiClient, last_code: Callable[..., str]) -> None:
    make_borrower(PHONE)
    api.call("post", "/auth/phone/", {"phone": PHONE})
    code = last_code()

    def guess(number: int) -> tuple[int, str]:
        bad = f"{(int(code) + 1 + number) % 1_000_000:06d}"
        answer = same_browser(api).call("post", "/auth/phone/confirm/", {"code": bad})
        return answer.status_code, answer.json()["code"]

    results = Counter(at_once(8, guess))
    assert results == {(400, "validation"): 2, (409, "auth.code_spent"): 6}
    assert api.call("post", "/auth/phone/confirm/", {"code": code}).status_code == 409


def test_parallel_right_answers_sign_in_once(api: ApiClient, last_code: Callable[..., str]) -> None:
    api.call("post", "/auth/phone/", {"phone": PHONE})
    code = last_code()
    answers = at_once(
        4, lambda _n: same_browser(api).call("post", "/auth/phone/confirm/", {"code": code}).status_code
    )
    assert Counter(answers) == {200: 1, 409: 3}
    assert RoleGrant.objects.count() == 1
    assert EventRow.objects.filter(type="person.phone_confirmed").count() == 1


def test_parallel_first_requests_of_a_number_make_one_account() -> None:
    answers = at_once(3, lambda _n: ApiClient().call("post", "/auth/phone/", {"phone": PHONE}).status_code)
    assert answers == [202, 202, 202]
    assert User.objects.count() == 1


def test_parallel_requests_cannot_exceed_the_limit_of_a_number() -> None:
    answers = at_once(8, lambda _n: ApiClient().call("post", "/auth/phone/", {"phone": PHONE}).status_code)
    assert Counter(answers) == {202: 3, 429: 5}


def test_parallel_wrong_passwords_are_all_counted(manager: User) -> None:
    def guess(_number: int) -> int:
        body = {"email": "manager@example.com", "password": wrong("123456")}
        return int(ApiClient().call("post", "/auth/password/", body).status_code)

    assert Counter(at_once(8, guess))[400] <= 5
    answer = ApiClient().call(
        "post", "/auth/password/", {"email": "manager@example.com", "password": PASSWORD}
    )
    assert answer.status_code == 429
