"""Sign-in under parallel requests, with real threads and transactions."""

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from conftest import ApiClient
from kenes.accounts import live_sessions
from kenes.accounts.models import RoleGrant, User
from kenes.accounts.testing import TOTP_SECRET, enrol
from kenes.event_log.models import EventRow

from .authenticator import app_code, wrong_app_code
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
        while True:  # a wave of hashes is told to come again, as the browser does by itself
            status = int(ApiClient().call("post", "/auth/password/", body).status_code)
            if status != 503:
                return status
            time.sleep(0.2)

    assert Counter(at_once(8, guess))[400] <= 5
    answer = ApiClient().call(
        "post", "/auth/password/", {"email": "manager@example.com", "password": PASSWORD}
    )
    assert answer.status_code == 429


def enrolled_first_step() -> ApiClient:
    client = ApiClient()
    answer = client.call("post", "/auth/password/", {"email": "manager@example.com", "password": PASSWORD})
    assert answer.json()["code"] == "auth.second_step_required"
    return client


def test_parallel_guesses_of_the_second_step_get_five_tries_together(manager: User) -> None:
    enrol(manager)
    clients = [enrolled_first_step() for _round in range(3)]
    guesses = [(clients[number % 3], wrong_app_code(TOTP_SECRET)) for number in range(12)]

    def guess(number: int) -> int:
        client, code = guesses[number]
        return int(same_browser(client).call("post", "/auth/second-step/", {"code": code}).status_code)

    assert Counter(at_once(12, guess)) == {400: 5, 429: 7}
    answer = clients[0].call("post", "/auth/second-step/", {"code": app_code(TOTP_SECRET)})
    assert answer.status_code == 429


def test_one_code_of_the_app_opens_for_one_of_many_browsers(manager: User) -> None:
    enrol(manager)
    clients = [enrolled_first_step() for _round in range(4)]
    code = app_code(TOTP_SECRET)
    answers = at_once(
        4, lambda number: clients[number].call("post", "/auth/second-step/", {"code": code}).status_code
    )
    assert Counter(answers) == {200: 1, 400: 3}


def test_parallel_guesses_of_a_proof_code_get_three_tries_together(
    borrower: User, api_for: Callable[[User], ApiClient], last_code: Callable[..., str]
) -> None:
    client = api_for(borrower)
    client.call("post", "/auth/proof/code/", {})
    code = last_code()

    def guess(number: int) -> str:
        bad = f"{(int(code) + 1 + number) % 1_000_000:06d}"
        answer = same_browser(client).call("post", "/auth/proof/", {"method": "code", "value": bad})
        return str(answer.json()["code"])

    results = Counter(at_once(8, guess))
    assert results["validation"] == 2
    assert results["validation"] + results["auth.code_spent"] + results["throttled"] == 8
    answer = client.call("post", "/auth/proof/", {"method": "code", "value": code})
    assert answer.status_code in {409, 429}


def test_parallel_guesses_of_a_recovery_code_get_three_tries_together(
    borrower: User, last_code: Callable[..., str]
) -> None:
    for phone in (PHONE, "+77015550099"):
        client = ApiClient()
        client.call("post", "/auth/recovery/", {"phone": phone})
        code = last_code() if phone == PHONE else "999999"

        def guess(number: int, client: ApiClient = client, code: str = code) -> str:
            bad = f"{(int(code) + 1 + number) % 1_000_000:06d}"
            body = {"code": bad, "password": "four quiet rivers meet"}
            return str(same_browser(client).call("post", "/auth/recovery/confirm/", body).json()["code"])

        assert Counter(at_once(8, guess)) == {"validation": 2, "auth.code_spent": 6}


def test_reading_requests_between_guesses_bring_no_new_tries(
    api: ApiClient, last_code: Callable[..., str]
) -> None:
    """Asking for a passkey challenge writes the session: it must not put an old count of wrong codes back."""
    make_borrower(PHONE)
    api.call("post", "/auth/phone/", {"phone": PHONE})
    bad = wrong(last_code())

    def work(number: int) -> int:
        browser = same_browser(api)
        if number % 2:
            return int(browser.call("get", "/auth/passkey/").status_code) * 1000
        return int(browser.call("post", "/auth/phone/confirm/", {"code": bad}).status_code)

    results = Counter(at_once(16, work))
    assert (results[400], results[409]) == (2, 6)


def test_sessions_end_for_good_while_the_person_is_busy(
    borrower: User, api_for: Callable[[User], ApiClient]
) -> None:
    client = api_for(borrower)

    def work(number: int) -> int:
        if number == 3:
            live_sessions.end_all(user_id=borrower.pk)
            return 0
        return int(same_browser(client).call("get", "/session/").status_code)

    assert set(at_once(8, work)) <= {0, 200}
    assert client.call("get", "/session/").json()["authenticated"] is False
