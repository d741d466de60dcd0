"""People round the case that the walks over relations call: specialists and their meetings, staff, invitations, programs."""

from datetime import timedelta

from allauth.idp.oidc.models import Client

from kenes.accounts.models import Invitation, Program, ProgramConsent, Role, RoleGrant, User
from kenes.cases.models import Absence as StaffAbsence
from kenes.cases.models import Queue
from kenes.foundation import actor as actors
from kenes.foundation import clock
from kenes.specialists.models import Booking, HelpRequest, Host, MediationSession, Proposal

from .relations_world import World


def help_request(world: World) -> HelpRequest:
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


def proposal(world: World) -> Proposal:
    now = clock.now()
    return Proposal.objects.create(
        request=help_request(world), specialist=world.person(), fee_kind="free", days=5, words="Помогу",
        created_at=now, expires_at=now + timedelta(days=5),
    )  # fmt: skip


def host(world: World) -> Host:
    known = Host.objects.filter(kind="lawyer", listed=True).first()
    if known is not None:
        return known
    return Host.objects.create(
        user=world.caller(actors.LAWYER, "stranger"), kind="lawyer", listed=True, updated_at=clock.now()
    )


def booking(world: World) -> Booking:
    now = clock.now()
    return Booking.objects.create(
        host=host(world), borrower=world.borrower, case=world.case, way="phone", created_at=now, updated_at=now,
        starts_at=now + timedelta(days=2), ends_at=now + timedelta(days=2, hours=1),
    )  # fmt: skip


def meeting(world: World) -> MediationSession:
    now = clock.now()
    return MediationSession.objects.create(
        track=world.document.track, mediator=world.person(), starts_at=now + timedelta(days=1), way="online",
        created_at=now,
    )  # fmt: skip


def queue() -> Queue:
    return Queue.objects.create(
        code="all", position=1, name_ru="Все", name_kk="Бәрі", name_en="All", created_at=clock.now()
    )


def manager(world: World) -> User:
    user = world.person()
    RoleGrant.objects.create(user=user, role=Role.MANAGER)
    return user


def staff_absence(world: World) -> StaffAbsence:
    today = clock.today()
    return StaffAbsence.objects.create(
        user=manager(world), first_day=today, last_day=today, created_at=clock.now()
    )


def invitation(world: World) -> Invitation:
    return Invitation.objects.create(
        email="invited@example.com", organisation=world.organisation, token_hash="t" * 64,
        expires_at=clock.now() + timedelta(days=7),
    )  # fmt: skip


def program(world: World) -> Program:
    client = Client.objects.create(name="Учёт", type=Client.Type.CONFIDENTIAL, owner=None)
    program = Program.objects.create(client=client, created_by=world.borrower)
    ProgramConsent.objects.create(user=world.borrower, program=program, scopes=["cases:read"])
    return program
