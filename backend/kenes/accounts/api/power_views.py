"""Powers of attorney: the own ones, and the check of those that let somebody sign."""

import time
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.accounts import powers
from kenes.accounts.api.serializers import EmptyInput
from kenes.accounts.api.specialist_serializers import (
    OwnPowers,
    Power,
    PowerDecisionInput,
    PowerInput,
    PowerPage,
    PowerQuery,
)
from kenes.accounts.api.uploads import FILE_BODIES, UploadView, private_file
from kenes.accounts.models import PowerOfAttorney
from kenes.accounts.specialists import MAX_PROOF_BYTES
from kenes.foundation.actor import Actor
from kenes.foundation.api import ApiRequest, ApiView
from kenes.foundation.idempotency import PARAMETER, idempotent
from kenes.foundation.values import PhoneNumber


def power_body(power: PowerOfAttorney, actor: Actor) -> dict[str, Any]:
    status = powers.shown_status(power)
    expired = status == powers.EXPIRED
    plain = (
        "id", "scope", "number", "issued_by", "valid_from", "valid_until", "check_note", "created_at",
    )  # fmt: skip
    return {
        **{name: getattr(power, name) for name in plain},
        "principal_name": power.principal.full_name,
        "representative_name": _representative(power, actor),
        "status": status,
        "status_label": _("Has run out") if expired else powers.Status(status).label,
        "has_document": power.document_file_id is not None,
        "document_file_id": power.document_file_id,
        "allowed_actions": powers.allowed_actions(actor, power),
    }


def _representative(power: PowerOfAttorney, actor: Actor) -> str:
    person = power.representative
    if actor.user_id == power.principal_id:
        return PhoneNumber(person.phone).masked() if person.phone else ""
    return str(person.full_name)


class OwnPowersView(ApiView):
    fresh = frozenset({"POST"})

    @extend_schema(operation_id="me_powers", responses=OwnPowers)
    def get(self, request: ApiRequest) -> Response:
        actor = request.actor
        assert actor.user_id
        lists = {
            "given": [power_body(row, actor) for row in powers.given_by(actor.user_id)],
            "received": [power_body(row, actor) for row in powers.received_by(actor.user_id)],
        }
        return self.ok(OwnPowers, lists)

    @extend_schema(
        operation_id="me_powers_give", request=PowerInput, responses={201: Power}, parameters=[PARAMETER]
    )
    def post(self, request: ApiRequest) -> Response:
        started = time.monotonic()
        response = self._give(request)
        # Known and unknown numbers take the same time, as at sign-in; outside the transaction, so that no lock waits.
        time.sleep(max(0.0, settings.SIGN_IN_ANSWER_FLOOR_SECONDS - (time.monotonic() - started)))
        return response

    @idempotent
    def _give(self, request: ApiRequest) -> Response:
        data = self.parse(PowerInput)
        phone = PhoneNumber.parse(data.pop("representative_phone"))
        terms = powers.Terms(**{**data, "scope": tuple(data["scope"])})
        power = powers.give(
            actor=request.actor, phone=phone, language=(get_language() or "ru")[:2], terms=terms
        )
        return self.ok(Power, power_body(power, request.actor), status=201)


class OwnPowerDocumentView(UploadView):
    max_bytes = MAX_PROOF_BYTES

    @extend_schema(operation_id="me_powers_document", request=FILE_BODIES, responses=Power)
    def post(self, request: ApiRequest, power_id: UUID) -> Response:
        data, name = self.uploaded(request)
        power = powers.attach_document(actor=request.actor, power_id=power_id, data=data, name=name)
        return self.ok(Power, power_body(power, request.actor))


class OwnPowerRevokeView(ApiView):
    @extend_schema(operation_id="me_powers_revoke", request=EmptyInput, responses=Power)
    @idempotent
    def post(self, request: ApiRequest, power_id: UUID) -> Response:
        self.parse(EmptyInput)
        power = powers.revoke(actor=request.actor, power_id=power_id)
        return self.ok(Power, power_body(power, request.actor))


class PowersView(ApiView):
    needs = "power.check"

    @extend_schema(operation_id="powers_list", parameters=[PowerQuery], responses=PowerPage)
    def get(self, request: ApiRequest) -> Response:
        query = self.parse_query(PowerQuery)
        return self.page(
            Power,
            powers.queue(actor=request.actor, status=query["status"]),
            limit=query["limit"],
            cursor=query["cursor"],
            transform=lambda rows: [power_body(row, request.actor) for row in rows],
        )


class PowerDocumentView(ApiView):
    needs = "power.check"

    @extend_schema(
        operation_id="powers_document",
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: ApiRequest, power_id: UUID) -> HttpResponse:
        return private_file(powers.document_for_check(actor=request.actor, power_id=power_id))


class _DecisionView(ApiView):
    needs = "power.check"
    decision: ClassVar[str]

    def decide(self, power_id: UUID) -> Response:
        data = self.parse(PowerDecisionInput)
        actor = self.request.actor
        power = powers.decide(actor=actor, power_id=power_id, decision=self.decision, note=data["note"])
        return self.ok(Power, power_body(power, actor))


class PowerApproveView(_DecisionView):
    decision = "approve"

    @extend_schema(operation_id="powers_approve", request=PowerDecisionInput, responses=Power)
    @idempotent
    def post(self, request: ApiRequest, power_id: UUID) -> Response:
        return self.decide(power_id)


class PowerRejectView(_DecisionView):
    decision = "reject"

    @extend_schema(operation_id="powers_reject", request=PowerDecisionInput, responses=Power)
    @idempotent
    def post(self, request: ApiRequest, power_id: UUID) -> Response:
        return self.decide(power_id)
