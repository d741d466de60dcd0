"""Public verification: by address, or by file. Both are limited per network address; no file is kept."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.accounts import allowances
from kenes.accounts.sign_in import client_ip
from kenes.foundation.api import PUBLIC, ApiRequest, ApiView
from kenes.signing import verification
from kenes.signing.api.memory_uploads import MemoryUploadView
from kenes.signing.api.serializers import VerificationBody, VerifyUpload
from kenes.signing.errors import NotPdf


class VerifyTokenView(ApiView):
    needs = PUBLIC

    @extend_schema(operation_id="verify_by_token", responses=VerificationBody)
    def get(self, request: ApiRequest, token: str) -> Response:
        # Wider than for files: the web server asks for all its visitors from one address.
        allowances.spend("address_verify_page", client_ip(request._request))
        return self.ok(VerificationBody, verification.verify_token(token))


class VerifyFileView(MemoryUploadView):
    needs = PUBLIC

    @extend_schema(
        operation_id="verify_by_file",
        request={"multipart/form-data": VerifyUpload},
        responses=VerificationBody,
    )
    def post(self, request: ApiRequest) -> Response:
        allowances.spend("address_verify", client_ip(request._request))
        return self.ok(VerificationBody, verification.verify_file(self._uploaded(request)))

    def _uploaded(self, request: ApiRequest) -> bytes:
        file = self.received(request, at_most=1).get("file")
        if file is None:
            raise NotPdf
        return bytes(file.read())
