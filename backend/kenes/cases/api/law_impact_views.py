"""What a proposal to change the law does to open cases: totals, list, and everything as a CSV file."""

import csv
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.cases.api import deadline_serializers as io
from kenes.cases.api.present import language
from kenes.cases.terms import recounting, what_if
from kenes.cases.terms.what_if import Impact, Move
from kenes.foundation.api import ApiRequest, ApiView
from kenes.foundation.errors import Forbidden
from kenes.law import changes, reference
from kenes.law.models import ChangeStatus, DeadlineRule, LawChange


class _ImpactViewBase(ApiView):
    """Only for who edits or approves the law."""

    needs = "staff.area"

    def change(self, change_id: UUID) -> LawChange:
        actor = self.request.actor
        if not (actor.can("law.edit") or actor.can("law.approve")):
            raise Forbidden
        return changes.get_change(actor=actor, change_id=change_id)


class LawImpactView(_ImpactViewBase):
    """Totals and the largest moves."""

    @extend_schema(operation_id="law_changes_impact", responses=io.LawImpact)
    def get(self, request: ApiRequest, change_id: UUID) -> Response:
        change = self.change(change_id)
        applied = change.status == ChangeStatus.APPLIED
        impact = recounting.done_by(change) if applied else what_if.impact_of(change)
        run = recounting.progress_of(change.pk)
        titles = _titles({move.rule_key for move in impact.moves})
        linked = request.actor.can("case.see_all")
        body = {**_totals(impact), "applied": applied, "recount": run}
        body["moves"] = [_move(move, titles, linked=linked) for move in impact.moves]
        return self.ok(io.LawImpact, body)


def _totals(impact: Impact) -> dict[str, Any]:
    names = (
        "on", "checked", "moved", "earlier", "later", "newly_missed", "no_longer_missed", "uncountable",
    )  # fmt: skip
    return {**{name: getattr(impact, name) for name in names}, "cases": len(impact.cases)}


def _titles(keys: set[str]) -> dict[str, str]:
    lang = language()
    rows = DeadlineRule.objects.filter(key__in=keys).order_by("valid_from")
    return {row.key: row.title(lang) for row in rows}


def _move(move: Move, titles: dict[str, str], *, linked: bool) -> dict[str, Any]:
    names = ("number", "start", "old_due", "new_due", "days")
    return {
        **{name: getattr(move, name) for name in names},
        "case_id": move.case_id if linked else None,
        "rule": move.rule_key,
        "title": titles.get(move.rule_key, move.rule_key),
        "bound_label": reference.bound_named(move.bound, language()),
        "newly_missed": move.will_be_missed and not move.was_missed,
    }


class LawImpactExportView(_ImpactViewBase):
    """Every move as a CSV file."""

    @extend_schema(operation_id="law_changes_impact_csv", responses={(200, "text/csv"): OpenApiTypes.BINARY})
    def get(self, request: ApiRequest, change_id: UUID) -> StreamingHttpResponse:
        change = self.change(change_id)
        applied = change.status == ChangeStatus.APPLIED
        moves = recounting.moves_done_by(change) if applied else what_if.moves(change)
        answer = StreamingHttpResponse(_lines(moves, language()), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="law-change-{change.pk}.csv"'
        return answer


class _Line:
    """A file to which each write is the line itself."""

    def write(self, text: str) -> str:
        return text


def _lines(moves: Iterator[Move], lang: str) -> Iterator[str]:
    keys = set(DeadlineRule.objects.values_list("key", flat=True))
    titles = {row.key: row.title(lang) for row in DeadlineRule.objects.filter(key__in=keys)}
    writer = csv.writer(_Line(), delimiter=";")
    # Excel reads Cyrillic in a CSV file only behind this mark.
    yield "\ufeff"
    yield writer.writerow(
        [_("Case"), _("Term"), _("Whose duty"), _("Event"), _("Was due"), _("Will be due"), _("Days"), _("Newly missed")]
    )  # fmt: skip
    for move in moves:
        newly = move.will_be_missed and not move.was_missed
        yield writer.writerow(
            [
                move.number, titles.get(move.rule_key, move.rule_key), reference.bound_named(move.bound, lang),
                move.start.isoformat(), move.old_due.isoformat(), move.new_due.isoformat(), move.days,
                _("yes") if newly else "",
            ]
        )  # fmt: skip
