"""Who looked at my data."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.accounts import reads
from kenes.accounts.api.privacy_serializers import DataReadItem, DataReadPage
from kenes.foundation.api import ApiRequest, ApiView, PageQuery


class OwnReadsView(ApiView):
    """Everybody sees who read his own data, never anybody else's."""

    before_second_factor = True

    @extend_schema(operation_id="me_reads", parameters=[PageQuery], responses=DataReadPage)
    def get(self, request: ApiRequest) -> Response:
        query = self.parse_query(PageQuery)
        person_id = request.actor.user_id
        assert person_id
        return self.page(
            DataReadItem,
            reads.reads_of(person_id),
            key=("-at", "id"),
            limit=query["limit"],
            cursor=query["cursor"],
            transform=lambda rows: list(reads.shown(rows, person_id=person_id)),
        )
