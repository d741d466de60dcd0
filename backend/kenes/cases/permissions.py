"""Who may do what with a case. Pure rules over the actor and the loaded case; no query, no request."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final
from uuid import UUID

from kenes.cases.models import Case, CaseDeadline, CaseSource, Obligation, PartyRole, Track
from kenes.cases.states.case import FINAL, CaseAction, CaseStatus, possible
from kenes.cases.states.machine import Who
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
    """The borrower in person: nobody else signs or consents for him."""
    return person_of(actor) == case.borrower_id


def acts_as_borrower(actor: Actor, case: Case) -> bool:
    """The borrower, or who may act for him by a power of attorney."""
    return is_borrower(actor, case) or actor.represents(case.borrower_id, "act")


def sees_as_borrower(actor: Actor, case: Case) -> bool:
    """The borrower, or who may see his cases by a power of attorney. A draft is seen only by who may act."""
    if case.status == CaseStatus.DRAFT:
        return acts_as_borrower(actor, case)
    return acts_as_borrower(actor, case) or actor.represents(case.borrower_id, "view")


def acting(actor: Actor, case: Case) -> Actor:
    """The actor as the log keeps him: a representative who acts for the borrower does it on the borrower's behalf."""
    if is_borrower(actor, case) or is_assigned(actor, case) or is_supervisor(actor, case):
        return actor
    if actor.represents(case.borrower_id, "act"):
        return replace(actor, on_behalf_of=case.borrower_id)
    return actor


def prepares(actor: Actor, case: Case) -> bool:
    """Who gives the case in for a borrower whose consent he has recorded; only while it is a draft."""
    return (
        actor.can("case.file_for_others")
        and case.status == CaseStatus.DRAFT
        and case.source != CaseSource.WEB
        and case.assignee_id is not None
        and case.assignee_id == actor.user_id
    )


def is_specialist(actor: Actor, case: Case) -> bool:
    """A lawyer, mediator or notary who takes part; known once the case was loaded for this reader."""
    return actor.can("case.see_as_party") and bool(case.reader_roles)


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
    "case.edit_draft": _any(acts_as_borrower, prepares),
    "case.submit": _any(acts_as_borrower, prepares),
    # Whoever sees a case only in the pool, or only its outside, gets the content masked or not at all.
    "case.view_content": _any(sees_as_borrower, is_specialist, _STAFF, _system),
    "case.view_internal": _any(_STAFF, _in_pool, _system),
    "case.assign": lambda actor, case: (
        actor.can("case.assign") and (_STAFF(actor, case) or _in_pool(actor, case))
    ),
    "case.comment": _any(acts_as_borrower, is_specialist, _STAFF),
    "case.comment_internal": _STAFF,
    "case.comment_organisation": lambda actor, case: (
        is_specialist(actor, case) or (sees_sent_only(actor, case) and bool(actor.organisation_ids))
    ),
    "case.moderate_comments": is_supervisor,
    "case.tag": _any(_STAFF, _in_pool),
    "case.link": _STAFF,
    "case.merge": lambda actor, case: actor.can("case.merge") and _STAFF(actor, case),
    "case.export": _any(sees_as_borrower, _STAFF),
    "case.record_fact": _any(acts_as_borrower, _KEEPERS),
    "case.edit_story": _any(acts_as_borrower, _STAFF),
    "case.check_eligibility": _any(acts_as_borrower, _STAFF),
    "case.give_papers": acts_as_borrower,
    "case.settle_papers": _KEEPERS,
    "case.review_papers": _STAFF,
    "case.confirm_findings": _any(acts_as_borrower, _STAFF),
    "case.answer_closing": acts_as_borrower,
    "case.raise_urgency": _STAFF,
    "case.work_term": _KEEPERS,
    "case.choose_step": _any(acts_as_borrower, _KEEPERS),
    "case.reveal": lambda actor, case: actor.can("case.reveal") and _STAFF(actor, case),
    "case.open_track": _KEEPERS,
    "case.take": _any(_KEEPERS, _in_pool),
    "case.request_documents": _KEEPERS,
    "case.resume": _any(acts_as_borrower, _KEEPERS),
    "case.activate": _KEEPERS,
    "case.decline": lambda actor, case: actor.can("case.decide") and is_supervisor(actor, case),
    "case.suspend": _any(acts_as_borrower, _STAFF),
    "case.monitor": _system,
    "case.close": _STAFF,
    "case.cancel": acts_as_borrower,
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
        return [*names, *(["edit_draft", "submit"] if allowed(actor, "case.submit", case) else [])]
    open_case = case.status not in FINAL
    extra = {
        "assign": open_case,
        "open_track": case.status == CaseStatus.ACTIVE,
        "record_fact": open_case or case.status == CaseStatus.CLOSED,
        "comment": True,
        "comment_internal": True,
        "comment_organisation": True,
        "tag": True,
        "link": True,
        "merge": open_case,
        "export": True,
        "reveal": True,
        "edit_story": open_case,
        "check_eligibility": open_case,
        "raise_urgency": open_case,
        "give_papers": open_case,
        "settle_papers": open_case,
        "review_papers": open_case,
        "confirm_findings": open_case,
        "answer_closing": case.status == CaseStatus.CLOSED and case.closing_confirmed_at is None,
    }
    return names + [name for name, now in extra.items() if now and allowed(actor, f"case.{name}", case)]


def works_on(actor: Actor, case: Case) -> bool:
    """Staff who have the case: its manager, or who may work on all."""
    return _STAFF(actor, case)


def sees_metadata_only(actor: Actor) -> bool:
    """Administrators keep the system running and see no content of cases."""
    return actor.can("case.see_metadata") and not (
        actor.can("case.see_all") or actor.can("case.see_assigned")
    )


def sees_sent_only(actor: Actor, case: Case) -> bool:
    """People of a creditor's organisation: of this case they see what was sent to it and nothing else."""
    if not case.reader_debts or actor.can("case.see_all"):
        return False
    wider = allowed(actor, "case.view_content", case) or allowed(actor, "case.view_internal", case)
    return not wider and not sees_metadata_only(actor)


def shown_debts(actor: Actor, case: Case, debts: Iterable[Obligation]) -> list[Obligation]:
    """Those debts of the case that this reader sees."""
    return [row for row in debts if not sees_sent_only(actor, case) or row.pk in case.reader_debts]


def shown_tracks(actor: Actor, case: Case, tracks: Iterable[Track]) -> list[Track]:
    """Those procedures of the case that this reader sees; a creditor is not shown what is only proposed against it."""
    sent_only = sees_sent_only(actor, case)
    return [
        row
        for row in tracks
        if not sent_only or (row.obligation_id in case.reader_debts and not row.proposed)
    ]


def shown_deadlines(actor: Actor, case: Case, rows: Iterable[CaseDeadline]) -> list[CaseDeadline]:
    """Those terms of the case that this reader sees; a creditor is shown no term that binds the borrower alone."""
    sent_only = sees_sent_only(actor, case)
    return [
        row
        for row in rows
        if not sent_only
        or row.obligation_id in case.reader_ties
        or (row.obligation_id in case.reader_debts and row.bound != "borrower")
    ]


def may_add_party(actor: Actor, case: Case, role: str) -> bool:
    """The borrower brings in (and dismisses) a lawyer and a co-borrower; who works the case brings in anybody."""
    own = role in {PartyRole.LAWYER, PartyRole.CO_BORROWER} and acts_as_borrower(actor, case)
    return role != PartyRole.BORROWER and (_STAFF(actor, case) or own)


def require_add_party(actor: Actor, case: Case, role: str) -> None:
    """Raise Forbidden when the actor may not bring this kind of specialist in."""
    if not may_add_party(actor, case, role):
        raise Forbidden


def require_assignee(actor: Actor, case: Case, assignee_id: UUID | None) -> None:
    """A supervisor gives cases to anybody; a manager takes from the pool for himself and may give his own away."""
    if is_supervisor(actor, case) or is_assigned(actor, case):
        return
    if assignee_id is None or assignee_id != actor.user_id:
        raise Forbidden


def takes_for_himself(actor: Actor, case: Case) -> bool:
    """Taking a case out of the pool makes the manager its assignee."""
    return actor.can("case.work") and case.assignee_id is None and not actor.is_system


_AS_SPECIALIST: Final = {
    PartyRole.LAWYER.value: Who.LAWYER,
    PartyRole.MEDIATOR.value: Who.MEDIATOR,
    PartyRole.NOTARY.value: Who.NOTARY,
    PartyRole.OMBUDSMAN_OFFICER.value: Who.OMBUDSMAN,
}


def who_in_track(actor: Actor, case: Case, track: Track) -> frozenset[Who]:
    """What the actor is in a procedure; the tables say what that may do. The reader of the case is loaded.

    A representative who may act is BORROWER but not DEBTOR: what the law asks of the debtor in person stays his own.
    """
    found = set()
    if actor.is_system:
        found.add(Who.SYSTEM)
    if is_borrower(actor, case):
        found |= {Who.BORROWER, Who.DEBTOR}
    elif acts_as_borrower(actor, case):
        found.add(Who.BORROWER)
    if _STAFF(actor, case):
        found.add(Who.STAFF)
    if is_specialist(actor, case):
        found |= {_AS_SPECIALIST[role] for role in case.reader_roles if role in _AS_SPECIALIST}
    if track.obligation_id in case.reader_debts and not track.proposed and actor.can("letter.answer"):
        found.add(Who.CREDITOR)
    return frozenset(found)
