"""The case with everything around it that the walks over relations call: one thing for each parameter of an address."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

from allauth.idp.oidc.models import Client
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession

from kenes.accounts.models import (
    CustomRole,
    DuplicateClaim,
    Invitation,
    Organisation,
    PersonalDataRequest,
    Program,
    ProgramConsent,
    RetentionRule,
    Role,
    RoleGrant,
    SpecialistProfile,
    User,
)
from kenes.accounts.selectors import actor_for
from kenes.accounts.testing import enrol
from kenes.cases import testing
from kenes.cases.answers import sharing
from kenes.cases.api import inputs
from kenes.cases.models import Absence as StaffAbsence
from kenes.cases.models import (
    Case,
    CaseLink,
    CaseShare,
    CaseStory,
    Comment,
    CommentFile,
    CreditorAnswer,
    FactSource,
    JobKind,
    ListJob,
    PaperReading,
    Party,
    PartyRole,
    PaymentSchedule,
    Queue,
    RequestedPaper,
    SavedView,
    ScheduleRow,
    StepOffer,
    Tag,
)
from kenes.cases.tracks import progress
from kenes.creditors.models import CreditorAddress
from kenes.documents.models import CaseExport, Dispatch, DocumentDraft, TemplateTrial, TemplateVersion
from kenes.files import services as files
from kenes.files.models import Upload
from kenes.foundation import actor as actors
from kenes.foundation import clock
from kenes.foundation.identifiers import new_id
from kenes.law import testing as law
from kenes.law.models import LawChange
from kenes.signing.eds.models import QrOperation
from kenes.signing.models import SignatureRequest
from kenes.signing.services import requests
from kenes.signing.tests import factories
from kenes.specialists.models import (
    Absence,
    Booking,
    HelpRequest,
    Host,
    MediationSession,
    Proposal,
)

from .relations_world import World, give_power, join


def _story() -> dict[str, Any]:
    with clock.demo_today(date(2026, 11, 18)):
        told = inputs.validated(testing.form_data())
    return {
        part: json.loads(json.dumps(told[part], default=str)) for part in ("income", "hardship", "relief")
    }


def make_world() -> World:
    """The borrower, his case with a letter that was sent to a lender which has an organisation here."""
    borrower = factories.make_borrower()
    document = factories.make_document(borrower)
    CaseStory.objects.create(case=document.case, address="г. Алматы, мкр. 8", assets=[], **_story())
    kk = TemplateVersion.objects.get(pk=document.template_id)
    kk.pk, kk.language = None, "kk"
    kk._state.adding = True
    kk.save()
    assert document.obligation is not None
    now, creditor = clock.now(), document.obligation.creditor
    organisation = Organisation.objects.create(
        kind="creditor", name="АО «Банк»", bin="990440000004", checked_at=now
    )
    type(creditor).objects.filter(pk=creditor.pk).update(organisation=organisation)
    address = CreditorAddress.objects.create(creditor=creditor, kind="email", value="a@bank.example")
    dispatch = Dispatch.objects.create(
        document=document,
        creditor=creditor,
        created_at=now,
        updated_at=now,
        status="accepted",
        accepted_at=now,
    )
    request = SignatureRequest.objects.filter(document=document).first() or requests.request_signature(
        actor=actor_for(borrower), document_id=document.pk
    )
    world = World(borrower, document.case, document, organisation)
    law.load_reference_data()
    progress.add_fact(
        actor=actors.SystemActor("relations"), case=document.case, kind="DELAY_STARTED", on=clock.today(), text="",
        obligation=document.obligation, source=FactSource.BORROWER,
    )  # fmt: skip
    sharing.share_debt(
        case_id=document.case_id, obligation_id=document.obligation_id, creditor_id=creditor.pk,
        document_id=document.pk,
    )  # fmt: skip
    world.ids = {
        "case_id": str(document.case_id),
        "document_id": str(document.pk),
        "dispatch_id": str(dispatch.pk),
        "request_id": str(request.pk),
        "creditor_id": str(creditor.pk),
        "address_id": str(address.pk),
        "person_id": str(borrower.pk),
        "organisation_id": str(organisation.pk),
        "page": "1",
    }
    for name, make in MORE.items():
        world.ids[name] = str(make(world))
    return world


def _answer(world: World) -> CreditorAnswer:
    """The lender asked for a paper."""
    known = CreditorAnswer.objects.filter(case=world.case).first()
    if known is not None:
        return known
    track = world.document.track
    answer = CreditorAnswer.objects.create(
        case=world.case, obligation=world.document.obligation, track=track, version=1, kind="papers",
        creditor=world.document.obligation.creditor, given_by=world.person(), given_at=clock.now(),
    )  # fmt: skip
    RequestedPaper.objects.create(answer=answer, position=0, code="IDENTITY")
    return answer


def _payment(world: World) -> ScheduleRow:
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


def _help_request(world: World) -> HelpRequest:
    now = clock.now()
    made, _new = HelpRequest.objects.get_or_create(
        case=world.case, borrower=world.borrower, kind="lawyer",
        defaults={
            "summary": "Нужна помощь с ответом банка", "language": "ru", "created_at": now,
            "expires_at": now + timedelta(days=20),
            "figures": {"creditor_types": ["BANK"], "debts": 1, "total_up_to_tiyn": None, "overdue": "none"},
        },
    )  # fmt: skip
    return made


def _proposal(world: World) -> Proposal:
    now = clock.now()
    return Proposal.objects.create(
        request=_help_request(world), specialist=world.person(), fee_kind="free", days=5, words="Помогу",
        created_at=now, expires_at=now + timedelta(days=5),
    )  # fmt: skip


def _host(world: World) -> Host:
    known = Host.objects.filter(kind="lawyer", listed=True).first()
    if known is not None:
        return known
    return Host.objects.create(
        user=world.caller(actors.LAWYER, "stranger"), kind="lawyer", listed=True, updated_at=clock.now()
    )


def _booking(world: World) -> Booking:
    now = clock.now()
    return Booking.objects.create(
        host=_host(world), borrower=world.borrower, case=world.case, way="phone", created_at=now, updated_at=now,
        starts_at=now + timedelta(days=2), ends_at=now + timedelta(days=2, hours=1),
    )  # fmt: skip


def _session(world: World) -> MediationSession:
    now = clock.now()
    return MediationSession.objects.create(
        track=world.document.track, mediator=world.person(), starts_at=now + timedelta(days=1), way="online",
        created_at=now,
    )  # fmt: skip


def _comment(world: World) -> Comment:
    return Comment.objects.create(
        case=world.case, author=world.borrower, text="Слова заёмщика", created_at=clock.now()
    )


def _comment_file(world: World) -> CommentFile:
    """A file of a comment that everyone on the case reads."""
    stored = files.store(
        data=b"%PDF-1.7", name="a.pdf", mime="application/pdf", origin="generated", owner_kind="case_comments",
        owner_id=world.case.pk,
    )  # fmt: skip
    return CommentFile.objects.create(
        case=world.case,
        comment=_comment(world),
        file=stored,
        uploaded_by=world.borrower,
        created_at=clock.now(),
    )


def _link(world: World) -> CaseLink:
    other = Case.objects.create(
        borrower=world.borrower, status="active", number="KH-2000-000009", created_at=clock.now(),
        submitted_at=clock.now(), updated_at=clock.now(),
    )  # fmt: skip
    return CaseLink.objects.create(first=world.case, second=other, kind="related", created_at=clock.now())


# Things that belong to the borrower or to the lender's organisation, by the name of the parameter in an address.
MORE: Final[dict[str, Callable[[World], Any]]] = {
    "operation_id": lambda world: (
        QrOperation.objects.create(
            request_id=world.ids["request_id"],
            document_sha256=world.document.sha256,
            expires_at=clock.now() + timedelta(minutes=5),
        ).pk
    ),
    "draft_id": lambda world: (
        DocumentDraft.objects.create(
            case=world.case, code="POA_REVOKE", created_at=clock.now(), updated_at=clock.now()
        ).pk
    ),
    "comment_id": lambda world: _comment(world).pk,
    "comment_file_id": lambda world: _comment_file(world).pk,
    "file_id": lambda world: _comment_file(world).file_id,
    "upload_id": lambda world: (
        Upload.objects.create(
            person_id=world.borrower.pk,
            name="a.pdf",
            size=10,
            created_at=clock.now(),
            expires_at=clock.now() + timedelta(hours=1),
        ).pk
    ),
    "view_id": lambda world: (
        SavedView.objects.create(
            owner=world.borrower, name="Вид", created_at=clock.now(), updated_at=clock.now()
        ).pk
    ),
    "job_id": lambda world: (
        ListJob.objects.create(
            kind=JobKind.BULK, action="take", owner=world.borrower, params={}, created_at=clock.now()
        ).pk
    ),
    "tag_id": lambda world: Tag.objects.create(name="Метка", created_at=clock.now()).pk,
    "link_id": lambda world: _link(world).pk,
    "export_id": lambda world: (
        CaseExport.objects.create(
            case=world.case, requested_by=world.borrower, kind="pdf", language="ru", created_at=clock.now()
        ).pk
    ),
    "obligation_id": lambda world: world.document.obligation_id,
    "row_id": lambda world: _payment(world).pk,
    "letter_id": lambda world: CaseShare.objects.get(case=world.case).pk,
    "answer_id": lambda world: _answer(world).pk,
    "answer_paper_id": lambda world: _answer(world).papers.get().pk,
    "help_request_id": lambda world: _help_request(world).pk,
    "proposal_id": lambda world: _proposal(world).pk,
    "host_id": lambda world: _host(world).pk,
    "host_kind": lambda world: "lawyer",
    "booking_id": lambda world: _booking(world).pk,
    "absence_id": lambda world: (
        Absence.objects.create(
            host=_host(world), starts_at=clock.now(), ends_at=clock.now() + timedelta(hours=1)
        ).pk
    ),
    "meeting_id": lambda world: _session(world).pk,
    "finding_id": lambda world: (
        PaperReading.objects.create(case=world.case, file_id=new_id(), made_at=clock.now())
        .findings.create(position=0, field="total", found={"tiyn": 1}, obligation=world.document.obligation)
        .pk
    ),
    "paper_id": lambda world: world.case.missing_papers.create(title="Справка", asked_at=clock.now()).pk,
    "consent_id": lambda world: (
        world.case.recorded_consents.create(
            person=world.borrower,
            given_by="paper",
            given_on=clock.today(),
            recorded_by=world.borrower,
            recorded_at=clock.now(),
        ).pk
    ),
    "track_id": lambda world: world.document.track_id,
    "deadline_id": lambda world: world.case.deadlines.order_by("due", "pk").values_list("pk", flat=True)[0],
    "fact_id": lambda world: world.case.facts.order_by("created_at", "pk").values_list("pk", flat=True)[0],
    "offer_id": lambda world: _offer(world).pk,
    "change_id": lambda world: _law_change(world).pk,
    "version_id": lambda world: world.document.template_id,
    "trial_id": lambda world: (
        TemplateTrial.objects.create(
            version_id=world.document.template_id,
            requested_by=world.borrower,
            sample="whole",
            sha256="b" * 64,
            created_at=clock.now(),
            expires_at=clock.now() + timedelta(days=1),
        ).pk
    ),
    "code": lambda world: "RESTRUCT_BANK",
    "language": lambda world: "ru",
    "rule_key": lambda world: world.case.deadlines.order_by("due", "pk").values_list("rule_key", flat=True)[
        0
    ],
    "grant_id": lambda world: RoleGrant.objects.get(user=world.borrower, role=Role.BORROWER).pk,
    "membership_id": lambda world: join(world.person(), world.organisation).pk,
    "queue_id": lambda world: _queue().pk,
    "staff_absence_id": lambda world: _staff_absence(world).pk,
    "user_id": lambda world: _manager(world).pk,
    "questionnaire": lambda world: "extrajudicial",
    "invitation_id": lambda world: _invitation(world).pk,
    "role_id": lambda world: (
        CustomRole.objects.create(name_ru="Роль", name_kk="Рөл", name_en="Role", abilities=["person.see"]).pk
    ),
    "claim_id": lambda world: (
        DuplicateClaim.objects.create(claimant=world.person(), holder=world.borrower).pk
    ),
    "specialist_id": lambda world: (
        SpecialistProfile.objects.create(
            user=world.person(), kind="lawyer", status="submitted", submitted_at=clock.now()
        ).pk
    ),
    "power_id": lambda world: give_power(world.borrower, world.person(), ["view"]),
    "party_id": lambda world: (
        Party.objects.create(
            case=world.case, user=world.person(), role=PartyRole.LAWYER, added_at=clock.now()
        ).pk
    ),
    "data_request_id": lambda world: (
        PersonalDataRequest.objects.create(
            kind="erasure", person=world.borrower, requested_by=world.borrower
        ).pk
    ),
    "program_id": lambda world: _program(world).pk,
    "factor_id": lambda world: Authenticator.objects.get(user=enrol(world.borrower)).pk,
    "session_id": lambda world: (
        UserSession.objects.create(
            user=world.borrower, session_key="k" * 32, ip="203.0.113.7", user_agent="phone"
        ).pk
    ),
    "connection_id": lambda world: (
        SocialAccount.objects.create(user=world.borrower, provider="sandbox", uid="1").pk
    ),
    "key": lambda world: RetentionRule.objects.create(key="made_up", days=30, action="delete").pk,
}


def _queue() -> Queue:
    return Queue.objects.create(
        code="all", position=1, name_ru="Все", name_kk="Бәрі", name_en="All", created_at=clock.now()
    )


def _manager(world: World) -> User:
    user = world.person()
    RoleGrant.objects.create(user=user, role=Role.MANAGER)
    return user


def _staff_absence(world: World) -> StaffAbsence:
    today = clock.today()
    return StaffAbsence.objects.create(
        user=_manager(world), first_day=today, last_day=today, created_at=clock.now()
    )


def _invitation(world: World) -> Invitation:
    return Invitation.objects.create(
        email="invited@example.com", organisation=world.organisation, token_hash="t" * 64,
        expires_at=clock.now() + timedelta(days=7),
    )  # fmt: skip


def _program(world: World) -> Program:
    client = Client.objects.create(name="Учёт", type=Client.Type.CONFIDENTIAL, owner=None)
    program = Program.objects.create(client=client, created_by=world.borrower)
    ProgramConsent.objects.create(user=world.borrower, program=program, scopes=["cases:read"])
    return program


def _offer(world: World) -> StepOffer:
    row = world.case.deadlines.order_by("due", "pk").first()
    assert row is not None
    return StepOffer.objects.create(
        case=world.case, obligation=row.obligation, deadline=row, duty="APPLICATION_RECEIVED/lender",
        steps=["OMBUDSMAN"], created_at=clock.now(),
    )  # fmt: skip


def _law_change(world: World) -> LawChange:
    now = clock.now()
    return LawChange.objects.create(
        kind="index", content={"code": "MCI", "valid_from": "2027-01-01", "value_tiyn": 1, "source": "-"},
        reason="-", switch_on=clock.today(), author=world.person(), created_at=now, updated_at=now,
    )  # fmt: skip
