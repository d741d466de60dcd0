"""JSON that comes in."""

import json
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from kenes.accounts.models import Language
from kenes.cases.api.fields import BinNumberField, IinNumberField, NumberField, StrictBooleanField
from kenes.cases.api.intake_serializers import OnBehalfInput
from kenes.cases.models import OverdueSource
from kenes.cases.states.case import CaseAction
from kenes.cases.states.track import TrackKind
from kenes.cases.story.story import (
    Applicant,
    Asset,
    FactData,
    Hardship,
    Income,
    ObligationData,
    Relief,
    Submission,
)
from kenes.cases.tracks.facts import KIND_CODES
from kenes.creditors.models import CreditorType
from kenes.foundation.api import StrictSerializer
from kenes.foundation.api import validated as check
from kenes.foundation.fields_api import IsoDateField, TextField, TiynField, WholeField

# Terms are counted by the calendar of working days, which begins here.
CALENDAR_FROM: Final = date(2000, 1, 1)
DRAFT_LIMIT: Final = 64 * 1024
RELIEF_KINDS: Final = (
    "RATE_CUT", "DEFERRAL", "TERM_EXTENDED", "SCHEDULE_CHANGED", "PENALTY_FORGIVEN", "INTEREST_FORGIVEN",
    "PRINCIPAL_PARTLY_FORGIVEN", "CURRENCY_CHANGED", "COLLATERAL_SOLD_BY_BORROWER", "MEDIATED", "FORGIVENESS",
)  # fmt: skip


class CaseCreateInput(StrictSerializer):
    """`borrower_id`: the principal, when a representative begins the form for him. `on_behalf`: the borrower for whom a
    manager gives in a case, with his recorded consent. Without both the form is one's own.
    """

    language = serializers.ChoiceField(Language.choices, default="ru")
    borrower_id = serializers.UUIDField(allow_null=True, default=None)
    on_behalf = OnBehalfInput(required=False, allow_null=True, default=None)


class CaseDraftInput(StrictSerializer):
    """The half-filled form: opaque, at most 64 KB."""

    step = TextField(max_length=40, allow_blank=True, default="")
    data = serializers.DictField()

    def validate_data(self, data: dict[str, Any]) -> dict[str, Any]:
        if len(json.dumps(data, ensure_ascii=False).encode("utf-8", "surrogatepass")) > DRAFT_LIMIT:
            raise serializers.ValidationError(_("The draft is too large."), code="too_large")
        return data


def checked_email(value: str | None) -> str:
    """An address of Latin letters in lower case; empty for none."""
    if not value:
        return ""
    serializers.EmailField().run_validation(value)
    if not value.isascii():
        raise serializers.ValidationError(
            _("An e-mail address has Latin letters only; one of these is not."), code="charset"
        )
    return value.lower()


class ApplicantInput(StrictSerializer):
    full_name = TextField(max_length=200)
    iin = IinNumberField()
    email = TextField(max_length=254, allow_null=True, allow_blank=True, default=None)
    address = TextField(max_length=400)
    language = serializers.ChoiceField(Language.choices)

    def validate_email(self, value: str | None) -> str:
        return checked_email(value)


class ObligationInput(StrictSerializer):
    creditor_id = serializers.UUIDField(allow_null=True, default=None)
    creditor_name = TextField(max_length=300, allow_blank=True, default="")
    creditor_type = serializers.ChoiceField(CreditorType.choices, default=CreditorType.BANK)
    creditor_bin = BinNumberField(allow_null=True, default=None)
    contract_number = TextField(max_length=80)
    contract_date = IsoDateField()
    original_amount_tiyn = TiynField(allow_null=True, default=None)
    principal_tiyn = TiynField()
    interest_tiyn = TiynField(default=0)
    penalty_tiyn = TiynField(default=0)
    monthly_payment_tiyn = TiynField(allow_null=True, default=None)
    rate_percent = NumberField(
        max_digits=7, decimal_places=3, min_value=0, max_value=1000, allow_null=True, default=None
    )
    term_months = WholeField(min_value=1, max_value=600, allow_null=True, default=None)
    overdue_since = IsoDateField(earliest=CALENDAR_FROM, allow_null=True, default=None)
    overdue_since_source = serializers.ChoiceField(OverdueSource.choices, default=OverdueSource.BORROWER)
    collateral = TextField(max_length=1000, allow_blank=True, allow_null=True, default=None)


class IncomeInput(StrictSerializer):
    source = TextField(max_length=200, allow_blank=True, default="")
    monthly_now_tiyn = TiynField()
    monthly_before_tiyn = TiynField()
    avg12_tiyn = TiynField(allow_null=True, default=None)
    avg2_tiyn = TiynField(allow_null=True, default=None)
    dependents = WholeField(min_value=0, max_value=30)
    disabled_dependents = WholeField(min_value=0, max_value=30, default=0)
    targeted_social_aid = StrictBooleanField(default=False)


class AssetInput(StrictSerializer):
    kind = TextField(max_length=80)
    value_tiyn = TiynField()
    pledged = StrictBooleanField(default=False)


class StoryEventInput(StrictSerializer):
    kind = serializers.ChoiceField(KIND_CODES)
    date = IsoDateField(earliest=CALENDAR_FROM)
    text = TextField(max_length=1000, multiline=True, allow_blank=True, default="")
    obligation = WholeField(min_value=0, max_value=19, allow_null=True, default=None)


class HardshipInput(StrictSerializer):
    code = serializers.RegexField(r"^[A-Z][A-Z_]{1,39}\Z")
    since = IsoDateField()
    text = TextField(max_length=4000, multiline=True)


class ReliefInput(StrictSerializer):
    kinds = serializers.ListField(child=serializers.ChoiceField(RELIEF_KINDS), min_length=1, max_length=11)
    defer_months = WholeField(min_value=1, max_value=60, allow_null=True, default=None)
    new_term_months = WholeField(min_value=1, max_value=600, allow_null=True, default=None)
    new_rate_percent = NumberField(
        max_digits=7, decimal_places=3, min_value=0, max_value=1000, allow_null=True, default=None
    )
    new_payment_tiyn = TiynField(allow_null=True, default=None)
    comment = TextField(max_length=1000, multiline=True, allow_blank=True, allow_null=True, default="")


class CaseSubmission(StrictSerializer):
    """The whole form."""

    applicant = ApplicantInput()
    obligations = serializers.ListField(child=ObligationInput(), min_length=1, max_length=20)
    income = IncomeInput()
    assets = serializers.ListField(child=AssetInput(), max_length=50, default=list)
    events = serializers.ListField(child=StoryEventInput(), max_length=50, default=list)
    hardship = HardshipInput()
    relief = ReliefInput()


def validated(form: dict[str, Any]) -> dict[str, Any]:
    """The form as the API would read it; FieldErrors with every wrong field."""
    data: dict[str, Any] = check(CaseSubmission(data=form))
    return data


def submission(data: dict[str, Any]) -> Submission:
    """The plain value of a validated form."""
    relief = dict(data["relief"])
    return Submission(
        applicant=Applicant(**data["applicant"]),
        obligations=tuple(ObligationData(**debt) for debt in data["obligations"]),
        income=Income(**data["income"]),
        hardship=Hardship(**data["hardship"]),
        relief=Relief(**{**relief, "kinds": tuple(relief["kinds"]), "comment": relief["comment"] or ""}),
        assets=tuple(Asset(**asset) for asset in data["assets"]),
        events=tuple(FactData(**fact) for fact in data["events"]),
    )


class CaseAssignInput(StrictSerializer):
    assignee_id = serializers.UUIDField(allow_null=True)
    version = WholeField(min_value=1)


MOVES: Final = tuple(
    action.value
    for action in CaseAction
    if action not in {CaseAction.SUBMIT, CaseAction.MONITOR, CaseAction.ARCHIVE}
)


class CaseMoveInput(StrictSerializer):
    action = serializers.ChoiceField([*MOVES, "open_track"])
    reason = TextField(max_length=1000, multiline=True, allow_blank=True, default="")
    outcome = TextField(max_length=30, allow_blank=True, default="")
    resume_on = IsoDateField(allow_null=True, default=None)
    track_kinds = serializers.ListField(
        child=serializers.ChoiceField(TrackKind.choices), default=list, max_length=11
    )
    papers = serializers.ListField(child=TextField(max_length=200), default=list, max_length=20)
    papers_due_on = IsoDateField(allow_null=True, default=None)
    version = WholeField(min_value=1)


class CaseFactInput(StrictSerializer):
    kind = serializers.ChoiceField(KIND_CODES)
    date = IsoDateField(earliest=CALENDAR_FROM)
    text = TextField(max_length=1000, multiline=True, allow_blank=True, default="")
    obligation_id = serializers.UUIDField(allow_null=True, default=None)


class CaseRevealInput(StrictSerializer):
    fields = serializers.ListField(
        child=serializers.ChoiceField(["iin", "phone", "income"]), min_length=1, max_length=3
    )
    reason = TextField(max_length=500, min_length=5)
