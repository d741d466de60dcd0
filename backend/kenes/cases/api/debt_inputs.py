"""JSON about debts that comes in."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from kenes.cases.api.fields import NumberField, StrictBooleanField
from kenes.cases.debts.compare import Arrears, Forgiven, Offer, Position
from kenes.cases.debts.schedules import Deferral, EarlyMode, LoanTerms, Method
from kenes.cases.models import ContractKind, Currency, DebtSource
from kenes.cases.obligations.debt_services import Told
from kenes.foundation import clock
from kenes.foundation.api import StrictSerializer
from kenes.foundation.fields_api import IsoDateField, TextField, TiynField, WholeField
from kenes.law.terms import add_months

FROM: Final = date(1995, 1, 1)
SOURCES: Final = [choice for choice in DebtSource.choices if choice[0] != DebtSource.CALCULATED]


GUARANTOR_ROLES: Final = ("guarantor", "co_borrower", "pledgor")
METHODS: Final = tuple(item.value for item in Method)


def percent_field(**kwargs: Any) -> NumberField:
    return NumberField(max_digits=7, decimal_places=3, min_value=0, max_value=1000, **kwargs)


class GuarantorInput(StrictSerializer):
    role = serializers.ChoiceField(GUARANTOR_ROLES)
    name = TextField(max_length=200)


class DebtContractInput(StrictSerializer):
    """What changes in the data of a contract; all that is missing stays."""

    contract_number = TextField(max_length=80, required=False)
    contract_date = IsoDateField(earliest=FROM, required=False)
    original_amount_tiyn = TiynField(allow_null=True, required=False)
    monthly_payment_tiyn = TiynField(allow_null=True, required=False)
    rate_percent = percent_field(allow_null=True, required=False)
    term_months = WholeField(min_value=1, max_value=600, allow_null=True, required=False)
    kind = serializers.ChoiceField([("", ""), *ContractKind.choices], required=False)
    currency = serializers.ChoiceField(Currency.choices, required=False)
    apr_percent = percent_field(allow_null=True, required=False)
    upfront_fees_tiyn = TiynField(allow_null=True, required=False)
    purpose = TextField(max_length=500, allow_blank=True, required=False)
    collateral = TextField(max_length=1000, allow_blank=True, required=False)
    guarantors = serializers.ListField(child=GuarantorInput(), max_length=10, required=False)
    overdue_since = IsoDateField(earliest=date(2000, 1, 1), allow_null=True, required=False)


class DebtSplitInput(StrictSerializer):
    """Of what the debt consists on a day. `source`: by whose word staff write it; others speak for themselves."""

    as_of = IsoDateField(earliest=FROM)
    principal_tiyn = TiynField()
    interest_tiyn = TiynField(default=0)
    penalty_tiyn = TiynField(default=0)
    fees_tiyn = TiynField(default=0)
    overdue_tiyn = TiynField(allow_null=True, default=None)
    source = serializers.ChoiceField([("", ""), *SOURCES], default="")
    note = TextField(max_length=500, multiline=True, allow_blank=True, default="")


def told(data: dict[str, Any]) -> Told:
    """Plain values of a checked split."""
    return Told(**{name: value for name, value in data.items() if name != "source"})


class ScheduleRowInput(StrictSerializer):
    due = IsoDateField(earliest=FROM)
    principal_tiyn = TiynField()
    interest_tiyn = TiynField(default=0)
    total_tiyn = TiynField()


class ScheduleTermsInput(StrictSerializer):
    """Terms by which a schedule is made. `months` counts the payments after the deferral."""

    principal_tiyn = TiynField(min_value=1)
    rate_percent = percent_field()
    months = WholeField(min_value=1, max_value=600)
    first_due = IsoDateField(earliest=FROM)
    method = serializers.ChoiceField(METHODS, default=Method.ANNUITY.value)
    deferral_months = WholeField(min_value=0, max_value=60, default=0)
    deferral = serializers.ChoiceField([item.value for item in Deferral], default=Deferral.PRINCIPAL.value)


def loan_terms(data: dict[str, Any]) -> LoanTerms:
    return LoanTerms(
        data["principal_tiyn"], Decimal(data["rate_percent"]), data["months"], data["first_due"],
        Method(data["method"]), data["deferral_months"], Deferral(data["deferral"]),
    )  # fmt: skip


class ScheduleDraftInput(StrictSerializer):
    """Exactly one of: rows, a pasted table, terms to make the rows by."""

    rows = serializers.ListField(child=ScheduleRowInput(), max_length=660, required=False)
    text = TextField(max_length=60_000, multiline=True, required=False)
    terms = ScheduleTermsInput(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if sum(name in attrs for name in ("rows", "text", "terms")) != 1:
            text = _("Give the rows, a pasted table, or the terms of the schedule.")
            raise serializers.ValidationError({"rows": [serializers.ErrorDetail(str(text), code="one_of")]})
        return attrs


class ScheduleInput(ScheduleDraftInput):
    """`replace_marked`: yes, also when payments are marked in the schedule that holds now."""

    source = serializers.ChoiceField([("", ""), *SOURCES], default="")
    valid_from = IsoDateField(earliest=FROM, allow_null=True, default=None)
    replace_marked = StrictBooleanField(default=False)


class PaymentMarkInput(StrictSerializer):
    """`on` null takes the mark back; without a sum the whole payment is meant."""

    on = IsoDateField(earliest=FROM, allow_null=True)
    tiyn = TiynField(allow_null=True, default=None)


class ForgivenInput(StrictSerializer):
    principal_tiyn = TiynField(default=0)
    interest_tiyn = TiynField(default=0)
    penalty_tiyn = TiynField(default=0)
    fees_tiyn = TiynField(default=0)


class OfferInput(StrictSerializer):
    """New terms. Without a day the first payment is in a month."""

    rate_percent = percent_field()
    months = WholeField(min_value=1, max_value=600)
    first_due = IsoDateField(allow_null=True, default=None)
    method = serializers.ChoiceField(METHODS, default=Method.ANNUITY.value)
    deferral_months = WholeField(min_value=0, max_value=60, default=0)
    deferral = serializers.ChoiceField([item.value for item in Deferral], default=Deferral.PRINCIPAL.value)
    arrears = serializers.ChoiceField([item.value for item in Arrears], default=Arrears.SPREAD.value)
    forgiven = ForgivenInput(default=dict)

    def validate_first_due(self, value: date | None) -> date | None:
        if value is not None and value < clock.today():
            raise serializers.ValidationError(_("This day has passed."), code="past")
        if value is not None and value > clock.today() + timedelta(days=3660):
            raise serializers.ValidationError(_("The year is too far in the future."), code="too_far")
        return value


def offer(data: dict[str, Any]) -> Offer:
    """Plain values of checked new terms."""
    forgiven = {name.removesuffix("_tiyn"): tiyn for name, tiyn in data["forgiven"].items()}
    return Offer(
        rate=Decimal(data["rate_percent"]), months=data["months"],
        first_due=data["first_due"] or add_months(clock.today(), 1), method=Method(data["method"]),
        deferral_months=data["deferral_months"], deferral=Deferral(data["deferral"]),
        arrears=Arrears(data["arrears"]), forgiven=Forgiven(**forgiven),
    )  # fmt: skip


class DebtCompareInput(StrictSerializer):
    """`old_…` only where the contract's data do not say."""

    new = OfferInput()
    old_rate_percent = percent_field(allow_null=True, default=None)
    old_months = WholeField(min_value=1, max_value=600, allow_null=True, default=None)


class CalculatorInput(StrictSerializer):
    """Figures for the public calculator; nothing of it is kept."""

    principal_tiyn = TiynField(min_value=1)
    interest_tiyn = TiynField(default=0)
    penalty_tiyn = TiynField(default=0)
    fees_tiyn = TiynField(default=0)
    old_rate_percent = percent_field()
    old_months = WholeField(min_value=1, max_value=600)
    new = OfferInput()


class EarlyRepaymentInput(StrictSerializer):
    """Equal payments, and a sum paid on top of payment number `after`; `mode`: what becomes smaller."""

    principal_tiyn = TiynField(min_value=1)
    rate_percent = percent_field()
    months = WholeField(min_value=2, max_value=600)
    after = WholeField(min_value=1, max_value=599)
    extra_tiyn = TiynField(min_value=1)
    mode = serializers.ChoiceField([item.value for item in EarlyMode], default=EarlyMode.TERM.value)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["after"] >= attrs["months"]:
            text = _("This is the last payment or one after it: there is nothing left to shorten.")
            raise serializers.ValidationError(
                {"after": [serializers.ErrorDetail(str(text), code="too_late")]}
            )
        return attrs


def position(data: dict[str, Any]) -> Position:
    return Position(
        clock.today(), data["principal_tiyn"], data["interest_tiyn"], data["penalty_tiyn"], data["fees_tiyn"]
    )


class PaymentRemindersInput(StrictSerializer):
    on = StrictBooleanField()
