"""The public calculator of schedules: figures in, two plans out, nothing kept."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.accounts import allowances
from kenes.accounts.sign_in import client_ip
from kenes.cases.api import debt_inputs as inputs
from kenes.cases.api import debt_outputs as outputs
from kenes.cases.api import debt_present as present
from kenes.cases.debts.schedules import EarlyMode
from kenes.cases.obligations import debt_comparison
from kenes.foundation.api import PUBLIC, ApiRequest, ApiView


class ScheduleCalculatorView(ApiView):
    """Old and new terms compared for everybody; a POST, so that sums stay out of addresses and logs."""

    needs = PUBLIC
    while_viewing = True

    @extend_schema(
        operation_id="calculators_schedule", request=inputs.CalculatorInput, responses=outputs.ComparisonItem
    )
    def post(self, request: ApiRequest) -> Response:
        allowances.spend("address_calculator", client_ip(request._request))
        data = self.parse(inputs.CalculatorInput)
        owed = inputs.position(data)
        found = debt_comparison.calculate(
            owed, data["old_rate_percent"], data["old_months"], inputs.offer(data["new"])
        )
        return self.ok(outputs.ComparisonItem, present.comparison(found, owed.total))


class EarlyRepaymentView(ApiView):
    """What paying more than asked saves; for everybody, nothing kept."""

    needs = PUBLIC
    while_viewing = True

    @extend_schema(
        operation_id="calculators_early",
        request=inputs.EarlyRepaymentInput,
        responses=outputs.EarlyRepaymentItem,
    )
    def post(self, request: ApiRequest) -> Response:
        allowances.spend("address_calculator", client_ip(request._request))
        data = self.parse(inputs.EarlyRepaymentInput)
        found = debt_comparison.early(
            principal=data["principal_tiyn"], rate=data["rate_percent"], months=data["months"], after=data["after"],
            extra=data["extra_tiyn"], mode=EarlyMode(data["mode"]),
        )  # fmt: skip
        return self.ok(outputs.EarlyRepaymentItem, present.early(found))
