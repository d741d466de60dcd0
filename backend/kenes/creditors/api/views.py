"""Addresses of the API of lenders."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.creditors import selectors, services
from kenes.creditors.api.serializers import (
    CreditorAddressInput,
    CreditorDetail,
    CreditorList,
    CreditorOrganisationInput,
    CreditorSearchQuery,
)
from kenes.foundation.api import ApiRequest, ApiView
from kenes.foundation.idempotency import idempotent


class CreditorSearchView(ApiView):
    """Find a lender by name."""

    scopes = {"GET": "creditors:read"}

    @extend_schema(operation_id="creditors_search", parameters=[CreditorSearchQuery], responses=CreditorList)
    def get(self, request: ApiRequest) -> Response:
        query = self.parse_query(CreditorSearchQuery)
        found = selectors.search(actor=request.actor, query=query["query"], limit=query["limit"])
        return self.ok(CreditorList, {"items": found, "next_cursor": None})


class CreditorDetailView(ApiView):
    """A lender's card."""

    needs = "creditor.view_addresses"
    scopes = {"GET": "creditors:read"}

    @extend_schema(operation_id="creditors_retrieve", responses=CreditorDetail)
    def get(self, request: ApiRequest, creditor_id: UUID) -> Response:
        return self.ok(CreditorDetail, selectors.get_creditor(actor=request.actor, creditor_id=creditor_id))


class CreditorAddressesView(ApiView):
    """Addresses of a lender."""

    needs = "creditor.add_address"

    @extend_schema(
        operation_id="creditors_add_address", request=CreditorAddressInput, responses={201: CreditorDetail}
    )
    @idempotent
    def post(self, request: ApiRequest, creditor_id: UUID) -> Response:
        data = self.parse(CreditorAddressInput)
        services.add_address(actor=request.actor, creditor_id=creditor_id, **data)
        creditor = selectors.get_creditor(actor=request.actor, creditor_id=creditor_id)
        return self.ok(CreditorDetail, creditor, status=201)


class CreditorAddressConfirmView(ApiView):
    """Confirm an address: letters may leave to it."""

    needs = "creditor.confirm_address"

    @extend_schema(operation_id="creditors_confirm_address", request=None, responses=CreditorDetail)
    @idempotent
    def post(self, request: ApiRequest, creditor_id: UUID, address_id: UUID) -> Response:
        services.confirm_address(actor=request.actor, creditor_id=creditor_id, address_id=address_id)
        return self.ok(CreditorDetail, selectors.get_creditor(actor=request.actor, creditor_id=creditor_id))


class CreditorOrganisationView(ApiView):
    """The lender's own organisation: its officers see what was sent to the lender."""

    needs = "organisation.edit"

    @extend_schema(
        operation_id="creditors_set_organisation", request=CreditorOrganisationInput, responses=CreditorDetail
    )
    def put(self, request: ApiRequest, creditor_id: UUID) -> Response:
        data = self.parse(CreditorOrganisationInput)
        services.set_organisation(actor=request.actor, creditor_id=creditor_id, **data)
        return self.ok(CreditorDetail, selectors.get_creditor(actor=request.actor, creditor_id=creditor_id))
