"""Who may do what with one debt, and loading it for a change."""

from typing import Final
from uuid import UUID

from kenes.cases import permissions, selectors
from kenes.cases.errors.debts import DebtAlreadySent, DebtClosed, DebtNotFound
from kenes.cases.models import Case, Obligation, ScheduleKind
from kenes.cases.states.case import FINAL, CaseStatus
from kenes.cases.states.track import TrackKind, TrackState
from kenes.foundation.actor import Actor
from kenes.foundation.errors import Forbidden

NOT_SENT: Final = frozenset(
    {TrackState.PROPOSED, TrackState.PREPARING, TrackState.READY_TO_SIGN, TrackState.SIGNED}
)


def is_sent(case: Case, debt: Obligation) -> bool:
    """Whether a letter about this debt has left; asks the tracks that the case has loaded, or the database."""
    return any(
        track.obligation_id == debt.pk
        and track.kind == TrackKind.RESTRUCTURING
        and track.state not in NOT_SENT
        for track in case.tracks.all()
    )


def is_open(case: Case) -> bool:
    return case.status not in FINAL and case.status != CaseStatus.DRAFT


def speaks_for_creditor(actor: Actor, case: Case, debt: Obligation) -> bool:
    """Somebody of the organisation that the letter about this debt has reached, who may answer letters."""
    return (
        debt.pk in case.reader_debts
        and actor.can("letter.answer")
        and permissions.sees_sent_only(actor, case)
    )


def roles(actor: Actor, case: Case, debt: Obligation) -> frozenset[str]:
    """As what the actor may change this debt: staff, borrower, creditor."""
    found = {
        "staff": permissions.works_on(actor, case) or actor.is_system,
        "borrower": permissions.acts_as_borrower(actor, case),
        "creditor": speaks_for_creditor(actor, case, debt),
    }
    return frozenset(name for name, is_so in found.items() if is_so)


def schedule_kinds(acts: frozenset[str]) -> list[str]:
    """Which schedules one may write down: an agreed one is noted by staff, an offered one also by its creditor."""
    if "staff" in acts:
        return [kind.value for kind in ScheduleKind]
    kinds = {"borrower": [ScheduleKind.CONTRACT], "creditor": [ScheduleKind.CONTRACT, ScheduleKind.OFFERED]}
    return sorted({kind.value for name in acts for kind in kinds.get(name, [])})


def actions(actor: Actor, case: Case, debt: Obligation) -> list[str]:
    """Names of the buttons to show at a debt."""
    acts = roles(actor, case, debt)
    if not acts or not is_open(case):
        return []
    may_edit = "staff" in acts or ("borrower" in acts and not is_sent(case, debt))
    return [
        *(["edit"] if may_edit else []),
        "give_split",
        *(f"schedule_{kind}" for kind in schedule_kinds(acts)),
        *(["mark_paid"] if acts & {"staff", "borrower"} else []),
        *(["set_reminders"] if "borrower" in acts else []),
        *(["confirm_paid"] if acts & {"staff", "creditor"} else []),
    ]


def require(actor: Actor, action: str, case: Case, debt: Obligation) -> frozenset[str]:
    """As what the actor acts. DebtClosed, DebtAlreadySent or Forbidden when he may not."""
    acts = roles(actor, case, debt)
    if not acts:
        raise Forbidden
    if not is_open(case):
        raise DebtClosed
    if action in actions(actor, case, debt):
        return acts
    if action == "edit" and "borrower" in acts:
        raise DebtAlreadySent
    raise Forbidden


def get_debt(*, actor: Actor, obligation_id: UUID, lock: bool = False) -> tuple[Case, Obligation]:
    """A debt that the actor sees, with its case; both rows locked when asked.

    DebtNotFound when hidden or absent (a creditor finds only its own), Forbidden for who sees only that the case exists.
    """
    case_id = Obligation.objects.filter(pk=obligation_id).values_list("case_id", flat=True).first()
    if case_id is None:
        raise DebtNotFound
    rows = selectors.cases_visible_to(actor).filter(pk=case_id)
    case = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if case is None:
        raise DebtNotFound
    selectors.load_reader(actor, [case])
    if permissions.sees_metadata_only(actor) and not permissions.allowed(actor, "case.view_content", case):
        raise Forbidden
    debts = Obligation.objects.filter(pk=obligation_id).select_related("creditor")
    debt = (debts.select_for_update(of=("self",)) if lock else debts).first()
    if debt is None or debt not in permissions.shown_debts(actor, case, [debt]):
        raise DebtNotFound
    return case, debt


def requires_content(actor: Actor, case: Case) -> None:
    """Forbidden for who sees the case masked in the pool."""
    if not permissions.allowed(actor, "case.view_content", case) and not permissions.sees_sent_only(
        actor, case
    ):
        raise Forbidden
