"""Rules and calendar in the database: loading, editions, computing, words."""

import re
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from kenes.foundation import clock
from kenes.law import reference, selectors, services, testing
from kenes.law.errors import DateOutsideCalendar, ReferenceDataMissing, RuleNotFound
from kenes.law.models import CalendarDay, DeadlineRule, Index

TODAY = date(2026, 11, 25)
LANGS = ("ru", "kk", "en")


@pytest.fixture
def law(db: None) -> None:
    testing.load_reference_data()


def test_loading_twice_changes_nothing(law: None) -> None:
    def state() -> tuple[object, ...]:
        return tuple(list(model.objects.values()) for model in (DeadlineRule, CalendarDay, Index))

    before = state()
    services.load_reference_data()
    assert state() == before


def test_the_database_counts_as_the_data_files_do(law: None) -> None:
    assert selectors.working_calendar() == reference.base_calendar()
    for spec in reference.rules():
        rule = selectors.rule_in_force(spec.key, TODAY)
        assert (rule.amount, rule.unit, rule.starts_on) == (spec.amount, spec.unit, spec.starts_on)


def test_loading_keeps_what_an_editor_wrote(law: None) -> None:
    key = {"key": reference.rules()[0].key}
    DeadlineRule.objects.filter(**key).update(amount=99, origin="editor")
    CalendarDay.objects.filter(day=date(2026, 5, 27)).update(kind="workday", origin="editor")
    services.load_reference_data()
    assert DeadlineRule.objects.get(**key).amount == 99
    assert CalendarDay.objects.get(day=date(2026, 5, 27)).kind == "workday"


def test_loading_repairs_reference_rows_and_removes_old_ones(law: None) -> None:
    rule = DeadlineRule.objects.first()
    assert rule is not None
    DeadlineRule.objects.filter(pk=rule.pk).update(amount=F("amount") + 1)
    CalendarDay.objects.create(day=date(2026, 2, 3), kind="day_off", reason="nauryz", origin="reference")
    CalendarDay.objects.filter(day=date(2026, 7, 6)).update(reason="wrong")
    services.load_reference_data()
    rule.refresh_from_db()
    assert rule.amount == reference.rules()[0].amount
    assert not CalendarDay.objects.filter(day=date(2026, 2, 3)).exists()
    assert CalendarDay.objects.get(day=date(2026, 7, 6)).reason == "capital_day"


def test_two_editions_never_hold_on_one_day(law: None) -> None:
    rule = DeadlineRule.objects.exclude(valid_from=None).first()
    assert rule is not None
    rule.pk = None
    rule._state.adding = True
    rule.valid_from = date(2027, 1, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        rule.save(force_insert=True)


def test_the_edition_of_the_day_is_used(law: None) -> None:
    old = DeadlineRule.objects.get(key="LENDER_REPLY")
    DeadlineRule.objects.filter(pk=old.pk).update(valid_to=date(2027, 1, 1), origin="editor")
    old.pk = None
    old._state.adding = True
    old.valid_from, old.valid_to, old.amount, old.origin = date(2027, 1, 1), None, 20, "editor"
    old.save(force_insert=True)
    start = date(2026, 10, 26)
    assert selectors.due_by_rule("LENDER_REPLY", start, on=date(2026, 12, 31)) == date(2026, 11, 10)
    assert selectors.due_by_rule("LENDER_REPLY", start, on=date(2027, 1, 1)) == date(2026, 11, 16)
    services.load_reference_data()
    assert DeadlineRule.objects.filter(key="LENDER_REPLY").count() == 2


def test_a_rule_not_yet_in_force_is_not_found(law: None) -> None:
    with pytest.raises(RuleNotFound):
        selectors.due_by_rule("COLLECTOR_ASSIGNMENT_ALLOWED", date(2025, 1, 1), on=date(2026, 4, 30))
    with pytest.raises(RuleNotFound):
        selectors.due_by_rule("OMBUDSMAN_REVIEW", date(2025, 1, 1), on=TODAY)


def test_every_event_begins_its_terms(law: None) -> None:
    found = {
        term.rule.key: term.due for term in selectors.compute("DELAY_STARTED", date(2026, 10, 22), TODAY)
    }
    assert found == {
        "LENDER_OVERDUE_NOTICE": date(2026, 11, 2),
        "BORROWER_RELIEF_APPLICATION": date(2026, 11, 23),
        "COLLECTOR_ASSIGNMENT_ALLOWED": date(2028, 10, 23),
        "PRECOURT_COLLECTION_ALLOWED": date(2027, 1, 20),
        "PENALTY_STOP": date(2027, 1, 20),
    }
    assert selectors.compute("OMBUDSMAN_ACCEPTED", date(2026, 10, 22), TODAY) == []
    assert selectors.compute("CODE_SENT", date(2026, 10, 22), TODAY) == []
    assert selectors.compute("COLLECTOR_CONTACT", date(2026, 10, 22), TODAY) == []


def test_computing_takes_a_constant_number_of_queries(law: None, django_assert_num_queries: object) -> None:
    selectors.working_calendar()
    with django_assert_num_queries(2):  # type: ignore[operator]
        selectors.compute("DELAY_STARTED", date(2026, 10, 22), TODAY)


def test_an_edit_of_the_calendar_counts_at_once(law: None) -> None:
    start = date(2026, 10, 26)
    assert selectors.due_by_rule("LENDER_REPLY", start, on=TODAY) == date(2026, 11, 10)
    CalendarDay.objects.create(day=date(2026, 11, 10), kind="day_off", reason="extra_day_off")
    assert selectors.due_by_rule("LENDER_REPLY", start, on=TODAY) == date(2026, 11, 11)


def test_without_data_nothing_is_guessed(db: None) -> None:
    with pytest.raises(ReferenceDataMissing):
        selectors.working_calendar()
    with pytest.raises(ReferenceDataMissing):
        selectors.mci_tiyn(TODAY)


def test_far_dates_are_refused(law: None) -> None:
    with pytest.raises(DateOutsideCalendar):
        selectors.compute("PREVIOUS_BANKRUPTCY", date(2052, 1, 1), TODAY)


@pytest.mark.parametrize(
    ("on", "tiyn"),
    [
        (date(2023, 1, 1), 345_000),
        (date(2024, 12, 31), 369_200),
        (date(2025, 6, 1), 393_200),
        (TODAY, 432_500),
    ],
)
def test_monthly_index_of_the_day(law: None, on: date, tiyn: int) -> None:
    assert selectors.mci_tiyn(on) == tiyn


@pytest.mark.parametrize("lang", LANGS)
def test_every_rule_explains_itself_in_every_language(law: None, lang: str) -> None:
    for kind in reference.data("events"):
        for computed in selectors.compute(kind["kind"], date(2024, 2, 29), TODAY):
            text = selectors.explain(computed, lang)
            assert "{" not in text
            assert str(computed.due.year) in text
            assert text.endswith(".")
            assert "  " not in text
            assert ".." not in text
            assert all(
                source["title"] and source["reference"] for source in selectors.sources(computed.rule, lang)
            )
            assert selectors.bound_label(computed.rule, lang) != computed.rule.bound


def test_explanation_names_the_days_that_moved_the_date(law: None) -> None:
    term = next(
        t for t in selectors.compute("DELAY_STARTED", date(2026, 9, 25), TODAY) if t.rule.amount == 30
    )
    russian = selectors.explain(term, "ru").replace("\u00a0", " ")
    assert (
        "Считаем так: 30 календарных дней со следующего дня после начала просрочки (25 сентября 2026 г.), "
        "первый день — 26 сентября 2026 г. Последний день выпал на 25 октября 2026 г.; этот день и" in russian
    )
    assert "25 октября (День Республики), 26 октября (перенос выходного: День Республики)" in russian
    assert "27 октября 2026 г." in russian
    kazakh = selectors.explain(term, "kk").replace("\u00a0", " ")
    assert "25 қазан (Республика күні), 26 қазан (ауыстырылған демалыс күні: Республика күні)" in kazakh
    assert "2026 жылғы 27 қазанда" in kazakh
    english = selectors.explain(term, "en").replace("\u00a0", " ")
    assert "25 October (Republic Day), 26 October (day off in lieu: Republic Day)" in english


def test_explanation_of_a_short_month_and_of_working_days(law: None) -> None:
    [term] = [t for t in selectors.compute("LAST_PAYMENT", date(2024, 2, 29), TODAY) if t.rule.unit == "M"]
    assert "нет 29-го числа" in selectors.explain(term, "ru")
    [term] = selectors.compute("INSCRIPTION_RECEIVED", date(2026, 11, 10), TODAY)
    assert "Выходные не считаются." in selectors.explain(term, "ru")
    [term] = selectors.compute("INSCRIPTION_RECEIVED", date(2024, 4, 26), TODAY)
    assert "Рабочая суббота" in selectors.explain(term, "ru")


def test_a_stored_term_explains_itself_like_the_fresh_one(law: None) -> None:
    [fresh] = selectors.compute("APPLICATION_RECEIVED", date(2026, 3, 6), TODAY)
    stored = selectors.stored_term(
        due=fresh.term.due,
        counted_from=fresh.term.counted_from,
        nominal_last=fresh.term.nominal_last,
        skipped=[{"date": day.isoformat(), "reason": reason} for day, reason in fresh.term.skipped],
    )
    again = selectors.ComputedTerm(fresh.rule, fresh.start, stored)
    assert selectors.explain(again, "kk") == selectors.explain(fresh, "kk")


def test_days_left_follow_the_domain_day() -> None:
    with clock.demo_today(TODAY):
        assert selectors.days_left(date(2026, 11, 30)) == 5
        assert selectors.days_left(date(2026, 11, 20)) == -5


@pytest.mark.parametrize("spec", reference.rules(), ids=lambda spec: spec.key)
def test_data_row_is_complete(spec: reference.RuleSpec) -> None:
    kinds = {kind["kind"] for kind in reference.data("events")} | {"CODE_SENT"}
    assert spec.starts_on in kinds
    assert spec.status in {"confirmed", "needs_review"}
    assert all(spec.titles[lang] and spec.explanations[lang] for lang in LANGS)
    assert spec.sources
    assert set(spec.sources) <= set(reference.data("sources"))
    # A mark that a lawyer must confirm is carried by every rule whose norm is not named yet, and the other way round.
    assert any(code.startswith("K") or code == "S17" for code in spec.sources) == (
        spec.status == "needs_review"
    )
    assert spec.bound in reference.data("bound")
    assert all(
        reference.bound_named(spec.bound, lang) not in {"Вы", "Сіз", "You", spec.bound} for lang in LANGS
    )
    assert all(0 < day <= (spec.amount or 0) for day in spec.remind_at)


def test_no_rule_name_stands_in_code() -> None:
    keys = "|".join({spec.key for spec in reference.rules()})
    for path in reference.DATA.parent.rglob("*.py"):
        if "tests" not in path.parts:
            assert not re.search(keys, path.read_text(encoding="utf-8")), path
