"""One borrower's case with everything around it, and people who stand in one relation to it.

`own` is the person whom the things belong to, `party` somebody who was let into the case (invited specialist, assigned
manager, representative with a power), `same_organisation` a member of the organisation that the letter went to, and
`stranger` somebody who has nothing to do with any of it. Each of them holds exactly one role beside that.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from kenes.accounts.models import (
    Membership,
    Organisation,
    PowerOfAttorney,
    RoleGrant,
    SpecialistProfile,
    User,
)
from kenes.accounts.testing import enrol
from kenes.cases import testing
from kenes.cases.models import (
    Case,
    Party,
    PartyRole,
)
from kenes.documents.models import Document
from kenes.foundation import actor as actors
from kenes.foundation import clock, crypto
from kenes.signing.tests.pdf_samples import letter_pdf

RELATIONS: Final = ("own", "party", "same_organisation", "stranger")
_SPECIALISTS: Final = {actors.LAWYER, actors.MEDIATOR, actors.NOTARY}


@dataclass
class World:
    """The things; `ids` gives a value for every parameter of an address."""

    borrower: User
    case: Case
    document: Document
    organisation: Organisation
    ids: dict[str, str] = field(default_factory=dict)
    people: int = 0

    def caller(self, role: str, relation: str) -> User:
        """Somebody with this role and relation. For `own` the borrower himself gets the role."""
        user = self.borrower if relation == "own" else self.person()
        RoleGrant.objects.get_or_create(user=user, role=role, revoked_at=None)
        if role in actors.STAFF_ROLES:
            enrol(user)
        if role in _SPECIALISTS:
            # The role counts only with a checked entry.
            SpecialistProfile.objects.update_or_create(
                user=user, kind=role,
                defaults={"status": "approved", "checked_by": user, "checked_at": clock.now()},
            )  # fmt: skip
        if relation == "own":
            join(user, self.organisation, is_administrator=True)
        elif relation == "party":
            self._let_in(user, role)
        elif relation == "same_organisation":
            join(user, self.organisation)
        return user

    def person(self) -> User:
        self.people += 1
        phone = f"+7705{self.people:07d}"
        return User.objects.create(
            email=f"caller{self.people}@example.com", phone=phone, phone_hash=crypto.lookup_hash(phone),
            phone_verified_at=clock.now(), full_name="Проверяющий Проверка",
        )  # fmt: skip

    def _let_in(self, user: User, role: str) -> None:
        if role == actors.MANAGER:
            Case.objects.filter(pk=self.case.pk).update(assignee=user)
        elif role == actors.REPRESENTATIVE:
            give_power(self.borrower, user, ["view", "act", "sign"])
        else:
            party = role if role in _SPECIALISTS else PartyRole.LAWYER
            Party.objects.create(case=self.case, user=user, role=party, added_at=clock.now())


def give_power(principal: User, representative: User, scope: list[str]) -> UUID:
    """A power of attorney in force."""
    today = clock.today()
    power = PowerOfAttorney.objects.create(
        principal=principal, representative=representative, scope=scope, valid_from=today, valid_until=today,
        status="active", created_by=principal,
    )  # fmt: skip
    return power.pk


def join(user: User, organisation: Organisation, *, is_administrator: bool = False) -> Membership:
    return Membership.objects.create(
        user=user, organisation=organisation, is_administrator=is_administrator, post="Специалист"
    )


def body(operation: str, default: str) -> dict[str, Any]:
    """Arguments of the test client for a body that is right in form, so that the answer is about the caller."""
    if operation.endswith(("/document/", "/proof/")):
        return {"data": {"file": SimpleUploadedFile("paper.pdf", letter_pdf(), "application/pdf")}}
    if operation.endswith("/submit/") and "/cases/" in operation:
        default = json.dumps(testing.form_data())
    return {"data": default, "content_type": "application/json"}


def value(world: World, operation: str, name: str) -> str:
    """What stands for a parameter of this address."""
    path = operation.partition(" ")[2]
    if name == "request_id" and "data-requests" in path:
        return world.ids["data_request_id"]
    if name == "absence_id" and "/staff/" in path:
        return world.ids["staff_absence_id"]
    if name == "kind" and "schedules" in path:
        return "agreed"
    if name == "kind":
        return "sms_agreement" if "consents" in path else "lawyer"
    return "x" * 24 if name == "token" else world.ids[name]
