"""Demonstration of the work of a team: queues with members, capacity, an absence, words, urgency, invitations, checks."""

from datetime import timedelta
from typing import Any, Final

from kenes.accounts import selectors as account_selectors
from kenes.accounts.models import Role, User
from kenes.cases.models import (
    Absence,
    Case,
    EligibilityCheck,
    PartyInvitation,
    Queue,
    QueueMember,
    Workplace,
)
from kenes.cases.parties import party_invitations
from kenes.cases.states.case import FINAL, CaseStatus
from kenes.cases.story import eligibility
from kenes.cases.work import assignment, queues
from kenes.foundation import clock
from kenes.foundation.actor import Actor

CAPACITIES: Final = (60, 45)
FEW: Final = 3
_ANSWERS: Final[dict[str, Any]] = {
    "citizen": "yes", "entrepreneur": "no", "debt_kinds": "loans", "aid6": "no", "last_payment": "2025-08-14",
    "property": "no", "settlement": "yes", "previous": "no",
}  # fmt: skip


def load_demo_work() -> None:
    """Fill what the pages of the team show; safe to repeat. Comes after the demonstration cases."""
    managers = account_selectors.active_managers()
    supervisor = account_selectors.people_with_role(Role.SUPERVISOR).order_by("email").first()
    if not managers or supervisor is None:
        raise LookupError("demonstration people come before the work of the team")
    queues.load_first_queues()
    _members(managers)
    _place_waiting()
    chief = account_selectors.actor_for(supervisor)
    _absence(managers)
    _urgency(chief)
    _words(chief, managers)
    _invitations(chief)
    _checks(chief)


def _members(managers: list[User]) -> None:
    now = clock.now()
    for place, person in enumerate(managers):
        capacity = CAPACITIES[place % len(CAPACITIES)]
        Workplace.objects.get_or_create(user=person, defaults={"capacity": capacity, "updated_at": now})
    for place, queue in enumerate(Queue.objects.order_by("position")):
        # Everybody takes the general and the urgent ones, the others have their own people.
        special = [managers[place % len(managers)]]
        for person in managers if queue.code in {"urgent", "general"} else special:
            QueueMember.objects.get_or_create(queue=queue, user=person)


def _place_waiting() -> None:
    known = queues.open_queues()
    waiting = Case.objects.exclude(status__in=[*FINAL, CaseStatus.DRAFT]).filter(queue__isnull=True)
    for case in waiting.order_by("pk"):
        queue = queues.queue_for(case, known)
        if queue is not None:
            Case.objects.filter(pk=case.pk).update(queue=queue)


def _absence(managers: list[User]) -> None:
    if Absence.objects.exists() or len(managers) < FEW - 1:
        return
    today = clock.today()
    Absence.objects.create(
        user=managers[-1], first_day=today + timedelta(days=5), last_day=today + timedelta(days=12),
        substitute=managers[0], note="Отпуск", created_at=clock.now(),
    )  # fmt: skip


def _open_cases(**more: Any) -> list[Case]:
    rows = Case.objects.filter(status__in=[CaseStatus.TRIAGE, CaseStatus.ACTIVE], **more)
    return list(rows.order_by("number")[: FEW * 2])


def _urgency(chief: Actor) -> None:
    if Case.objects.filter(raised_urgency__isnull=False).exists():
        return
    for case in _open_cases(urgency__gte=3)[:FEW]:
        reason = "Заёмщик ложится в больницу на следующей неделе."
        assignment.set_urgency(actor=chief, case_id=case.pk, urgency=2, reason=reason, version=case.version)


def _words(chief: Actor, managers: list[User]) -> None:
    if len(managers) < FEW - 1 or Case.objects.filter(changes__field="assign:words").exists():
        return
    for case in _open_cases(assignee=managers[0])[:FEW]:
        words = "Просит звонить после 18:00, говорит по-казахски."
        assignment.hand_over(
            actor=chief, case_id=case.pk, assignee_id=managers[-1].pk, words=words, version=case.version
        )


def _invitations(chief: Actor) -> None:
    if PartyInvitation.objects.exists():
        return
    for place, case in enumerate(_open_cases()[:FEW]):
        debt = case.obligations.order_by("position").first()
        if debt is None:
            continue
        wishes = (
            party_invitations.PartyWish(
                role="guarantor", email=f"guarantor{place}@example.com", full_name="Жумабеков Нурлан",
                obligation_id=debt.pk, borrower_agrees=True,
            ),
            party_invitations.PartyWish(
                role="lawyer", email=f"lawyer{place}@example.com", full_name="Ибраева Алия", language="kk",
                borrower_agrees=True,
            ),
        )  # fmt: skip
        for wish in wishes:
            party_invitations.invite(actor=chief, case_id=case.pk, wish=wish)


def _checks(chief: Actor) -> None:
    if EligibilityCheck.objects.exists():
        return
    for place, case in enumerate(_open_cases()[:FEW]):
        told = {**_ANSWERS, "debt_total": case.total_tiyn}
        told |= {"settlement": "unknown"} if place == 1 else {}
        for code in ("extrajudicial", "judicial"):
            eligibility.keep(actor=chief, case_id=case.pk, code=code, answers=told, lang="ru")
