"""An urgency that a rule raised falls back when the term behind it is met, has moved or lies too far back.

What a person raised with a reason stays until a person lowers it; a rule that went above it leaves it behind.
"""

from typing import Any, Final
from uuid import UUID

from django.db import transaction

from kenes.cases.events.assignment import CaseUrgencyChanged
from kenes.cases.models import Case, CaseDeadline, EscalationAct
from kenes.cases.states.case import FINAL, CaseStatus
from kenes.cases.terms import near_terms
from kenes.cases.tracks import progress
from kenes.cases.work import assignment
from kenes.event_log import selectors as event_selectors
from kenes.foundation import clock

REASON_GONE: Final = "rule:reason_gone"


def let_down() -> int:
    """Look at every open case with a held urgency; how many fell back. May run as often as one likes, and in parallel."""
    held = Case.objects.filter(raised_urgency__isnull=False).exclude(status__in=[*FINAL, CaseStatus.DRAFT])
    return sum(_look_at(case_id) for case_id in held.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _look_at(case_id: UUID) -> bool:
    case = Case.objects.select_for_update(of=("self",)).filter(pk=case_id).first()
    if case is None or case.raised_urgency is None or case.status in FINAL:
        return False
    changes = _changes(case)
    if not changes or _by_person(changes[0]) or _has_cause(case):
        return False
    left = _held_by_person(changes)
    if left == case.raised_urgency:
        return False
    assignment.hold_urgency(near_terms.CLOCK, case, left, REASON_GONE)
    progress.save_progress(case)
    return True


def _changes(case: Case) -> list[dict[str, Any]]:
    """Who held or gave back the urgency, newest first."""
    rows = event_selectors.events_of("case", case.pk).filter(type=CaseUrgencyChanged.type)
    return [{"actor": row.actor, **row.data} for row in rows.order_by("-seq")]


def _by_person(change: dict[str, Any]) -> bool:
    return bool(change["actor"].get("user_id"))


def _held_by_person(changes: list[dict[str, Any]]) -> int | None:
    """What the last person to decide wanted: a level, or None for the computed one."""
    last = next((change for change in changes if _by_person(change)), None)
    return int(last["target"]) if last is not None and last["raised"] else None


def _has_cause(case: Case) -> bool:
    """Whether a term for which a rule wants a raised urgency is still as near, or as freshly missed, as the rule says."""
    raising = {rule.code: rule for rule in near_terms.rules() if "raise_urgency" in rule.acts}
    unmet = CaseDeadline.objects.filter(case=case, met_on__isnull=True, watched=True)
    terms = {near_terms.name_of(term): term for term in unmet}
    acted = EscalationAct.objects.filter(case=case, rule__in=raising).values_list("rule", "term")
    return any(
        name in terms and raising[code].covers((terms[name].due - clock.today()).days, terms[name].critical)
        for code, name in acted
    )
