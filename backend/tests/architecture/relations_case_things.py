"""What hangs on the case that the walks over relations call: answers, payments, comments, links, offers."""

import json
from datetime import date
from typing import Any

from kenes.cases import testing
from kenes.cases.api import inputs
from kenes.cases.models import (
    Case,
    CaseLink,
    Comment,
    CommentFile,
    CreditorAnswer,
    PaymentSchedule,
    RequestedPaper,
    ScheduleRow,
    StepOffer,
)
from kenes.files import services as files
from kenes.foundation import clock
from kenes.law.models import LawChange

from .relations_world import World


def answer(world: World) -> CreditorAnswer:
    """The lender asked for a paper."""
    known = CreditorAnswer.objects.filter(case=world.case).first()
    if known is not None:
        return known
    track = world.document.track
    made = CreditorAnswer.objects.create(
        case=world.case, obligation=world.document.obligation, track=track, version=1, kind="papers",
        creditor=world.document.obligation.creditor, given_by=world.person(), given_at=clock.now(),
    )  # fmt: skip
    RequestedPaper.objects.create(answer=made, position=0, code="IDENTITY")
    return made


def payment(world: World) -> ScheduleRow:
    """A payment of an agreed schedule of the debt."""
    today = clock.today()
    schedule = PaymentSchedule.objects.create(
        obligation=world.document.obligation,
        kind="agreed",
        source="lender",
        valid_from=today,
        given_at=clock.now(),
    )
    return ScheduleRow.objects.create(
        schedule=schedule, number=1, due=today, principal_tiyn=90, interest_tiyn=10, total_tiyn=100
    )


def comment(world: World) -> Comment:
    return Comment.objects.create(
        case=world.case, author=world.borrower, text="Слова заёмщика", created_at=clock.now()
    )


def comment_file(world: World) -> CommentFile:
    """A file of a comment that everyone on the case reads."""
    stored = files.store(
        data=b"%PDF-1.7", name="a.pdf", mime="application/pdf", origin="generated", owner_kind="case_comments",
        owner_id=world.case.pk,
    )  # fmt: skip
    return CommentFile.objects.create(
        case=world.case,
        comment=comment(world),
        file=stored,
        uploaded_by=world.borrower,
        created_at=clock.now(),
    )


def link(world: World) -> CaseLink:
    other = Case.objects.create(
        borrower=world.borrower, status="active", number="KH-2000-000009", created_at=clock.now(),
        submitted_at=clock.now(), updated_at=clock.now(),
    )  # fmt: skip
    return CaseLink.objects.create(first=world.case, second=other, kind="related", created_at=clock.now())


def offer(world: World) -> StepOffer:
    row = world.case.deadlines.order_by("due", "pk").first()
    assert row is not None
    return StepOffer.objects.create(
        case=world.case, obligation=row.obligation, deadline=row, duty="APPLICATION_RECEIVED/lender",
        steps=["OMBUDSMAN"], created_at=clock.now(),
    )  # fmt: skip


def law_change(world: World) -> LawChange:
    now = clock.now()
    return LawChange.objects.create(
        kind="index", content={"code": "MCI", "valid_from": "2027-01-01", "value_tiyn": 1, "source": "-"},
        reason="-", switch_on=clock.today(), author=world.person(), created_at=now, updated_at=now,
    )  # fmt: skip


def story() -> dict[str, Any]:
    with clock.demo_today(date(2026, 11, 18)):
        told = inputs.validated(testing.form_data())
    return {
        part: json.loads(json.dumps(told[part], default=str)) for part in ("income", "hardship", "relief")
    }
