"""How long data are kept: rules as rows, loaded from `data/retention.toml`, run every night."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kenes.accounts.errors_personal_data import RetentionRuleNotFound
from kenes.accounts.events_personal_data import RetentionRan, RetentionRuleChanged
from kenes.accounts.models import RetentionRule
from kenes.event_log import services as event_log
from kenes.foundation import clock, logs
from kenes.foundation import retention as registry
from kenes.foundation.actor import Actor, SystemActor
from kenes.foundation.errors import FieldError, FieldErrors, Forbidden

log = logs.get(__name__)

DATA: Final = Path(__file__).parent / "data" / "retention.toml"
ACTOR: Final = SystemActor("retention")
MAX_DAYS: Final = 36_500


@dataclass(frozen=True, slots=True)
class Ground:
    """Why something is kept, in one language, and whether a lawyer still has to look at it."""

    text: str
    needs_lawyer_review: bool


@lru_cache(maxsize=1)
def _file() -> Mapping[str, Any]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


@transaction.atomic
def load_rules() -> int:
    """Bring words and actions of the rules in line with the file; how many are new.

    Days and the switch of a known rule stay as an administrator left them.
    """
    known = RetentionRule.objects.in_bulk()
    made = 0
    for key, entry in _file()["rules"].items():
        words = {
            name: entry[name]
            for name in (
                "title_ru", "title_kk", "title_en", "ground_ru", "ground_kk", "ground_en", "action",
                "needs_lawyer_review",
            )
        }  # fmt: skip
        if key in known:
            RetentionRule.objects.filter(pk=key).update(**words)
        else:
            RetentionRule.objects.create(key=key, days=entry["days"], **words)
            made += 1
    return made


def rules() -> list[RetentionRule]:
    """All rules in the order of the file."""
    order = {key: place for place, key in enumerate(_file()["rules"])}
    return sorted(RetentionRule.objects.all(), key=lambda rule: (order.get(rule.key, len(order)), rule.key))


def in_language(rule: RetentionRule, what: str, language: str) -> str:
    """`title` or `ground` of a rule in ru, kk or en."""
    code = language[:2] if language[:2] in {"ru", "kk", "en"} else "ru"
    return str(getattr(rule, f"{what}_{code}"))


def ground(key: str, language: str) -> Ground | None:
    """The ground with this key: of a rule, or of something that no rule deletes. None when unknown."""
    entry = _file()["rules"].get(key) or _file()["grounds"].get(key)
    if entry is None:
        return None
    code = language[:2] if language[:2] in {"ru", "kk", "en"} else "ru"
    return Ground(entry[f"ground_{code}"], entry["needs_lawyer_review"])


def title(key: str, language: str) -> str:
    """What the rule is about; the key itself when it is no longer in the file."""
    entry = _file()["rules"].get(key)
    code = language[:2] if language[:2] in {"ru", "kk", "en"} else "ru"
    return key if entry is None else str(entry[f"title_{code}"])


def days_of(key: str) -> int:
    """How many days the rule keeps its data now; from the file before the reference data are loaded."""
    days = RetentionRule.objects.filter(pk=key).values_list("days", flat=True).first()
    return int(_file()["rules"][key]["days"]) if days is None else days


@transaction.atomic
def change_rule(
    *, actor: Actor, key: str, days: int | None = None, enabled: bool | None = None
) -> RetentionRule:
    """Change the days or the switch of a rule. Forbidden, RetentionRuleNotFound, FieldErrors below its least days."""
    if not actor.can("retention.edit"):
        raise Forbidden
    rule = RetentionRule.objects.select_for_update().filter(pk=key).first()
    if rule is None:
        raise RetentionRuleNotFound
    before = (rule.days, rule.enabled)
    least = least_days(key)
    if days is not None and days < least:
        detail = _("The law or the work of the service needs at least %(days)s days here.")
        raise FieldErrors([FieldError("/days", "min_value", str(detail) % {"days": least})])
    rule.days = rule.days if days is None else days
    rule.enabled = rule.enabled if enabled is None else enabled
    if (rule.days, rule.enabled) == before:
        return rule
    rule.save(update_fields=["days", "enabled"])
    event_log.record(
        RetentionRuleChanged(key=key, days_before=before[0], days=rule.days, enabled=rule.enabled),
        actor=actor,
    )
    return rule


def least_days(key: str) -> int:
    """The fewest days an administrator may set."""
    return int(_file()["rules"].get(key, {}).get("least_days", 0))


def run_all() -> dict[str, int]:
    """Run every rule that is switched on; what each took. One that fails is logged and does not stop the others."""
    taken: dict[str, int] = {}
    for rule in rules():
        if not rule.enabled or not registry.runs_of(rule.key):
            continue
        try:
            taken[rule.key] = run_rule(rule)
        except Exception as problem:
            log.error("retention_rule_failed", key=rule.key, reason=type(problem).__name__)
    return taken


def run_rule(rule: RetentionRule) -> int:
    """Run one rule now and note when and how many; the act of what was destroyed goes into the event log."""
    before = clock.now() - timedelta(days=rule.days)
    count = sum(run(before) for run in registry.runs_of(rule.key))
    with transaction.atomic():
        RetentionRule.objects.filter(pk=rule.key).update(last_run_at=clock.now(), last_count=count)
        if count:
            event_log.record(
                RetentionRan(key=rule.key, action=rule.action, days=rule.days, count=count), actor=ACTOR
            )
    log.info("retention_rule_ran", key=rule.key, count=count)
    return count
