"""Public verification: by address, or by file. Both are limited per network address; no file is kept."""

from typing import Any, Final

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from kenes.accounts import allowances
from kenes.accounts.sign_in import client_ip
from kenes.foundation.api import PUBLIC, ApiRequest, ApiView
from kenes.signing import verification
from kenes.signing.api.memory_uploads import OnlyMemory
from kenes.signing.api.serializers import VerificationBody, VerifyUpload
from kenes.signing.errors import FileTooLarge, NotPdf

# What a form of one file adds around it.
_FORM_OVERHEAD: Final = 16 * 1024


class VerifyTokenView(ApiView):
    needs = PUBLIC

    @extend_schema(operation_id="verify_by_token", responses=VerificationBody)
    def get(self, request: ApiRequest, token: str) -> Response:
        # Wider than for files: the web server asks for all its visitors from one address.
        allowances.spend("address_verify_page", client_ip(request._request))
        return self.ok(VerificationBody, verification.verify_token(token))


class VerifyFileView(ApiView):
    needs = PUBLIC
    parser_classes = [MultiPartParser]

    def initialize_request(self, request: Any, *args: Any, **kwargs: Any) -> Request:
        self.upload = OnlyMemory(request)
        request.upload_handlers = [self.upload]
        return super().initialize_request(request, *args, **kwargs)

    @extend_schema(
        operation_id="verify_by_file",
        request={"multipart/form-data": VerifyUpload},
        responses=VerificationBody,
    )
    def post(self, request: ApiRequest) -> Response:
        allowances.spend("address_verify", client_ip(request._request))
        return self.ok(VerificationBody, verification.verify_file(self._uploaded(request)))

    def _uploaded(self, request: ApiRequest) -> bytes:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) > settings.VERIFY_MAX_BYTES + _FORM_OVERHEAD:
            raise FileTooLarge
        file = request.FILES.get("file")
        if self.upload.too_large:
            raise FileTooLarge
        if file is None:
            raise NotPdf
        return bytes(file.read())
