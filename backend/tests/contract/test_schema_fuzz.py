"""Whatever a client sends, the API answers as its schema says: no 500, no undeclared answer."""

import itertools
import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import pytest
import schemathesis
from django.core import signals
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client, override_settings
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation.feedback import FeedbackSources
from schemathesis.generation.meta import coverage_scenario
from schemathesis.pytest._test_builder import build_operation_test
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from kenes.accounts.models import Role, RoleGrant, User
from kenes.accounts.selectors import actor_for
from kenes.accounts.testing import enrol
from kenes.cases import testing
from kenes.cases.models import Case, CaseNumberCounter
from kenes.cases.story import submission
from kenes.creditors.models import CreditorAddress
from kenes.documents.models import Dispatch
from kenes.foundation import clock
from kenes.foundation.testing import empty_tables
from kenes.signing.services import requests
from kenes.signing.tests.factories import make_document
from tests.architecture import endpoint_roles

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)
RANDOM_CASES = 6
# A form of many fields has hundreds of systematic cases: beyond the first ones, every third is sent. `make soak` sends all.
ALL_UP_TO, THEN_EVERY = 40, 3
# Parts of files are bytes under a name of the protocol.
schemathesis.serializer.alias("application/offset+octet-stream", "application/octet-stream")
OPERATIONS = [name for name in endpoint_roles.operations() if not name.endswith(("/schema/", "/docs/"))]


@cache
def described():
    """The description of the API, made when the first test needs it, and its operations by name."""
    raw = json.loads(json.dumps(SchemaGenerator().get_schema(request=None, public=True), default=str))
    loaded = schemathesis.openapi.from_dict(raw)
    loaded.app = get_wsgi_application()
    return loaded, {found.ok().label: found.ok() for found in loaded.get_all_operations()}


@dataclass
class World:
    """People, and ids of things that really exist, by the name of the path parameter."""

    borrower: User
    supervisor: User
    ids: dict[str, list[Any]]
    picked: int = 0

    def into(self, path_parameters: dict[str, Any]) -> dict[str, Any]:
        """Path parameters of which three in four name something real, so that bodies are read at all."""
        self.picked += 1
        if self.picked % 4 == 0:
            return path_parameters
        return {
            name: self.ids[name][self.picked % len(self.ids[name])] if name in self.ids else value
            for name, value in path_parameters.items()
        }


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """Loaded once: reference data, a borrower with a draft, a submitted case and a letter that waits for a signature."""
    folder = str(tmp_path_factory.mktemp("media"))
    with override_settings(MEDIA_ROOT=folder, DEMO=True), django_db_blocker.unblock():
        yield _made_world()
        empty_tables()


def _made_world():
    testing.load_reference_data()
    borrower = testing.make_borrower()
    supervisor = User.objects.create_user("fuzz@example.com", None, full_name="Проверка")
    RoleGrant.objects.create(user=supervisor, role=Role.SUPERVISOR)
    enrol(supervisor)
    actor = actor_for(borrower)
    with clock.demo_today(date(2026, 11, 18)):
        case = testing.make_case(borrower)
    # The letter's factory numbers its cases by itself: keep out of its way.
    Case.objects.filter(pk=case.pk).update(number="KH-2026-900001")
    CaseNumberCounter.objects.update(last=900_001)
    draft = submission.create_draft(actor=actor, language="ru")
    letter = make_document(borrower)
    request = requests.request_signature(actor=actor, document_id=letter.pk)
    now, creditor = clock.now(), letter.obligation.creditor
    address = CreditorAddress.objects.create(creditor=creditor, kind="email", value="a@bank.example")
    dispatch = Dispatch.objects.create(document=letter, creditor=creditor, created_at=now, updated_at=now)
    return World(
        borrower,
        supervisor,
        {
            "case_id": [str(case.pk), str(draft.pk), str(letter.case_id)],
            "document_id": [str(letter.pk)],
            "request_id": [str(request.pk)],
            "dispatch_id": [str(dispatch.pk)],
            "creditor_id": [str(creditor.pk)],
            "address_id": [str(address.pk)],
            "page": [1, 2],
        },
    )


@pytest.fixture
def people(world, db, settings):
    """Headers of a guest, a borrower and a supervisor; what the requests change is rolled back."""
    settings.ADDRESS_LIMITS_FACTOR = 100_000
    settings.ALLOWED_HOSTS = ["*"]
    settings.SIGN_IN_ANSWER_FLOOR_SECONDS = 0.0
    settings.DEMO = True
    return [{}, _headers(world.borrower), _headers(world.supervisor)]


def _headers(person):
    client = Client()
    client.force_login(person)
    token = "a" * 32
    cookies = f"sessionid={client.cookies['sessionid'].value}; csrftoken={token}"
    return {"Cookie": cookies, "X-CSRFToken": token}


@pytest.fixture(autouse=True)
def _keep_connection():
    """The application runs in the test's own transaction: it must not close the connection after each request."""
    signals.request_started.disconnect(close_old_connections)
    signals.request_finished.disconnect(close_old_connections)
    yield
    signals.request_started.connect(close_old_connections)
    signals.request_finished.connect(close_old_connections)


def _check(world, people, operation, *, random_cases, thin):
    """Requests of every kind that the description allows or forbids, each sent by one of the people in turn.

    Whoever stands at the door gets every fifth: most of those end there.
    """
    world.picked = 0
    guest, borrower, supervisor = people
    senders = itertools.cycle([borrower, supervisor, borrower, supervisor, guest])
    systematic = itertools.count()

    def send(case):
        if coverage_scenario(case) is not None and thin:
            number = next(systematic)
            if number >= ALL_UP_TO and number % THEN_EVERY:
                return
        case.path_parameters = world.into(case.path_parameters or {})
        headers = {**next(senders), "Accept-Language": "kk"}
        case.call_and_validate(headers=headers, checks=CHECKS)

    loaded, operations = described()
    limits = settings(
        max_examples=random_cases, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
    )
    build_operation_test(
        config=loaded.config, operation=operations[operation], test_func=limits(send), given_kwargs={},
        feedback=FeedbackSources(),
    )()  # fmt: skip


def test_every_operation_is_described():
    assert sorted(described()[1]) == OPERATIONS


@pytest.mark.parametrize("operation", OPERATIONS)
def test_any_request_gets_a_declared_answer(world, people, operation):
    _check(world, people, operation, random_cases=RANDOM_CASES, thin=True)


@pytest.mark.soak
@pytest.mark.parametrize("operation", OPERATIONS)
def test_many_requests_get_a_declared_answer(world, people, operation):
    _check(world, people, operation, random_cases=50 * RANDOM_CASES, thin=False)
