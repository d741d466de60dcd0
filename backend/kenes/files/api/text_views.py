"""What is written in a file, for searching in it."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from kenes.files import access, texts
from kenes.foundation.api import ApiRequest, ApiView


class FileTextWord(serializers.Serializer[Any]):
    """One word; its box in shares of the page as it is shown, from 0 to 1."""

    text = serializers.CharField()
    left = serializers.FloatField()
    top = serializers.FloatField()
    width = serializers.FloatField()
    height = serializers.FloatField()


class FileTextPage(serializers.Serializer[Any]):
    """Text of a page and its words; no words where the file does not say where they stand."""

    page = serializers.IntegerField()
    text = serializers.CharField(allow_blank=True)
    words = FileTextWord(many=True)


class FileTextOut(serializers.Serializer[Any]):
    """Pages with text; empty while nothing is known."""

    pages = FileTextPage(many=True)


class FileTextView(ApiView):
    """The text of a stored file."""

    @extend_schema(operation_id="files_text", responses=FileTextOut)
    def get(self, request: ApiRequest, file_id: UUID) -> Response:
        """Text of each page, from the file itself or recognised; what is known so far while it is being read."""
        file = access.get_file(actor=request.actor, file_id=file_id)
        return self.ok(FileTextOut, {"pages": texts.pages_of(file)})
