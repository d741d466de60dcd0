"""Loading of rules, calendar and indices from the data files."""

from django.db import transaction
from django.utils import timezone

from kenes.law import reference
from kenes.law.models import CalendarDay, DeadlineRule, Index, Origin, Rate


@transaction.atomic
def load_reference_data() -> None:
    """Bring the tables to the state of the data files. Idempotent; rows that an editor wrote are left alone."""
    _load_rules()
    _load_calendar()
    _load_indices()
    _load_rates()


def _load_rules() -> None:
    present = {(rule.key, rule.valid_from): rule for rule in DeadlineRule.objects.select_for_update()}
    for spec in reference.rules():
        values = _rule_values(spec)
        rule = present.get((spec.key, spec.valid_from))
        if rule is None:
            DeadlineRule.objects.create(
                key=spec.key, valid_from=spec.valid_from, origin=Origin.REFERENCE, **values
            )
        elif rule.origin == Origin.REFERENCE and any(
            getattr(rule, name) != value for name, value in values.items()
        ):
            for name, value in values.items():
                setattr(rule, name, value)
            rule.save(update_fields=[*values, "updated_at"])


def _rule_values(spec: reference.RuleSpec) -> dict[str, object]:
    values: dict[str, object] = {
        "valid_to": spec.valid_to,
        "starts_on": spec.starts_on,
        "amount": spec.amount,
        "unit": spec.unit,
        "extension_amount": spec.extension_amount,
        "tries": spec.tries,
        "direction": spec.direction,
        "bound": spec.bound,
        "status": spec.status,
        "critical": spec.critical,
        "remind_at": list(spec.remind_at),
        "sources": list(spec.sources),
        "position": spec.position,
    }
    for lang in reference.LANGUAGES:
        values[f"title_{lang}"] = spec.titles[lang]
        values[f"explanation_{lang}"] = spec.explanations[lang]
        values[f"consequence_{lang}"] = spec.consequences[lang]
    return values


def _load_calendar() -> None:
    wanted = {
        spec.day: CalendarDay(
            day=spec.day, kind=spec.kind, reason=spec.reason, estimated=spec.estimated, note=spec.note,
            origin=Origin.REFERENCE, updated_at=timezone.now(),
        )
        for spec in reference.calendar_days()
    }  # fmt: skip
    fields = ("kind", "reason", "estimated", "note")
    present = {row.day: row for row in CalendarDay.objects.select_for_update()}
    gone = [day for day, row in present.items() if row.origin == Origin.REFERENCE and day not in wanted]
    CalendarDay.objects.filter(day__in=gone).delete()
    changed = []
    for day, row in wanted.items():
        old = present.get(day)
        if (
            old is not None
            and old.origin == Origin.REFERENCE
            and any(getattr(old, f) != getattr(row, f) for f in fields)
        ):
            changed.append(row)
    CalendarDay.objects.bulk_update(changed, [*fields, "updated_at"])
    CalendarDay.objects.bulk_create(row for day, row in wanted.items() if day not in present)


def _load_indices() -> None:
    for row in reference.data("indices"):
        Index.objects.get_or_create(
            code=row["code"],
            valid_from=row["valid_from"],
            defaults={
                "value_tiyn": row["value_tiyn"],
                "source": row["source"]["ru"],
                "origin": Origin.REFERENCE,
            },
        )


def _load_rates() -> None:
    present = {(row.code, row.valid_from): row for row in Rate.objects.select_for_update()}
    for spec in reference.rates():
        values = {
            "value": spec.value, "unit": spec.unit, "status": spec.status, "sources": list(spec.sources)
        }  # fmt: skip
        row = present.get((spec.code, spec.valid_from))
        if row is None:
            Rate.objects.create(code=spec.code, valid_from=spec.valid_from, origin=Origin.REFERENCE, **values)
        elif row.origin == Origin.REFERENCE and any(
            getattr(row, name) != value for name, value in values.items()
        ):
            for name, value in values.items():
                setattr(row, name, value)
            row.save(update_fields=[*values, "updated_at"])
