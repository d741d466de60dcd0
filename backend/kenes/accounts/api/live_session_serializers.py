"""Shapes of open sessions."""

from typing import Any

from rest_framework import serializers

from kenes.foundation.api import StrictSerializer


class LiveSessionBody(serializers.Serializer[Any]):
    id = serializers.CharField()
    kind = serializers.ChoiceField(choices=["browser", "app"])
    device = serializers.CharField(allow_blank=True)
    ip = serializers.CharField()
    created_at = serializers.DateTimeField()
    last_seen_at = serializers.DateTimeField()
    is_current = serializers.BooleanField()


class LiveSessionList(serializers.Serializer[Any]):
    items = LiveSessionBody(many=True)


class EndAllInput(StrictSerializer):
    keep_current = serializers.BooleanField(default=True)
