"""Stories of every kind and the procedures they call for. Pure: terms are counted without a calendar."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kenes.cases.tracks import routing
from kenes.cases.tracks.routing import Limits, Story, StoryDebt, StoryFact
from kenes.law.terms import add_months

TODAY = date(2026, 11, 18)
LIMITS = Limits(
    extrajudicial_tiyn=1600 * 432_500, steady_income_percent=70, urgent_window_days=7, social_aid_months=6
)


def terms(name: str, start: date) -> date:
    match name:
        case "relief_window":
            return start + timedelta(days=30)
        case "lender_reply":
            return start + timedelta(days=15)
    months = {
        "assignment_allowed": 24,
        "no_payment": 12,
        "no_payment_simplified": 60,
        "bankruptcy_repeat": 84,
    }
    return add_months(start, months[name])


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def debt(days: int | None = 10, kind: str = "BANK", total: int = 100_000_000, **more: bool) -> StoryDebt:
    return StoryDebt(kind, total, None if days is None else ago(days), **more)


def story(*debts: StoryDebt, facts: tuple[StoryFact, ...] = (), **more: object) -> Story:
    return Story(TODAY, debts or (debt(),), facts, **more)  # type: ignore[arg-type]


def route(told: Story) -> set[str]:
    return {proposal.kind.value for proposal in routing.propose(told, terms, LIMITS)}


def urgency(told: Story) -> int:
    return routing.urgency(told, routing.propose(told, terms, LIMITS), terms, LIMITS)


def fact(kind: str, days: int, *about: int) -> StoryFact:
    return StoryFact(kind, ago(days), about)


LONG_UNPAID = (fact("LAST_PAYMENT", 400), fact("REFUSED", 200, 0))
STORIES = [
    ("delay in the window", story(), {"RESTRUCTURING"}, 3),
    ("under a week of the window left", story(debt(25)), {"RESTRUCTURING"}, 2),
    ("last day of the window", story(debt(30)), {"RESTRUCTURING"}, 2),
    ("window has passed", story(debt(31)), {"RESTRUCTURING"}, 3),
    ("exactly a week left", story(debt(23)), {"RESTRUCTURING"}, 3),
    ("no delay yet", story(debt(None)), {"RESTRUCTURING"}, 4),
    ("one of two debts in delay", story(debt(None), debt(5, "MFO")), {"RESTRUCTURING"}, 3),
    (
        "mortgage sold by the borrower himself",
        story(debt(60, secured=True), relief_kinds=frozenset({"COLLATERAL_SOLD_BY_BORROWER"})),
        {"RESTRUCTURING", "MEDIATION"},
        3,
    ),
    ("mortgage without a sale", story(debt(60, secured=True)), {"RESTRUCTURING"}, 3),
    ("mediation asked for in words", story(words="Хочу через медиатора"), {"RESTRUCTURING", "MEDIATION"}, 3),
    (
        "notary's inscription",
        story(debt(180), facts=(fact("INSCRIPTION_MADE", 12, 0), fact("INSCRIPTION_RECEIVED", 5, 0))),
        {"NOTARY_OBJECTION"},
        1,
    ),
    (
        "inscription on one debt, delay on another",
        story(debt(180), debt(12, "MFO"), facts=(fact("INSCRIPTION_RECEIVED", 3, 0),)),
        {"NOTARY_OBJECTION", "RESTRUCTURING"},
        1,
    ),
    ("court hearing", story(debt(200), facts=(StoryFact("COURT_DATE", ago(-6), (0,)),)), {"COURT_SUPPORT"}, 1),
    ("account arrested", story(debt(200), facts=(fact("PROPERTY_ARREST", 2, 0),)), {"COURT_SUPPORT"}, 1),
    (
        "collector calls about a microcredit",
        story(debt(106, "MFO"), facts=(fact("COLLECTOR_CONTACT", 3, 0),)),
        {"COLLECTOR_COMPLAINT", "RESTRUCTURING"},
        2,
    ),
    (
        "refused",
        story(debt(54, "MFO"), facts=(fact("APPLICATION_RECEIVED", 29, 0), fact("REFUSED", 12, 0))),
        {"OMBUDSMAN"},
        2,
    ),
    ("creditor kept silent", story(debt(45), facts=(fact("APPLICATION_RECEIVED", 25, 0),)), {"REGULATOR", "OMBUDSMAN"}, 2),
    ("silence told by the borrower", story(debt(45), facts=(fact("NO_REPLY", 1, 0),)), {"REGULATOR", "OMBUDSMAN"}, 2),
    ("answer still awaited", story(debt(20), facts=(fact("APPLICATION_RECEIVED", 10, 0),)), {"RESTRUCTURING"}, 3),
    ("refused, then applied again", story(debt(60), facts=(fact("REFUSED", 40, 0), fact("APPLICATION_RECEIVED", 5, 0))), {"RESTRUCTURING"}, 3),
    (
        "refused by one of two",
        story(debt(40), debt(8), facts=(fact("REFUSED", 4, 0),)),
        {"OMBUDSMAN", "RESTRUCTURING"},
        2,
    ),
    ("a year unpaid, nothing owned", story(debt(420), facts=LONG_UNPAID), {"BANKRUPTCY_EXTRAJUDICIAL"}, 3),
    ("a year unpaid, settlement not tried", story(debt(420), facts=(fact("LAST_PAYMENT", 400),)), {"RESTRUCTURING"}, 3),
    ("eleven months unpaid", story(debt(340), facts=(fact("LAST_PAYMENT", 330), fact("REFUSED", 20, 0))), {"OMBUDSMAN"}, 2),
    (
        "five years unpaid",
        story(debt(2000), facts=(fact("LAST_PAYMENT", 1900),)),
        {"BANKRUPTCY_EXTRAJUDICIAL"},
        3,
    ),
    (
        "earlier bankruptcy",
        story(debt(420), facts=(*LONG_UNPAID, fact("PREVIOUS_BANKRUPTCY", 1000))),
        {"OMBUDSMAN"},
        2,
    ),
    (
        "large debt, property, steady pay",
        story(
            debt(420, total=900_000_000), facts=LONG_UNPAID, assets_tiyn=2_200_000_000, monthly_now_tiyn=62_000_000,
            avg12_tiyn=64_000_000, avg2_tiyn=61_000_000,
        ),
        {"SOLVENCY_RESTORATION"},
        3,
    ),
    (
        "large debt, nothing owned",
        story(debt(420, total=900_000_000), facts=LONG_UNPAID, monthly_now_tiyn=10_000_000, avg12_tiyn=10_000_000),
        {"BANKRUPTCY_JUDICIAL"},
        3,
    ),
    (
        "small debt but a car",
        story(debt(420), facts=LONG_UNPAID, assets_tiyn=30_000_000),
        {"BANKRUPTCY_JUDICIAL"},
        3,
    ),
    (
        "half a year on social aid",
        story(
            debt(200), facts=(fact("SOCIAL_AID_GRANTED", 190), fact("REFUSED", 40, 0)), targeted_social_aid=True
        ),
        {"BANKRUPTCY_EXTRAJUDICIAL"},
        3,
    ),
    (
        "debt sold after a year",
        story(debt(360, "COLLECTOR"), facts=(fact("ASSIGNMENT", 60, 0), fact("COLLECTOR_CONTACT", 1, 0))),
        {"REGULATOR", "COLLECTOR_COMPLAINT"},
        2,
    ),
    (
        "debt sold after three years",
        story(debt(1100, "COLLECTOR"), facts=(fact("ASSIGNMENT", 60, 0),)),
        {"RESTRUCTURING"},
        3,
    ),
    (
        "bankrupt and a notary's inscription",
        story(debt(420), facts=(*LONG_UNPAID, fact("INSCRIPTION_RECEIVED", 2, 0))),
        {"BANKRUPTCY_EXTRAJUDICIAL", "NOTARY_OBJECTION"},
        1,
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("told", "expected", "level"), [row[1:] for row in STORIES], ids=[row[0] for row in STORIES]
)
def test_route_and_urgency(told: Story, expected: set[str], level: int) -> None:
    assert route(told) == expected
    assert urgency(told) == level


def test_only_plain_letters_are_opened_by_the_system() -> None:
    def automatic(told: Story) -> bool:
        return routing.only_automatic(routing.propose(told, terms, LIMITS))

    assert automatic(story(debt(5), debt(None, "MFO")))
    assert not automatic(story(facts=(fact("APPLICATION_RECEIVED", 3, 0),)))
    assert not automatic(story(facts=(fact("COLLECTOR_CONTACT", 3, 0),)))
    assert not routing.only_automatic([])


def test_every_debt_has_its_own_letter() -> None:
    proposals = routing.propose(story(debt(5), debt(8, "MFO"), debt(9, "MFO")), terms, LIMITS)
    assert [(proposal.kind.value, proposal.debt) for proposal in proposals] == [
        ("RESTRUCTURING", 0), ("RESTRUCTURING", 1), ("RESTRUCTURING", 2),
    ]  # fmt: skip


def test_a_letter_that_has_left_is_no_longer_urgent() -> None:
    told = story(debt(26))
    sent = replace(told, debts=(debt(26, applied=True),))
    assert (urgency(told), urgency(sent)) == (2, 3)


def test_the_most_pressing_procedure_comes_first() -> None:
    told = story(
        debt(180), debt(12), facts=(fact("INSCRIPTION_RECEIVED", 3, 0), fact("COLLECTOR_CONTACT", 3, 1))
    )
    kinds = [proposal.kind.value for proposal in routing.propose(told, terms, LIMITS)]
    assert kinds == ["NOTARY_OBJECTION", "COLLECTOR_COMPLAINT", "RESTRUCTURING"]
