"""Any sequence of calls about a case, its debts and its procedures together: sums stay sums, and the log tells every change.

What the log says of splits, schedules and payments has to be what is stored: nothing more, nothing less.
"""

from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from kenes.accounts.models import User
from kenes.cases import testing
from kenes.cases.models import Case, DebtSplit, Obligation, PaymentSchedule, ScheduleRow
from kenes.cases.obligations import debt_payments
from kenes.cases.obligations.debt_services import SUMS
from kenes.cases.tests.people_of_cases import NURBANK
from kenes.cases.tests.test_procedure_machine import TODAY, machine
from kenes.event_log.models import EventRow

# Mostly what is allowed, so that sequences go far; sometimes anything.
SUM = st.sampled_from([0, 1, 5_000_000, 70_000_000, 10**10]) | st.integers(-1, 10**18)
DAY = st.integers(-1, 60).map(lambda back: (TODAY - timedelta(days=back)).isoformat())
PEOPLE = st.sampled_from(["borrower", "staff"])


def with_debts(people: dict[str, Any], case: Case) -> type[RuleBasedStateMachine]:
    """The machine over the case and its procedures with rules about its debts added."""

    class CaseDebtsAndProcedures(machine(people, case)):  # type: ignore[misc]
        def at(self, place: int) -> str:
            debts = list(case.obligations.order_by("position"))
            return f"/obligations/{debts[place % len(debts)].pk}/"

        def change(self, who: str, method: str, path: str, body: dict[str, Any], stale: bool = False) -> None:
            version = Case.objects.get(pk=case.pk).version - int(stale)
            answer = people[who].call(method, path, body, **{"If-Match": f'"{version}"'})
            assert answer.status_code < 500, answer.content

        @rule(
            who=PEOPLE,
            place=st.integers(0, 1),
            day=DAY,
            parts=st.tuples(SUM, SUM, SUM, SUM),
            over=SUM | st.none(),
        )
        def split(self, who: str, place: int, day: str, parts: tuple[int, ...], over: int | None) -> None:
            names = ("principal_tiyn", "interest_tiyn", "penalty_tiyn", "fees_tiyn")
            body = {"as_of": day, **dict(zip(names, parts, strict=True)), "overdue_tiyn": over}
            self.change(who, "post", f"{self.at(place)}splits/", body)

        @rule(who=PEOPLE, place=st.integers(0, 1), day=DAY, rate=st.integers(0, 60), stale=st.booleans())
        def contract(self, who: str, place: int, day: str, rate: int, stale: bool) -> None:
            self.change(who, "patch", self.at(place), {"overdue_since": day, "rate_percent": rate}, stale)

        @rule(
            who=PEOPLE, place=st.integers(0, 1), kind=st.sampled_from(["contract", "agreed"]),
            back=st.integers(-2, 5), again=st.booleans(), stale=st.booleans(),
        )  # fmt: skip
        def schedule(self, who: str, place: int, kind: str, back: int, again: bool, stale: bool) -> None:
            first = (TODAY - timedelta(days=30 * back)).isoformat()
            terms = {"principal_tiyn": 50_000_000, "rate_percent": 12, "months": 3, "first_due": first}
            self.change(
                who,
                "put",
                f"{self.at(place)}schedules/{kind}/",
                {"terms": terms, "replace_marked": again},
                stale,
            )

        @rule(who=PEOPLE, place=st.integers(0, 11), day=DAY | st.none(), tiyn=SUM | st.none())
        def mark(self, who: str, place: int, day: str | None, tiyn: int | None) -> None:
            self.payment(who, place, "paid", {"on": day, "tiyn": tiyn})

        @rule(
            who=st.sampled_from(["staff", "staff", "borrower"]), place=st.integers(0, 11), day=DAY | st.none(),
            tiyn=SUM | st.none(),
        )  # fmt: skip
        def confirm(self, who: str, place: int, day: str | None, tiyn: int | None) -> None:
            self.payment(who, place, "confirm", {"on": day, "tiyn": tiyn})

        def payment(self, who: str, place: int, what: str, body: dict[str, Any]) -> None:
            rows = ScheduleRow.objects.filter(schedule__obligation__case=case)
            live = list(
                rows.filter(schedule__superseded_at__isnull=True).order_by("schedule__given_at", "number")
            )
            # Now and then a payment of a schedule that holds no longer.
            chosen = live if live and place < 10 else list(rows.order_by("schedule__given_at", "number"))
            if chosen:
                row = chosen[place % len(chosen)]
                path = f"/obligations/{row.schedule.obligation_id}/payments/{row.pk}/{what}/"
                self.change(who, "post", path, body)

        @rule(who=PEOPLE, action=st.sampled_from(["suspend", "resume", "activate"]))
        def move_case(self, who: str, action: str) -> None:
            """Steps that do not end the case: with it the debts would be closed for good."""
            later = (TODAY + timedelta(days=5)).isoformat()
            body = {"action": action, "reason": "Слова", "version": Case.objects.get(pk=case.pk).version}
            self.call(
                who,
                f"/cases/{case.pk}/move/",
                {**body, **({"resume_on": later} if action == "suspend" else {})},
            )

        @rule()
        def a_day_passes(self) -> None:
            debt_payments.note_missed()

        @invariant()
        def sums_are_those_of_the_newest_words(self) -> None:
            debts = list(Obligation.objects.filter(case=case))
            for debt in debts:
                live = DebtSplit.objects.filter(obligation=debt, superseded_at__isnull=True)
                assert live.count() <= 1
                for one in live:
                    assert {name: getattr(debt, name) for name in SUMS} == {
                        name: getattr(one, name) for name in SUMS
                    }
            assert Case.objects.get(pk=case.pk).total_tiyn == sum(debt.total_tiyn for debt in debts)

        @invariant()
        def the_log_tells_of_every_word(self) -> None:
            told = told_of(case)
            stored = {
                str(pk)
                for pk in DebtSplit.objects.filter(obligation__case=case, given_by__isnull=False).values_list(
                    "pk", flat=True
                )
            }
            assert told["debt.split_given", "split_id"] == sorted(stored)
            schedules = PaymentSchedule.objects.filter(obligation__case=case)
            assert told["debt.schedule_given", "schedule_id"] == sorted(
                str(pk) for pk in schedules.values_list("pk", flat=True)
            )
            live = schedules.filter(superseded_at__isnull=True)
            assert live.count() == len(set(live.values_list("obligation_id", "kind")))

        @invariant()
        def the_log_tells_which_payments_came(self) -> None:
            for name, column in (
                ("debt.payment_marked", "paid_on"),
                ("debt.payment_confirmed", "confirmed_on"),
            ):
                last = dict[str, bool]()
                for row in events(case, name):
                    last[row.data["row_id"]] = not row.data["withdrawn"]
                rows = ScheduleRow.objects.filter(
                    schedule__obligation__case=case, **{f"{column}__isnull": False}
                )
                assert {row_id for row_id, stands in last.items() if stands} == {str(row.pk) for row in rows}
            missed = ScheduleRow.objects.filter(schedule__obligation__case=case, missed_on__isnull=False)
            assert told_of(case)["debt.payment_missed", "row_id"] == sorted(str(row.pk) for row in missed)

    return CaseDebtsAndProcedures


def events(case: Case, name: str) -> Any:
    return EventRow.objects.filter(data__case_id=str(case.pk), type=name).order_by("seq")


def told_of(case: Case) -> dict[tuple[str, str], list[str]]:
    """Ids that the log names, each as often as it names them."""
    wanted = (
        ("debt.split_given", "split_id"), ("debt.schedule_given", "schedule_id"), ("debt.payment_missed", "row_id"),
    )  # fmt: skip
    return {(name, field): sorted(row.data[field] for row in events(case, name)) for name, field in wanted}


def test_no_sequence_of_calls_loses_a_word_about_debts(
    borrower: User, supervisor: User, today: date, api_for: Any
) -> None:
    case = testing.make_case(borrower, obligations=[*testing.FORM["obligations"], NURBANK])
    people = {"borrower": api_for(borrower), "staff": api_for(supervisor)}
    steps = settings(
        max_examples=10, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )  # fmt: skip
    run_state_machine_as_test(with_debts(people, case), settings=steps)  # type: ignore[no-untyped-call]
    seen = set(EventRow.objects.filter(data__case_id=str(case.pk)).values_list("type", flat=True))
    wanted = {"debt.split_given", "debt.schedule_given", "debt.payment_marked", "debt.payment_confirmed"}
    assert wanted <= seen, "the sequences are too poor to prove anything"
