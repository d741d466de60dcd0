"""Entries of specialists: the own ones, and the check."""

from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.accounts import specialisations, specialists
from kenes.accounts.api.serializers import EmptyInput
from kenes.accounts.api.specialist_serializers import (
    OwnSpecialists,
    Specialist,
    SpecialistDecisionInput,
    SpecialistInput,
    SpecialistPage,
    SpecialistQuery,
    SpecialistRow,
)
from kenes.accounts.api.uploads import FILE_BODIES, UploadView, private_file
from kenes.accounts.models import SpecialistProfile
from kenes.foundation.actor import Actor
from kenes.foundation.api import ApiRequest, ApiView
from kenes.foundation.idempotency import idempotent


def _language() -> str:
    return (get_language() or "ru")[:2]


def specialist_body(profile: SpecialistProfile, actor: Actor) -> dict[str, Any]:
    status = specialists.shown_status(profile)
    expired = status == specialists.EXPIRED
    plain = (
        "id", "kind", "register_name", "register_number", "issued_on", "valid_until", "specialisations", "region",
        "submitted_at", "check_note", "version",
    )  # fmt: skip
    return {
        **{name: getattr(profile, name) for name in plain},
        "kind_label": SpecialistProfile.Kind(profile.kind).label,
        "specialisation_labels": specialisations.labels(profile.specialisations, _language()),
        "has_proof": profile.proof_file_id is not None,
        "proof_file_id": profile.proof_file_id,
        "status": status,
        "status_label": _("Licence has ended") if expired else specialists.Status(status).label,
        "allowed_actions": specialists.allowed_actions(actor, profile),
    }


def _row(profile: SpecialistProfile, actor: Actor) -> dict[str, Any]:
    person = {"id": profile.user_id, "full_name": profile.user.full_name}
    return {**specialist_body(profile, actor), "person": person}


class OwnSpecialistsView(ApiView):
    @extend_schema(operation_id="me_specialist", responses=OwnSpecialists)
    def get(self, request: ApiRequest) -> Response:
        items = [specialist_body(row, request.actor) for row in specialists.own(actor=request.actor)]
        catalogue = [
            {"code": field.code, "label": field.label(_language()), "kinds": list(field.kinds)}
            for field in specialisations.catalogue().values()
        ]
        return self.ok(OwnSpecialists, {"items": items, "catalogue": catalogue})


class OwnSpecialistView(ApiView):
    @extend_schema(operation_id="me_specialist_write", request=SpecialistInput, responses=Specialist)
    def put(self, request: ApiRequest, kind: str) -> Response:
        entry = specialists.Entry(**self.parse(SpecialistInput))
        profile = specialists.write(actor=request.actor, kind=kind, entry=entry)
        return self.ok(Specialist, specialist_body(profile, request.actor))


class OwnSpecialistProofView(UploadView):
    max_bytes = specialists.MAX_PROOF_BYTES

    @extend_schema(operation_id="me_specialist_proof", request=FILE_BODIES, responses=Specialist)
    def post(self, request: ApiRequest, kind: str) -> Response:
        data, name = self.uploaded(request)
        profile = specialists.attach_proof(actor=request.actor, kind=kind, data=data, name=name)
        return self.ok(Specialist, specialist_body(profile, request.actor))


class OwnSpecialistSubmitView(ApiView):
    @extend_schema(operation_id="me_specialist_submit", request=EmptyInput, responses=Specialist)
    @idempotent
    def post(self, request: ApiRequest, kind: str) -> Response:
        self.parse(EmptyInput)
        profile = specialists.submit(actor=request.actor, kind=kind)
        return self.ok(Specialist, specialist_body(profile, request.actor))


class SpecialistsView(ApiView):
    needs = "specialist.check"

    @extend_schema(operation_id="specialists_list", parameters=[SpecialistQuery], responses=SpecialistPage)
    def get(self, request: ApiRequest) -> Response:
        query = self.parse_query(SpecialistQuery)
        return self.page(
            SpecialistRow,
            specialists.queue(actor=request.actor, status=query["status"], kind=query["kind"]),
            key=("-created_at", "id"),
            limit=query["limit"],
            cursor=query["cursor"],
            transform=lambda rows: [_row(row, request.actor) for row in rows],
        )


class SpecialistView(ApiView):
    needs = "specialist.check"

    @extend_schema(operation_id="specialists_retrieve", responses=SpecialistRow)
    def get(self, request: ApiRequest, specialist_id: UUID) -> Response:
        profile = specialists.get_for_check(actor=request.actor, specialist_id=specialist_id)
        return self.ok(SpecialistRow, _row(profile, request.actor))


class SpecialistProofView(ApiView):
    needs = "specialist.check"

    @extend_schema(
        operation_id="specialists_proof",
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: ApiRequest, specialist_id: UUID) -> HttpResponse:
        return private_file(specialists.proof_for_check(actor=request.actor, specialist_id=specialist_id))


class _DecisionView(ApiView):
    needs = "specialist.check"
    decision: ClassVar[str]

    def decide(self, specialist_id: UUID) -> Response:
        data = self.parse(SpecialistDecisionInput)
        actor = self.request.actor
        profile = specialists.decide(actor=actor, specialist_id=specialist_id, decision=self.decision, **data)
        return self.ok(SpecialistRow, _row(profile, actor))


class SpecialistApproveView(_DecisionView):
    decision = "approve"
    fresh = frozenset({"POST"})

    @extend_schema(
        operation_id="specialists_approve", request=SpecialistDecisionInput, responses=SpecialistRow
    )
    @idempotent
    def post(self, request: ApiRequest, specialist_id: UUID) -> Response:
        return self.decide(specialist_id)


class SpecialistRejectView(_DecisionView):
    decision = "reject"

    @extend_schema(
        operation_id="specialists_reject", request=SpecialistDecisionInput, responses=SpecialistRow
    )
    @idempotent
    def post(self, request: ApiRequest, specialist_id: UUID) -> Response:
        return self.decide(specialist_id)


class SpecialistSuspendView(_DecisionView):
    decision = "suspend"

    @extend_schema(
        operation_id="specialists_suspend", request=SpecialistDecisionInput, responses=SpecialistRow
    )
    @idempotent
    def post(self, request: ApiRequest, specialist_id: UUID) -> Response:
        return self.decide(specialist_id)
