"""Calculators that anybody may use without signing in."""

from typing import Any

import pytest

pytestmark = pytest.mark.django_db


CALCULATION: dict[str, Any] = {
    "principal_tiyn": 100000000, "interest_tiyn": 1000000, "penalty_tiyn": 500000, "old_rate_percent": 34,
    "old_months": 24, "new": {"rate_percent": 20, "months": 36, "forgiven": {"penalty_tiyn": 500000}},
}  # fmt: skip


def test_the_public_calculator_needs_nobody(api: Any, reference: None) -> None:
    answer = api.call("post", "/calculators/schedule/", CALCULATION)
    assert answer.status_code == 200
    assert answer.json()["difference"]["monthly_tiyn"] < 0


def test_the_public_calculator_refuses_what_it_cannot_count(
    api: Any, reference: None, subtests: pytest.Subtests
) -> None:
    for changes, pointer in [
        ({"principal_tiyn": 0}, "/principal_tiyn"),
        ({"old_months": 601}, "/old_months"),
        ({"old_rate_percent": "1e3"}, "/old_rate_percent"),
        ({"new": None}, "/new"),
        ({"new": {"rate_percent": 1, "months": 1, "first_due": "2020-01-01"}}, "/new/first_due"),
        ({"new": {"rate_percent": 1, "months": 1, "first_due": "2085-01-01"}}, "/new/first_due"),
        ({"new": {"rate_percent": 1, "months": 1, "forgiven": {"penalty_tiyn": -1}}}, "/new/forgiven/penalty_tiyn"),
        ({"new": {"rate_percent": 1, "months": 1, "method": "x"}}, "/new/method"),
    ]:  # fmt: skip
        with subtests.test(changes=changes, pointer=pointer):
            answer = api.call("post", "/calculators/schedule/", {**CALCULATION, **changes})
            assert answer.status_code == 400
            assert pointer in [error["pointer"] for error in answer.json()["errors"]]


def test_the_public_calculator_counts_its_visitors(api: Any, reference: None, settings: Any) -> None:
    settings.ALLOWANCES = {**settings.ALLOWANCES, "address_calculator": (2, 600)}
    settings.ADDRESS_LIMITS_FACTOR = 1
    codes = [api.call("post", "/calculators/schedule/", CALCULATION).status_code for _try in range(3)]
    assert codes == [200, 200, 429]


def test_paying_more_saves_interest(api: Any, reference: None) -> None:
    body = {
        "principal_tiyn": 100000000, "rate_percent": 24, "months": 24, "after": 6, "extra_tiyn": 20000000,
    }  # fmt: skip
    shorter = api.call("post", "/calculators/early-repayment/", body).json()
    smaller = api.call("post", "/calculators/early-repayment/", {**body, "mode": "payment"}).json()
    assert shorter["payments_fewer"] > 0
    assert smaller["payments_fewer"] == 0
    assert shorter["saved_tiyn"] > smaller["saved_tiyn"] > 0
    assert smaller["payment_after_tiyn"] < smaller["payment_before_tiyn"]
    for found in (shorter, smaller):
        assert sum(row["principal_tiyn"] for row in found["rows"]) == body["principal_tiyn"]
    whole = api.call("post", "/calculators/early-repayment/", {**body, "extra_tiyn": 10**15}).json()
    assert (len(whole["rows"]), whole["payment_after_tiyn"]) == (6, 0)
    late = api.call("post", "/calculators/early-repayment/", {**body, "after": 24})
    assert [error["pointer"] for error in late.json()["errors"]] == ["/after"]
