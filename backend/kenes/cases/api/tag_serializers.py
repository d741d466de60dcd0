"""JSON of tags."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from kenes.cases.api.fields import StrictBooleanField
from kenes.cases.api.present import language
from kenes.cases.models import TagColour
from kenes.foundation.api import StrictSerializer
from kenes.foundation.fields_api import TextField


class TagRef(serializers.Serializer[Any]):
    """A tag as it stands on a case."""

    id = serializers.UUIDField()
    name = serializers.SerializerMethodField()
    colour = serializers.ChoiceField(choices=TagColour.choices)
    archived = serializers.SerializerMethodField()

    def get_name(self, tag: Any) -> str:
        """The name in the reader's language."""
        return str(tag.name_in(language()))

    def get_archived(self, tag: Any) -> bool:
        return tag.archived_at is not None


class TagItem(TagRef):
    """A tag of the list, with how many cases carry it and its names as they are edited; `merged_into` is another tag's id."""

    cases = serializers.IntegerField()
    name_ru = serializers.CharField(source="name")
    name_kk = serializers.CharField()
    name_en = serializers.CharField()
    merged_into = serializers.UUIDField(source="merged_into_id", allow_null=True)


class TagList(serializers.Serializer[Any]):
    """`allowed_actions`: edit, for who may change the list."""

    items = TagItem(many=True)
    allowed_actions = serializers.ListField(child=serializers.CharField())


class CaseTagList(serializers.Serializer[Any]):
    """Tags of one case. `allowed_actions`: tag, for who may put them on and take them off."""

    items = TagRef(many=True)
    allowed_actions = serializers.ListField(child=serializers.CharField())


class TagInput(StrictSerializer):
    """`name` is the Russian one; without the others it stands for them."""

    name = TextField(max_length=40)
    name_kk = TextField(max_length=40, allow_blank=True, default="")
    name_en = TextField(max_length=40, allow_blank=True, default="")
    colour = serializers.ChoiceField(choices=TagColour.choices, default=TagColour.GREY)


class TagChange(StrictSerializer):
    name = TextField(max_length=40, required=False)
    name_kk = TextField(max_length=40, allow_blank=True, required=False)
    name_en = TextField(max_length=40, allow_blank=True, required=False)
    colour = serializers.ChoiceField(choices=TagColour.choices, required=False)
    archived = StrictBooleanField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs:
            raise serializers.ValidationError(_("Nothing is to be changed."), code="empty")
        return attrs


class TagJoinInput(StrictSerializer):
    into_id = serializers.UUIDField()


class CaseTagsInput(StrictSerializer):
    add = serializers.ListField(child=serializers.UUIDField(), default=list, max_length=20)
    remove = serializers.ListField(child=serializers.UUIDField(), default=list, max_length=20)
