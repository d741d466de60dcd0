"""Demonstration lawyer, mediator and power of attorney, made through the services; only with DEMO, safe to repeat."""

import io
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.conf import settings
from django.utils import translation
from reportlab.pdfgen.canvas import Canvas

from kenes.accounts import demo, powers, profile, selectors, services, specialists
from kenes.accounts.models import PowerOfAttorney, PowerScope, Role, SpecialistProfile, User
from kenes.files import services as files
from kenes.foundation import clock, logs
from kenes.foundation.actor import Actor
from kenes.foundation.providers import ProviderError
from kenes.foundation.values import PhoneNumber

log = logs.get(__name__)
Status = SpecialistProfile.Status


@dataclass(frozen=True, slots=True)
class DemoSpecialist:
    """Who he is and what stands in his entry; `approved` is false for the one who waits for the check."""

    phone: str
    full_name: str
    kind: str
    entry: specialists.Entry
    approved: bool


SPECIALISTS: Final = (
    DemoSpecialist(
        "+77075551861", "Сагынбаев Арман Ерланович", Role.LAWYER.value,
        specialists.Entry(
            "Палата юридических консультантов «Kazakhstan Bar»", "ПЮК-0142", date(2021, 5, 20), date(2031, 5, 19),
            ["consumer_credit", "restructuring", "bankruptcy"], "Алматы",
        ),
        approved=True,
    ),
    DemoSpecialist(
        "+77075551862", "Тулегенова Мадина Асхатовна", Role.MEDIATOR.value,
        specialists.Entry(
            "Реестр профессиональных медиаторов, г. Астана", "М-2207", date(2022, 9, 1), None,
            ["financial_disputes", "consumer_credit"], "Астана",
        ),
        approved=False,
    ),
    DemoSpecialist(
        "+77075551864", "Қасымова Гүлнар Бекенқызы", Role.MEDIATOR.value,
        specialists.Entry(
            "Реестр профессиональных медиаторов, г. Алматы", "М-1174", date(2020, 3, 12), None,
            ["financial_disputes", "consumer_credit"], "Алматы",
        ),
        approved=True,
    ),
    DemoSpecialist(
        "+77075551865", "Сарсенов Ерлан Маратович", Role.NOTARY.value,
        specialists.Entry(
            "Нотариальная палата г. Алматы", "Н-00218", date(2015, 6, 1), None, ["executive_inscription"], "Алматы",
        ),
        approved=True,
    ),
)  # fmt: skip
REPRESENTATIVE_PHONE: Final = "+77075551863"
REPRESENTATIVE_NAME: Final = "Досымова Салтанат Ануаровна"


def load() -> None:
    """Make what is not there yet. The demonstration people come before."""
    if not settings.DEMO:
        raise demo.NotADemonstration
    for wished in SPECIALISTS:
        _make(wished)
    _give_power()


def _person(phone: str, full_name: str) -> User:
    """Somebody with a confirmed number, as if the code had been answered."""
    number = PhoneNumber.parse(phone)
    user = selectors.find_by_phone(number) or services.ensure_account(phone=number, language="ru")
    if user is None:
        raise demo.NotADemonstration("the demonstration person was deactivated")
    services.confirm_phone(user_id=user.pk)
    user = selectors.get_person(user.pk)
    if not user.full_name:
        user = profile.update(
            actor=selectors.actor_for(user), user_id=user.pk, version=1, changes={"full_name": full_name}
        )
    return user


def _make(wished: DemoSpecialist) -> None:
    user = _person(wished.phone, wished.full_name)
    actor = selectors.actor_for(user)
    entry = SpecialistProfile.objects.filter(user=user, kind=wished.kind).first()
    if entry is None or entry.status == Status.DRAFT:
        specialists.write(actor=actor, kind=wished.kind, entry=wished.entry)
        specialists.attach_proof(
            actor=actor, kind=wished.kind, data=_paper(wished.entry.register_number), name="licence.pdf"
        )
        entry = specialists.submit(actor=actor, kind=wished.kind)
    if wished.approved and entry.status == Status.SUBMITTED:
        _approve(entry)


def _paper(number: str) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(72, 760, "Kenes Hub: demonstration licence, not a real paper")
    canvas.drawString(72, 740, "".join(char for char in number if char.isascii()))
    canvas.save()
    return out.getvalue()


def _approve(entry: SpecialistProfile) -> None:
    supervisor = selectors.people_with_role(Role.SUPERVISOR).order_by("email").first()
    if supervisor is None or entry.proof_file_id is None:
        return
    try:
        files.scan_file(file_id=entry.proof_file_id, last_try=False)
    except ProviderError:
        # Without a virus scanner nothing is approved; the next load goes on from here.
        log.warning("demo_specialist_waits_for_scanner", specialist_id=str(entry.pk))
        return
    checker: Actor = selectors.actor_for(supervisor)
    specialists.decide(
        actor=checker, specialist_id=entry.pk, decision="approve", note="", version=entry.version
    )


def _give_power() -> None:
    """The sister of the demonstration borrower sees his cases and answers for him."""
    principal = selectors.find_by_phone(PhoneNumber.parse(demo.BORROWER_PHONE))
    representative = _person(REPRESENTATIVE_PHONE, REPRESENTATIVE_NAME)
    if principal is None or PowerOfAttorney.objects.filter(principal=principal).exists():
        return
    today = clock.today()
    terms = powers.Terms(
        (PowerScope.VIEW.value, PowerScope.ACT.value), "1842", "Нотариус г. Алматы Е. Сарсенов", today,
        today + timedelta(days=365),
    )  # fmt: skip
    powers.give(
        actor=selectors.actor_for(principal), phone=PhoneNumber.parse(REPRESENTATIVE_PHONE),
        language=translation.get_language() or "ru", terms=terms,
    )  # fmt: skip
    log.info("demo_power_given", representative_id=str(representative.pk))


def login_lines() -> list[str]:
    """Specialists and the representative, one line each."""
    people = [
        (wished.phone, wished.kind if wished.approved else f"{wished.kind} (waits for the check)")
        for wished in SPECIALISTS
    ]
    return [
        f"  {PhoneNumber.parse(phone).spaced()}  code by SMS, read it at /sandbox/  {what}"
        for phone, what in (*people, (REPRESENTATIVE_PHONE, "representative of the borrower"))
    ]
