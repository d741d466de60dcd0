"""What happens by itself when a term comes near and nobody has acted. Rules are data (`data/escalation.json`).

Run by the timer several times a day. A rule acts once for a term: the row `EscalationAct` is made in the transaction that acts,
and it is unique by rule and term. Days that the timer missed are made up for: a rule holds for a range of days left, and a term
that passed within the last week still counts for the rule about missed ones.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from kenes.accounts import selectors as account_selectors
from kenes.accounts.models import Role, User
from kenes.cases.events.assignment import TermEscalated
from kenes.cases.models import Case, CaseDeadline, EscalationAct, Queue
from kenes.cases.states.case import CaseStatus
from kenes.cases.terms import near_term_letters
from kenes.cases.tracks import progress
from kenes.cases.work import assignment, queues
from kenes.event_log import selectors as event_selectors
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor, SystemActor
from kenes.realtime import services as realtime

CLOCK: Final[Actor] = SystemActor("escalation")
IDLE: Final = timedelta(days=1)
MOST_URGENT: Final = 1
_WATCHED: Final = (
    CaseStatus.SUBMITTED, CaseStatus.TRIAGE, CaseStatus.AWAITING_BORROWER, CaseStatus.ACTIVE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the data: for which terms, when, and what is done. After `not_after` it has nothing to add."""

    code: str
    least: int
    most: int
    critical: bool
    when: tuple[str, ...]
    acts: tuple[str, ...]
    not_after: frozenset[str] = frozenset()

    def covers(self, days_left: int, critical: bool) -> bool:
        return self.least <= days_left <= self.most and (critical or not self.critical)


@cache
def rules() -> tuple[Rule, ...]:
    """Rules in order; an unknown act or condition is a mistake in the data and stops the run."""
    data = Path(__file__).parents[1] / "data" / "escalation.json"
    rows: list[dict[str, Any]] = json.loads(data.read_text(encoding="utf-8"))
    made = tuple(
        Rule(
            row["code"], row["days_left"]["least"], row["days_left"]["most"], row["critical"],
            tuple(row["when"]), tuple(row["acts"]), frozenset(row.get("not_after", ())),
        )
        for row in rows
    )  # fmt: skip
    for rule in made:
        if not set(rule.when) <= set(CONDITIONS) or not set(rule.acts) <= set(ACTS):
            raise ValueError(f"escalation rule {rule.code} asks for something unknown")
    return made


def run() -> int:
    """Look at every term that comes near or has just passed; how many rules acted. May run as often as one likes."""
    return sum(_look_at(case_id, deadline_id) for deadline_id, case_id in _terms_near())


def _terms_near() -> list[tuple[UUID, UUID]]:
    today = clock.today()
    first = today + timedelta(days=min(rule.least for rule in rules()))
    last = today + timedelta(days=max(rule.most for rule in rules()))
    rows: QuerySet[CaseDeadline] = CaseDeadline.objects.filter(
        met_on__isnull=True, watched=True, due__gte=first, due__lte=last, case__status__in=_WATCHED
    )
    return list(rows.order_by("due", "pk").values_list("pk", "case_id"))


@transaction.atomic
def _look_at(case_id: UUID, deadline_id: UUID) -> int:
    case = Case.objects.select_for_update(of=("self",)).filter(pk=case_id, status__in=_WATCHED).first()
    if case is None:
        return 0
    term = CaseDeadline.objects.filter(pk=deadline_id, case=case, met_on__isnull=True, watched=True).first()
    if term is None:
        return 0
    days_left = (term.due - clock.today()).days
    wanted = [rule for rule in rules() if rule.covers(days_left, term.critical)]
    name = name_of(term)
    done = set(EscalationAct.objects.filter(case=case, term=name).values_list("rule", flat=True))
    acted = 0
    for rule in wanted:
        if rule.code not in done and rule.not_after.isdisjoint(done) and _holds(rule, case):
            _act(rule, case, term, name, days_left)
            done.add(rule.code)
            acted += 1
    if acted:
        progress.save_progress(case)
    return acted


def name_of(term: CaseDeadline) -> str:
    """What an act remembers a term by: a term that gets another day is another one."""
    return f"{term.fact_id}:{term.rule_key}:{term.due.isoformat()}"


def _holds(rule: Rule, case: Case) -> bool:
    """A rule without conditions holds always, otherwise when any of them is met."""
    return not rule.when or any(CONDITIONS[name](case) for name in rule.when)


def _unassigned(case: Case) -> bool:
    return case.assignee_id is None


def _assignee_absent(case: Case) -> bool:
    return case.assignee_id is not None and queues.absence_on(case.assignee_id, clock.today()) is not None


def _idle(case: Case) -> bool:
    """Whoever has the case has done nothing with it for a day: neither moved it nor written."""
    if case.assignee_id is None:
        return False
    since = clock.now() - IDLE
    rows = event_selectors.events_of("case", case.pk).filter(at__gte=since)
    return not rows.filter(actor__user_id=str(case.assignee_id)).exists()


CONDITIONS: Final[dict[str, Callable[[Case], bool]]] = {
    "unassigned": _unassigned,
    "assignee_absent": _assignee_absent,
    "idle": _idle,
}


def _act(rule: Rule, case: Case, term: CaseDeadline, name: str, days_left: int) -> None:
    row = EscalationAct(
        case=case, rule=rule.code, term=name, due=term.due, rule_key=term.rule_key, created_at=clock.now()
    )
    row.acts = [act for act in rule.acts if ACTS[act](case, term, row)]
    row.save(force_insert=True)
    event_log.record(
        TermEscalated(
            case_id=case.pk, act_id=row.pk, rule=rule.code, rule_key=term.rule_key, due=term.due,
            days_left=days_left, acts=tuple(row.acts),
            to_id=case.assignee_id if "hand_over" in row.acts else None,
        ),
        actor=CLOCK,
    )  # fmt: skip


def _raise_urgency(case: Case, term: CaseDeadline, row: EscalationAct) -> bool:
    if case.urgency <= MOST_URGENT:
        return False
    assignment.hold_urgency(CLOCK, case, MOST_URGENT, f"rule:{row.rule}")
    return True


def _hand_over(case: Case, term: CaseDeadline, row: EscalationAct) -> bool:
    """To the substitute, else to who is next in the queue, else to the supervisor with the fewest cases."""
    person, queue_id = _next_hands(case)
    if person is None or person.pk == case.assignee_id:
        return False
    assignment.pass_to(CLOCK, case, person, how="escalation", queue_id=queue_id)
    if queue_id is not None:
        assignment.note_given(queue_id, person.pk)
    _tell(person, case, term, row)
    return True


def _next_hands(case: Case) -> tuple[User | None, UUID | None]:
    today = clock.today()
    absence = queues.absence_on(case.assignee_id, today) if case.assignee_id else None
    substitute = absence.substitute if absence is not None else None
    if substitute is not None and substitute.is_active and queues.absence_on(substitute.pk, today) is None:
        return substitute, None
    if case.queue_id is None:
        assignment.place(case)
    if case.queue_id is not None:
        queue = Queue.objects.select_for_update().get(pk=case.queue_id)
        assignment.lock_places([member.user_id for member in queues.members_of(queue)])
        for load, _waited in queues.candidates(queue):
            if load.person.pk != case.assignee_id:
                return load.person, queue.pk
    return _supervisor(), None


def _supervisor() -> User | None:
    """The supervisor with the fewest cases who is not away."""
    people = [load for load in queues.loads(supervisors()) if load.absence is None]
    return min(people, key=lambda load: (load.open_cases, str(load.person.pk))).person if people else None


def supervisors() -> Sequence[User]:
    """Active heads of the managers."""
    return list(account_selectors.people_with_role(Role.SUPERVISOR).order_by("pk"))


def _tell(person: User, case: Case, term: CaseDeadline, row: EscalationAct) -> None:
    near_term_letters.tell(person, case, term, row)
    realtime.hint(f"user:{person.pk}", "case.escalated", case.pk)


def _tell_assignee(case: Case, term: CaseDeadline, row: EscalationAct) -> bool:
    if case.assignee is None:
        return _tell_supervisors(case, term, row)
    _tell(case.assignee, case, term, row)
    return True


def _tell_supervisors(case: Case, term: CaseDeadline, row: EscalationAct) -> bool:
    people = [person for person in supervisors() if person.pk != case.assignee_id]
    for person in people:
        _tell(person, case, term, row)
    return bool(people)


ACTS: Final[dict[str, Callable[[Case, CaseDeadline, EscalationAct], bool]]] = {
    "raise_urgency": _raise_urgency,
    "hand_over": _hand_over,
    "tell_assignee": _tell_assignee,
    "tell_supervisors": _tell_supervisors,
}
