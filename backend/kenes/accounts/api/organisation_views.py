"""Organisations and their people, for staff and for own administrators at the same addresses."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.accounts import invitations, organisations, people_rules
from kenes.accounts.api.invitation_serializers import MemberInvitationBody, MemberInviteInput
from kenes.accounts.api.organisation_serializers import (
    CheckInput,
    MemberChangeInput,
    MemberList,
    OrganisationChangeInput,
    OrganisationDetail,
    OrganisationInput,
    OrganisationPage,
    OrganisationQuery,
    OrganisationRow,
)
from kenes.accounts.api.people_serializers import ReasonInput
from kenes.accounts.api.serializers import EmptyInput
from kenes.foundation.api import ApiRequest, ApiView
from kenes.foundation.idempotency import idempotent


class _OrganisationView(ApiView):
    """Who may see it decides the selector: everybody else gets 404."""

    def shown(self, request: ApiRequest, organisation_id: UUID, status: int = 200) -> Response:
        found = organisations.get_visible(actor=request.actor, organisation_id=organisation_id)
        return self.ok(OrganisationDetail, found, status=status)

    def must_see(self, request: ApiRequest, organisation_id: UUID) -> None:
        organisations.get_visible(actor=request.actor, organisation_id=organisation_id)


class OrganisationsView(_OrganisationView):
    @extend_schema(
        operation_id="organisations_list", parameters=[OrganisationQuery], responses=OrganisationPage
    )
    def get(self, request: ApiRequest) -> Response:
        people_rules.require_ability(
            request.actor, "organisation.see", "organisation.edit", "organisation.own"
        )
        query = self.parse_query(OrganisationQuery)
        rows = organisations.search(
            actor=request.actor, kind=query["kind"], status=query["status"], query=query["query"]
        )
        return self.page(OrganisationRow, rows, limit=query["limit"], cursor=query["cursor"])

    @extend_schema(
        operation_id="organisations_create", request=OrganisationInput, responses={201: OrganisationDetail}
    )
    @idempotent
    def post(self, request: ApiRequest) -> Response:
        people_rules.require_ability(request.actor, "organisation.edit")
        data = self.parse(OrganisationInput)
        made = organisations.create(actor=request.actor, **data)
        return self.shown(request, made.pk, status=201)


class OrganisationView(_OrganisationView):
    @extend_schema(operation_id="organisations_retrieve", responses=OrganisationDetail)
    def get(self, request: ApiRequest, organisation_id: UUID) -> Response:
        return self.shown(request, organisation_id)

    @extend_schema(
        operation_id="organisations_change", request=OrganisationChangeInput, responses=OrganisationDetail
    )
    def patch(self, request: ApiRequest, organisation_id: UUID) -> Response:
        self.must_see(request, organisation_id)
        data = self.parse(OrganisationChangeInput)
        organisations.change(actor=request.actor, organisation_id=organisation_id, **data)
        return self.shown(request, organisation_id)


class OrganisationCheckView(_OrganisationView):
    needs = "organisation.check"
    fresh = frozenset({"POST"})

    @extend_schema(operation_id="organisations_check", request=CheckInput, responses=OrganisationDetail)
    @idempotent
    def post(self, request: ApiRequest, organisation_id: UUID) -> Response:
        data = self.parse(CheckInput)
        organisations.check(actor=request.actor, organisation_id=organisation_id, note=data["note"])
        return self.shown(request, organisation_id)


class OrganisationCloseView(_OrganisationView):
    needs = "organisation.edit"
    fresh = frozenset({"POST"})

    @extend_schema(operation_id="organisations_close", request=ReasonInput, responses=OrganisationDetail)
    @idempotent
    def post(self, request: ApiRequest, organisation_id: UUID) -> Response:
        data = self.parse(ReasonInput)
        organisations.close(actor=request.actor, organisation_id=organisation_id, reason=data["reason"])
        return self.shown(request, organisation_id)


class OrganisationPeopleView(_OrganisationView):
    @extend_schema(operation_id="organisations_people", responses=MemberList)
    def get(self, request: ApiRequest, organisation_id: UUID) -> Response:
        people, invited = organisations.people_of(actor=request.actor, organisation_id=organisation_id)
        return self.ok(MemberList, {"items": people, "invitations": invited})

    @extend_schema(
        operation_id="organisations_invite", request=MemberInviteInput, responses={201: MemberInvitationBody}
    )
    @idempotent
    def post(self, request: ApiRequest, organisation_id: UUID) -> Response:
        self.must_see(request, organisation_id)
        data = self.parse(MemberInviteInput)
        invited = organisations.invite(actor=request.actor, organisation_id=organisation_id, **data)
        return self.ok(MemberInvitationBody, invited, status=201)


class OrganisationPersonView(_OrganisationView):
    fresh = frozenset({"DELETE"})

    @extend_schema(
        operation_id="organisations_change_person", request=MemberChangeInput, responses=MemberList
    )
    def patch(self, request: ApiRequest, organisation_id: UUID, membership_id: UUID) -> Response:
        self.must_see(request, organisation_id)
        data = self.parse(MemberChangeInput)
        organisations.change_person(
            actor=request.actor, organisation_id=organisation_id, membership_id=membership_id, **data
        )
        people, invited = organisations.people_of(actor=request.actor, organisation_id=organisation_id)
        return self.ok(MemberList, {"items": people, "invitations": invited})

    @extend_schema(operation_id="organisations_remove_person", responses={204: None})
    def delete(self, request: ApiRequest, organisation_id: UUID, membership_id: UUID) -> Response:
        organisations.remove_person(
            actor=request.actor, organisation_id=organisation_id, membership_id=membership_id
        )
        return Response(status=204)


class OrganisationInvitationResendView(_OrganisationView):
    @extend_schema(
        operation_id="organisations_resend_invitation", request=EmptyInput, responses=MemberInvitationBody
    )
    @idempotent
    def post(self, request: ApiRequest, organisation_id: UUID, invitation_id: UUID) -> Response:
        self.parse(EmptyInput)
        invitation = organisations.get_invitation(
            actor=request.actor, organisation_id=organisation_id, invitation_id=invitation_id
        )
        return self.ok(MemberInvitationBody, invitations.resend(actor=request.actor, invitation=invitation))


class OrganisationInvitationView(_OrganisationView):
    @extend_schema(operation_id="organisations_take_back_invitation", responses={204: None})
    def delete(self, request: ApiRequest, organisation_id: UUID, invitation_id: UUID) -> Response:
        invitation = organisations.get_invitation(
            actor=request.actor, organisation_id=organisation_id, invitation_id=invitation_id
        )
        invitations.take_back(actor=request.actor, invitation=invitation)
        return Response(status=204)
