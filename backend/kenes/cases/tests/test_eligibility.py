"""Questionnaires about rights: rules, properties, the open page, and checks kept on a case."""

import itertools
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenes.accounts.models import User
from kenes.cases import testing
from kenes.cases.models import Case, EligibilityCheck
from kenes.cases.story import eligibility_rules as rules
from kenes.cases.story.eligibility_rules import Facts, data, decide, edition_on
from kenes.cases.tests.people_of_cases import person
from kenes.event_log.models import EventRow
from kenes.law import reference
from kenes.law.terms import add_months

ApiFor = Callable[[User], Any]
TODAY = date(2026, 11, 18)
MCI = 432_500
LIMIT = 1600 * MCI
CODES = ("deferral", "extrajudicial", "judicial", "restoration")


def terms(name: str, start: date) -> date:
    return add_months(start, {"no_payment": 12, "repeat": 84}[name])


FACTS = Facts(TODAY, MCI, terms)
GOOD: dict[str, Any] = {
    "citizen": "yes", "entrepreneur": "no", "debt_total": 300_000_000, "debt_kinds": "loans", "aid6": "no",
    "last_payment": "2025-01-10", "property": "no", "settlement": "yes", "previous": "no",
}  # fmt: skip


def result(code: str, **answers: Any) -> rules.Result:
    edition = edition_on(code, TODAY)
    assert edition is not None
    return decide(edition, answers, FACTS)


def of_rule(found: rules.Result, code: str) -> str:
    return dict(found.rules)[code].verdict


def test_everything_fits_the_out_of_court_route() -> None:
    assert result("extrajudicial", **GOOD).verdict == "yes"
    assert result("judicial", **GOOD).verdict == "no"


@pytest.mark.parametrize(
    ("changes", "rule", "verdict"),
    [
        ({"citizen": "no"}, "citizen", "no"),
        ({"entrepreneur": "yes"}, "not_entrepreneur", "no"),
        ({"debt_total": LIMIT}, "debt_limit", "yes"),
        ({"debt_total": LIMIT + 1}, "debt_limit", "no"),
        ({"debt_kinds": "others"}, "loans_only", "no"),
        ({"property": "yes"}, "no_property", "no"),
        ({"property": "unknown"}, "no_property", "perhaps"),
        ({"settlement": "no"}, "settlement", "no"),
        ({"last_payment": "2025-11-18"}, "no_payment", "yes"),
        ({"last_payment": "2025-11-19"}, "no_payment", "later"),
        ({"last_payment": "2026-11-01", "aid6": "yes"}, "no_payment", "yes"),
        ({"previous": "yes", "previous_date": "2020-05-05"}, "no_repeat", "later"),
        ({"previous": "yes", "previous_date": "2019-01-05"}, "no_repeat", "yes"),
        ({"previous": "yes"}, "no_repeat", "perhaps"),
    ],
)
def test_each_condition_decides(changes: dict[str, Any], rule: str, verdict: str) -> None:
    found = result("extrajudicial", **{**GOOD, **changes})
    assert of_rule(found, rule) == verdict
    assert found.verdict == verdict


def test_later_names_the_last_of_the_days() -> None:
    found = result(
        "extrajudicial",
        **{**GOOD, "last_payment": "2026-02-10", "previous": "yes", "previous_date": "2021-03-01"},
    )
    assert (found.verdict, found.day) == ("later", date(2028, 3, 1))


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        ({"group": "vulnerable", "aid": "yes"}, "yes"),
        ({"group": "emergency", "aid": "no", "avg12": 30_000_000, "avg2": 20_000_000}, "yes"),
        ({"group": "emergency", "aid": "no", "avg12": 10_000_000, "avg2": 7_000_000}, "no"),
        ({"group": "none", "aid": "yes"}, "no"),
        ({"group": "unknown", "aid": "yes"}, "perhaps"),
        ({"group": "vulnerable", "aid": "unknown", "avg12": 0, "avg2": 0}, "perhaps"),
    ],
)
def test_the_deferral(answers: dict[str, Any], verdict: str) -> None:
    assert result("deferral", **answers).verdict == verdict


def test_an_answer_to_a_question_that_is_not_asked_does_not_count() -> None:
    told = {**GOOD, "previous": "no", "previous_date": "2026-01-01"}
    assert result("extrajudicial", **told).verdict == "yes"


_sums = st.integers(0, 10**13)
_ask = st.sampled_from(["yes", "no", "unknown"])
_RANK = {"no": 0, "perhaps": 1, "later": 2, "yes": 3}
_stories = st.fixed_dictionaries(
    {
        "citizen": _ask, "entrepreneur": _ask, "debt_kinds": st.sampled_from(["loans", "others", "unknown"]),
        "aid6": _ask, "property": _ask, "settlement": _ask, "previous": _ask,
        "last_payment": st.dates(date(2015, 1, 1), TODAY).map(date.isoformat),
        "previous_date": st.dates(date(2015, 1, 1), TODAY).map(date.isoformat),
    }
)  # fmt: skip


@given(_stories, _sums, _sums)
def test_more_debt_never_opens_the_out_of_court_route(story: dict[str, Any], one: int, other: int) -> None:
    less, more = sorted([one, other])
    before = result("extrajudicial", **story, debt_total=less)
    after = result("extrajudicial", **story, debt_total=more)
    assert _RANK[after.verdict] <= _RANK[before.verdict]
    # And where only the court was open with less, it stays so with more.
    if result("judicial", **story, debt_total=less).verdict == "yes":
        assert result("judicial", **story, debt_total=more).verdict == "yes"
        assert after.verdict != "yes"


@given(_stories, _sums)
def test_never_both_routes_at_once(story: dict[str, Any], debt: int) -> None:
    both = {result(code, **story, debt_total=debt).verdict for code in ("extrajudicial", "judicial")}
    assert both != {"yes"}


@given(_stories, _sums, st.integers(0, 400))
def test_time_alone_never_takes_a_right_away(story: dict[str, Any], debt: int, days: int) -> None:
    edition = edition_on("extrajudicial", TODAY)
    assert edition is not None
    told = {**story, "debt_total": debt}
    later = decide(edition, told, Facts(TODAY + timedelta(days=days), MCI, terms))
    assert _RANK[later.verdict] >= _RANK[decide(edition, told, FACTS).verdict]


def _samples(code: str) -> list[Any]:
    question = data()["questions"][code]
    match question["kind"]:
        case "yes_no":
            return ["yes", "no", "unknown"]
        case "choice":
            return [*(one["code"] for one in question["options"]), "unknown"]
        case "money":
            return [0, 10_000_000, LIMIT, LIMIT + 1, "unknown"]
        case _:
            return ["2015-01-01", "2026-11-01", "unknown"]


def _codes_of(test: Any) -> set[str]:
    if isinstance(test, dict):
        return set().union(*(_codes_of(inner) for inner in test.values()))
    if isinstance(test, list):
        return set().union(*(_codes_of(inner) for inner in test)) if test else set()
    return {test} if isinstance(test, str) and test in data()["questions"] else set()


@pytest.mark.parametrize("code", CODES)
def test_every_outcome_that_has_a_reason_can_be_reached_and_every_reached_one_has_a_reason(code: str) -> None:
    edition = edition_on(code, TODAY)
    assert edition is not None
    for name in edition["rules"]:
        row = data()["rules"][name]
        asked = sorted(_codes_of(row["test"]))
        assert set(asked) <= set(edition["questions"]), name
        reached = {
            rules.evaluate(row["test"], dict(zip(asked, told, strict=True)), FACTS).verdict
            for told in itertools.product(*(_samples(question) for question in asked))
        }
        assert reached - {"no"} <= set(row["reasons"]), name
        assert set(row["reasons"]) <= reached | {"no"}, name


def test_every_text_stands_in_three_languages_and_every_source_is_known() -> None:
    def walk(node: Any) -> None:
        if isinstance(node, dict):
            if {"ru", "kk", "en"} & set(node):
                assert set(node) == {"ru", "kk", "en"}
                assert all(isinstance(text, str) and text.strip() for text in node.values())
                assert len(set(node.values())) == 3, node
            for inner in node.values():
                walk(inner)
        elif isinstance(node, list):
            for inner in node:
                walk(inner)

    walk(data())
    for rule in data()["rules"].values():
        assert rule["sources"]
        for source in rule["sources"]:
            assert reference.source_of(source, "kk")["title"]
    used = {name for row in data()["questionnaires"] for one in row["editions"] for name in one["rules"]}
    assert used == set(data()["rules"])


def test_before_the_first_edition_there_is_no_questionnaire() -> None:
    assert edition_on("extrajudicial", date(2022, 1, 1)) is None
    assert edition_on("nothing", TODAY) is None


@pytest.mark.django_db
def test_the_open_page_answers_without_signing_in_and_keeps_nothing(reference_today: None, api: Any) -> None:
    listed = api.call("get", "/eligibility/").json()["items"]
    assert [row["code"] for row in listed] == list(CODES)
    questions = api.call("get", "/eligibility/extrajudicial/").json()["questions"]
    assert all(question["why"] for question in questions)
    answer = api.call("post", "/eligibility/extrajudicial/check/", {"answers": GOOD})
    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert told["verdict"] == "yes"
    limit = next(rule for rule in told["rules"] if rule["code"] == "debt_limit")
    assert "6\u00a0920\u00a0000" in limit["reason"]
    assert limit["sources"][0]["reference"]
    assert EligibilityCheck.objects.count() == 0
    assert EventRow.objects.count() == 0


@pytest.fixture
def reference_today(reference: None, today: date) -> None:
    return None


@pytest.mark.django_db
def test_nonsense_is_a_field_error(reference_today: None, api: Any, subtests: pytest.Subtests) -> None:
    for answers in [
        {"citizen": "maybe"}, {"citizen": 1}, {"citizen": []}, {"debt_total": -1}, {"debt_total": True},
        {"debt_total": 10**30}, {"debt_total": 1.5}, {"last_payment": "2026-02-30"}, {"last_payment": "2999-01-01"},
        {"last_payment": "1000-01-01"}, {"last_payment": {"a": 1}}, {"nothing": "yes"}, {"citizen": "\x00"},
        {"debt_kinds": "\ud800"},
    ]:  # fmt: skip
        with subtests.test(answers=answers):
            refused = api.call("post", "/eligibility/extrajudicial/check/", {"answers": answers})
            assert refused.status_code == 400, refused.content


@pytest.mark.django_db
def test_an_unknown_questionnaire_is_not_found(reference_today: None, api: Any) -> None:
    assert api.call("get", "/eligibility/nothing/").status_code == 404
    assert api.call("post", "/eligibility/nothing/check/", {"answers": {}}).status_code == 404


@pytest.fixture
def case(borrower: User, today: date) -> Case:
    return testing.make_case(borrower)


@pytest.mark.django_db
def test_a_case_fills_in_what_it_knows(case: Case, borrower: User, api_for: ApiFor) -> None:
    told = api_for(borrower).call("get", f"/cases/{case.pk}/eligibility/extrajudicial/").json()["answers"]
    assert told["debt_total"] == case.total_tiyn
    assert told["debt_kinds"] == "loans"
    income = api_for(borrower).call("get", f"/cases/{case.pk}/eligibility/deferral/").json()["answers"]
    assert income == {"avg12": 30100000, "avg2": 12100000}


@pytest.mark.django_db
def test_a_check_is_kept_encrypted_with_history_and_an_event_without_answers(
    case: Case, borrower: User, supervisor: User, api_for: ApiFor
) -> None:
    client = api_for(borrower)
    address = f"/cases/{case.pk}/eligibility/extrajudicial/"
    made = client.call("post", address, {"answers": {**GOOD, "property": "unknown"}})
    assert (made.status_code, made.json()["verdict"]) == (201, "perhaps")
    client.call("post", address, {"answers": GOOD})
    rows = api_for(supervisor).call("get", f"/cases/{case.pk}/eligibility/").json()["items"]
    assert [row["verdict"] for row in rows] == ["yes", "perhaps"]
    assert rows[0]["by_borrower"] is True
    event = EventRow.objects.filter(type="case.eligibility_checked").latest("seq")
    assert "300000000" not in str(event.data)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT answers, result FROM cases_eligibilitycheck")
        for answers, found in cursor.fetchall():
            assert b"debt_total" not in bytes(answers)
            assert b"citizen" not in bytes(found)
    lines = client.call("get", f"/cases/{case.pk}/timeline/").json()["items"]
    assert "Внесудебное банкротство" in lines[0]["title"]


@pytest.mark.django_db
def test_others_neither_read_nor_keep(case: Case, manager: User, api_for: ApiFor) -> None:
    stranger = api_for(person("+77015550888"))
    for call in (("get", None), ("post", {"answers": GOOD})):
        refused = stranger.call(call[0], f"/cases/{case.pk}/eligibility/extrajudicial/", call[1])
        assert refused.status_code == 404
    # In the pool a manager sees the case masked.
    assert api_for(manager).call("get", f"/cases/{case.pk}/eligibility/").status_code == 403
