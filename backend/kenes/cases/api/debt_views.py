"""Debts of a case: contract data, splits, schedules, payments, comparison, what can be borne."""

from typing import Any, Final
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from kenes.cases.api import debt_inputs as inputs
from kenes.cases.api import debt_outputs as outputs
from kenes.cases.api import debt_present as present
from kenes.cases.api.editing_views import IF_MATCH, etag, seen_version
from kenes.cases.api.present import language
from kenes.cases.debts import rows_text, schedules
from kenes.cases.debts.rows_text import LineProblem
from kenes.cases.errors.debts import ScheduleNotFound
from kenes.cases.models import ScheduleKind
from kenes.cases.obligations import (
    debt_access,
    debt_comparison,
    debt_payments,
    debt_reading,
    debt_services,
    debt_words,
    payment_reminders,
)
from kenes.cases.obligations.debt_payments import PlannedRow
from kenes.foundation.api import ApiRequest, ApiView
from kenes.foundation.errors import FieldError, FieldErrors
from kenes.foundation.idempotency import idempotent

KIND: Final = OpenApiParameter("kind", str, OpenApiParameter.PATH, enum=ScheduleKind.values)


class DebtView(ApiView):
    """What the views of one debt share."""

    def require(self, action: str, obligation_id: UUID) -> None:
        """Refuse who does not see the debt or may not do this, before anything that he sends is judged."""
        case, debt = debt_access.get_debt(actor=self.request.actor, obligation_id=obligation_id)
        debt_access.require(self.request.actor, action, case, debt)

    def debt(self, obligation_id: UUID, status: int = 200) -> Response:
        actor = self.request.actor
        page = present.one(actor, debt_reading.debt_of(actor=actor, obligation_id=obligation_id))
        response = self.ok(outputs.DebtDetail, page, status)
        response["ETag"] = etag(page["version"])
        return response

    def schedule(self, obligation_id: UUID, kind: str) -> Response:
        actor = self.request.actor
        view, found = debt_reading.schedule_of(actor=actor, obligation_id=obligation_id, kind=kind)
        page = present.schedule_with_rows(actor, view.case, found, view.debt)
        response = self.ok(outputs.DebtScheduleDetail, page)
        response["ETag"] = etag(page["version"])
        return response


class CaseDebtsView(DebtView):
    """Debts of a case with history, schedules and checks."""

    scopes = {"GET": "cases:read"}

    @extend_schema(operation_id="cases_debts", responses=outputs.DebtList)
    def get(self, request: ApiRequest, case_id: UUID) -> Response:
        case, views = debt_reading.debts_of(actor=request.actor, case_id=case_id)
        page = present.debts(request.actor, case, views)
        response = self.ok(outputs.DebtList, page)
        response["ETag"] = etag(page["version"])
        return response


class CaseAffordabilityView(ApiView):
    """What payment the borrower can bear."""

    @extend_schema(operation_id="cases_affordability", responses=outputs.DebtCheck)
    def get(self, request: ApiRequest, case_id: UUID) -> Response:
        found = debt_comparison.affordability_of(actor=request.actor, case_id=case_id)
        return self.ok(outputs.DebtCheck, debt_words.check(found, language()))


class ObligationView(DebtView):
    """One debt; correcting the data of its contract."""

    @extend_schema(operation_id="obligations_retrieve", responses=outputs.DebtDetail)
    def get(self, request: ApiRequest, obligation_id: UUID) -> Response:
        return self.debt(obligation_id)

    @extend_schema(
        operation_id="obligations_edit",
        parameters=[IF_MATCH],
        request=inputs.DebtContractInput,
        responses=outputs.DebtDetail,
    )
    def patch(self, request: ApiRequest, obligation_id: UUID) -> Response:
        self.require("edit", obligation_id)
        version = seen_version(request)
        changes = self.parse(inputs.DebtContractInput)
        debt_services.edit_contract(
            actor=request.actor, obligation_id=obligation_id, version=version, changes=dict(changes)
        )
        return self.debt(obligation_id)


class DebtSplitsView(DebtView):
    """Of what a debt consists on a day."""

    @extend_schema(
        operation_id="obligations_give_split",
        request=inputs.DebtSplitInput,
        responses={201: outputs.DebtDetail},
    )
    @idempotent
    def post(self, request: ApiRequest, obligation_id: UUID) -> Response:
        data = self.parse(inputs.DebtSplitInput)
        debt_services.give_split(
            actor=request.actor, obligation_id=obligation_id, told=inputs.told(data), source=data["source"]
        )
        return self.debt(obligation_id, status=201)


class DebtSchedulesView(DebtView):
    """All schedules of a debt, those that hold and those before."""

    @extend_schema(operation_id="obligations_schedules", responses=outputs.DebtScheduleList)
    def get(self, request: ApiRequest, obligation_id: UUID) -> Response:
        view = debt_reading.debt_of(actor=request.actor, obligation_id=obligation_id)
        return self.ok(
            outputs.DebtScheduleList,
            {
                "items": [
                    present.schedule(item, view.debt, present.watched(request.actor, view.case))
                    for item in view.schedules
                ]
            },
        )


class DebtScheduleView(DebtView):
    """The schedule of one kind that holds now."""

    @extend_schema(
        operation_id="obligations_schedule", parameters=[KIND], responses=outputs.DebtScheduleDetail
    )
    def get(self, request: ApiRequest, obligation_id: UUID, kind: str) -> Response:
        return self.schedule(obligation_id, kind)

    @extend_schema(
        operation_id="obligations_schedule_give", parameters=[KIND, IF_MATCH], request=inputs.ScheduleInput,
        responses=outputs.DebtScheduleDetail,
    )  # fmt: skip
    def put(self, request: ApiRequest, obligation_id: UUID, kind: str) -> Response:
        if kind not in ScheduleKind.values:
            raise ScheduleNotFound
        self.require(f"schedule_{kind}", obligation_id)
        version = seen_version(request)
        data = self.parse(inputs.ScheduleInput)
        rows, problems, terms = _rows(data)
        if problems:
            raise FieldErrors([_line_error(problem) for problem in problems])
        debt_payments.give_schedule(
            actor=request.actor, obligation_id=obligation_id, version=version, kind=kind, rows=rows, terms=terms,
            source=data["source"], valid_from=data["valid_from"], replace_marked=data["replace_marked"],
        )  # fmt: skip
        return self.schedule(obligation_id, kind)


class SchedulePreviewView(ApiView):
    """Rows of a schedule before it is kept: what a pasted table was read as, or what terms make."""

    while_viewing = True

    @extend_schema(
        operation_id="obligations_schedule_preview",
        request=inputs.ScheduleDraftInput,
        responses=outputs.SchedulePreview,
    )
    def post(self, request: ApiRequest, obligation_id: UUID) -> Response:
        debt_access.get_debt(actor=request.actor, obligation_id=obligation_id)
        rows, problems, _terms = _rows(self.parse(inputs.ScheduleDraftInput))
        return self.ok(outputs.SchedulePreview, present.preview(rows, problems))


def _rows(data: dict[str, Any]) -> tuple[list[PlannedRow], list[LineProblem], dict[str, Any]]:
    """Rows of a request, what is wrong in a pasted table, and how they came about as JSON."""
    if "terms" in data:
        terms = data["terms"]
        made = schedules.generate(inputs.loan_terms(terms))
        plain = {name: value if isinstance(value, int | str) else str(value) for name, value in terms.items()}
        return [PlannedRow(row.due, row.principal, row.interest, row.total) for row in made], [], plain
    if "text" in data:
        typed, problems = rows_text.read(data["text"])
        return [PlannedRow(row.due, row.principal, row.interest, row.total) for row in typed], problems, {}
    return [PlannedRow(**row) for row in data["rows"]], [], {}


def _line_error(problem: LineProblem) -> FieldError:
    return FieldError("/text", problem.code, debt_words.line_problem(problem))


class PaymentPaidView(DebtView):
    """The borrower marks a payment as made."""

    @extend_schema(
        operation_id="obligations_payment_paid",
        request=inputs.PaymentMarkInput,
        responses=outputs.DebtScheduleDetail,
    )
    @idempotent
    def post(self, request: ApiRequest, obligation_id: UUID, row_id: UUID) -> Response:
        data = self.parse(inputs.PaymentMarkInput)
        row = debt_payments.mark_paid(
            actor=request.actor, obligation_id=obligation_id, row_id=row_id, paid_on=data["on"],
            paid_tiyn=data["tiyn"],
        )  # fmt: skip
        return self.schedule(obligation_id, row.schedule.kind)


class PaymentRemindersView(DebtView):
    """The borrower is reminded of payments, or no longer."""

    @extend_schema(
        operation_id="obligations_payment_reminders",
        request=inputs.PaymentRemindersInput,
        responses=outputs.DebtDetail,
    )
    @idempotent
    def post(self, request: ApiRequest, obligation_id: UUID) -> Response:
        self.require("set_reminders", obligation_id)
        data = self.parse(inputs.PaymentRemindersInput)
        payment_reminders.switch(actor=request.actor, obligation_id=obligation_id, on=data["on"])
        return self.debt(obligation_id)


class PaymentConfirmView(DebtView):
    """Creditor or manager confirms that a payment came."""

    @extend_schema(
        operation_id="obligations_payment_confirm",
        request=inputs.PaymentMarkInput,
        responses=outputs.DebtScheduleDetail,
    )
    @idempotent
    def post(self, request: ApiRequest, obligation_id: UUID, row_id: UUID) -> Response:
        data = self.parse(inputs.PaymentMarkInput)
        row = debt_payments.confirm_paid(
            actor=request.actor, obligation_id=obligation_id, row_id=row_id, confirmed_on=data["on"],
            confirmed_tiyn=data["tiyn"],
        )  # fmt: skip
        return self.schedule(obligation_id, row.schedule.kind)


class DebtCompareView(ApiView):
    """Old and new terms of a debt side by side."""

    # A comparison changes nothing.
    while_viewing = True

    @extend_schema(
        operation_id="obligations_compare",
        request=inputs.DebtCompareInput,
        responses=outputs.ComparisonItem,
    )
    def post(self, request: ApiRequest, obligation_id: UUID) -> Response:
        data = self.parse(inputs.DebtCompareInput)
        view, found = debt_comparison.compare_debt(
            actor=request.actor, obligation_id=obligation_id, offer=inputs.offer(data["new"]),
            old_rate=data["old_rate_percent"], old_months=data["old_months"],
        )  # fmt: skip
        return self.ok(outputs.ComparisonItem, present.comparison(found, view.debt.total_tiyn))
