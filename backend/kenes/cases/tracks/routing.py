"""Which procedures a story calls for, and how urgent it is. Pure: terms and limits come from outside.

Rules follow the law sheet: restructuring first (30 days from the delay), complaint when the creditor refused or kept
silent, objection when a notary has signed, insolvency when nothing was paid for a year and settlement failed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from kenes.cases.states.track import TrackKind

K = TrackKind
INSCRIPTION: Final = frozenset({"INSCRIPTION_MADE", "INSCRIPTION_RECEIVED"})
ENFORCEMENT: Final = frozenset({"COURT_DATE", "PROPERTY_ARREST"})
_MEDIATION_WORDS: Final = ("медиа", "mediat", "бітімгер", "татуласт")

# Day on which the named term ends when it starts on a day.
Terms = Callable[[str, date], date]


@dataclass(frozen=True, slots=True)
class StoryDebt:
    """A debt as routing sees it. `applied`: a letter about it has already left."""

    creditor_type: str
    total_tiyn: int
    overdue_since: date | None
    secured: bool = False
    applied: bool = False


@dataclass(frozen=True, slots=True)
class StoryFact:
    """A dated fact with the debts it is about (empty: the whole case)."""

    kind: str
    on: date
    debts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """Everything the route depends on, as of `today`. Money in tiyn."""

    today: date
    debts: Sequence[StoryDebt]
    facts: Sequence[StoryFact] = ()
    assets_tiyn: int = 0
    monthly_now_tiyn: int = 0
    avg12_tiyn: int = 0
    avg2_tiyn: int = 0
    targeted_social_aid: bool = False
    relief_kinds: frozenset[str] = frozenset()
    words: str = ""

    @property
    def total_tiyn(self) -> int:
        return sum(debt.total_tiyn for debt in self.debts)

    def about(self, index: int, *kinds: str) -> list[StoryFact]:
        return [fact for fact in self.facts if fact.kind in kinds and index in fact.debts]

    def dates(self, *kinds: str) -> list[date]:
        return [fact.on for fact in self.facts if fact.kind in kinds]


@dataclass(frozen=True, slots=True)
class Limits:
    """Figures of the law for the day: sums in tiyn, shares in percent."""

    extrajudicial_tiyn: int
    steady_income_percent: int
    urgent_window_days: int
    social_aid_months: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A procedure worth opening. `automatic`: the system may open it without a manager."""

    kind: TrackKind
    debt: int | None
    reasons: tuple[str, ...] = field(default=())
    automatic: bool = False


def propose(story: Story, terms: Terms, limits: Limits) -> list[Proposal]:
    """Procedures for a story, most pressing first."""
    insolvency = _insolvency(story, terms, limits)
    found: list[Proposal] = [] if insolvency is None else [insolvency]
    for index in range(len(story.debts)):
        found += _pressing(story, index, terms)
        if insolvency is None:
            found += _with_creditor(story, index, terms)
    if not found:
        found.append(Proposal(K.CONSULTATION, None, ("no_route",)))
    return sorted(found, key=lambda proposal: (ORDER.index(proposal.kind), proposal.debt or 0))


# The most pressing procedure first.
ORDER: Final = (
    K.NOTARY_OBJECTION, K.COURT_SUPPORT, K.COLLECTOR_COMPLAINT, K.OMBUDSMAN, K.REGULATOR, K.RESTRUCTURING,
    K.MEDIATION, K.BANKRUPTCY_EXTRAJUDICIAL, K.SOLVENCY_RESTORATION, K.BANKRUPTCY_JUDICIAL, K.CONSULTATION,
)  # fmt: skip


def _pressing(story: Story, index: int, terms: Terms) -> list[Proposal]:
    """What cannot wait, whatever else is done: notary, court, collectors, an unlawful sale of the debt."""
    found = []
    if story.about(index, *INSCRIPTION):
        found.append(Proposal(K.NOTARY_OBJECTION, index, ("inscription",)))
    if story.about(index, *ENFORCEMENT):
        found.append(Proposal(K.COURT_SUPPORT, index, ("court_or_arrest",)))
    if story.about(index, "COLLECTOR_CONTACT"):
        found.append(Proposal(K.COLLECTOR_COMPLAINT, index, ("collector_contact",)))
    if _sold_too_early(story, index, terms):
        found.append(Proposal(K.REGULATOR, index, ("sold_too_early",)))
    return found


def _sold_too_early(story: Story, index: int, terms: Terms) -> bool:
    since = story.debts[index].overdue_since
    sales = story.about(index, "ASSIGNMENT")
    if not sales:
        return False
    return since is None or any(sale.on < terms("assignment_allowed", since) for sale in sales)


def _with_creditor(story: Story, index: int, terms: Terms) -> list[Proposal]:
    """Talks with the creditor, or the complaint when they failed."""
    if story.about(index, *INSCRIPTION, *ENFORCEMENT) or _sold_too_early(story, index, terms):
        return []
    match _answer(story, index, terms):
        case "refused":
            return [Proposal(K.OMBUDSMAN, index, ("refused",))]
        case "silent":
            return [Proposal(K.REGULATOR, index, ("no_reply",)), Proposal(K.OMBUDSMAN, index, ("no_reply",))]
        case "waiting":
            return [Proposal(K.RESTRUCTURING, index, ("reply_awaited",))]
    found = [Proposal(K.RESTRUCTURING, index, _why_restructure(story, index, terms), automatic=True)]
    if _wants_mediation(story, index):
        found.append(Proposal(K.MEDIATION, index, ("talks_about_pledge",)))
    return found


def _answer(story: Story, index: int, terms: Terms) -> str:
    """How the creditor took an earlier application: refused, silent, waiting, or none made."""
    refusals = [fact.on for fact in story.about(index, "REFUSED")]
    silences = [fact.on for fact in story.about(index, "NO_REPLY")]
    applications = [fact.on for fact in story.about(index, "APPLICATION_RECEIVED")]
    last = max([*refusals, *silences, *applications], default=None)
    if last is None:
        return "none"
    if last in refusals:
        return "refused"
    if last in silences or terms("lender_reply", last) < story.today:
        return "silent"
    return "waiting"


def _why_restructure(story: Story, index: int, terms: Terms) -> tuple[str, ...]:
    since = story.debts[index].overdue_since
    if since is None:
        return ("before_delay",)
    return ("in_window",) if terms("relief_window", since) >= story.today else ("window_passed",)


def _wants_mediation(story: Story, index: int) -> bool:
    sells_pledge = story.debts[index].secured and "COLLATERAL_SOLD_BY_BORROWER" in story.relief_kinds
    words = story.words.casefold()
    return sells_pledge or "MEDIATED" in story.relief_kinds or any(word in words for word in _MEDIATION_WORDS)


def _insolvency(story: Story, terms: Terms, limits: Limits) -> Proposal | None:
    """Bankruptcy or restoration when nothing was paid for the legal time and settlement was tried."""
    earlier = story.dates("PREVIOUS_BANKRUPTCY", "BANKRUPTCY_COMPLETED")
    if any(terms("bankruptcy_repeat", day) > story.today for day in earlier):
        return None
    payments = story.dates("LAST_PAYMENT")
    if any(debt.overdue_since is None for debt in story.debts) or not (payments or story.targeted_social_aid):
        return None
    small = story.total_tiyn <= limits.extrajudicial_tiyn and story.assets_tiyn == 0
    last = max(payments, default=None)
    if last and small and terms("no_payment_simplified", last) <= story.today:
        return Proposal(K.BANKRUPTCY_EXTRAJUDICIAL, None, ("unpaid_five_years",))
    unpaid_long = last is not None and terms("no_payment", last) <= story.today
    if not (unpaid_long or (small and _long_on_aid(story, limits))) or not _settlement_tried(story, terms):
        return None
    if small:
        return Proposal(K.BANKRUPTCY_EXTRAJUDICIAL, None, ("unpaid_year", "no_property"))
    steady = story.avg12_tiyn > 0 and story.avg2_tiyn * 100 >= story.avg12_tiyn * limits.steady_income_percent
    if story.monthly_now_tiyn > 0 and steady and story.assets_tiyn >= story.total_tiyn:
        return Proposal(K.SOLVENCY_RESTORATION, None, ("unpaid_year", "steady_income"))
    return Proposal(K.BANKRUPTCY_JUDICIAL, None, ("unpaid_year", "over_limit_or_property"))


def _long_on_aid(story: Story, limits: Limits) -> bool:
    since = min(story.dates("SOCIAL_AID_GRANTED"), default=None)
    if not story.targeted_social_aid or since is None:
        return False
    months = (story.today.year - since.year) * 12 + story.today.month - since.month
    return months - (story.today.day < since.day) >= limits.social_aid_months


def _settlement_tried(story: Story, terms: Terms) -> bool:
    if story.dates("REFUSED", "NO_REPLY", "MEDIATION_CONTRACT"):
        return True
    return any(terms("lender_reply", day) < story.today for day in story.dates("APPLICATION_RECEIVED"))


def only_automatic(proposals: Sequence[Proposal]) -> bool:
    """Whether the system may open everything by itself: letters to creditors and nothing else."""
    return bool(proposals) and all(proposal.automatic for proposal in proposals)


def urgency(story: Story, proposals: Sequence[Proposal], terms: Terms, limits: Limits) -> int:
    """1: notary, court, arrest; 2: collectors, complaints, under a week of the 30 days left; 3: delay; 4: none yet."""
    kinds = {proposal.kind for proposal in proposals}
    if kinds & {K.NOTARY_OBJECTION, K.COURT_SUPPORT}:
        return 1
    if kinds & {K.COLLECTOR_COMPLAINT, K.OMBUDSMAN, K.REGULATOR}:
        return 2
    to_apply = {proposal.debt for proposal in proposals if proposal.kind == K.RESTRUCTURING}
    for index, debt in enumerate(story.debts):
        if index in to_apply and debt.overdue_since and not debt.applied:
            left = (terms("relief_window", debt.overdue_since) - story.today).days
            if 0 <= left < limits.urgent_window_days:
                return 2
    return 3 if any(debt.overdue_since for debt in story.debts) else 4
