"""Whatever a client sends, the API answers as its schema says: no 500, no undeclared answer."""

import json

import pytest
import schemathesis
from django.core import signals
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from kenes.accounts import demo
from kenes.accounts.models import Role, RoleGrant, User

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)
EXAMPLES = 12


def _schema():
    from django.core.wsgi import get_wsgi_application
    from drf_spectacular.generators import SchemaGenerator

    raw = json.loads(json.dumps(SchemaGenerator().get_schema(request=None, public=True), default=str))
    loaded = schemathesis.openapi.from_dict(raw)
    loaded.app = get_wsgi_application()
    return loaded


schema = _schema()


@pytest.fixture
def people(db, settings):
    """Headers of a guest, a borrower and a supervisor."""
    settings.ADDRESS_LIMITS_FACTOR = 100_000
    settings.ALLOWED_HOSTS = ["*"]
    settings.DEMO = True
    borrower = demo.ensure_borrower(
        phone=demo.BORROWER_PHONE, full_name=demo.BORROWER_NAME, iin=demo.BORROWER_IIN, language="kk"
    )
    supervisor = User.objects.create_user("fuzz@example.com", None, full_name="Проверка")
    RoleGrant.objects.create(user=supervisor, role=Role.SUPERVISOR)
    return [{}, _headers(borrower), _headers(supervisor)]


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


@schema.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_any_request_gets_a_declared_answer(people, case):
    for headers in people:
        case.call_and_validate(headers={**headers, "Accept-Language": "kk"}, checks=CHECKS)
