"""Demonstration proposals to change the law, one in each state, made through the services; safe to repeat.

None of them changes a term that counts today: the editions begin far ahead, and the day that is switched on is a Sunday anyway.
"""

import json
from typing import Any, Final

from django.conf import settings

from kenes.accounts import selectors as accounts
from kenes.accounts.models import Role
from kenes.foundation import logs
from kenes.foundation.actor import Actor
from kenes.foundation.errors import KenesError
from kenes.law import changes, reference
from kenes.law.models import LawChange

log = logs.get(__name__)
REASON: Final = "Учебный пример: проект постановления"


def load() -> int:
    """Write the proposals where there are none yet; returns how many."""
    if not settings.DEMO or LawChange.objects.exists():
        return 0
    editor = accounts.people_with_role(Role.CONTENT_EDITOR).order_by("created_at", "pk").first()
    second = accounts.people_with_role(Role.SUPERVISOR).order_by("created_at", "pk").first()
    if editor is None or second is None:
        return 0
    writes, decides = accounts.actor_for(editor), accounts.actor_for(second)
    stories = json.loads((reference.DATA / "demo_proposals.json").read_text(encoding="utf-8"))
    return sum(_tell(writes, decides, story) for story in stories)


def _tell(writes: Actor, decides: Actor, story: dict[str, Any]) -> bool:
    """Draft one story (kind, rule, content) and lead it through the steps after the draft."""
    try:
        change = changes.draft_change(
            actor=writes, kind=story["kind"], rule_key=story["rule"], content=story["content"], reason=REASON,
            switch_on=None,
        )  # fmt: skip
        for step in story["steps"]:
            _step(writes, decides, change, step)
    except KenesError as problem:
        log.info("demo_left_out", what=f"{story['kind']} {story['rule']}", problem=problem.code)
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
