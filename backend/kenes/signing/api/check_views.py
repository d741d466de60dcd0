"""Check any signature: CMS with or without its document, signed XML, PDF, evidence package. Limited; nothing is kept."""

from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.accounts import allowances
from kenes.accounts.sign_in import client_ip
from kenes.foundation.api import PUBLIC, ApiRequest, validated
from kenes.foundation.errors import FieldError, FieldErrors
from kenes.signing import checking
from kenes.signing.api.check_serializers import SignatureCheckBody, SignatureCheckInput, SignatureCheckUpload
from kenes.signing.api.memory_uploads import MemoryUploadView

_FILES: Final = ("signature", "document")


class SignatureCheckView(MemoryUploadView):
    needs = PUBLIC

    @extend_schema(
        operation_id="signatures_verify",
        request={"multipart/form-data": SignatureCheckUpload},
        responses=SignatureCheckBody,
    )
    def post(self, request: ApiRequest) -> Response:
        allowances.spend("address_verify", client_ip(request._request))
        signature, document = self._files(request)
        fields = validated(SignatureCheckInput(data=_texts(request)))
        report = checking.check(signature=signature, document=document, at=fields.get("at"))
        return self.ok(SignatureCheckBody, report)

    def _files(self, request: ApiRequest) -> tuple[bytes, bytes | None]:
        files = self.received(request, at_most=len(_FILES))
        unknown = [name for name in files if name not in _FILES]
        if unknown:
            problem = FieldError(f"/{unknown[0][:80]}", "unknown_field", _("This field is not known here."))
            raise FieldErrors([problem])
        if "signature" not in files:
            raise FieldErrors([FieldError("/signature", "required", _("Choose a file with a signature."))])
        document = files.get("document")
        return bytes(files["signature"].read()), None if document is None else bytes(document.read())


def _texts(request: ApiRequest) -> dict[str, Any]:
    """The fields that are no files; the parser of forms gives a QueryDict."""
    data = request.data
    assert isinstance(data, QueryDict)
    texts = {name: data.get(name) for name in data if name not in request.FILES}
    # An empty field of a form is a field that was not filled in.
    return {name: value for name, value in texts.items() if (name, value) != ("at", "")}
