"""Demonstration documents that have a history: a new version with a reason, one taken back, documents for many cases. Safe to repeat."""

from contextlib import suppress
from typing import Final

from django.conf import settings

from kenes.accounts import demo as demo_people
from kenes.accounts import selectors as accounts
from kenes.accounts.models import Role, User
from kenes.cases.lists.bulk_runs import Selection
from kenes.cases.models import Case, JobKind, ListJob
from kenes.cases.states.case import CaseStatus
from kenes.documents.bulk import batches
from kenes.documents.interviews import drafts
from kenes.documents.models import Document
from kenes.documents.versions import services as versions
from kenes.foundation.errors import KenesError

STORIES: Final = 3
KIND: Final = "DEBT_STATEMENT_REQUEST"
_ANSWERS: Final = ({"statement.reason": "CHECK"}, {"statement.reason": "RELIEF"})


def load() -> None:
    """Give some demonstration cases documents with versions, and the supervisor an order for several cases."""
    if not settings.DEMO:
        raise demo_people.NotADemonstration
    if Document.objects.filter(reason__isnull=False).exists():
        return
    found = Case.objects.filter(status=CaseStatus.ACTIVE, number__isnull=False).order_by("created_at", "pk")
    cases = list(found[: STORIES * 3])
    for place, case in enumerate(cases[:STORIES]):
        # What the rules refuse for one of the made stories is left out.
        with suppress(KenesError):
            _story(case, is_taken_back=place == STORIES - 1)
    with suppress(KenesError):
        _batch(cases)


def _story(case: Case, *, is_taken_back: bool) -> None:
    borrower = accounts.actor_for(User.objects.get(pk=case.borrower_id))
    debt = case.obligations.order_by("position").first()
    if debt is None:
        return
    asked = drafts.begin(actor=borrower, case_id=case.pk, code=KIND, obligation_id=debt.pk)
    drafts.answer(actor=borrower, draft_id=asked.draft.pk, version=asked.draft.version, answers=_ANSWERS[0])
    made = drafts.generate(actor=borrower, draft_id=asked.draft.pk)
    if is_taken_back:
        versions.void(actor=borrower, document_id=made.pk, reason="Кредитор уже прислал справку")
        return
    again = versions.revise(actor=borrower, document_id=made.pk, reason="Нужна для просьбы об отсрочке")
    drafts.answer(actor=borrower, draft_id=again.draft.pk, version=again.draft.version, answers=_ANSWERS[1])
    drafts.generate(actor=borrower, draft_id=again.draft.pk)


def _batch(cases: list[Case]) -> None:
    supervisor = accounts.people_with_role(Role.SUPERVISOR).first()
    if supervisor is None or ListJob.objects.filter(kind=JobKind.DOCUMENT).exists():
        return
    batches.start(
        actor=accounts.actor_for(supervisor), code="CONTRACT_COPY_REQUEST", forms=["pdf"], languages=["ru", "kk"],
        selection=Selection(ids=tuple(case.pk for case in cases)), language="ru",
    )  # fmt: skip
