"""The case with everything around it that the walks over relations call: one thing for each parameter of an address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession

from kenes.accounts.models import (
    CustomRole,
    DuplicateClaim,
    Organisation,
    PersonalDataRequest,
    RetentionRule,
    Role,
    RoleGrant,
    SpecialistProfile,
)
from kenes.accounts.selectors import actor_for
from kenes.accounts.testing import enrol
from kenes.cases.answers import sharing
from kenes.cases.models import (
    CaseShare,
    CaseStory,
    FactSource,
    JobKind,
    ListJob,
    PaperReading,
    Party,
    PartyRole,
    SavedView,
    Tag,
)
from kenes.cases.tracks import progress
from kenes.creditors.models import CreditorAddress
from kenes.documents.models import CaseExport, Dispatch, DocumentDraft, TemplateTrial, TemplateVersion
from kenes.files.models import Upload
from kenes.foundation import actor as actors
from kenes.foundation import clock
from kenes.foundation.identifiers import new_id
from kenes.law import testing as law
from kenes.signing.eds.models import QrOperation
from kenes.signing.models import SignatureRequest
from kenes.signing.services import requests
from kenes.signing.tests import factories
from kenes.specialists.models import Absence

from .relations_case_things import answer, comment, comment_file, law_change, link, offer, payment, story
from .relations_people_things import (
    booking,
    help_request,
    host,
    invitation,
    manager,
    meeting,
    program,
    proposal,
    queue,
    staff_absence,
)
from .relations_world import World, give_power, join


def make_world() -> World:
    """The borrower, his case with a letter that was sent to a lender which has an organisation here."""
    borrower = factories.make_borrower()
    document = factories.make_document(borrower)
    CaseStory.objects.create(case=document.case, address="г. Алматы, мкр. 8", assets=[], **story())
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
    "comment_id": lambda world: comment(world).pk,
    "comment_file_id": lambda world: comment_file(world).pk,
    "file_id": lambda world: comment_file(world).file_id,
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
    "link_id": lambda world: link(world).pk,
    "export_id": lambda world: (
        CaseExport.objects.create(
            case=world.case, requested_by=world.borrower, kind="pdf", language="ru", created_at=clock.now()
        ).pk
    ),
    "obligation_id": lambda world: world.document.obligation_id,
    "row_id": lambda world: payment(world).pk,
    "letter_id": lambda world: CaseShare.objects.get(case=world.case).pk,
    "answer_id": lambda world: answer(world).pk,
    "answer_paper_id": lambda world: answer(world).papers.get().pk,
    "help_request_id": lambda world: help_request(world).pk,
    "proposal_id": lambda world: proposal(world).pk,
    "host_id": lambda world: host(world).pk,
    "host_kind": lambda world: "lawyer",
    "booking_id": lambda world: booking(world).pk,
    "absence_id": lambda world: (
        Absence.objects.create(
            host=host(world), starts_at=clock.now(), ends_at=clock.now() + timedelta(hours=1)
        ).pk
    ),
    "meeting_id": lambda world: meeting(world).pk,
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
    "offer_id": lambda world: offer(world).pk,
    "change_id": lambda world: law_change(world).pk,
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
    "queue_id": lambda world: queue().pk,
    "staff_absence_id": lambda world: staff_absence(world).pk,
    "user_id": lambda world: manager(world).pk,
    "questionnaire": lambda world: "extrajudicial",
    "invitation_id": lambda world: invitation(world).pk,
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
    "program_id": lambda world: program(world).pk,
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
