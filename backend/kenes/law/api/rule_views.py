"""Rules, calendar and figures as staff read them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.foundation import clock
from kenes.foundation.api import ApiRequest, ApiView
from kenes.foundation.errors import FieldError, FieldErrors
from kenes.foundation.language.dates import format_length
from kenes.law import reference, rulebook, selectors
from kenes.law.api import rule_serializers as out
from kenes.law.api.views import language
from kenes.law.models import DeadlineRule, Index, IndexCode, Origin
from kenes.law.rulebook import RuleWithEditions


def edition_json(row: DeadlineRule, lang: str) -> dict[str, Any]:
    """One edition as the API shows it."""
    plain = (
        "id", "valid_from", "valid_to", "amount", "unit", "extension_amount", "direction", "bound", "status",
        "needs_review", "critical", "remind_at", "for_running", "origin",
    )  # fmt: skip
    return {
        **{name: getattr(row, name) for name in plain},
        "state": rulebook.edition_state(row),
        "length": length_of(row, lang),
        "bound_label": reference.bound_named(row.bound, lang),
        "source": selectors.sources(row, lang),
        "source_codes": row.sources,
        "title": {code: row.title(code) for code in reference.LANGUAGES},
        "explanation": {code: row.explanation(code) for code in reference.LANGUAGES},
        "consequence": {code: row.consequence(code) for code in reference.LANGUAGES},
    }


def length_of(row: DeadlineRule, lang: str) -> str:
    """«30 календарных дней»; empty where the law gives no length."""
    return format_length(row.amount, row.unit, lang) if row.amount else ""


def rule_json(rule: RuleWithEditions, lang: str) -> dict[str, Any]:
    """A rule with its editions as the API shows it."""
    shown = rule.shown
    labels = {kind["kind"]: kind["label"] for kind in selectors.event_kinds(lang)}
    return {
        "key": rule.key,
        "title": shown.title(lang),
        "starts_on": shown.starts_on,
        "starts_on_label": labels.get(shown.starts_on, reference.data("phrases")[lang]["own_event"]),
        "in_force": rule.current is not None,
        "length": length_of(shown, lang),
        "bound_label": reference.bound_named(shown.bound, lang),
        "needs_review": shown.needs_review,
        "critical": shown.critical,
        "editions": [edition_json(row, lang) for row in rule.editions],
    }


class RulesView(ApiView):
    """Every rule with its editions."""

    needs = "staff.area"

    @extend_schema(operation_id="law_rules", responses=out.LawRuleList)
    def get(self, request: ApiRequest) -> Response:
        lang = language()
        return self.ok(out.LawRuleList, {"items": [rule_json(rule, lang) for rule in rulebook.rules()]})


class RuleView(ApiView):
    """One rule."""

    needs = "staff.area"

    @extend_schema(operation_id="law_rule", responses=out.LawRule)
    def get(self, request: ApiRequest, rule_key: str) -> Response:
        return self.ok(out.LawRule, rule_json(rulebook.rule(rule_key), language()))


class CalendarView(ApiView):
    """Days off and working weekends of a year."""

    needs = "staff.area"

    @extend_schema(
        operation_id="law_calendar", parameters=[out.LawCalendarQuery], responses=out.LawCalendarYear
    )
    def get(self, request: ApiRequest) -> Response:
        year, lang = self.parse_query(out.LawCalendarQuery)["year"], language()
        first, last = rulebook.calendar_years()
        if not first <= year <= last:
            raise FieldErrors([FieldError("/year", "outside", _("The calendar has no data for this year."))])
        days = [
            {
                "day": row.day, "kind": row.kind, "reason": row.reason, "estimated": row.estimated,
                "reason_label": reference.day_name(row.reason, lang), "note": row.note, "origin": row.origin,
            }
            for row in rulebook.calendar_of(year)
        ]  # fmt: skip
        reasons = [
            {"code": code, "label": names[lang]}
            for code, names in reference.data("calendar")["reasons"].items()
            if code not in ("saturday", "sunday")
        ]
        return self.ok(
            out.LawCalendarYear,
            {"year": year, "first_year": first, "last_year": last, "days": days, "reasons": reasons},
        )


class IndicesView(ApiView):
    """Figures of the budget law."""

    needs = "staff.area"

    @extend_schema(operation_id="law_indices", responses=out.LawIndexList)
    def get(self, request: ApiRequest) -> Response:
        rows = rulebook.indices()
        today = clock.today()
        current = {
            code: next((row.pk for row in rows if row.code == code and row.valid_from <= today), None)
            for code in IndexCode.values
        }
        lang = language()
        return self.ok(
            out.LawIndexList, {"items": [_index_json(row, current[row.code], lang) for row in rows]}
        )


def _index_json(row: Index, current: object, lang: str) -> dict[str, Any]:
    names = ("id", "code", "valid_from", "value_tiyn", "origin")
    # A figure of an editor keeps his own words; those of the data file are in every language.
    told = reference.figure_source(row.code, row.valid_from, lang) if row.origin == Origin.REFERENCE else None
    return {
        **{name: getattr(row, name) for name in names},
        "source": told or row.source,
        "code_label": IndexCode(row.code).label,
        "current": row.pk == current,
    }
