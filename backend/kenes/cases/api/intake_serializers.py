"""JSON of how a case comes in: for whom a manager gives it in, missing papers, the borrower's word on the closing."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.utils.translation import get_language
from rest_framework import serializers

from kenes.accounts import selectors as account_selectors
from kenes.cases.api.answer_rows import FILE_STATES, file_state
from kenes.cases.api.fields import IinNumberField, StrictBooleanField
from kenes.cases.models import Case, ConsentWay, MissingPaper, PaperOrigin, RecordedConsent
from kenes.cases.story.on_behalf import ConsentWords, Person
from kenes.cases.tracks import paper_checklists
from kenes.files.models import StoredFile
from kenes.foundation.api import StrictSerializer
from kenes.foundation.fields_api import IsoDateField, PhoneField, TextField
from kenes.foundation.values import PhoneNumber

Out = serializers.Serializer[Any]
EARLIEST: Final = date(2000, 1, 1)
# Asked, given, looked at and accepted or asked for again, or not needed any more.
PAPER_STATES: Final = ("missing", "received", "accepted", "unreadable", "waived")


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


class PaperReviewInput(StrictSerializer):
    """What staff say of a paper that came; the reason goes to the borrower."""

    decision = serializers.ChoiceField(["accept", "unreadable"])
    reason = TextField(max_length=500, multiline=True, allow_blank=True, default="")


class PaperPromiseInput(StrictSerializer):
    on = IsoDateField()


class ClosingAnswerInput(StrictSerializer):
    """Whether the borrower agrees that the case is closed; why not, when he does not."""

    agreed = serializers.BooleanField()
    reason = TextField(max_length=1000, multiline=True, allow_blank=True, default="")


class RecordedConsentAnswerInput(StrictSerializer):
    """Whether the record is right; what is wrong with it, when it is not."""

    agreed = StrictBooleanField()
    words = TextField(max_length=1000, multiline=True, allow_blank=True, default="")


class CasePaper(Out):
    """A paper of the borrower. `why` and `where` are empty for papers that staff asked for in own words."""

    id = serializers.UUIDField()
    code = serializers.CharField(allow_blank=True)
    origin = serializers.ChoiceField(PaperOrigin.choices)
    required = serializers.BooleanField()
    title = serializers.CharField()
    why = serializers.CharField(allow_blank=True)
    where = serializers.CharField(allow_blank=True)
    needs_review = serializers.BooleanField(help_text="Why and where wait for a lawyer's check.")
    asked_at = serializers.DateTimeField()
    asked_by = serializers.CharField()
    due_on = serializers.DateField(allow_null=True)
    brings_on = serializers.DateField(allow_null=True)
    state = serializers.ChoiceField(PAPER_STATES)
    unreadable_reason = serializers.CharField(allow_blank=True)
    file_id = serializers.UUIDField(allow_null=True)
    file_name = serializers.CharField(allow_null=True)
    file_state = serializers.ChoiceField(FILE_STATES)


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
    recorded_by = serializers.CharField()
    confirmed_at = serializers.DateTimeField(allow_null=True)
    objected_at = serializers.DateTimeField(allow_null=True)
    objection = serializers.CharField()
    allowed_actions = serializers.ListField(child=serializers.ChoiceField(["answer"]))


class RecordedConsentList(Out):
    items = RecordedConsentItem(many=True)


def person(data: dict[str, Any]) -> Person:
    return Person(phone=PhoneNumber(data["phone"]), full_name=data["full_name"], iin=data["iin"] or "")


def consent(data: dict[str, Any]) -> ConsentWords:
    return ConsentWords(**data["consent"])


def papers(rows: Sequence[MissingPaper]) -> list[dict[str, Any]]:
    """Papers of a case as its page shows them; two queries where there are any."""
    if not rows:
        return []
    names = account_selectors.person_names(row.asked_by_id for row in rows if row.asked_by_id)
    wanted = [row.file_id for row in rows if row.file_id]
    known = {file.pk: file for file in StoredFile.objects.filter(pk__in=wanted)} if wanted else {}
    return [_paper(row, names, known) for row in rows]


def _paper(row: MissingPaper, names: Mapping[UUID, str], known: Mapping[UUID, StoredFile]) -> dict[str, Any]:
    file = known.get(row.file_id) if row.file_id else None
    listed = paper_checklists.words(row.code, (get_language() or "ru")[:2]) if row.title else None
    same = ("id", "code", "origin", "required", "title", "asked_at", "due_on", "brings_on", "file_id")
    return {
        **{name: getattr(row, name) for name in same},
        "why": "",
        "where": "",
        "needs_review": listed is not None and paper_checklists.needs_review(row.code),
        **(listed or {}),
        "unreadable_reason": row.unreadable_reason if row.state == "unreadable" else "",
        "asked_by": names.get(row.asked_by_id, "") if row.asked_by_id else "",
        "state": row.state,
        "file_name": file.name if file is not None else None,
        "file_state": file_state(file),
    }


def consents(rows: list[RecordedConsent]) -> dict[str, Any]:
    return {
        "items": [
            {
                "id": row.pk, "case_id": row.case_id, "case_number": row.case.number, "given_by": row.given_by,
                "given_by_label": ConsentWay(row.given_by).label, "given_on": row.given_on, "note": row.note,
                "recorded_at": row.recorded_at, "recorded_by": row.recorded_by.full_name,
                "confirmed_at": row.confirmed_at, "objected_at": row.objected_at, "objection": row.objection,
                "allowed_actions": [] if row.confirmed_at or row.objected_at else ["answer"],
            }
            for row in rows
        ]
    }  # fmt: skip


def closing(case: Case) -> str:
    """Where the closing stands for the borrower: open, to_confirm or confirmed."""
    if case.status != "closed":
        return "open"
    return "confirmed" if case.closing_confirmed_at is not None else "to_confirm"
