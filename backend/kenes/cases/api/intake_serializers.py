"""JSON of how a case comes in: for whom a manager gives it in, missing papers, the borrower's word on the closing."""

from datetime import date
from typing import Any, Final

from rest_framework import serializers

from kenes.cases.api.fields import IinNumberField
from kenes.cases.models import Case, ConsentWay, MissingPaper, RecordedConsent
from kenes.cases.story.on_behalf import ConsentWords, Person
from kenes.foundation.api import StrictSerializer
from kenes.foundation.fields_api import IsoDateField, PhoneField, TextField
from kenes.foundation.values import PhoneNumber

Out = serializers.Serializer[Any]
EARLIEST: Final = date(2000, 1, 1)


class RecordedConsentInput(StrictSerializer):
    """How and when the borrower agreed, and what he was told or said."""

    given_by = serializers.ChoiceField(ConsentWay.choices)
    given_on = IsoDateField(earliest=EARLIEST)
    note = TextField(max_length=1000, multiline=True, allow_blank=True, default="")


class OnBehalfInput(StrictSerializer):
    """The borrower for whom a manager gives in a case."""

    phone = PhoneField()
    full_name = TextField(max_length=200)
    iin = IinNumberField(allow_null=True, default=None)
    email = TextField(max_length=254, allow_blank=True, allow_null=True, default=None)
    consent = RecordedConsentInput()

    def validate_email(self, value: str | None) -> str:
        if value:
            serializers.EmailField().run_validation(value)
        return value or ""


class PaperSettleInput(StrictSerializer):
    how = serializers.ChoiceField(["received", "waived"])


class ClosingAnswerInput(StrictSerializer):
    """Whether the borrower agrees that the case is closed; why not, when he does not."""

    agreed = serializers.BooleanField()
    reason = TextField(max_length=1000, multiline=True, allow_blank=True, default="")


class CasePaper(Out):
    id = serializers.UUIDField()
    title = serializers.CharField()
    asked_at = serializers.DateTimeField()
    state = serializers.ChoiceField(["missing", "received", "waived"])


class RecordedConsentItem(Out):
    """A consent that a manager wrote down, as the borrower sees it."""

    id = serializers.UUIDField()
    case_id = serializers.UUIDField()
    case_number = serializers.CharField(allow_null=True)
    given_by = serializers.ChoiceField(ConsentWay.choices)
    given_by_label = serializers.CharField()
    given_on = serializers.DateField()
    note = serializers.CharField()
    recorded_at = serializers.DateTimeField()


class RecordedConsentList(Out):
    items = RecordedConsentItem(many=True)


def person(data: dict[str, Any]) -> Person:
    return Person(phone=PhoneNumber(data["phone"]), full_name=data["full_name"], iin=data["iin"] or "")


def consent(data: dict[str, Any]) -> ConsentWords:
    return ConsentWords(**data["consent"])


def paper(row: MissingPaper) -> dict[str, Any]:
    state = "received" if row.received_at else "waived" if row.waived_at else "missing"
    return {"id": row.pk, "title": row.title, "asked_at": row.asked_at, "state": state}


def consents(rows: list[RecordedConsent]) -> dict[str, Any]:
    return {
        "items": [
            {
                "id": row.pk, "case_id": row.case_id, "case_number": row.case.number, "given_by": row.given_by,
                "given_by_label": ConsentWay(row.given_by).label, "given_on": row.given_on, "note": row.note,
                "recorded_at": row.recorded_at,
            }
            for row in rows
        ]
    }  # fmt: skip


def closing(case: Case) -> str:
    """Where the closing stands for the borrower: open, to_confirm or confirmed."""
    if case.status != "closed":
        return "open"
    return "confirmed" if case.closing_confirmed_at is not None else "to_confirm"
