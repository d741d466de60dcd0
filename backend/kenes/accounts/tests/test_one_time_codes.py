"""Codes that confirm one exact thing."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from kenes.accounts import one_time_codes, services, sms_texts
from kenes.accounts.errors import ConsentCodeExpired, ConsentCodeSpent, PhoneNotConfirmed
from kenes.accounts.models import OneTimeCode, User
from kenes.accounts.one_time_codes import CodeRules, Outcome
from kenes.foundation import clock
from kenes.foundation.errors import FieldErrors, Throttled
from kenes.foundation.values import PhoneNumber
from kenes.messaging.models import Message

from .conftest import PHONE, make_borrower, wrong
from .test_sign_in_races import at_once

THING, OTHER = "a" * 64, "b" * 64
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)


def issue(person: User, thing: str = THING, **kwargs: Any) -> OneTimeCode:
    return one_time_codes.issue_code(
        person_id=person.pk, purpose="signature", bound_hash=thing, text=sms_texts.agreement, **kwargs
    )


def check(
    person: User, digits: str, thing: str = THING, purpose: str = "signature"
) -> one_time_codes.CodeCheck:
    return one_time_codes.check_code(person_id=person.pk, purpose=purpose, bound_hash=thing, digits=digits)


def test_the_right_code_confirms_once(borrower: User, last_code: Callable[..., str]) -> None:
    code = issue(borrower)
    result = check(borrower, last_code())
    assert (result.outcome, result.code) == (Outcome.RIGHT, code)
    code.refresh_from_db()
    assert (code.closed_as, code.tries_used, code.phone) == ("confirmed", 0, PHONE)
    assert check(borrower, last_code()).outcome is Outcome.ALREADY_USED


def test_a_code_confirms_only_what_it_was_asked_for(borrower: User, last_code: Callable[..., str]) -> None:
    issue(borrower)
    assert check(borrower, last_code(), thing=OTHER).outcome is Outcome.EXPIRED
    assert check(borrower, last_code(), purpose="sms_agreement").outcome is Outcome.EXPIRED
    assert check(make_borrower("+77015550001"), last_code(PHONE)).outcome is Outcome.EXPIRED
    assert check(borrower, last_code()).outcome is Outcome.RIGHT


def test_five_wrong_tries_spend_the_code(borrower: User, last_code: Callable[..., str]) -> None:
    issue(borrower)
    bad = wrong(last_code())
    assert [check(borrower, bad).tries_left for _try in range(4)] == [4, 3, 2, 1]
    assert check(borrower, bad).outcome is Outcome.SPENT
    assert check(borrower, last_code()).outcome is Outcome.SPENT
    assert OneTimeCode.objects.get().closed_as == "spent"


def test_a_code_ends_after_five_minutes(borrower: User, last_code: Callable[..., str]) -> None:
    with clock.frozen(NOW):
        issue(borrower)
    with clock.frozen(NOW + timedelta(minutes=5)):
        assert one_time_codes.open_code(person_id=borrower.pk, purpose="signature", bound_hash=THING) is None
        assert check(borrower, last_code()).outcome is Outcome.EXPIRED
    assert OneTimeCode.objects.get().closed_as == "expired"


def test_sending_again_waits_and_replaces(borrower: User, last_code: Callable[..., str]) -> None:
    with clock.frozen(NOW):
        issue(borrower)
        first = last_code()
    with clock.frozen(NOW + timedelta(seconds=20)), pytest.raises(Throttled) as refused:
        issue(borrower)
    assert refused.value.extra["retry_after"] == 10
    with clock.frozen(NOW + timedelta(seconds=30)):
        second = issue(borrower)
        assert one_time_codes.seconds_left(second) == (300, 30)
        if first != last_code():
            assert check(borrower, first).outcome is Outcome.WRONG
        assert check(borrower, last_code()).outcome is Outcome.RIGHT
    assert Counter(OneTimeCode.objects.values_list("closed_as", flat=True)) == {"replaced": 1, "confirmed": 1}


def test_a_replaced_code_that_still_waits_is_not_sent_after_the_new_one(borrower: User) -> None:
    with clock.frozen(NOW):
        first = issue(borrower)
    with clock.frozen(NOW + timedelta(seconds=30)):
        second = issue(borrower)
    bodies = dict(Message.objects.values_list("pk", "body"))
    assert bodies[first.message_id] is None
    assert bodies[second.message_id] is not None


def test_a_person_gets_no_more_codes_a_day_than_the_cap(borrower: User) -> None:
    rules = CodeRules(tries=5, lifetime=timedelta(minutes=5), resend_after=timedelta(0), per_day=2)
    issue(borrower, rules=rules)
    issue(borrower, OTHER, rules=rules)
    with pytest.raises(Throttled):
        issue(borrower, "c" * 64, rules=rules)


def test_a_cancelled_code_is_dead(borrower: User, last_code: Callable[..., str]) -> None:
    issue(borrower)
    one_time_codes.cancel_codes(person_id=borrower.pk, purpose="signature", bound_hash=THING)
    assert check(borrower, last_code()).outcome is Outcome.EXPIRED


def test_an_unconfirmed_number_gets_no_code(db: None) -> None:
    user = services.ensure_account(phone=PhoneNumber.parse(PHONE), language="ru")
    assert user is not None
    with pytest.raises(PhoneNotConfirmed):
        issue(user)


def test_the_code_is_not_in_the_row(borrower: User, last_code: Callable[..., str]) -> None:
    row = issue(borrower)
    row.refresh_from_db()
    assert all(
        last_code() not in str(getattr(row, field.name))
        for field in row._meta.fields
        if field.name != "phone"
    )


def test_failed_tries_become_errors(borrower: User, last_code: Callable[..., str]) -> None:
    def raise_for(digits: str) -> None:
        one_time_codes.raise_unless_right(
            check(borrower, digits), spent=ConsentCodeSpent, expired=ConsentCodeExpired
        )

    with pytest.raises(ConsentCodeExpired):
        raise_for("123456")
    issue(borrower)
    with pytest.raises(FieldErrors) as problem:
        raise_for(wrong(last_code()))
    assert problem.value.errors[0].extra == {"tries_left": 4}
    for _try in range(3):
        check(borrower, wrong(last_code()))
    with pytest.raises(ConsentCodeSpent):
        raise_for(wrong(last_code()))


@pytest.mark.django_db(transaction=True)
def test_of_parallel_right_answers_one_succeeds(last_code: Callable[..., str]) -> None:
    person = make_borrower(PHONE)
    issue(person)
    outcomes = at_once(6, lambda _n: check(person, last_code()).outcome)
    assert Counter(outcomes) == {Outcome.RIGHT: 1, Outcome.ALREADY_USED: 5}


@pytest.mark.django_db(transaction=True)
def test_parallel_wrong_answers_are_all_counted(last_code: Callable[..., str]) -> None:
    person = make_borrower(PHONE)
    issue(person)
    bad = wrong(last_code())
    outcomes = at_once(8, lambda _n: check(person, bad).outcome)
    assert Counter(outcomes) == {Outcome.WRONG: 4, Outcome.SPENT: 4}


@pytest.mark.django_db(transaction=True)
def test_parallel_requests_send_one_code(sms_count: Callable[[], int]) -> None:
    person = make_borrower(PHONE)

    def ask(_number: int) -> str:
        try:
            issue(person)
        except Throttled:
            return "throttled"
        return "sent"

    assert Counter(at_once(5, ask)) == {"sent": 1, "throttled": 4}
    assert sms_count() == 1
