"""JSON of tags."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from kenes.cases.api.fields import StrictBooleanField
from kenes.cases.models import TagColour
from kenes.foundation.api import StrictSerializer
from kenes.foundation.fields_api import TextField


class TagRef(serializers.Serializer[Any]):
    """A tag as it stands on a case."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    colour = serializers.ChoiceField(choices=TagColour.choices)
    archived = serializers.SerializerMethodField()

    def get_archived(self, tag: Any) -> bool:
        return tag.archived_at is not None


class TagItem(TagRef):
    """A tag of the list, with how many cases carry it."""

    cases = serializers.IntegerField()


class TagList(serializers.Serializer[Any]):
    """`allowed_actions`: edit, for who may change the list."""

    items = TagItem(many=True)
    allowed_actions = serializers.ListField(child=serializers.CharField())


class CaseTagList(serializers.Serializer[Any]):
    """Tags of one case. `allowed_actions`: tag, for who may put them on and take them off."""

    items = TagRef(many=True)
    allowed_actions = serializers.ListField(child=serializers.CharField())


class TagInput(StrictSerializer):
    name = TextField(max_length=40)
    colour = serializers.ChoiceField(choices=TagColour.choices, default=TagColour.GREY)


class TagChange(StrictSerializer):
    name = TextField(max_length=40, required=False)
    colour = serializers.ChoiceField(choices=TagColour.choices, required=False)
    archived = StrictBooleanField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs:
            raise serializers.ValidationError(_("Nothing is to be changed."), code="empty")
        return attrs


class CaseTagsInput(StrictSerializer):
    add = serializers.ListField(child=serializers.UUIDField(), default=list, max_length=20)
    remove = serializers.ListField(child=serializers.UUIDField(), default=list, max_length=20)
