"""Addresses of what goes along with a letter: choosing papers, looking at the package, loading it."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import get_language
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from kenes.documents.models import PackageStatus
from kenes.documents.packages import files as package_files
from kenes.documents.packages import services as packages
from kenes.documents.packages.papers import Paper
from kenes.documents.packages.services import Shown
from kenes.files.uploads import private_file
from kenes.foundation.api import ApiRequest, ApiView, StrictSerializer
from kenes.foundation.errors import Unavailable
from kenes.foundation.fields_api import TextField, WholeField
from kenes.foundation.idempotency import idempotent
from kenes.foundation.providers import Temporary
from kenes.messaging.services import MAX_ATTACHMENT_BYTES


class PackagePaper(serializers.Serializer[Any]):
    """A paper that can go along. `problem`: not_ready (being checked), kind (goes along as a file of its own)."""

    place = serializers.CharField()
    title = serializers.CharField()
    mime = serializers.CharField()
    size = serializers.IntegerField()
    chosen = serializers.BooleanField()
    is_default = serializers.BooleanField()
    problem = serializers.ChoiceField(choices=["", "not_ready", "kind"], allow_blank=True)


class PackagePart(serializers.Serializer[Any]):
    """A part of the whole; `first` is its first page from 1, 0 for one that is only listed."""

    kind = serializers.ChoiceField(choices=["cover", "letter", "translation", "enclosure", "proof"])
    title = serializers.CharField()
    first = serializers.IntegerField()
    pages = serializers.IntegerField()
    sha256 = serializers.CharField()


class PackagePage(serializers.Serializer[Any]):
    page = serializers.IntegerField()
    url = serializers.CharField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()


class PackageDetail(serializers.Serializer[Any]):
    """`too_large`: the e-mail leaves without it. `version` goes back with a choice."""

    status = serializers.ChoiceField(choices=PackageStatus.choices)
    version = serializers.IntegerField()
    is_chosen = serializers.BooleanField()
    can_change = serializers.BooleanField()
    papers = PackagePaper(many=True)
    parts = PackagePart(many=True)
    pages = serializers.IntegerField()
    size = serializers.IntegerField(allow_null=True)
    sha256 = serializers.CharField(allow_null=True)
    has_proof = serializers.BooleanField()
    too_large = serializers.BooleanField()
    preview_pages = PackagePage(many=True)


class PackageChoice(StrictSerializer):
    papers = serializers.ListField(child=TextField(max_length=60), max_length=40)
    version = WholeField(min_value=1)


class PackageFileQuery(StrictSerializer):
    form = serializers.ChoiceField(choices=["pdf", "zip", "cover", "proof"], default="pdf")


def _language() -> str:
    return (get_language() or "ru")[:2]


def _paper(paper: Paper, shown: Shown, language: str) -> dict[str, Any]:
    return {
        "place": paper.place,
        "title": paper.title(language),
        "mime": paper.file.mime,
        "size": paper.file.size,
        "chosen": paper.place in shown.chosen,
        "is_default": paper.is_default,
        "problem": paper.problem,
    }


def _detail(shown: Shown) -> dict[str, Any]:
    package, document, language = shown.package, shown.document, _language()
    outline = package.outline if package is not None else []
    file = package.pdf_file if package is not None else None
    sizes = [size for part in outline for size in part["sizes"]]
    return {
        "status": package.status if package is not None else PackageStatus.CHOOSING,
        "version": package.version if package is not None else 1,
        "is_chosen": package is not None and package.is_chosen,
        "can_change": shown.can_change,
        "papers": [_paper(paper, shown, language) for paper in shown.papers],
        "parts": [
            {
                "kind": part["kind"],
                "title": part["titles"].get(language) or part["titles"]["ru"],
                "first": part["first"],
                "pages": part["pages"],
                "sha256": part["sha256"],
            }
            for part in outline
        ],
        "pages": package.pages if package is not None else 0,
        "size": file.size if file is not None else None,
        "sha256": file.sha256 if file is not None else None,
        "has_proof": package is not None and package.proof_file_id is not None,
        "too_large": file is not None and file.size > MAX_ATTACHMENT_BYTES,
        "preview_pages": [
            {
                "page": page,
                "url": f"/api/v1/documents/{document.pk}/package/pages/{page}/?version={package.made_version if package else 0}",
                "width": width,
                "height": height,
            }
            for page, (width, height) in enumerate(sizes, start=1)
        ],
    }


class DocumentPackageView(ApiView):
    """What goes along with a letter."""

    scopes = {"GET": "documents:read", "POST": "documents:write"}

    @extend_schema(operation_id="document_package", responses=PackageDetail)
    def get(self, request: ApiRequest, document_id: UUID) -> Response:
        return self.ok(PackageDetail, _detail(packages.get(actor=request.actor, document_id=document_id)))

    @extend_schema(
        operation_id="document_package_choose", request=PackageChoice, responses={202: PackageDetail}
    )
    @idempotent
    def post(self, request: ApiRequest, document_id: UUID) -> Response:
        told = self.parse(PackageChoice)
        packages.choose(
            actor=request.actor, document_id=document_id, papers=told["papers"], version=told["version"]
        )
        shown = packages.get(actor=request.actor, document_id=document_id)
        return self.ok(PackageDetail, _detail(shown), status=202)


class PackagePageQuery(StrictSerializer):
    """`version` only keeps a browser from showing an earlier choice."""

    version = WholeField(min_value=0, required=False, default=0)


class DocumentPackagePageView(ApiView):
    """A page of the package as a picture."""

    scopes = {"GET": "documents:read"}

    @extend_schema(
        operation_id="document_package_page",
        parameters=[PackagePageQuery],
        responses={(200, "image/png"): OpenApiTypes.BINARY},
    )
    def get(self, request: ApiRequest, document_id: UUID, page: int) -> HttpResponse:
        self.parse_query(PackagePageQuery)
        try:
            png = package_files.page_picture(actor=request.actor, document_id=document_id, page=page)
        except Temporary as problem:
            raise Unavailable from problem
        answer = HttpResponse(png, content_type="image/png")
        answer["Cache-Control"] = "private, max-age=300"
        answer["X-Content-Type-Options"] = "nosniff"
        return answer


class DocumentPackageFileView(ApiView):
    """The package as one PDF or as a ZIP of its parts; its cover or proof alone."""

    scopes = {"GET": "documents:read"}

    @extend_schema(
        operation_id="document_package_file",
        parameters=[PackageFileQuery],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: ApiRequest, document_id: UUID) -> HttpResponse | StreamingHttpResponse:
        form = self.parse_query(PackageFileQuery)["form"]
        if form != "zip":
            return private_file(
                package_files.file_of(actor=request.actor, document_id=document_id, form=form)
            )
        name, parts = package_files.parts_of(actor=request.actor, document_id=document_id)
        answer = StreamingHttpResponse(_zipped(parts), content_type="application/zip")
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        answer["Cache-Control"] = "private, no-store"
        answer["X-Accel-Buffering"] = "no"
        return answer


def _zipped(parts: Iterator[tuple[str, bytes]]) -> Iterator[bytes]:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as packed:
        for name, data in parts:
            packed.writestr(name, data)
    yield held.getvalue()
