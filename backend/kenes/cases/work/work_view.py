"""What staff read about the work on a case: who has it, whom it may go to and why, how urgent, what the clock did."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from kenes.accounts import selectors as account_selectors
from kenes.accounts.models import User
from kenes.cases import permissions, selectors
from kenes.cases.models import Absence, Case, EscalationAct, FieldChange
from kenes.cases.states.case import FINAL, CaseStatus
from kenes.cases.work import queues
from kenes.cases.work.queues import Load
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.language.dates import format_date

SUGGESTED: Final = 8
RULE_LABELS: Final[dict[str, Promise]] = {
    "critical_missed": _("A critical term has passed"),
    "critical_1_day": _("A critical term ends today or tomorrow"),
    "critical_2_days": _("A critical term ends within two days and nobody has acted"),
    "assignee_absent_3_days": _("A term is near and the manager is away"),
    "reason_gone": _("The term behind it is met, has moved or is long over"),
}
ACT_LABELS: Final[dict[str, Promise]] = {
    "raise_urgency": _("the urgency was raised"),
    "hand_over": _("the case was given to another person"),
    "tell_assignee": _("the manager was told"),
    "tell_supervisors": _("the supervisors were told"),
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A manager to whom the case may go, and why (in the reader's language)."""

    load: Load
    best: bool
    reasons: list[str]


@dataclass(frozen=True, slots=True)
class Work:
    """Everything of the panel."""

    case: Case
    absence: Absence | None
    computed: int
    held: dict[str, Any] | None
    suggestions: list[Suggestion]
    escalations: list[dict[str, Any]]
    allowed_actions: list[str]


def work_on(*, actor: Actor, case_id: UUID) -> Work:
    """The panel for staff of a case and of the pool. CaseNotFound, Forbidden."""
    case = selectors.get_case(actor=actor, case_id=case_id)
    permissions.require(actor, "case.view_internal", case)
    actions = _actions(actor, case)
    gives = {"assign", "hand_over", "give_by_queue"} & set(actions)
    return Work(
        case=case,
        absence=queues.absence_on(case.assignee_id, clock.today()) if case.assignee_id else None,
        computed=case.computed_urgency or case.urgency,
        held=_held(case),
        suggestions=suggestions(case) if gives else [],
        escalations=_escalations(case),
        allowed_actions=actions,
    )


def _actions(actor: Actor, case: Case) -> list[str]:
    if case.status in FINAL or case.status == CaseStatus.DRAFT:
        return []
    found = []
    may = permissions.allowed(actor, "case.assign", case)
    chief, own = permissions.is_supervisor(actor, case), permissions.is_assigned(actor, case)
    if may and case.assignee_id is None and actor.can("case.work"):
        found.append("take")
    if may and chief:
        found += ["assign", *([] if case.assignee_id else ["give_by_queue"])]
    if may and (chief or own) and case.assignee_id is not None:
        found += ["hand_over", "give_back"]
    if permissions.allowed(actor, "case.raise_urgency", case):
        found.append("raise_urgency")
    return found


def suggestions(case: Case) -> list[Suggestion]:
    """Managers for a case, best first: who knows the borrower, then free ones by load, then the others."""
    queue = case.queue
    members = queues.members_of(queue) if queue is not None else []
    waited = {row.user_id: row.last_given_at for row in members}
    loads = queues.loads(account_selectors.active_managers())
    knows = _who_knows(case)
    never = datetime.min.replace(tzinfo=clock.zone())

    def rank(load: Load) -> tuple[Any, ...]:
        person = load.person.pk
        in_queue = person in waited or not waited
        return (
            not load.is_free, person not in knows, not in_queue,
            *queues.order_key(load, waited.get(person) or never),
        )  # fmt: skip

    ordered = sorted((load for load in loads if load.person.pk != case.assignee_id), key=rank)
    return [
        Suggestion(load, place == 0 and load.is_free, _reasons(load, case, load.person.pk in knows, waited))
        for place, load in enumerate(ordered[:SUGGESTED])
    ]


def _who_knows(case: Case) -> set[UUID]:
    """Managers who have or had another case of the same borrower."""
    others = Case.objects.filter(borrower_id=case.borrower_id, assignee__isnull=False).exclude(pk=case.pk)
    return {person for person in others.values_list("assignee_id", flat=True) if person is not None}


def _reasons(load: Load, case: Case, knows: bool, waited: dict[UUID, Any]) -> list[str]:
    lang = _language()
    found = []
    if load.absence is not None:
        day = format_date(load.absence.last_day, lang)
        found.append(now("away until %(day)s") % {"day": day})
    if knows:
        found.append(now("already works with this borrower"))
    if case.queue is not None and load.person.pk in waited:
        found.append(now("member of the queue «%(queue)s»") % {"queue": case.queue.name(lang)})
    if load.standing_in:
        found.append(now("stands in for %(names)s") % {"names": ", ".join(load.standing_in)})
    values = {"open": load.open_cases, "capacity": load.capacity}
    if load.open_cases >= load.capacity:
        found.append(now("full: %(open)s of %(capacity)s cases") % values)
    else:
        found.append(now("has %(open)s of %(capacity)s cases") % values)
    return found


def _held(case: Case) -> dict[str, Any] | None:
    if case.raised_urgency is None:
        return None
    row = FieldChange.objects.filter(case=case, field="urgency:raised").order_by("-created_at").first()
    if row is None:
        return None
    names = account_selectors.person_names({row.changed_by_id} if row.changed_by_id else set())
    by = names.get(row.changed_by_id, "") if row.changed_by_id else "Kenes Hub"
    return {"by": by, "at": row.created_at, "reason": reason_text(row.new)}


def reason_text(words: str) -> str:
    """The reason of a raised urgency: words of a person, or the name of the rule that acted."""
    code = words.removeprefix("rule:")
    return rule_label(code) if code != words else words


def rule_label(code: str) -> str:
    """What a rule of escalation is about."""
    return str(RULE_LABELS.get(code, code))


def act_labels(acts: list[str] | tuple[str, ...]) -> list[str]:
    """What a rule did, as parts of a sentence."""
    return [str(ACT_LABELS.get(act, act)) for act in acts]


def _escalations(case: Case) -> list[dict[str, Any]]:
    rows = EscalationAct.objects.filter(case=case).order_by("-created_at")[:10]
    return [
        {"at": row.created_at, "due": row.due, "rule": rule_label(row.rule), "acts": act_labels(row.acts)}
        for row in rows
    ]


def person_ref(person: User | None) -> dict[str, Any] | None:
    """Id and name for JSON."""
    return None if person is None else {"id": person.pk, "full_name": person.full_name}


def _language() -> str:
    from django.utils.translation import get_language

    code = (get_language() or "ru")[:2]
    return code if code in {"ru", "kk", "en"} else "ru"
