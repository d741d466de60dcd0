"""Who may do what with a case. Pure rules over the actor and the loaded case; no query, no request."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from kenes.cases.models import Case
from kenes.cases.states.case import FINAL, CaseAction, CaseStatus, possible
from kenes.cases.states.restructuring import TrackAction
from kenes.foundation.actor import Actor
from kenes.foundation.errors import Forbidden

Rule = Callable[[Actor, Case], bool]

POOL_STATUSES: Final = frozenset(
    {
        CaseStatus.SUBMITTED,
        CaseStatus.TRIAGE,
        CaseStatus.AWAITING_BORROWER,
        CaseStatus.ACTIVE,
        CaseStatus.SUSPENDED,
        CaseStatus.MONITORING,
    }
)


def person_of(actor: Actor) -> UUID | None:
    """The person whose rights count: the one acted for, else the one who acts."""
    return actor.on_behalf_of or actor.user_id


def is_borrower(actor: Actor, case: Case) -> bool:
    return person_of(actor) == case.borrower_id


def is_assigned(actor: Actor, case: Case) -> bool:
    return actor.can("case.work") and case.assignee_id is not None and case.assignee_id == actor.user_id


def is_supervisor(actor: Actor, case: Case) -> bool:
    return actor.can("case.work_all")


def _in_pool(actor: Actor, case: Case) -> bool:
    return actor.can("case.see_pool") and case.assignee_id is None and case.status in POOL_STATUSES


def _system(actor: Actor, case: Case) -> bool:
    return actor.is_system


def _any(*rules: Rule) -> Rule:
    return lambda actor, case: any(rule(actor, case) for rule in rules)


_STAFF = _any(is_assigned, is_supervisor)
_KEEPERS = _any(_STAFF, _system)

RULES: Final[dict[str, Rule]] = {
    "case.edit_draft": is_borrower,
    "case.submit": is_borrower,
    # Whoever sees a case only in the pool, or only its outside, gets the content masked or not at all.
    "case.view_content": _any(is_borrower, _STAFF, _system),
    "case.view_internal": _any(_STAFF, _in_pool, _system),
    "case.assign": lambda actor, case: (
        actor.can("case.assign") and (_STAFF(actor, case) or _in_pool(actor, case))
    ),
    "case.comment": _any(is_borrower, _STAFF),
    "case.comment_internal": _STAFF,
    "case.record_fact": _any(is_borrower, _KEEPERS),
    "case.reveal": lambda actor, case: actor.can("case.reveal") and _STAFF(actor, case),
    "case.open_track": _KEEPERS,
    "case.take": _any(_KEEPERS, _in_pool),
    "case.request_documents": _KEEPERS,
    "case.resume": _any(is_borrower, _KEEPERS),
    "case.activate": _KEEPERS,
    "case.decline": lambda actor, case: actor.can("case.decide") and is_supervisor(actor, case),
    "case.suspend": _any(is_borrower, _STAFF),
    "case.monitor": _system,
    "case.close": _STAFF,
    "case.cancel": is_borrower,
    "case.reopen": lambda actor, case: actor.can("case.decide") and is_supervisor(actor, case),
    "case.archive": _system,
}


def allowed(actor: Actor, action: str, case: Case) -> bool:
    """Whether the actor may do the action to this case, whatever its status."""
    return RULES[action](actor, case)


def require(actor: Actor, action: str, case: Case) -> None:
    """Raise Forbidden when the actor may not."""
    if not allowed(actor, action, case):
        raise Forbidden


_MOVES: Final = {action: f"case.{action.value}" for action in CaseAction if action != CaseAction.SUBMIT}


def allowed_actions(actor: Actor, case: Case) -> list[str]:
    """Names of the buttons to show: what the actor may do and the present status permits."""
    names = [
        action.value
        for action in possible(case.status)
        if action in _MOVES and allowed(actor, _MOVES[action], case)
    ]
    if case.status == CaseStatus.DRAFT:
        return [*names, *(["edit_draft", "submit"] if is_borrower(actor, case) else [])]
    open_case = case.status not in FINAL
    extra = {
        "assign": open_case,
        "open_track": case.status == CaseStatus.ACTIVE,
        "record_fact": open_case or case.status == CaseStatus.CLOSED,
        "comment": True,
        "comment_internal": True,
        "reveal": True,
    }
    return names + [name for name, now in extra.items() if now and allowed(actor, f"case.{name}", case)]


def sees_metadata_only(actor: Actor) -> bool:
    """Administrators keep the system running and see no content of cases."""
    return actor.can("case.see_metadata") and not (
        actor.can("case.see_all") or actor.can("case.see_assigned")
    )


def require_assignee(actor: Actor, case: Case, assignee_id: UUID | None) -> None:
    """A supervisor gives cases to anybody; a manager takes from the pool for himself and may give his own away."""
    if is_supervisor(actor, case) or is_assigned(actor, case):
        return
    if assignee_id is None or assignee_id != actor.user_id:
        raise Forbidden


def takes_for_himself(actor: Actor, case: Case) -> bool:
    """Taking a case out of the pool makes the manager its assignee."""
    return actor.can("case.work") and case.assignee_id is None and not actor.is_system


TRACK_ACTIONS_OF_BORROWER: Final = frozenset(
    {
        TrackAction.EDIT,
        TrackAction.SIGN,
        TrackAction.ANSWER_MORE,
        TrackAction.COUNTER,
        TrackAction.DECLINE_OFFER,
        TrackAction.AGREE,
        TrackAction.ESCALATE,
        TrackAction.GIVE_UP,
    }
)


def require_track(actor: Actor, action: TrackAction, case: Case) -> None:
    """The borrower decides and signs; staff of the case and the system note everything but his signature."""
    if is_borrower(actor, case) and action in TRACK_ACTIONS_OF_BORROWER:
        return
    if actor.is_system or (_STAFF(actor, case) and action is not TrackAction.SIGN):
        return
    raise Forbidden
