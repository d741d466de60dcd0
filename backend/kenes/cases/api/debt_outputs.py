"""JSON about debts that goes out; `debt_present` fills it."""

from typing import Any

from rest_framework import serializers

from kenes.cases.api.debt_inputs import GUARANTOR_ROLES
from kenes.cases.api.outputs import LawSource
from kenes.cases.models import ContractKind, Currency, DebtSource, OverdueSource, ScheduleKind
from kenes.creditors.models import CreditorType
from kenes.law.models import RateUnit

Out = serializers.Serializer[Any]
ROW_STATES = ("ahead", "assumed", "due_today", "late", "missed", "paid", "part", "confirmed")


class DebtCheckLine(Out):
    """One step of a calculation: words, the formula with figures, the result; `rates` are codes of rates used."""

    code = serializers.CharField()
    label = serializers.CharField()
    expression = serializers.CharField()
    result = serializers.CharField()
    rates = serializers.ListField(child=serializers.CharField())


class DebtCheckFigure(Out):
    code = serializers.CharField()
    label = serializers.CharField()
    text = serializers.CharField()
    tiyn = serializers.IntegerField(allow_null=True)


class DebtCheckReason(Out):
    code = serializers.CharField()
    text = serializers.CharField()


class LawRateItem(Out):
    """A cap or share of the law as it stood on the day that counts."""

    code = serializers.CharField()
    label = serializers.CharField()
    value = serializers.CharField()
    unit = serializers.ChoiceField(RateUnit.choices)
    valid_from = serializers.DateField()
    source = LawSource(many=True)  # type: ignore[assignment,unused-ignore]
    needs_review = serializers.BooleanField()


class DebtCheck(Out):
    """A verdict with its reasons and how it was counted."""

    code = serializers.ChoiceField(["overdue", "penalty", "effective_rate", "affordability"])
    title = serializers.CharField()
    verdict = serializers.CharField()
    verdict_text = serializers.CharField()
    reasons = DebtCheckReason(many=True)
    figures = DebtCheckFigure(many=True)
    trace = DebtCheckLine(many=True)
    rates = LawRateItem(many=True)
    needs_review = serializers.BooleanField()


class DebtSplitItem(Out):
    """`id` is null for what was told at submission while nothing was told since."""

    id = serializers.UUIDField(allow_null=True)
    as_of = serializers.DateField()
    principal_tiyn = serializers.IntegerField()
    interest_tiyn = serializers.IntegerField()
    penalty_tiyn = serializers.IntegerField()
    fees_tiyn = serializers.IntegerField()
    overdue_tiyn = serializers.IntegerField(allow_null=True)
    total_tiyn = serializers.IntegerField()
    source = serializers.ChoiceField(DebtSource.choices)  # type: ignore[assignment,unused-ignore]
    source_label = serializers.CharField()
    given_by = serializers.CharField()
    given_at = serializers.DateTimeField()
    note = serializers.CharField()
    is_current = serializers.BooleanField()


class DebtScheduleRow(Out):
    """`other_tiyn` is what the payment settles of older interest and penalty."""

    id = serializers.UUIDField()
    number = serializers.IntegerField()
    due = serializers.DateField()
    principal_tiyn = serializers.IntegerField()
    interest_tiyn = serializers.IntegerField()
    other_tiyn = serializers.IntegerField()
    total_tiyn = serializers.IntegerField()
    balance_tiyn = serializers.IntegerField()
    state = serializers.ChoiceField(ROW_STATES)
    paid_on = serializers.DateField(allow_null=True)
    paid_tiyn = serializers.IntegerField(allow_null=True)
    confirmed_on = serializers.DateField(allow_null=True)
    confirmed_tiyn = serializers.IntegerField(allow_null=True)
    missed_on = serializers.DateField(allow_null=True)


class DebtScheduleSummary(Out):
    id = serializers.UUIDField()
    kind = serializers.ChoiceField(ScheduleKind.choices)
    kind_label = serializers.CharField()
    source = serializers.ChoiceField(DebtSource.choices)  # type: ignore[assignment,unused-ignore]
    source_label = serializers.CharField()
    valid_from = serializers.DateField()
    given_at = serializers.DateTimeField()
    superseded_at = serializers.DateTimeField(allow_null=True)
    payments = serializers.IntegerField()
    total_tiyn = serializers.IntegerField()
    first_due = serializers.DateField(allow_null=True)
    last_due = serializers.DateField(allow_null=True)
    # Of schedules that hold: how many are confirmed, marked, missed, and which comes next.
    confirmed = serializers.IntegerField()
    marked = serializers.IntegerField()
    missed = serializers.IntegerField()
    next_due = serializers.DateField(allow_null=True)
    next_tiyn = serializers.IntegerField(allow_null=True)
    # When the borrower is next reminded of that payment; null when he is not.
    remind_on = serializers.DateField(allow_null=True)


class DebtScheduleDetail(DebtScheduleSummary):
    rows = DebtScheduleRow(many=True)
    version = serializers.IntegerField()


class DebtScheduleList(Out):
    items = DebtScheduleSummary(many=True)


class DebtGuarantor(Out):
    role = serializers.ChoiceField(GUARANTOR_ROLES)
    name = serializers.CharField()


class DebtContract(Out):
    """Data of the contract. `purpose`, `collateral` and `guarantors` are null where the reader sees the case masked."""

    contract_number = serializers.CharField()
    contract_date = serializers.DateField()
    kind = serializers.ChoiceField([("", ""), *ContractKind.choices])
    kind_label = serializers.CharField()
    currency = serializers.ChoiceField(Currency.choices)
    original_amount_tiyn = serializers.IntegerField(allow_null=True)
    upfront_fees_tiyn = serializers.IntegerField(allow_null=True)
    monthly_payment_tiyn = serializers.IntegerField(allow_null=True)
    rate_percent = serializers.FloatField(allow_null=True)
    apr_percent = serializers.FloatField(allow_null=True)
    term_months = serializers.IntegerField(allow_null=True)
    overdue_since = serializers.DateField(allow_null=True)
    overdue_since_source = serializers.ChoiceField(OverdueSource.choices)
    purpose = serializers.CharField(allow_null=True)
    collateral = serializers.CharField(allow_null=True)
    guarantors = DebtGuarantor(many=True, allow_null=True)


class DebtCreditor(Out):
    id = serializers.UUIDField()
    name = serializers.CharField()
    type = serializers.ChoiceField(CreditorType.choices)


class DebtItem(Out):
    id = serializers.UUIDField()
    index = serializers.IntegerField()
    creditor = DebtCreditor()
    contract = DebtContract()
    current = DebtSplitItem()
    splits = DebtSplitItem(many=True)
    schedules = DebtScheduleSummary(many=True)
    # Empty for people of the creditor.
    checks = DebtCheck(many=True)
    months_left = serializers.IntegerField(allow_null=True)
    reminds_of_payments = serializers.BooleanField()
    allowed_actions = serializers.ListField(child=serializers.CharField())


class DebtList(Out):
    """Debts of a case. `version` is what a change names in If-Match; 0 where nothing is changed by version."""

    case_id = serializers.UUIDField()
    version = serializers.IntegerField()
    total_tiyn = serializers.IntegerField()
    items = DebtItem(many=True)


class DebtDetail(DebtItem):
    version = serializers.IntegerField()


class PlannedScheduleRow(Out):
    due = serializers.DateField()
    principal_tiyn = serializers.IntegerField()
    interest_tiyn = serializers.IntegerField()
    total_tiyn = serializers.IntegerField()


class ScheduleProblem(Out):
    line = serializers.IntegerField()
    code = serializers.CharField()
    text = serializers.CharField()


class SchedulePreview(Out):
    """Rows as they would be kept, and what is wrong in a pasted table line by line."""

    rows = PlannedScheduleRow(many=True)
    total_tiyn = serializers.IntegerField()
    principal_tiyn = serializers.IntegerField()
    interest_tiyn = serializers.IntegerField()
    problems = ScheduleProblem(many=True)


class PlanRowItem(Out):
    """Row 0 is what has to be paid at once."""

    number = serializers.IntegerField()
    due = serializers.DateField()
    principal_tiyn = serializers.IntegerField()
    interest_tiyn = serializers.IntegerField()
    arrears_tiyn = serializers.IntegerField()
    total_tiyn = serializers.IntegerField()
    balance_tiyn = serializers.IntegerField()


class PlanItem(Out):
    now_tiyn = serializers.IntegerField()
    monthly_tiyn = serializers.IntegerField()
    total_tiyn = serializers.IntegerField()
    overpaid_tiyn = serializers.IntegerField()
    payments = serializers.IntegerField()
    ends = serializers.DateField(allow_null=True)
    rows = PlanRowItem(many=True)


class PlanDifference(Out):
    """New minus old."""

    monthly_tiyn = serializers.IntegerField()
    total_tiyn = serializers.IntegerField()
    overpaid_tiyn = serializers.IntegerField()
    payments = serializers.IntegerField()


class EarlyRepaymentItem(Out):
    """What paying more saves: interest, payments, and the regular payment before and after."""

    saved_tiyn = serializers.IntegerField()
    payments_fewer = serializers.IntegerField()
    payment_before_tiyn = serializers.IntegerField()
    payment_after_tiyn = serializers.IntegerField()
    ends = serializers.DateField()
    rows = PlanRowItem(many=True)
    trace = DebtCheckLine(many=True)


class ComparisonItem(Out):
    owed_tiyn = serializers.IntegerField()
    forgiven_tiyn = serializers.IntegerField()
    old = PlanItem()
    new = PlanItem()
    difference = PlanDifference()
    trace = DebtCheckLine(many=True)
