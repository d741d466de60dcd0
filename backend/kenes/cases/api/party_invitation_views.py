"""Invitations into a case: sending, looking, answering."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from kenes.accounts.models import Language
from kenes.cases.api.fields import StrictBooleanField
from kenes.cases.api.one_contact import OneContact
from kenes.cases.api.present import language
from kenes.cases.models import PartyInvitation, PartyRole
from kenes.cases.parties import parties, party_invitations
from kenes.foundation.api import ApiRequest, ApiView, StrictSerializer
from kenes.foundation.fields_api import PhoneField, TextField
from kenes.foundation.idempotency import idempotent
from kenes.foundation.language.names import initials

Out = serializers.Serializer[Any]


class PartyInvitationInput(OneContact):
    """Whom to invite, by exactly one of e-mail and phone."""

    role = serializers.ChoiceField(choices=parties.INVITED)
    email = serializers.EmailField(max_length=254, required=False)
    phone = PhoneField(required=False)
    full_name = TextField(max_length=200, allow_blank=True, default="")
    language = serializers.ChoiceField(Language.choices, default="ru")
    obligation_id = serializers.UUIDField(allow_null=True, default=None)
    borrower_agrees = StrictBooleanField(default=False)


class PartyInvitationItem(Out):
    """An invitation that was not accepted. `allowed_actions`: resend, take_back."""

    id = serializers.UUIDField()
    role = serializers.ChoiceField(choices=PartyRole.choices)
    role_label = serializers.CharField()
    full_name = serializers.CharField()
    contact = serializers.CharField()
    channel = serializers.ChoiceField(["email", "sms"])
    status = serializers.ChoiceField(party_invitations.STATUSES)
    creditor_name = serializers.CharField(allow_null=True)
    sent_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    allowed_actions = serializers.ListField(child=serializers.CharField())


class PartyInvitationList(Out):
    items = PartyInvitationItem(many=True)


class InvitationTokenInput(StrictSerializer):
    """The token of the link; in the body, so that it stands in no address and no log."""

    token = serializers.RegexField(r"^[A-Za-z0-9_-]{20,64}\Z")


class PartyInvitationOffer(Out):
    """What the invited person is shown before he answers: masked, no sums, no contract in full."""

    role = serializers.ChoiceField(choices=PartyRole.choices)
    role_label = serializers.CharField()
    borrower_name = serializers.CharField()
    invited_by = serializers.CharField()
    creditor_name = serializers.CharField(allow_null=True)
    contract_ending = serializers.CharField(allow_null=True)
    sees = serializers.ChoiceField(["whole_case", "one_debt"])
    expires_at = serializers.DateTimeField()


class PartyAccepted(Out):
    case_id = serializers.UUIDField()
    role = serializers.ChoiceField(choices=PartyRole.choices)


def _masked_contact(row: PartyInvitation) -> str:
    if row.phone:
        return f"{row.phone[:5]}•••••{row.phone[-2:]}"
    name, _at, domain = row.email.partition("@")
    return f"{name[:2]}•••@{domain}"


def _item(row: PartyInvitation) -> dict[str, Any]:
    status = party_invitations.status_of(row)
    debt = row.obligation
    return {
        "id": row.pk, "role": row.role, "role_label": PartyRole(row.role).label, "full_name": row.full_name,
        "contact": _masked_contact(row), "channel": "sms" if row.phone else "email", "status": status,
        "creditor_name": debt.creditor.name(language()) if debt else None,
        "sent_at": row.sent_at, "expires_at": row.expires_at,
        "allowed_actions": {"open": ["resend", "take_back"], "expired": ["resend", "take_back"]}.get(status, []),
    }  # fmt: skip


def _offer(row: PartyInvitation) -> dict[str, Any]:
    case, debt = row.case, row.obligation
    inviter = row.invited_by
    name = case.borrower_name or case.borrower.full_name
    return {
        "role": row.role, "role_label": PartyRole(row.role).label, "borrower_name": initials(name) if name else "",
        # Of the staff nobody is named to somebody outside; the borrower is not named twice.
        "invited_by": initials(inviter.full_name) if inviter.pk == case.borrower_id else "Kenes Hub",
        "creditor_name": debt.creditor.name(language()) if debt else None,
        "contract_ending": debt.contract_number[-4:] if debt else None,
        "sees": "one_debt" if debt else "whole_case", "expires_at": row.expires_at,
    }  # fmt: skip


class CasePartyInvitationsView(ApiView):
    """Invitations of a case that have not been accepted."""

    @extend_schema(operation_id="cases_party_invitations", responses=PartyInvitationList)
    def get(self, request: ApiRequest, case_id: UUID) -> Response:
        return self.shown(case_id)

    def shown(self, case_id: UUID, status: int = 200) -> Response:
        rows = party_invitations.invitations_of(actor=self.request.actor, case_id=case_id)
        return self.ok(PartyInvitationList, {"items": [_item(row) for row in rows]}, status)

    @extend_schema(
        operation_id="cases_party_invite",
        request=PartyInvitationInput,
        responses={201: PartyInvitationList},
    )
    @idempotent
    def post(self, request: ApiRequest, case_id: UUID) -> Response:
        data = self.parse(PartyInvitationInput)
        data["email"] = data.get("email", "").strip().lower()
        data["phone"] = str(data.get("phone", ""))
        wish = party_invitations.PartyWish(**data)
        party_invitations.invite(actor=request.actor, case_id=case_id, wish=wish)
        return self.shown(case_id, 201)


class CasePartyInvitationView(CasePartyInvitationsView):
    http_method_names = ["delete", "options"]

    @extend_schema(operation_id="cases_party_invitation_take_back", responses={204: None})
    def delete(self, request: ApiRequest, case_id: UUID, invitation_id: UUID) -> Response:
        party_invitations.take_back(actor=request.actor, case_id=case_id, invitation_id=invitation_id)
        return Response(status=204)


class CasePartyInvitationResendView(CasePartyInvitationsView):
    http_method_names = ["post", "options"]

    @extend_schema(operation_id="cases_party_invitation_resend", request=None, responses=PartyInvitationList)
    @idempotent
    def post(  # type: ignore[override]
        self, request: ApiRequest, case_id: UUID, invitation_id: UUID
    ) -> Response:
        party_invitations.resend(actor=request.actor, case_id=case_id, invitation_id=invitation_id)
        return self.shown(case_id)


class PartyInvitationLookView(ApiView):
    """What the link invites to, for the person it was sent to. A POST, so that the token stays out of addresses."""

    while_viewing = False

    @extend_schema(
        operation_id="party_invitation_look", request=InvitationTokenInput, responses=PartyInvitationOffer
    )
    def post(self, request: ApiRequest) -> Response:
        token = self.parse(InvitationTokenInput)["token"]
        return self.ok(PartyInvitationOffer, _offer(party_invitations.look(actor=request.actor, token=token)))


class PartyInvitationAcceptView(ApiView):
    @extend_schema(
        operation_id="party_invitation_accept", request=InvitationTokenInput, responses=PartyAccepted
    )
    @idempotent
    def post(self, request: ApiRequest) -> Response:
        token = self.parse(InvitationTokenInput)["token"]
        party = party_invitations.accept(actor=request.actor, token=token)
        return self.ok(PartyAccepted, {"case_id": party.case_id, "role": party.role})


class PartyInvitationDeclineView(ApiView):
    @extend_schema(
        operation_id="party_invitation_decline", request=InvitationTokenInput, responses={204: None}
    )
    @idempotent
    def post(self, request: ApiRequest) -> Response:
        token = self.parse(InvitationTokenInput)["token"]
        party_invitations.decline(actor=request.actor, token=token)
        return Response(status=204)
