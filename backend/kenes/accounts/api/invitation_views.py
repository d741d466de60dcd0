"""Invitations: sent by staff, accepted by whoever has the link."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.accounts import allowances, invitations, people_rules, sign_in
from kenes.accounts.api.invitation_serializers import (
    InvitationAcceptInput,
    InvitationBody,
    InvitationInput,
    InvitationLook,
    InvitationPage,
    TokenInput,
)
from kenes.accounts.api.serializers import EmptyInput, SessionBody
from kenes.accounts.api.session_views import session_body
from kenes.accounts.selectors import signed_in_actor
from kenes.foundation.actor import Actor
from kenes.foundation.api import PUBLIC, ApiRequest, ApiView, PageQuery
from kenes.foundation.errors import ViewingOnly
from kenes.foundation.idempotency import idempotent


def _require_inviter(actor: Actor) -> None:
    people_rules.require_ability(actor, "person.invite_staff", "person.invite_borrower")


class InvitationsView(ApiView):
    """Own ones for managers, all for who sees people."""

    needs = "staff.area"

    @extend_schema(operation_id="invitations_list", parameters=[PageQuery], responses=InvitationPage)
    def get(self, request: ApiRequest) -> Response:
        _require_inviter(request.actor)
        query = self.parse_query(PageQuery)
        rows = invitations.visible_to(request.actor)
        return self.page(InvitationBody, rows, limit=query["limit"], cursor=query["cursor"])

    @extend_schema(
        operation_id="invitations_create", request=InvitationInput, responses={201: InvitationBody}
    )
    @idempotent
    def post(self, request: ApiRequest) -> Response:
        _require_inviter(request.actor)
        data = self.parse(InvitationInput)
        data["roles"], data["custom_role_ids"] = tuple(data["roles"]), tuple(data["custom_role_ids"])
        invitation = invitations.invite(actor=request.actor, wanted=invitations.Wanted(**data))
        return self.ok(InvitationBody, invitation, status=201)


class InvitationResendView(ApiView):
    needs = "staff.area"

    @extend_schema(operation_id="invitations_resend", request=EmptyInput, responses=InvitationBody)
    @idempotent
    def post(self, request: ApiRequest, invitation_id: UUID) -> Response:
        _require_inviter(request.actor)
        self.parse(EmptyInput)
        invitation = invitations.get_visible(actor=request.actor, invitation_id=invitation_id)
        invitations.require_may_change(request.actor, invitation)
        return self.ok(InvitationBody, invitations.resend(actor=request.actor, invitation=invitation))


class InvitationView(ApiView):
    needs = "staff.area"

    @extend_schema(operation_id="invitations_take_back", responses={204: None})
    def delete(self, request: ApiRequest, invitation_id: UUID) -> Response:
        _require_inviter(request.actor)
        invitation = invitations.get_visible(actor=request.actor, invitation_id=invitation_id)
        invitations.require_may_change(request.actor, invitation)
        invitations.take_back(actor=request.actor, invitation=invitation)
        return Response(status=204)


class InvitationLookView(ApiView):
    """What stands in an invitation, for whoever has its token. By POST: a token does not belong into an address."""

    needs = PUBLIC
    csrf_always = True

    @extend_schema(operation_id="invitations_look", request=TokenInput, responses=InvitationLook)
    def post(self, request: ApiRequest) -> Response:
        allowances.spend("address_invitation", sign_in.client_ip(request._request))
        data = self.parse(TokenInput)
        return self.ok(InvitationLook, invitations.look(data["token"]))


class InvitationAcceptView(ApiView):
    """Makes the account and signs in. Staff set up their second step then, before anything else opens."""

    needs = PUBLIC
    csrf_always = True

    @extend_schema(
        operation_id="invitations_accept", request=InvitationAcceptInput, responses={201: SessionBody}
    )
    def post(self, request: ApiRequest) -> Response:
        if request.actor.viewed_by:
            raise ViewingOnly
        allowances.spend("address_invitation", sign_in.client_ip(request._request))
        data = self.parse(InvitationAcceptInput)
        if request.actor.user_id is None:
            invitations.check_password(data["token"], data["password"])
        user = invitations.accept(actor=request.actor, **data)
        if request.actor.user_id is None:
            sign_in.by_invitation(request._request, user)
        return self.ok(SessionBody, session_body(user, signed_in_actor(user)), status=201)
