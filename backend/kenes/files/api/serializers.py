"""What the API says of uploads and stored files."""

from typing import Any

from rest_framework import serializers

from kenes.files.info import FILE_STATES, PREPARATION_STATES
from kenes.files.links import FORMS
from kenes.files.models import Upload
from kenes.foundation.api import StrictSerializer

TEXT_STATES = PREPARATION_STATES


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
