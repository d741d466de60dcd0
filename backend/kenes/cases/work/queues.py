"""Queues: which cases fall to them, who is next, how much everybody carries.

The first queue in order whose rule fits takes a case. Next is the member with the lowest share of load (open cases by
capacity); of equals the one who has waited longest for a case. Absent members are passed over, and whoever stands in for them
may be given the case instead.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Q

from kenes.accounts import selectors as account_selectors
from kenes.accounts.models import User
from kenes.cases.models import (
    DEFAULT_CAPACITY,
    Absence,
    Case,
    Queue,
    QueueMember,
    Workplace,
)
from kenes.cases.states.case import FINAL, CaseStatus
from kenes.cases.states.track import TrackKind
from kenes.creditors.models import CreditorType
from kenes.foundation import clock

NOT_CARRIED: Final = frozenset({*FINAL, CaseStatus.DRAFT})
SOON_DAYS: Final = 2
_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
# What a rule may ask for, with the codes that are known.
RULE_PARTS: Final[dict[str, frozenset[Any]]] = {
    "track_kinds": frozenset(TrackKind.values),
    "creditor_types": frozenset(CreditorType.values),
    "languages": frozenset({"ru", "kk", "en"}),
    "urgencies": frozenset({1, 2, 3, 4}),
}


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the rules of queues look at."""

    track_kinds: frozenset[str] = frozenset()
    creditor_types: frozenset[str] = frozenset()
    language: str = "ru"
    urgency: int = 4


def fits(rule: Mapping[str, Sequence[Any]], facts: CaseFacts) -> bool:
    """Whether a case falls under a rule: every part that is given must name something of the case. Pure."""
    have: dict[str, frozenset[Any]] = {
        "track_kinds": facts.track_kinds,
        "creditor_types": facts.creditor_types,
        "languages": frozenset({facts.language}),
        "urgencies": frozenset({facts.urgency}),
    }
    return all(not have[part].isdisjoint(wanted) for part, wanted in rule.items() if wanted and part in have)


def facts_of(case: Case) -> CaseFacts:
    """What the rules look at; two queries."""
    return CaseFacts(
        track_kinds=frozenset(case.tracks.values_list("kind", flat=True)),
        creditor_types=frozenset(case.obligations.values_list("creditor__type", flat=True)),
        language=case.language,
        urgency=case.urgency,
    )


def open_queues() -> list[Queue]:
    """Queues in use, in the order in which their rules are asked."""
    return list(Queue.objects.filter(archived_at__isnull=True).order_by("position", "id"))


def queue_for(case: Case, queues: Sequence[Queue] | None = None) -> Queue | None:
    """The first queue whose rule fits the case; None when none does."""
    facts = facts_of(case)
    known = open_queues() if queues is None else queues
    return next((queue for queue in known if fits(queue.rule, facts)), None)


@dataclass(frozen=True, slots=True)
class Load:
    """What a manager carries today. `absence` is the running one, `standing_in` whom he stands in for."""

    person: User
    open_cases: int = 0
    urgent: int = 0
    soon: int = 0
    capacity: int = DEFAULT_CAPACITY
    version: int = 0
    absence: Absence | None = None
    next_absence: Absence | None = None
    standing_in: Sequence[str] = field(default=())

    @property
    def share(self) -> Fraction:
        """Open cases by capacity; nobody with capacity 0 is ever next."""
        return Fraction(self.open_cases, self.capacity) if self.capacity else Fraction(10**6)

    @property
    def is_free(self) -> bool:
        return self.absence is None and self.open_cases < self.capacity


def loads(people: Iterable[User], today: date | None = None) -> list[Load]:
    """Load of each of these people in three queries."""
    shown = list(people)
    ids = [person.pk for person in shown]
    day = today or clock.today()
    counted = _counts(ids, day)
    places = {place.user_id: place for place in Workplace.objects.filter(user_id__in=ids)}
    running, coming = _absences(day)
    covers: dict[UUID, list[str]] = {}
    for absence in running.values():
        if absence.substitute_id is not None:
            covers.setdefault(absence.substitute_id, []).append(absence.user.full_name)
    made = []
    for person in shown:
        place = places.get(person.pk)
        made.append(
            Load(
                person=person,
                capacity=place.capacity if place else DEFAULT_CAPACITY,
                version=place.version if place else 0,
                absence=running.get(person.pk),
                next_absence=coming.get(person.pk),
                standing_in=tuple(covers.get(person.pk, ())),
                **counted.get(person.pk, {}),
            )
        )
    return made


def _counts(ids: list[UUID], day: date) -> dict[UUID, dict[str, int]]:
    rows = (
        Case.objects.filter(assignee_id__in=ids)
        .exclude(status__in=NOT_CARRIED)
        .values("assignee_id")
        .annotate(
            open_cases=Count("pk"),
            urgent=Count("pk", filter=Q(urgency=1)),
            soon=Count("pk", filter=Q(next_due__lte=day + timedelta(days=SOON_DAYS))),
        )
    )
    return {
        row["assignee_id"]: {"open_cases": row["open_cases"], "urgent": row["urgent"], "soon": row["soon"]}
        for row in rows
    }


def _absences(day: date) -> tuple[dict[UUID, Absence], dict[UUID, Absence]]:
    """Running and next absences by person; one query."""
    rows = Absence.objects.filter(cancelled_at__isnull=True, last_day__gte=day)
    running: dict[UUID, Absence] = {}
    coming: dict[UUID, Absence] = {}
    for row in rows.select_related("user", "substitute").order_by("first_day", "id"):
        (running if row.first_day <= day else coming).setdefault(row.user_id, row)
    return running, coming


def absence_on(person_id: UUID, day: date) -> Absence | None:
    """The absence of a person on a day, with the substitute loaded."""
    rows = Absence.objects.filter(
        user_id=person_id, cancelled_at__isnull=True, first_day__lte=day, last_day__gte=day
    )
    return rows.select_related("substitute").order_by("first_day", "id").first()


def members_of(queue: Queue) -> list[QueueMember]:
    """Members who are active managers now."""
    rows = queue.members.select_related("user").order_by("user__full_name", "user_id")
    managers = {person.pk for person in account_selectors.active_managers()}
    return [row for row in rows if row.user_id in managers]


def candidates(queue: Queue) -> list[tuple[Load, datetime]]:
    """Everybody who may be given a case of the queue now, best first: members present, and substitutes of absent ones."""
    members = members_of(queue)
    waited = {row.user_id: row.last_given_at or _NEVER for row in members}
    found = loads([row.user for row in members])
    stand_ins = [
        load.absence.substitute
        for load in found
        if load.absence is not None and load.absence.substitute is not None
        and load.absence.substitute_id not in waited
    ]  # fmt: skip
    managers = {person.pk for person in account_selectors.active_managers()} if stand_ins else set()
    found += loads({person.pk: person for person in stand_ins if person.pk in managers}.values())
    free = [load for load in found if load.is_free]
    free.sort(key=lambda load: order_key(load, waited.get(load.person.pk, _NEVER)))
    return [(load, waited.get(load.person.pk, _NEVER)) for load in free]


def order_key(load: Load, waited_since: datetime) -> tuple[Fraction, datetime, str]:
    """Who is next: the lowest share of load, then the longest wait, then always the same one."""
    return (load.share, waited_since, str(load.person.pk))


@cache
def first_queues() -> list[dict[str, Any]]:
    """Queues with which a new installation begins."""
    data = Path(__file__).parents[1] / "data" / "queues.json"
    rows: list[dict[str, Any]] = json.loads(data.read_text(encoding="utf-8"))
    return rows


def load_first_queues() -> int:
    """Make the queues of the data file where there is none at all; how many were made."""
    if Queue.objects.exists():
        return 0
    rows = [
        Queue(
            code=row["code"], position=position, rule=row["rule"], distributes=row["distributes"],
            created_at=clock.now(), **{f"name_{lang}": row["name"][lang] for lang in ("ru", "kk", "en")},
        )
        for position, row in enumerate(first_queues(), start=1)
    ]  # fmt: skip
    return len(Queue.objects.bulk_create(rows))
