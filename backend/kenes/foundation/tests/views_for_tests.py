"""A small API used only by the tests of the foundation."""

from django.urls import path
from rest_framework import serializers
from rest_framework.response import Response

from kenes.foundation.api import PUBLIC, ApiView, PageQuery, StrictSerializer
from kenes.foundation.errors import Conflict
from kenes.foundation.fields_api import IsoDateField, TextField, TiynField, WholeField
from kenes.foundation.idempotency import idempotent
from kenes.foundation.models import IdempotencyRecord

calls: list[str] = []


class Line(StrictSerializer):
    sum_tiyn = TiynField()
    name = TextField(max_length=20)


class ThingInput(StrictSerializer):
    name = TextField(max_length=10)
    day = IsoDateField(past=True, required=False)
    count = WholeField(min_value=1, max_value=5, required=False)
    lines = Line(many=True, required=False, max_length=3)


class ThingsView(ApiView):
    needs = PUBLIC

    @idempotent
    def post(self, request, **kwargs):
        data = self.parse(ThingInput)
        calls.append(data["name"])
        if data["name"] == "conflict":
            raise Conflict
        return Response({"name": data["name"], "call": len(calls)}, status=201)


class RowOutput(serializers.Serializer):
    key = serializers.CharField()


class RowsView(ApiView):
    needs = PUBLIC

    def get(self, request, **kwargs):
        query = self.parse_query(PageQuery)
        return self.page(RowOutput, IdempotencyRecord.objects.filter(owner="rows"), **query)


class PrivateView(ApiView):
    def get(self, request, **kwargs):
        return Response({})


class BrokenView(ApiView):
    needs = PUBLIC

    def get(self, request, **kwargs):
        raise RuntimeError("ИИН 900101300007 must not be shown")


urlpatterns = [
    path("api/v1/things/", ThingsView.as_view()),
    path("api/v1/rows/", RowsView.as_view()),
    path("api/v1/private/", PrivateView.as_view()),
    path("api/v1/broken/", BrokenView.as_view()),
]
handler404 = "kenes.foundation.problems.page_not_found"
handler500 = "kenes.foundation.problems.server_error"
