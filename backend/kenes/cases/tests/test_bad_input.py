"""Every field of the form with wrong types, too long, empty, control characters, look-alikes, future days, odd sums."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from kenes.accounts.models import User
from kenes.cases import testing
from kenes.cases.api import inputs
from kenes.cases.models import Case
from kenes.cases.story import story
from kenes.foundation import clock
from kenes.foundation.errors import FieldErrors

TODAY = date(2026, 11, 18)
DEBT, EVENT, ASSET = "/obligations/0/", "/events/0/", "/assets/0/"
NUL, RTL = "a\x00b", "a\u202eb"
SUMS = [
    f"{DEBT}principal_tiyn", f"{DEBT}interest_tiyn", f"{DEBT}penalty_tiyn", f"{DEBT}original_amount_tiyn",
    f"{DEBT}monthly_payment_tiyn", "/income/monthly_now_tiyn", "/income/monthly_before_tiyn", "/income/avg12_tiyn",
    "/income/avg2_tiyn", "/relief/new_payment_tiyn", f"{ASSET}value_tiyn",
]  # fmt: skip
TEXTS = {
    "/applicant/full_name": 200, "/applicant/address": 400, f"{DEBT}contract_number": 80, f"{DEBT}creditor_name": 300,
    f"{DEBT}collateral": 1000, "/income/source": 200, "/hardship/text": 4000, "/relief/comment": 1000,
    f"{EVENT}text": 1000, f"{ASSET}kind": 80, "/applicant/email": 254,
}  # fmt: skip
DAYS = [f"{DEBT}contract_date", f"{DEBT}overdue_since", "/hardship/since", f"{EVENT}date"]
WHOLES = {
    f"{DEBT}term_months": (0, 601), "/income/dependents": (-1, 31), "/income/disabled_dependents": (-1, 31),
    "/relief/defer_months": (0, 61), "/relief/new_term_months": (0, 601), f"{EVENT}obligation": (-1, 20),
}  # fmt: skip
RATES = [f"{DEBT}rate_percent", "/relief/new_rate_percent"]
CHOICES = [f"{DEBT}creditor_type", f"{DEBT}overdue_since_source", "/applicant/language", f"{EVENT}kind"]
FLAGS = ["/income/targeted_social_aid", f"{ASSET}pledged"]

WRONG: list[tuple[str, Any]] = [
    *[(pointer, value) for pointer in SUMS for value in (-1, 10**15 + 1, "много", "1О0", 1.5, True, [], {}, "١٢٣")],
    *[(pointer, value) for pointer in TEXTS for value in (NUL, RTL, 5, [], {"a": 1}, True)],
    *[(pointer, "я" * (length + 1)) for pointer, length in TEXTS.items()],
    *[
        (pointer, value)
        for pointer in DAYS
        for value in ("18.11.2026", "2026-02-30", "2026-13-01", "1899-12-31", "9999-01-01", "", 20261118, [], "٢٠٢٦-١١-١٨")
    ],
    *[(pointer, value) for pointer, ends in WHOLES.items() for value in (*ends, "пять", 2.5, True, [])],
    *[(pointer, value) for pointer in RATES for value in (-1, 1001, "34%", "З4", True, [], 10**400)],
    *[(pointer, value) for pointer in CHOICES for value in ("", "nonsense", 5, [], None)],
    *[(pointer, value) for pointer in FLAGS for value in ("yes", 1, "true", [], None)],
    *[("/applicant/full_name", value) for value in ("", "   ", "Досымов", "Досымов 2", "Доsымов Кайрат", "<b> x", None)],
    *[
        ("/applicant/iin", value)
        for value in ("", "870419390123", "87041939012", "8704193901222", "87О419390122", "991341390122", 870419390122, None)
    ],
    ("/applicant/iin", "100101500008"),
    *[("/applicant/email", value) for value in ("a@", "a@b", "a b@c.kz", "почта@пример.рф", "k@examрle.com")],
    *[(f"{DEBT}creditor_bin", value) for value in ("220140918425", "22014091842", "22014О918424", 220140918424, "")],
    *[(f"{DEBT}creditor_id", value) for value in ("kaspi", 5.5, [], "00000000")],
    (f"{DEBT}contract_number", ""),
    (f"{DEBT}contract_date", "2026-11-19"),
    (f"{DEBT}overdue_since", "2026-11-19"),
    (f"{DEBT}overdue_since", "2024-05-13"),
    (f"{DEBT}overdue_since", "1999-12-31"),
    (f"{DEBT}creditor_name", ""),
    (f"{EVENT}date", "2026-11-19"),
    (f"{EVENT}obligation", 1),
    ("/income/disabled_dependents", 3),
    *[("/hardship/code", value) for value in ("", "job loss", "ПОТЕРЯ", "A" * 41, None, 5)],
    ("/hardship/text", ""),
    ("/hardship/since", "2029-01-01"),
    *[("/relief/kinds", value) for value in ([], ["DEFERRAL", "DEFERRAL"], ["COLLATERAL_SOLD_BY_BORROWER"], "DEFERRAL", None)],
    ("/relief/kinds/0", ["NONSENSE"]),
]  # fmt: skip


def full_form() -> dict[str, Any]:
    return testing.form_data(
        events=[{"kind": "REFUSED", "date": "2026-11-01", "text": "отказ", "obligation": 0}],
        assets=[{"kind": "car", "value_tiyn": 100, "pledged": False}],
    )


def replaced(pointer: str, value: Any) -> dict[str, Any]:
    form = full_form()
    target: Any = form
    *way, last = pointer.strip("/").split("/")
    for part in way:
        target = target[int(part)] if part.isdigit() else target[part]
    if last.isdigit():
        target[:] = value
    else:
        target[last] = value
    return form


def pointers(form: Any) -> list[str]:
    try:
        with clock.demo_today(TODAY):
            told = inputs.submission(inputs.validated(form))
            return [error.pointer for error in story.problems(told, TODAY)]
    except FieldErrors as refused:
        return [error.pointer for error in refused.errors]


def test_the_form_itself_is_right() -> None:
    assert pointers(full_form()) == []


@pytest.mark.parametrize(("pointer", "value"), WRONG, ids=lambda value: repr(value)[:40])
def test_wrong_value_is_named_by_its_pointer(pointer: str, value: Any) -> None:
    assert pointers(replaced(pointer, value)) == [pointer]


@pytest.mark.parametrize(
    "part", ["applicant", "obligations", "income", "hardship", "relief", "events", "assets"]
)
@pytest.mark.parametrize("value", [None, 5, "text", True, [[]], {"x": 1}])
def test_wrong_part_is_named(part: str, value: Any) -> None:
    found = pointers({**full_form(), part: value})
    assert found and all(pointer.startswith(f"/{part}") for pointer in found)


@pytest.mark.parametrize("part", ["applicant", "obligations", "income", "hardship", "relief"])
def test_missing_part_is_named(part: str) -> None:
    form = full_form()
    del form[part]
    assert pointers(form) == [f"/{part}"]


def test_number_of_debts_is_one_to_twenty() -> None:
    debt = testing.FORM["obligations"][0]
    many = [{**debt, "contract_number": f"N-{index}"} for index in range(21)]
    assert pointers(testing.form_data(obligations=[])) == ["/obligations"]
    assert pointers(testing.form_data(obligations=many)) == ["/obligations"]
    assert pointers(testing.form_data(obligations=many[:20])) == []


def test_same_contract_twice_is_named_at_the_second() -> None:
    debt = testing.FORM["obligations"][0]
    assert pointers(testing.form_data(obligations=[debt, debt])) == ["/obligations/1/contract_number"]


def test_debt_of_nothing_is_named() -> None:
    debt = {**testing.FORM["obligations"][0], "principal_tiyn": 0, "interest_tiyn": 0, "penalty_tiyn": 0}
    assert pointers(testing.form_data(obligations=[debt])) == ["/obligations/0/principal_tiyn"]


def test_every_fault_is_told_at_once() -> None:
    form = replaced("/applicant/iin", "1")
    form["obligations"][0]["principal_tiyn"] = -5
    form["hardship"]["text"] = ""
    assert set(pointers(form)) == {"/applicant/iin", "/obligations/0/principal_tiyn", "/hardship/text"}


def test_unknown_fields_are_refused_at_every_depth() -> None:
    assert pointers({**full_form(), "status": "closed"}) == ["/status"]
    assert pointers(replaced(f"{DEBT}status", "x")) == ["/obligations/0/status"]


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/applicant/full_name", "Есенұлы Бақытжан"),
        ("/applicant/full_name", "О'Нил-Ахметова  Анна-Мария"),
        ("/applicant/full_name", "Laptev Artyom"),
        ("/applicant/iin", "8704 1939 0122"),
        ("/applicant/email", None),
        (f"{DEBT}rate_percent", 17.5),
        (f"{DEBT}rate_percent", "34"),
        (f"{DEBT}rate_percent", 0.1),
        (f"{DEBT}contract_number", "  № 4417/КР-2024 "),
        (f"{DEBT}overdue_since", None),
        ("/hardship/since", "2027-01-01"),
        ("/hardship/text", "строка\r\nстрока"),
        ("/relief/comment", None),
    ],
)
def test_what_people_do_type_is_taken(pointer: str, value: Any) -> None:
    assert pointers(replaced(pointer, value)) == []


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_faults_are_told_in_the_readers_language_and_nothing_is_lost(
    borrower: User, api_for: Callable[[User], Any], language: str
) -> None:
    api = api_for(borrower)
    case_id = api.call("post", "/cases/", {}).json()["id"]
    api.call("put", f"/cases/{case_id}/draft/", {"step": "debts", "data": {"typed": "долго"}})
    form = replaced("/applicant/full_name", "Досымов")
    answer = api.call("post", f"/cases/{case_id}/submit/", form, Accept_Language=language)
    assert (answer.status_code, answer.json()["code"]) == (400, "validation")
    told = answer.json()["errors"][0]
    expected = {
        "ru": "Укажите фамилию и имя, как в удостоверении личности.",
        "kk": "Тегіңіз бен атыңызды жеке куәліктегідей жазыңыз.",
        "en": "Give surname and first name as in the identity card.",
    }
    assert (told["pointer"], told["code"], told["detail"]) == (
        "/applicant/full_name", "incomplete", expected[language],
    )  # fmt: skip
    assert api.call("get", f"/cases/{case_id}/draft/").json()["data"] == {"typed": "долго"}
    assert Case.objects.get(pk=case_id).number is None


BODIES: list[tuple[str, Any, str]] = [
    ("draft/", {"step": "x" * 41, "data": {}}, "/step"),
    ("draft/", {"step": "", "data": []}, "/data"),
    ("draft/", {"step": "", "data": {"a": "я" * 40_000}}, "/data"),
    ("move/", {"action": "fly", "version": 1}, "/action"),
    ("move/", {"action": "cancel", "version": 0}, "/version"),
    ("move/", {"action": "cancel", "version": "one"}, "/version"),
    ("move/", {"action": "cancel", "version": 1, "track_kinds": ["WAR"]}, "/track_kinds/0"),
    ("move/", {"action": "cancel", "version": 1, "resume_on": "завтра"}, "/resume_on"),
    ("move/", {"action": "cancel", "version": 1, "reason": NUL}, "/reason"),
    ("move/", {"action": "submit", "version": 1}, "/action"),
    ("comments/", {"text": "", "audience": "public"}, "/text"),
    ("comments/", {"text": " \n ", "audience": "public"}, "/text"),
    ("comments/", {"text": NUL, "audience": "public"}, "/text"),
    ("comments/", {"text": "я" * 4001, "audience": "public"}, "/text"),
    ("comments/", {"text": "x", "audience": "everyone"}, "/audience"),
    ("comments/", {"text": "x"}, "/audience"),
    ("comments/", {"text": "x", "audience": "public", "mentions": ["x"]}, "/mentions/0"),
    ("comments/", {"text": "x", "audience": "public", "files": 7}, "/files"),
    ("facts/", {"kind": "WAR", "date": "2026-11-01"}, "/kind"),
    ("facts/", {"kind": "REFUSED", "date": "2100-01-01"}, "/date"),
    ("facts/", {"kind": "REFUSED", "date": "1990-01-01"}, "/date"),
    ("facts/", {"kind": "REFUSED", "date": "2026-11-01", "obligation_id": "x"}, "/obligation_id"),
    ("assign/", {"assignee_id": "me", "version": 1}, "/assignee_id"),
    ("assign/", {"version": 1}, "/assignee_id"),
    ("reveal/", {"fields": [], "reason": "причина"}, "/fields"),
    ("reveal/", {"fields": ["password"], "reason": "причина"}, "/fields/0"),
    ("reveal/", {"fields": ["iin"], "reason": "ok"}, "/reason"),
]


def test_wrong_bodies_are_named(
    borrower: User, supervisor: User, today: date, api_for: Callable[[User], Any]
) -> None:
    case, wrong = testing.make_case(borrower), []
    clients = {True: api_for(supervisor), False: api_for(borrower)}
    for path, body, pointer in BODIES:
        api = clients[path in {"assign/", "reveal/"}]
        method = "put" if path == "draft/" else "post"
        answer = api.call(method, f"/cases/{case.id}/{path}", body)
        found = [error["pointer"] for error in answer.json().get("errors", [])]
        if answer.status_code != 400 or found != [pointer]:
            wrong.append((path, body, answer.status_code, found))
    assert wrong == []
