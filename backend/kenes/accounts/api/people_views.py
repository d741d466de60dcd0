"""People: search, page, correction, roles, state of the account, unmasking, history."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.accounts import administration, people_history, people_rules, people_search
from kenes.accounts.api.people_serializers import (
    GrantInput,
    HistoryItemBody,
    HistoryPage,
    PeoplePage,
    PeopleSearchInput,
    PersonChangeInput,
    PersonDetailBody,
    PersonRevealed,
    PersonRevealInput,
    PersonRowBody,
    ReasonInput,
)
from kenes.accounts.api.serializers import EmptyInput
from kenes.event_log.models import EventRow
from kenes.foundation.actor import Actor
from kenes.foundation.api import ApiRequest, ApiView, PageQuery
from kenes.foundation.idempotency import idempotent


@dataclass(frozen=True, slots=True)
class PersonPage:
    """A row with what only the page of the person shows."""

    row: people_search.PersonRow
    extra: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.row, name)


def person_page(actor: Actor, person_id: UUID) -> PersonPage:
    """Everything on the page of a person; a constant number of queries."""
    row = people_search.get_row(person_id)
    return PersonPage(
        row,
        {
            "open_sessions": people_search.open_sessions(person_id),
            "duplicates": [
                {"claim_id": claim.pk, "person_id": other.pk, "full_name": other.full_name}
                for claim in people_search.open_claims_of(person_id)
                for other in (claim.claimant, claim.holder)
                if other.pk != person_id
            ],
            "allowed_actions": people_rules.allowed_actions(actor, row.subject),
        },
    )


class _PersonView(ApiView):
    """Answers with the page of the person as it is afterwards."""

    needs = "person.see"

    def person(self, request: ApiRequest, person_id: UUID) -> Response:
        return self.ok(PersonDetailBody, person_page(request.actor, person_id))


class PeopleSearchView(ApiView):
    """By POST, because a name, a number or an ИИН must not stand in an address."""

    needs = "person.see"
    while_viewing = True

    @extend_schema(operation_id="people_search", request=PeopleSearchInput, responses=PeoplePage)
    def post(self, request: ApiRequest) -> Response:
        data = self.parse(PeopleSearchInput)
        found = people_search.search(
            query=data["query"],
            roles=data["roles"],
            status=data["status"],
            organisation_id=data["organisation_id"],
        )
        return self.page(
            PersonRowBody, found, limit=data["limit"], cursor=data["cursor"], transform=people_search.rows
        )


class PersonView(_PersonView):
    @extend_schema(operation_id="people_retrieve", responses=PersonDetailBody)
    def get(self, request: ApiRequest, person_id: UUID) -> Response:
        return self.person(request, person_id)

    @extend_schema(operation_id="people_correct", request=PersonChangeInput, responses=PersonDetailBody)
    def patch(self, request: ApiRequest, person_id: UUID) -> Response:
        people_rules.require_ability(request.actor, "person.edit")
        data = self.parse(PersonChangeInput)
        administration.correct(actor=request.actor, person_id=person_id, **data)
        return self.person(request, person_id)


class PersonRolesView(_PersonView):
    needs = "role.grant"
    fresh = frozenset({"POST"})

    @extend_schema(operation_id="people_give_role", request=GrantInput, responses=PersonDetailBody)
    @idempotent
    def post(self, request: ApiRequest, person_id: UUID) -> Response:
        data = self.parse(GrantInput)
        administration.give_role(actor=request.actor, person_id=person_id, **data)
        return self.person(request, person_id)


class PersonRoleView(_PersonView):
    needs = "role.grant"
    fresh = frozenset({"DELETE"})

    @extend_schema(operation_id="people_take_role", responses={200: PersonDetailBody})
    def delete(self, request: ApiRequest, person_id: UUID, grant_id: UUID) -> Response:
        administration.take_role(actor=request.actor, person_id=person_id, grant_id=grant_id)
        return self.person(request, person_id)


class PersonDeactivateView(_PersonView):
    needs = "person.deactivate"
    fresh = frozenset({"POST"})

    @extend_schema(operation_id="people_deactivate", request=ReasonInput, responses=PersonDetailBody)
    @idempotent
    def post(self, request: ApiRequest, person_id: UUID) -> Response:
        data = self.parse(ReasonInput)
        administration.deactivate(actor=request.actor, person_id=person_id, reason=data["reason"])
        return self.person(request, person_id)


class PersonReactivateView(_PersonView):
    needs = "person.deactivate"
    fresh = frozenset({"POST"})

    @extend_schema(operation_id="people_reactivate", request=ReasonInput, responses=PersonDetailBody)
    @idempotent
    def post(self, request: ApiRequest, person_id: UUID) -> Response:
        data = self.parse(ReasonInput)
        administration.reactivate(actor=request.actor, person_id=person_id, reason=data["reason"])
        return self.person(request, person_id)


class PersonEndSessionsView(_PersonView):
    needs = "person.deactivate"

    @extend_schema(operation_id="people_end_sessions", request=EmptyInput, responses=PersonDetailBody)
    @idempotent
    def post(self, request: ApiRequest, person_id: UUID) -> Response:
        self.parse(EmptyInput)
        administration.end_sessions(actor=request.actor, person_id=person_id)
        return self.person(request, person_id)


class PersonResetSecondFactorView(_PersonView):
    needs = "person.deactivate"
    fresh = frozenset({"POST"})

    @extend_schema(operation_id="people_reset_second_factor", request=ReasonInput, responses=PersonDetailBody)
    @idempotent
    def post(self, request: ApiRequest, person_id: UUID) -> Response:
        data = self.parse(ReasonInput)
        administration.reset_second_factor(actor=request.actor, person_id=person_id, reason=data["reason"])
        return self.person(request, person_id)


class PersonRevealView(ApiView):
    """Not idempotent: every look is kept, and the values stand in no stored answer."""

    needs = "person.see"

    @extend_schema(operation_id="people_reveal", request=PersonRevealInput, responses=PersonRevealed)
    def post(self, request: ApiRequest, person_id: UUID) -> Response:
        people_rules.require_ability(request.actor, "case.reveal", "person.edit")
        data = self.parse(PersonRevealInput)
        values = administration.reveal(
            actor=request.actor, person_id=person_id, fields=data["fields"], reason=data["reason"]
        )
        return Response(values, headers={"Cache-Control": "no-store"})


class PersonHistoryView(ApiView):
    needs = "person.see"

    @extend_schema(operation_id="people_history", parameters=[PageQuery], responses=HistoryPage)
    def get(self, request: ApiRequest, person_id: UUID) -> Response:
        query = self.parse_query(PageQuery)
        people_search.get_row(person_id)
        return self.page(
            HistoryItemBody, people_history.events_about(person_id), key=("-at", "id"), limit=query["limit"],
            cursor=query["cursor"],
            transform=lambda rows: people_history.shown(cast("Sequence[EventRow]", rows)),
        )  # fmt: skip
