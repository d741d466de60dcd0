"""Shapes of the check of any signature: what `kzsign` found out, field by field."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from kenes.foundation.api import StrictSerializer

_NO_TIME = _("Write the time like this: 2026-11-26T10:00:00+05:00.")
_VERDICTS = [("valid", "valid"), ("invalid", "invalid"), ("unknown", "unknown")]
_RESULTS = [("passed", "passed"), ("failed", "failed"), ("unknown", "unknown"), ("skipped", "skipped")]
_FORMATS = [(name, name) for name in ("cms", "xml", "pdf", "evidence", "unknown")]
_SOURCES = [("timestamp", "timestamp"), ("given", "given"), ("now", "now")]
_STANDINGS = [(name, name) for name in ("good", "revoked", "unknown", "skipped")]


class SignatureCheckInput(StrictSerializer):
    """The other fields of the form: `at` is the time to judge at where no trusted time stamp tells it."""

    at = serializers.DateTimeField(
        required=False, allow_null=True, error_messages={"invalid": _NO_TIME, "overflow": _NO_TIME}
    )


class SignatureCheckUpload(serializers.Serializer[Any]):
    signature = serializers.FileField()
    document = serializers.FileField(required=False)
    at = serializers.DateTimeField(required=False)


class CheckedStep(serializers.Serializer[Any]):
    name = serializers.CharField()
    result = serializers.ChoiceField(choices=_RESULTS)
    reason = serializers.CharField()


class CheckedStamp(serializers.Serializer[Any]):
    at = serializers.DateTimeField(allow_null=True)
    trusted = serializers.BooleanField()
    reason = serializers.CharField()
    tsa = serializers.CharField()


class CheckedCertificate(serializers.Serializer[Any]):
    subject = serializers.CharField()
    issuer = serializers.CharField()
    serial = serializers.CharField()
    sha256 = serializers.CharField()
    not_before = serializers.DateTimeField()
    not_after = serializers.DateTimeField()


class CheckedRevocation(serializers.Serializer[Any]):
    status = serializers.ChoiceField(choices=_STANDINGS)
    source = serializers.CharField()
    revoked_at = serializers.DateTimeField(allow_null=True)
    reason = serializers.CharField()


class CounterSigner(serializers.Serializer[Any]):
    """Who signed the signature itself."""

    verdict = serializers.ChoiceField(choices=_VERDICTS)
    full_name = serializers.CharField()
    organisation = serializers.CharField()
    signed_at = serializers.DateTimeField(allow_null=True)
    steps = CheckedStep(many=True)


class CheckedSigner(serializers.Serializer[Any]):
    verdict = serializers.ChoiceField(choices=_VERDICTS)
    full_name = serializers.CharField()
    iin = serializers.CharField()
    bin = serializers.CharField()
    organisation = serializers.CharField()
    role = serializers.CharField()
    algorithm = serializers.CharField()
    signed_at = serializers.DateTimeField(allow_null=True)
    claimed_at = serializers.DateTimeField(allow_null=True)
    time_source = serializers.ChoiceField(choices=_SOURCES)
    timestamp = CheckedStamp(allow_null=True)
    chain = CheckedCertificate(many=True)
    revocation = CheckedRevocation()
    counter_signatures = CounterSigner(many=True, required=False)
    steps = CheckedStep(many=True)


class CheckedAnchor(serializers.Serializer[Any]):
    subject = serializers.CharField()
    sha256 = serializers.CharField()
    purpose = serializers.CharField()


class CheckedEvidence(serializers.Serializer[Any]):
    """What was checked of an evidence package beyond its signatures."""

    document_number = serializers.CharField()
    document_sha256 = serializers.CharField()
    made_at = serializers.DateTimeField(allow_null=True)
    sealed_by = serializers.CharField()
    stamped_at = serializers.DateTimeField(allow_null=True)
    stamped_by = serializers.CharField()
    anchored_on = serializers.CharField()
    anchor_stamped_at = serializers.DateTimeField(allow_null=True)
    files = serializers.IntegerField()
    events_shown = serializers.IntegerField()
    events_hidden = serializers.IntegerField()
    anchors = CheckedAnchor(many=True)
    anchors_from = serializers.ChoiceField(choices=[("package", "package"), ("given", "given")])
    steps = CheckedStep(many=True)


class SignatureCheckBody(serializers.Serializer[Any]):
    verdict = serializers.ChoiceField(choices=_VERDICTS)
    format = serializers.ChoiceField(choices=_FORMATS)
    reason = serializers.CharField()
    signers = CheckedSigner(many=True)
    evidence = CheckedEvidence(allow_null=True)
