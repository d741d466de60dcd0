"""Demonstration people with known passwords. Made only with DEMO, through the services."""

import base64
import hashlib
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.db import transaction

from kenes.accounts import consents, contacts, key_identity, one_time_codes, selectors, services, sms_texts
from kenes.accounts.models import ConsentKind, Role, User
from kenes.foundation.actor import SystemActor
from kenes.foundation.values import PhoneNumber

PASSWORD: Final = "kenes-demo-2026"  # noqa: S105  (known to everybody on purpose, refused without DEMO)
ACTOR: Final = SystemActor("demo-data")


@dataclass(frozen=True, slots=True)
class DemoStaff:
    email: str
    full_name: str
    language: str
    role: Role


STAFF: Final = (
    DemoStaff("manager1@kenes.sandbox", "Ахметова Динара Сериковна", "ru", Role.MANAGER),
    DemoStaff("manager2@kenes.sandbox", "Оспанов Ерлан Болатұлы", "kk", Role.MANAGER),
    DemoStaff("supervisor@kenes.sandbox", "Ким Светлана Викторовна", "ru", Role.SUPERVISOR),
    DemoStaff("editor@kenes.sandbox", "Жұмабек Айгерім Нұрланқызы", "kk", Role.CONTENT_EDITOR),
    DemoStaff("admin@kenes.sandbox", "Петров Андрей Сергеевич", "ru", Role.ADMIN),
)
# The borrower whose case the demonstration tells first.
BORROWER_PHONE: Final = "+77075551841"
BORROWER_NAME: Final = "Досымов Кайрат Ануарович"
BORROWER_IIN: Final = "870419390122"


class NotADemonstration(Exception):
    """Known passwords must never exist where people's data live."""


def load() -> None:
    """Make the demonstration people who are not there yet; safe to repeat."""
    _require_demo()
    for person in STAFF:
        if not User.objects.filter(email=person.email).exists():
            services.create_staff_account(
                actor=ACTOR, email=person.email, full_name=person.full_name, language=person.language,
                password=PASSWORD, roles=[person.role],
            )  # fmt: skip
        enrol(User.objects.get(email=person.email))
    ensure_borrower(phone=BORROWER_PHONE, full_name=BORROWER_NAME, iin=BORROWER_IIN, language="ru")


def totp_secret(email: str) -> str:
    """The secret of a demonstration person's authenticator app; the sandbox page derives the same one."""
    digest = hashlib.sha1(f"kenes-demo-totp:{email}".encode(), usedforsecurity=False).digest()
    return base64.b32encode(digest).decode()


def enrol(user: User) -> None:
    """Give a demonstration person the authenticator app whose codes are at /sandbox/authenticator/; safe to repeat."""
    _require_demo()
    if user.email and not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
        TOTP.activate(user, totp_secret(user.email))


@transaction.atomic
def ensure_borrower(*, phone: str, full_name: str, iin: str, language: str, email: str | None = None) -> User:
    """A borrower with a confirmed number and identity, as if the code had been answered; safe to repeat."""
    _require_demo()
    number = PhoneNumber.parse(phone)
    known = selectors.find_by_phone(number)
    if known is not None and known.phone_verified_at is not None and known.iin_hash:
        return known
    user = services.ensure_account(phone=number, language=language)
    if user is None:
        raise NotADemonstration("the demonstration person was deactivated")
    services.confirm_phone(user_id=user.pk)
    services.set_identity(actor=ACTOR, user_id=user.pk, full_name=full_name, iin=iin)
    key_identity.vouch_for_iin(actor=ACTOR, user_id=user.pk)
    if email is not None:
        contacts.vouch_for_email(actor=ACTOR, user_id=user.pk, email=email)
    return selectors.get_person(user.pk)


def accept_all_consents(person_id: UUID, language: str) -> None:
    """Accept every current text for a demonstration person; the code of the SMS agreement is read from its own SMS."""
    _require_demo()
    actor = selectors.actor_for(selectors.get_person(person_id))
    for text in selectors.current_texts(language):
        if selectors.has_consent(person_id, text.kind):
            continue
        digits = ""
        if text.kind == ConsentKind.SMS_AGREEMENT:
            sent: list[str] = []

            def write(code: str, sent: list[str] = sent) -> str:
                sent.append(code)
                return sms_texts.agreement(code)

            one_time_codes.issue_code(
                person_id=person_id, purpose=ConsentKind.SMS_AGREEMENT, bound_hash=text.sha256, text=write
            )
            digits = sent[0]
        consents.accept(
            actor=actor, kind=text.kind, version=text.version, sha256=text.sha256, ip="127.0.0.1",
            user_agent="demonstration data", digits=digits,
        )  # fmt: skip


def login_lines() -> list[str]:
    """What a visitor needs to sign in, one line per person."""
    _require_demo()
    width = max(len(person.email) for person in STAFF)
    lines = [f"  {person.email:<{width}}  {PASSWORD}  {person.role.value}" for person in STAFF]
    phone = PhoneNumber.parse(BORROWER_PHONE).spaced()
    return [
        *lines,
        "  staff also need a code of the authenticator app: read it at /sandbox/authenticator/",
        f"  {phone:<{width}}  code by SMS, read it at /sandbox/  borrower",
    ]


def _require_demo() -> None:
    if not settings.DEMO:
        raise NotADemonstration
