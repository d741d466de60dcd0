"""What the API says of uploads and stored files."""

from typing import Any

from rest_framework import serializers

from kenes.files import combining
from kenes.files.info import FILE_STATES, PREPARATION_STATES
from kenes.files.links import FORMS
from kenes.files.models import Upload
from kenes.foundation.api import StrictSerializer
from kenes.foundation.fields_api import TextField


class UploadState(serializers.Serializer[Any]):
    """How far an upload is. `code` and `detail` say why it was refused; empty otherwise."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    size = serializers.IntegerField()
    offset = serializers.IntegerField()
    state = serializers.ChoiceField(Upload.State.values)
    code = serializers.CharField(allow_blank=True)
    detail = serializers.CharField(allow_blank=True)
    expires_at = serializers.DateTimeField()


class CombinePhoto(StrictSerializer):
    """One photo: corners of the sheet clockwise from the upper left as parts of width and height, and its turn."""

    id = serializers.UUIDField()
    corners = serializers.ListField(
        child=serializers.ListField(
            child=serializers.FloatField(min_value=0, max_value=1), min_length=2, max_length=2
        ),
        min_length=4,
        max_length=4,
        allow_null=True,
        default=None,
    )
    turn = serializers.ChoiceField([0, 90, 180, 270], default=0)


class CombineInput(StrictSerializer):
    uploads = serializers.ListField(child=CombinePhoto(), min_length=1, max_length=combining.MAX_PHOTOS)
    name = TextField(max_length=200)
    look = serializers.ChoiceField(["color", "gray"], default="color")


class FilePage(serializers.Serializer[Any]):
    """One page as a picture; width and height in pixels, known before it is drawn."""

    page = serializers.IntegerField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    url = serializers.CharField()


class FileInfo(serializers.Serializer[Any]):
    """A stored file as the viewer needs it."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    mime = serializers.CharField()
    size = serializers.IntegerField()
    sha256 = serializers.CharField()
    created_at = serializers.DateTimeField()
    state = serializers.ChoiceField(FILE_STATES)
    pages = FilePage(many=True)
    pages_state = serializers.ChoiceField(PREPARATION_STATES)
    text_state = serializers.ChoiceField(PREPARATION_STATES)


class FileLinkInput(StrictSerializer):
    form = serializers.ChoiceField(FORMS)


class FileLink(serializers.Serializer[Any]):
    """An address that gives the bytes for five minutes to the person who asked for it."""

    url = serializers.CharField()
    expires_at = serializers.DateTimeField()
