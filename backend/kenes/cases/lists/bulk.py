"""What can be done to many cases at once: whether it would change a case, in words, and doing it to one case.

`refusal` is a look from loaded rows, without a query: the preview shows it for every row. `apply` goes through the ordinary
service with the rights that the person has at that moment, and is what decides.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kenes.cases import permissions, selectors, services
from kenes.cases.collaboration import tags
from kenes.cases.errors.cases import CaseMoveRepeated, CaseTransitionNotAllowed, RouteNotChosen
from kenes.cases.models import Case, CaseTag, DeclineReason, Outcome, Tag, Track
from kenes.cases.states.case import FINAL, TRANSITIONS, CaseAction, CaseStatus
from kenes.cases.states.track import TrackState
from kenes.cases.work import assignment
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import FieldError, FieldErrors, Forbidden, KenesError

Params = Mapping[str, Any]
_MOVES: Final = ("take", "activate", "request_documents", "resume", "suspend", "close", "decline")
NAMES: Final = ("assign", *_MOVES, "raise_urgency", "add_tag", "remove_tag")


class AlreadySo(KenesError):
    """The case is already what the change would make it."""

    code = "case.already_so"
    status = 409
    detail = _("It is so already.")


# Refusals that mean that nothing is left to do: the row counts as left as it was, not as failed.
LEFT: Final = ("case.already_so", "case.already_done")


@dataclass(frozen=True, slots=True)
class Beside:
    """What a look needs of the other tables, for a page of cases at once."""

    opened: frozenset[UUID] = frozenset()
    kinds: Mapping[UUID, frozenset[str]] = field(default_factory=dict)
    tagged: frozenset[UUID] = frozenset()


def beside(action: str, params: Params, cases: Iterable[Case]) -> Beside:
    """Load what `refusal` asks for, one query at most."""
    ids = [case.pk for case in cases]
    if action == "activate":
        opened, kinds = set(), dict[UUID, set[str]]()
        for case_id, kind, state in Track.objects.filter(case_id__in=ids).values_list(
            "case_id", "kind", "state"
        ):
            kinds.setdefault(case_id, set()).add(kind)
            if state != TrackState.PROPOSED:
                opened.add(case_id)
        return Beside(frozenset(opened), {case_id: frozenset(found) for case_id, found in kinds.items()})
    if action in {"add_tag", "remove_tag"}:
        rows = CaseTag.objects.filter(case_id__in=ids, tag_id=params["tag_id"])
        return Beside(tagged=frozenset(rows.values_list("case_id", flat=True)))
    return Beside()


def refusal(actor: Actor, action: str, params: Params, case: Case, known: Beside) -> KenesError | None:
    """Why this case would not be changed; None when it would. The case is loaded for the reader."""
    if permissions.sees_sent_only(actor, case):
        return Forbidden()
    if action == "assign":
        return _refuse_assign(actor, params, case)
    if action in {"add_tag", "remove_tag"}:
        return _refuse_tag(actor, action, case, known)
    if action == "raise_urgency":
        return _refuse_urgency(actor, params, case)
    return _refuse_move(actor, CaseAction(action), params, case, known)


def _refuse_assign(actor: Actor, params: Params, case: Case) -> KenesError | None:
    if not permissions.allowed(actor, "case.assign", case):
        return Forbidden()
    if case.status in FINAL or case.status == CaseStatus.DRAFT:
        return CaseTransitionNotAllowed(action="change", current_status=case.status)
    if case.assignee_id == params["assignee_id"]:
        return AlreadySo()
    try:
        permissions.require_assignee(actor, case, params["assignee_id"])
    except Forbidden as problem:
        return problem
    return None


def _refuse_tag(actor: Actor, action: str, case: Case, known: Beside) -> KenesError | None:
    if not permissions.allowed(actor, "case.tag", case):
        return Forbidden()
    if (case.pk in known.tagged) == (action == "add_tag"):
        return AlreadySo()
    return None


def _refuse_urgency(actor: Actor, params: Params, case: Case) -> KenesError | None:
    if not permissions.allowed(actor, "case.raise_urgency", case):
        return Forbidden()
    if case.status in FINAL or case.status == CaseStatus.DRAFT:
        return CaseTransitionNotAllowed(action="change", current_status=case.status)
    # A case is never made less urgent by a change of many.
    return AlreadySo() if case.urgency <= params["urgency"] else None


def _refuse_move(
    actor: Actor, step: CaseAction, params: Params, case: Case, known: Beside
) -> KenesError | None:
    targets = TRANSITIONS[step].targets
    if not permissions.allowed(actor, f"case.{step.value}", case):
        return Forbidden()
    if case.status not in targets:
        repeated = case.status in targets.values()
        kind = CaseMoveRepeated if repeated else CaseTransitionNotAllowed
        return kind(action=step.value, current_status=case.status)
    if step is CaseAction.ACTIVATE and not params.get("reason") and case.pk not in known.opened:
        chosen = set(params.get("track_kinds") or ()) & known.kinds.get(case.pk, frozenset())
        if not chosen:
            return RouteNotChosen()
    return None


def require_params(action: str, params: Params) -> None:
    """FieldErrors (/params/…) for what every row would be refused for: missing words, an unknown code, no tag."""
    errors = []

    def wrong(name: str, code: str, text: Any) -> None:
        errors.append(FieldError(f"/params/{name}", code, text))

    if action == "assign" and "assignee_id" not in params:
        wrong("assignee_id", "required", _("Choose who gets the cases."))
    if action in {"add_tag", "remove_tag"} and not _tag_exists(action, params.get("tag_id")):
        wrong("tag_id", "unknown", _("Choose tags from the list."))
    if action == "raise_urgency" and params.get("urgency") is None:
        wrong("urgency", "required", _("Choose how urgent the cases are."))
    if action in {"request_documents", "suspend", "raise_urgency"} and not params.get("reason"):
        wrong("reason", "required", _("Write down the reason."))
    if action == "decline" and params.get("reason") not in DeclineReason.values:
        wrong("reason", "unknown", _("Choose a reason from the list."))
    if action == "close" and params.get("outcome") not in Outcome.values:
        wrong("outcome", "unknown", _("Choose an outcome from the list."))
    if action == "suspend" and (params.get("resume_on") is None or params["resume_on"] <= clock.today()):
        wrong("resume_on", "not_ahead", _("Give a day ahead on which the work resumes."))
    if errors:
        raise FieldErrors(errors)


def _tag_exists(action: str, tag_id: UUID | None) -> bool:
    if tag_id is None:
        return False
    usable = Tag.objects.filter(pk=tag_id)
    return (usable.filter(archived_at=None) if action == "add_tag" else usable).exists()


def apply(actor: Actor, action: str, params: Params, case_id: UUID) -> None:
    """Do it to one case by the ordinary service; raises its errors. Called inside a transaction of its own."""
    case = selectors.get_case_for_update(actor=actor, case_id=case_id)
    _DO[action](actor, action, params, case)


def _assign(actor: Actor, action: str, params: Params, case: Case) -> None:
    if case.assignee_id == params["assignee_id"]:
        raise AlreadySo
    services.assign_case(
        actor=actor, case_id=case.pk, assignee_id=params["assignee_id"], version=case.version
    )


def _move(actor: Actor, action: str, params: Params, case: Case) -> None:
    services.move_case(
        actor=actor, case_id=case.pk, action=action, version=case.version, reason=params.get("reason") or "",
        outcome=params.get("outcome") or "", resume_on=params.get("resume_on"),
        track_kinds=tuple(params.get("track_kinds") or ()),
    )  # fmt: skip


def _urgency(actor: Actor, action: str, params: Params, case: Case) -> None:
    if case.urgency <= params["urgency"]:
        raise AlreadySo
    assignment.set_urgency(
        actor=actor, case_id=case.pk, urgency=params["urgency"], reason=params["reason"], version=case.version
    )


def _tag(actor: Actor, action: str, params: Params, case: Case) -> None:
    present = CaseTag.objects.filter(case=case, tag_id=params["tag_id"]).exists()
    if present == (action == "add_tag"):
        raise AlreadySo
    change = {"add" if action == "add_tag" else "remove": [params["tag_id"]]}
    tags.change_tags(actor=actor, case_id=case.pk, **change)


_DO: Final[dict[str, Callable[[Actor, str, Params, Case], None]]] = {
    "assign": _assign,
    "raise_urgency": _urgency,
    "add_tag": _tag,
    "remove_tag": _tag,
    **dict.fromkeys(_MOVES, _move),
}
