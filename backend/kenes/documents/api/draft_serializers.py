"""Shapes of kinds of documents and of their interviews in the API."""

from typing import get_args

from rest_framework import serializers

from kenes.documents.catalogue import FieldType
from kenes.foundation.api import StrictSerializer
from kenes.foundation.fields_api import TextField, WholeField


class KindRow(serializers.Serializer):  # type: ignore[type-arg]
    """`subjects`: debts that it can be about (empty for a kind about the whole case). `signature`: as of a document."""

    code = serializers.CharField()
    title = serializers.CharField()
    purpose = serializers.CharField()
    per = serializers.ChoiceField(choices=["debt", "case"])
    signature = serializers.ListField(child=serializers.ChoiceField(choices=["E", "S", "P"]))
    needs_review = serializers.BooleanField()
    is_suggested = serializers.BooleanField()
    subjects = serializers.ListField(child=serializers.UUIDField())


class KindList(serializers.Serializer):  # type: ignore[type-arg]
    items = KindRow(many=True)


class FieldOption(serializers.Serializer):  # type: ignore[type-arg]
    code = serializers.CharField()
    name = serializers.CharField()


class FieldCondition(serializers.Serializer):  # type: ignore[type-arg]
    field = serializers.CharField()
    values = serializers.ListField(child=serializers.CharField())


class DraftColumn(serializers.Serializer):  # type: ignore[type-arg]
    code = serializers.CharField()
    answer_type = serializers.ChoiceField(choices=get_args(FieldType))
    ask = serializers.CharField()
    why = serializers.CharField(allow_blank=True)
    required = serializers.BooleanField()
    options = FieldOption(many=True)


class DraftField(DraftColumn):
    """`value` in the form in which it is sent; `is_known`: the case gave it, nobody has answered."""

    columns = DraftColumn(many=True)
    when = FieldCondition(allow_null=True)
    value = serializers.JSONField(allow_null=True)
    is_known = serializers.BooleanField()


class DraftRow(serializers.Serializer):  # type: ignore[type-arg]
    id = serializers.UUIDField()
    case_id = serializers.UUIDField()
    code = serializers.CharField()
    title = serializers.CharField()
    purpose = serializers.CharField()
    obligation_id = serializers.UUIDField(allow_null=True)
    track_id = serializers.UUIDField(allow_null=True)
    updated_at = serializers.DateTimeField()
    revises = serializers.UUIDField(allow_null=True)


class DraftList(serializers.Serializer):  # type: ignore[type-arg]
    items = DraftRow(many=True)


class DraftDetail(DraftRow):
    """`missing`: codes of what is still asked, in order; the first is the next question.

    `revises`: the document whose new version this will be; a signed one stays, and the new one names it.
    """

    version = serializers.IntegerField()
    reason = serializers.CharField(allow_blank=True)
    revises_number = serializers.CharField(allow_null=True)
    revises_signed = serializers.BooleanField()
    document_id = serializers.UUIDField(allow_null=True)
    fields_asked = DraftField(many=True)
    missing = serializers.ListField(child=serializers.CharField())
    needs_review = serializers.BooleanField()


class DraftBegin(StrictSerializer):
    code = TextField(max_length=40)
    obligation_id = serializers.UUIDField(required=False, allow_null=True, default=None)


class DraftAnswers(StrictSerializer):
    """Answers by field code; null or an empty text takes an answer back. Dates in ISO, money in tiyn."""

    version = WholeField(min_value=1)
    answers = serializers.DictField(child=serializers.JSONField(allow_null=True))
