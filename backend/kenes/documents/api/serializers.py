"""Shapes of letters in the API."""

from typing import Final

from rest_framework import serializers

from kenes.documents.states import DispatchStatus, DocumentStatus
from kenes.foundation.api import StrictSerializer
from kenes.foundation.fields_api import TextField
from kenes.messaging.models import Attempt

FORMATS: Final = ("pdf", "docx", "sealed", "pdfa")


class DispatchAttempt(serializers.Serializer):  # type: ignore[type-arg]
    started_at = serializers.DateTimeField()
    outcome = serializers.ChoiceField(choices=Attempt.Outcome.choices)
    is_repeat = serializers.BooleanField()


class DispatchDetail(serializers.Serializer):  # type: ignore[type-arg]
    id = serializers.UUIDField()
    channel = serializers.ChoiceField(choices=["email"])
    status = serializers.ChoiceField(choices=DispatchStatus.choices)
    address_masked_or_full = serializers.CharField(allow_blank=True)
    accepted_at = serializers.DateTimeField(allow_null=True)
    message_id_header = serializers.CharField(allow_null=True)
    attempts = DispatchAttempt(many=True)
    failure = serializers.CharField(allow_null=True)
    allowed_actions = serializers.ListField(child=serializers.CharField())


class DocumentRow(serializers.Serializer):  # type: ignore[type-arg]
    """`signature`: every way its kind can be signed: S by SMS code, E by ЭЦП, P on paper; empty when it needs none.

    `queue_ahead`: how many conversions come before this one while it is being prepared. `replaces`, `replaced_by`: versions.
    """

    id = serializers.UUIDField()
    code = serializers.CharField()
    title = serializers.CharField()
    language = serializers.ChoiceField(choices=["ru", "kk"])
    status = serializers.ChoiceField(choices=DocumentStatus.choices)
    number = serializers.CharField()
    obligation_id = serializers.UUIDField(allow_null=True)
    track_id = serializers.UUIDField(allow_null=True)
    translation_of = serializers.UUIDField(allow_null=True)
    pages = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    signed_at = serializers.DateTimeField(allow_null=True)
    needs_signature = serializers.BooleanField()
    signature = serializers.ListField(child=serializers.ChoiceField(choices=["E", "S", "P"]))
    allowed_actions = serializers.ListField(child=serializers.CharField())
    summary = serializers.CharField()
    verify_url = serializers.CharField(allow_null=True)
    dispatch = DispatchDetail(allow_null=True)
    queue_ahead = serializers.IntegerField(allow_null=True)
    replaces = serializers.UUIDField(allow_null=True)
    replaced_by = serializers.UUIDField(allow_null=True)


class DocumentList(serializers.Serializer):  # type: ignore[type-arg]
    items = DocumentRow(many=True)


class DocumentTranslation(serializers.Serializer):  # type: ignore[type-arg]
    id = serializers.UUIDField()
    language = serializers.ChoiceField(choices=["ru", "kk"])


class DocumentPreviewPage(serializers.Serializer):  # type: ignore[type-arg]
    page = serializers.IntegerField()
    url = serializers.CharField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()


class DocumentArchival(serializers.Serializer):  # type: ignore[type-arg]
    """The PDF/A of a document: `state` none until somebody asks for it; `ahead` as `queue_ahead`."""

    state = serializers.ChoiceField(choices=["none", "preparing", "ready", "failed"])
    ahead = serializers.IntegerField(allow_null=True)


class DocumentDetail(DocumentRow):
    """`reason`: why this version was made; `void_reason`: why it was taken back."""

    reason = serializers.CharField(allow_blank=True)
    void_reason = serializers.CharField(allow_blank=True)
    replaces_number = serializers.CharField(allow_null=True)
    archival = DocumentArchival()
    case_id = serializers.UUIDField()
    case_number = serializers.CharField()
    sha256 = serializers.CharField(allow_null=True)
    translations = DocumentTranslation(many=True)
    preview_pages = DocumentPreviewPage(many=True)
    text = serializers.CharField(allow_blank=True)
    creditor_name = serializers.CharField(allow_blank=True)


class DocumentFileQuery(StrictSerializer):
    format = serializers.ChoiceField(choices=FORMATS, default="pdf")


class DocumentReason(StrictSerializer):
    reason = TextField(max_length=500)


class DocumentRegenerate(StrictSerializer):
    reason = TextField(max_length=500, required=False, allow_blank=True, default="")


class DocumentVersion(serializers.Serializer):  # type: ignore[type-arg]
    id = serializers.UUIDField()
    number = serializers.CharField()
    status = serializers.ChoiceField(choices=DocumentStatus.choices)
    created_at = serializers.DateTimeField()
    signed_at = serializers.DateTimeField(allow_null=True)
    reason = serializers.CharField(allow_blank=True)
    void_reason = serializers.CharField(allow_blank=True)
    replaces = serializers.UUIDField(allow_null=True)


class DocumentVersionList(serializers.Serializer):  # type: ignore[type-arg]
    """Newest first."""

    items = DocumentVersion(many=True)


class DocumentCompareQuery(StrictSerializer):
    other = serializers.UUIDField(required=False, allow_null=True, default=None)


class DocumentChange(serializers.Serializer):  # type: ignore[type-arg]
    kind = serializers.ChoiceField(choices=["same", "added", "removed"])
    text = serializers.CharField(trim_whitespace=False)


class DocumentComparison(serializers.Serializer):  # type: ignore[type-arg]
    """`parts` in order: without the removed ones they read as the new text, without the added ones as the old."""

    old = DocumentVersion()
    new = DocumentVersion()
    parts = DocumentChange(many=True)
