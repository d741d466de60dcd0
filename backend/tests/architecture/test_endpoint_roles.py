"""Every operation of the API × every role: the committed table is complete and true."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from kenes.accounts.models import RoleGrant, SpecialistProfile, User
from kenes.accounts.testing import enrol, prove
from kenes.foundation import actor as actors
from kenes.foundation import crypto
from kenes.foundation.clock import now

from . import endpoint_roles

TABLE = endpoint_roles.read_table()
ROLES = (actors.GUEST, *endpoint_roles.SIGNED_IN)


@pytest.fixture
def client_of(db: None) -> Callable[[str], Client]:
    """A client signed in with exactly one role; "guest" is not signed in."""

    def make(role: str) -> Client:
        client = Client()
        if role != actors.GUEST:
            phone = "+77000000000"
            user = User.objects.create(
                email=f"{role}@example.com",
                phone=phone,
                phone_hash=crypto.lookup_hash(phone),
                phone_verified_at=now(),
            )
            RoleGrant.objects.create(user=user, role=role)
            if role in {actors.LAWYER, actors.MEDIATOR, actors.NOTARY}:
                SpecialistProfile.objects.update_or_create(
                    user=user, kind=role,
                    defaults={"status": "approved", "checked_by": user, "checked_at": now()},
                )  # fmt: skip
            if role in actors.STAFF_ROLES:
                enrol(user)
            client.force_login(user)
            prove(client)
        return client

    return make


def test_every_operation_has_a_line_and_every_line_an_operation() -> None:
    assert sorted(TABLE) == endpoint_roles.operations()


def test_hidden_operations_name_a_test_that_exists() -> None:
    for line in TABLE.values():
        if line.proof:
            file, _separator, name = line.proof.partition("::")
            source = (endpoint_roles.BACKEND / file).read_text(encoding="utf-8")
            assert f"def {name}(" in source, f"{line.operation}: no {line.proof}"


@pytest.mark.parametrize("role", ROLES)
def test_operations_let_in_exactly_the_roles_of_the_table(
    role: str, client_of: Callable[[str], Client]
) -> None:
    client = client_of(role)
    wrong = []
    for line in TABLE.values():
        status = _status(client, line)
        if status not in line.expected(role):
            wrong.append(
                f"{line.operation}: {role} got {status}, the table says {sorted(line.expected(role))}"
            )
        if line.operation.endswith("/auth/logout/") and role != actors.GUEST:
            client.force_login(User.objects.get())
            prove(client)
    assert wrong == []


def _status(client: Client, line: endpoint_roles.Line) -> int:
    method, path = endpoint_roles.address(line.operation)
    client.cookies["csrftoken"] = "a" * 32
    kwargs: dict[str, Any] = {"headers": {"X-CSRFToken": "a" * 32}}
    if method != "get":
        kwargs |= {"data": line.body, "content_type": "application/json"}
    return int(getattr(client, method)(path, **kwargs).status_code)
