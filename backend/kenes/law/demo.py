"""Demonstration proposals to change the law, one in each state, made through the services; safe to repeat.

None of them changes a term that counts today: the editions begin far ahead, and the day that is switched on is a Sunday anyway.
"""

from typing import Any, Final

from django.conf import settings

from kenes.accounts import selectors as accounts
from kenes.accounts.models import Role
from kenes.foundation import logs
from kenes.foundation.actor import Actor
from kenes.foundation.errors import KenesError
from kenes.law import changes
from kenes.law.models import LawChange

log = logs.get(__name__)
REASON: Final = "Учебный пример: проект постановления"
# Kind, rule, content, and the steps after the draft.
_STORIES: Final[tuple[tuple[str, str, dict[str, Any], tuple[str, ...]], ...]] = (
    ("calendar", "", {"days": [{"day": "2027-02-07", "kind": "day_off", "reason": "transfer"}]}, ("submit", "approve")),
    ("edition", "REGULATOR_REPLY", {"valid_from": "2028-01-01", "amount": 20}, ("submit", "approve")),
    ("edition", "LENDER_REPLY", {"valid_from": "2028-01-01", "amount": 20}, ("submit", "reject")),
    ("close", "LENDER_REPLY", {"valid_to": "2028-07-01"}, ("withdraw",)),
    (
        "calendar", "",
        {"days": [{"day": "2027-03-22", "kind": "day_off"}, {"day": "2027-03-27", "kind": "workday"}]},
        ("submit",),
    ),
    ("edition", "LENDER_REPLY", {"valid_from": "2028-01-01", "amount": 10, "for_running": False}, ()),
)  # fmt: skip


def load() -> int:
    """Write the proposals where there are none yet; returns how many."""
    if not settings.DEMO or LawChange.objects.exists():
        return 0
    editor = accounts.people_with_role(Role.CONTENT_EDITOR).order_by("created_at", "pk").first()
    second = accounts.people_with_role(Role.SUPERVISOR).order_by("created_at", "pk").first()
    if editor is None or second is None:
        return 0
    writes, decides = accounts.actor_for(editor), accounts.actor_for(second)
    return sum(_tell(writes, decides, *story) for story in _STORIES)


def _tell(writes: Actor, decides: Actor, kind: str, key: str, content: dict[str, Any], steps: tuple[str, ...]) -> bool:  # fmt: skip
    try:
        change = changes.draft_change(
            actor=writes, kind=kind, rule_key=key, content=content, reason=REASON, switch_on=None
        )
        for step in steps:
            _step(writes, decides, change, step)
    except KenesError as problem:
        log.info("demo_left_out", what=f"{kind} {key}", problem=problem.code)
        return False
    return True


def _step(writes: Actor, decides: Actor, change: LawChange, step: str) -> None:
    change.refresh_from_db()
    named: dict[str, Any] = {"change_id": change.pk, "version": change.version}
    match step:
        case "submit":
            changes.submit_change(actor=writes, **named)
        case "withdraw":
            changes.withdraw_change(actor=writes, **named)
        case "approve":
            changes.approve_change(actor=decides, note="Сверено с текстом", **named)
        case _:
            changes.reject_change(actor=decides, note="Источник не указан, добавьте номер и дату", **named)
