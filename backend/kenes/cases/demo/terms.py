"""Terms that stand still, and reminders of payments, for the demonstration; made through the services, safe to repeat."""

from datetime import timedelta
from typing import Final

from django.db.models import Min

from kenes.accounts import selectors as account_selectors
from kenes.cases.models import CaseDeadline, DeadlineChange, Obligation, PaymentSchedule, ScheduleKind
from kenes.cases.obligations import payment_reminders
from kenes.cases.states.case import CaseStatus
from kenes.cases.terms import deadline_services
from kenes.foundation import clock, logs
from kenes.foundation.errors import KenesError

log = logs.get(__name__)
PAUSES: Final = 3
_RUNNING: Final = (CaseStatus.TRIAGE, CaseStatus.ACTIVE, CaseStatus.AWAITING_BORROWER, CaseStatus.MONITORING)


def fill() -> int:
    """Let a few terms stand still, remind of payments, switch reminders off for one debt; how many terms stand still."""
    paused = 0 if DeadlineChange.objects.filter(cause="suspended").exists() else _pause()
    if Obligation.objects.filter(reminds_of_payments=False).exists():
        return paused
    payment_reminders.remind_due()
    _switch_one_off()
    return paused


def _pause() -> int:
    today = clock.today()
    ahead = CaseDeadline.objects.filter(
        met_on__isnull=True, due__gt=today, case__status__in=_RUNNING, case__assignee__isnull=False
    )
    # One term of a case, or all its terms would seem to stand still.
    first = (
        ahead.values("case_id").annotate(first=Min("due")).order_by("case_id").values_list("case_id", "first")
    )
    paused = 0
    for case_id, due in list(first):
        term = ahead.filter(case_id=case_id, due=due).select_related("case__assignee").order_by("pk").first()
        if paused == PAUSES or term is None or term.case.assignee is None:
            break
        try:
            deadline_services.suspend(
                actor=account_selectors.actor_for(term.case.assignee), deadline_id=term.pk, first=today,
                last=today + timedelta(days=9), reason="Заёмщик в больнице, есть справка",
            )  # fmt: skip
            paused += 1
        except KenesError as problem:
            log.info("demo_left_out", what="pause", problem=problem.code)
    return paused


def _switch_one_off() -> None:
    agreed = PaymentSchedule.objects.filter(kind=ScheduleKind.AGREED, superseded_at__isnull=True)
    running = agreed.filter(obligation__case__status__in=_RUNNING).order_by("-obligation__case__number")
    found = running.select_related("obligation__case__borrower").first()
    if found is not None:
        payment_reminders.switch(
            actor=account_selectors.actor_for(found.obligation.case.borrower), obligation_id=found.obligation_id,
            on=False,
        )  # fmt: skip
