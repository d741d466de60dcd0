"""What tests of copies and erasures do again and again."""

from typing import Any

from kenes.accounts import testing as account_testing
from kenes.accounts.models import PersonalDataRequest, User
from kenes.accounts.personal_data import copies, erasure
from kenes.cases import services
from kenes.cases.models import Case


def proven(client: Any) -> Any:
    account_testing.prove(client)
    return client


def run_requests() -> None:
    """What the worker does with copies and erasures; letters, which need a converter, are left."""
    for request in PersonalDataRequest.objects.filter(status="running"):
        (copies.make if request.kind == "export" else erasure.run)(request_id=request.pk)


def close(case: Case, supervisor: User) -> None:
    actor = account_testing.an_actor("supervisor", user_id=supervisor.pk)
    version = Case.objects.get(pk=case.pk).version
    services.move_case(actor=actor, case_id=case.pk, action="close", version=version, outcome="WITHDRAWN")
