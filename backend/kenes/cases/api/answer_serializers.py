"""JSON of answers of creditors, of offers and of papers asked for: what comes in and what goes out."""

from typing import Any, Final

from rest_framework import serializers

from kenes.cases.answers.answer_forms import AnswerForm
from kenes.cases.answers.offer_terms import MAX_MONTHS, Terms
from kenes.cases.api.answer_rows import FILE_STATES
from kenes.cases.api.fields import NumberField
from kenes.cases.models import AnswerKind, AnswerSource, PaperCode, RefusalReason, ReplyKind
from kenes.foundation.api import StrictSerializer
from kenes.foundation.fields_api import IsoDateField, TextField, TiynField, WholeField

Out = serializers.Serializer[Any]
MOST_LETTERS: Final = 200
MOST_PAPERS: Final = 20


class OfferTermsInput(StrictSerializer):
    """Terms of an offer; without a rate the present one stays, without a payment it follows from the term."""

    rate_percent = NumberField(
        max_digits=7, decimal_places=3, min_value=0, max_value=100, allow_null=True, default=None
    )
    term_months = WholeField(min_value=1, max_value=MAX_MONTHS)
    defer_months = WholeField(min_value=0, max_value=60, default=0)
    payment_tiyn = TiynField(min_value=1, allow_null=True, default=None)
    first_payment_on = IsoDateField()
    forgive_principal_tiyn = TiynField(default=0)
    forgive_interest_percent = WholeField(min_value=0, max_value=100, default=0)
    forgive_penalty_percent = WholeField(min_value=0, max_value=100, default=0)


class AskedPaperInput(StrictSerializer):
    code = serializers.ChoiceField(PaperCode.choices)
    text = TextField(max_length=300, allow_blank=True, default="")


class CreditorAnswerInput(StrictSerializer):
    """An answer: which other fields are needed depends on `kind`."""

    kind = serializers.ChoiceField(AnswerKind.choices)
    words = TextField(max_length=4000, multiline=True, allow_blank=True, default="")
    reason_code = serializers.ChoiceField(RefusalReason.choices, allow_blank=True, default="")
    terms = OfferTermsInput(allow_null=True, default=None)
    valid_until = IsoDateField(allow_null=True, default=None)
    papers = serializers.ListField(child=AskedPaperInput(), max_length=MOST_PAPERS, default=list)
    outgoing_number = TextField(max_length=60, allow_blank=True, default="")
    file_id = serializers.UUIDField(allow_null=True, default=None)


class BulkAnswerInput(StrictSerializer):
    """One form for many letters."""

    letter_ids = serializers.ListField(
        child=serializers.UUIDField(), min_length=1, max_length=MOST_LETTERS, allow_empty=False
    )
    answer = CreditorAnswerInput()


class OfferReplyInput(StrictSerializer):
    kind = serializers.ChoiceField(ReplyKind.choices)
    words = TextField(max_length=2000, multiline=True, allow_blank=True, default="")
    terms = OfferTermsInput(allow_null=True, default=None)


class PaperExcuseInput(StrictSerializer):
    words = TextField(max_length=500, multiline=True, min_length=5)


def form_of(data: dict[str, Any]) -> AnswerForm:
    """The plain value of a validated answer."""
    papers = tuple((row["code"], row["text"]) for row in data["papers"])
    return AnswerForm(**{**data, "terms": terms_of(data["terms"]), "papers": papers})


def terms_of(data: dict[str, Any] | None) -> Terms | None:
    """The plain value of validated terms."""
    return None if data is None else Terms(**data)


class OfferTerms(Out):
    rate_percent = serializers.FloatField(allow_null=True)
    term_months = serializers.IntegerField()
    defer_months = serializers.IntegerField()
    payment_tiyn = serializers.IntegerField(allow_null=True)
    first_payment_on = serializers.DateField()
    forgive_principal_tiyn = serializers.IntegerField()
    forgive_interest_percent = serializers.IntegerField()
    forgive_penalty_percent = serializers.IntegerField()


class OfferOutcome(Out):
    """What one pays; null where it is not known."""

    payment_tiyn = serializers.IntegerField(allow_null=True)
    total_tiyn = serializers.IntegerField(allow_null=True)
    overpayment_tiyn = serializers.IntegerField(allow_null=True)
    ends_on = serializers.DateField(allow_null=True)
    months = serializers.IntegerField(allow_null=True)


class OfferForgiven(Out):
    principal_tiyn = serializers.IntegerField()
    interest_tiyn = serializers.IntegerField()
    penalty_tiyn = serializers.IntegerField()


class OfferScheduleRow(Out):
    number = serializers.IntegerField()
    due = serializers.DateField()
    payment_tiyn = serializers.IntegerField()
    principal_tiyn = serializers.IntegerField()
    interest_tiyn = serializers.IntegerField()
    other_tiyn = serializers.IntegerField()
    balance_tiyn = serializers.IntegerField()


class RequestedPaperRow(Out):
    id = serializers.UUIDField()
    code = serializers.ChoiceField(PaperCode.choices)
    label = serializers.CharField()
    text = serializers.CharField()
    file_id = serializers.UUIDField(allow_null=True)
    file_name = serializers.CharField(allow_null=True)
    file_state = serializers.ChoiceField(FILE_STATES)
    excuse = serializers.CharField()
    given_at = serializers.DateTimeField(allow_null=True)


class OfferReplyRow(Out):
    id = serializers.UUIDField()
    kind = serializers.ChoiceField(ReplyKind.choices)
    kind_label = serializers.CharField()
    round = serializers.IntegerField()
    terms = OfferTerms(allow_null=True)
    outcome = OfferOutcome(allow_null=True)
    words = serializers.CharField()
    given_at = serializers.DateTimeField()


class CreditorAnswerRow(Out):
    """One answer with everything that came of it; the newest has `current`."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    current = serializers.BooleanField()
    kind = serializers.ChoiceField(AnswerKind.choices)
    kind_label = serializers.CharField()
    source = serializers.ChoiceField(AnswerSource.choices)
    words = serializers.CharField()
    reason_code = serializers.CharField()
    reason_label = serializers.CharField()
    terms = OfferTerms(allow_null=True)
    forgiven = OfferForgiven(allow_null=True)
    before = OfferOutcome(allow_null=True)
    after = OfferOutcome(allow_null=True)
    schedule = OfferScheduleRow(many=True)
    valid_until = serializers.DateField(allow_null=True)
    expired = serializers.BooleanField()
    outgoing_number = serializers.CharField()
    has_file = serializers.BooleanField()
    file_id = serializers.UUIDField(allow_null=True)
    papers = RequestedPaperRow(many=True)
    reply = OfferReplyRow(allow_null=True)
    given_by = serializers.CharField()
    given_at = serializers.DateTimeField()
    allowed_actions = serializers.ListField(child=serializers.CharField())


class CaseAnswers(Out):
    """Answers about one debt, newest first."""

    obligation_id = serializers.UUIDField()
    track_id = serializers.UUIDField()
    state = serializers.CharField()
    state_label = serializers.CharField()
    creditor_name = serializers.CharField()
    contract_number = serializers.CharField()
    debt_tiyn = serializers.IntegerField()
    counter_rounds = serializers.IntegerField()
    counter_rounds_used = serializers.IntegerField()
    answers = CreditorAnswerRow(many=True)


class CaseAnswersPage(Out):
    case_id = serializers.UUIDField()
    case_number = serializers.CharField(allow_null=True)
    items = CaseAnswers(many=True)


class CodeLabel(Out):
    code = serializers.CharField()
    label = serializers.CharField()


class OfferPreview(Out):
    """What terms would mean for one debt."""

    before = OfferOutcome()
    after = OfferOutcome()
    schedule = OfferScheduleRow(many=True)
