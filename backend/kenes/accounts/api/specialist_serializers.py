"""Shapes of specialists' entries and of powers of attorney."""

from typing import Any

from rest_framework import serializers

from kenes.accounts import powers, specialists
from kenes.accounts.models import PowerOfAttorney, PowerScope, SpecialistProfile
from kenes.foundation.api import PageQuery, StrictSerializer
from kenes.foundation.fields_api import IsoDateField, PhoneField, TextField, WholeField

Out = serializers.Serializer[Any]
SPECIALIST_STATUSES = (*SpecialistProfile.Status.values, specialists.EXPIRED)
POWER_STATUSES = (*PowerOfAttorney.Status.values, powers.EXPIRED)


class SpecialisationItem(Out):
    code = serializers.CharField()
    label = serializers.CharField()
    kinds = serializers.ListField(child=serializers.ChoiceField(choices=SpecialistProfile.Kind.choices))


class Specialist(Out):
    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=SpecialistProfile.Kind.choices)
    kind_label = serializers.CharField()
    register_name = serializers.CharField(allow_blank=True)
    register_number = serializers.CharField(allow_blank=True)
    issued_on = serializers.DateField(allow_null=True)
    valid_until = serializers.DateField(allow_null=True)
    specialisations = serializers.ListField(child=serializers.CharField())
    specialisation_labels = serializers.ListField(child=serializers.CharField())
    region = serializers.CharField(allow_blank=True)
    has_proof = serializers.BooleanField()
    proof_file_id = serializers.UUIDField(allow_null=True)
    status = serializers.ChoiceField(choices=SPECIALIST_STATUSES)
    status_label = serializers.CharField()
    submitted_at = serializers.DateTimeField(allow_null=True)
    check_note = serializers.CharField(allow_blank=True)
    version = serializers.IntegerField()
    allowed_actions = serializers.ListField(child=serializers.CharField())


class OwnSpecialists(Out):
    """The own entries, and what can be chosen as a field of work."""

    items = Specialist(many=True)
    catalogue = SpecialisationItem(many=True)


class SpecialistPerson(Out):
    id = serializers.UUIDField()
    full_name = serializers.CharField()


class SpecialistRow(Specialist):
    person = SpecialistPerson()


class SpecialistPage(Out):
    items = SpecialistRow(many=True)
    next_cursor = serializers.CharField(allow_null=True)


class SpecialistQuery(PageQuery):
    status = serializers.ChoiceField(choices=SPECIALIST_STATUSES, default="", allow_blank=True)
    kind = serializers.ChoiceField(choices=SpecialistProfile.Kind.choices, default="", allow_blank=True)


class SpecialistInput(StrictSerializer):
    register_name = TextField(max_length=200, allow_blank=True, default="")
    register_number = TextField(max_length=60, allow_blank=True, default="")
    issued_on = IsoDateField(past=True, allow_null=True, default=None)
    valid_until = IsoDateField(allow_null=True, default=None)
    specialisations = serializers.ListField(child=TextField(max_length=40), max_length=20, default=list)
    region = TextField(max_length=100, allow_blank=True, default="")


class SpecialistDecisionInput(StrictSerializer):
    """`version` is the one that was looked at: what changed meanwhile must be looked at again."""

    note = TextField(max_length=1000, multiline=True, allow_blank=True, default="")
    version = WholeField(min_value=1, max_value=2**31 - 1)


class Power(Out):
    """For the principal, `representative_name` is the masked number he typed: a number is never answered with a name."""

    id = serializers.UUIDField()
    principal_name = serializers.CharField(allow_blank=True)
    representative_name = serializers.CharField(allow_blank=True)
    scope = serializers.ListField(child=serializers.ChoiceField(choices=PowerScope.choices))
    number = serializers.CharField(allow_blank=True)
    issued_by = serializers.CharField(allow_blank=True)
    valid_from = serializers.DateField()
    valid_until = serializers.DateField()
    status = serializers.ChoiceField(choices=POWER_STATUSES)
    status_label = serializers.CharField()
    check_note = serializers.CharField(allow_blank=True)
    has_document = serializers.BooleanField()
    document_file_id = serializers.UUIDField(allow_null=True)
    created_at = serializers.DateTimeField()
    allowed_actions = serializers.ListField(child=serializers.CharField())


class OwnPowers(Out):
    given = Power(many=True)
    received = Power(many=True)


class PowerPage(Out):
    items = Power(many=True)
    next_cursor = serializers.CharField(allow_null=True)


class PowerQuery(PageQuery):
    status = serializers.ChoiceField(choices=POWER_STATUSES, default="", allow_blank=True)


class PowerInput(StrictSerializer):
    representative_phone = PhoneField()
    scope = serializers.ListField(
        child=serializers.ChoiceField(choices=PowerScope.choices), min_length=1, max_length=3
    )
    number = TextField(max_length=60, allow_blank=True, default="")
    issued_by = TextField(max_length=200, allow_blank=True, default="")
    valid_from = IsoDateField()
    valid_until = IsoDateField()


class PowerDecisionInput(StrictSerializer):
    note = TextField(max_length=1000, multiline=True, allow_blank=True, default="")
