"""How the public verification page names the signer: his own choice."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.foundation.api import ApiRequest, ApiView
from kenes.signing.api.serializers import PublicNameBody, PublicNameInput
from kenes.signing.models import PublicName
from kenes.signing.services import public_names


class PublicNameView(ApiView):
    """How the public verification page names the caller: `short`, `hidden` or `full`; only who signed the document."""

    @extend_schema(operation_id="documents_public_name", request=PublicNameInput, responses=PublicNameBody)
    def patch(self, request: ApiRequest, document_id: UUID) -> Response:
        shows = PublicName(self.parse(PublicNameInput)["shows"])
        kept = public_names.choose_public_name(actor=request.actor, document_id=document_id, shows=shows)
        return self.ok(PublicNameBody, {"shows": kept.value})
