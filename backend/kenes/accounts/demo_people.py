"""Demonstration organisations with their people, and a custom role; only with DEMO, safe to repeat.

Comes after the demonstration staff and specialists. The lenders of the registry find their organisation by its БИН.
"""

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db import transaction

from kenes.accounts import abilities, demo, memberships, organisations, roles, selectors, services
from kenes.accounts.models import CustomRole, Membership, Organisation, Role, User
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.values import PhoneNumber

Kind = Organisation.Kind
LAWYER_PHONE: Final = "+77075551861"


@dataclass(frozen=True, slots=True)
class DemoMember:
    email: str
    full_name: str
    language: str
    post: str
    is_administrator: bool = False


@dataclass(frozen=True, slots=True)
class DemoOrganisation:
    kind: str
    name: str
    name_kk: str
    bin: str
    address: str
    people: tuple[DemoMember, ...]


ORGANISATIONS: Final = (
    DemoOrganisation(
        Kind.CREDITOR, "ТОО «МФО «Айқын Қаржы»", "«Айқын Қаржы» МҚҰ» ЖШС", "220140918424",
        "г. Алматы, пр. Достык, д. 91",
        (
            DemoMember("admin@aiqyn.kenes.sandbox", "Байжанов Тимур Саматович", "ru", "Директор", is_administrator=True),
            DemoMember("officer@aiqyn.kenes.sandbox", "Смағұлова Әсел Бақытқызы", "kk", "Жауапты маман"),
        ),
    ),
    DemoOrganisation(
        Kind.CREDITOR, "ТОО «МФО «Жедел Көмек»", "«Жедел Көмек» МҚҰ» ЖШС", "200440922876",
        "г. Астана, ул. Кенесары, д. 40",
        (
            DemoMember("admin@zhedel.kenes.sandbox", "Нурпеисова Гульнара Айдаровна", "ru", "Руководитель", is_administrator=True),
            DemoMember("officer@zhedel.kenes.sandbox", "Юсупов Рустам Ильясович", "ru", "Специалист по взысканию"),
        ),
    ),
    DemoOrganisation(
        Kind.LAW_OFFICE, "Юридическая контора «Әділ жол»", "«Әділ жол» заң кеңсесі", "190640020012",
        "г. Алматы, ул. Толе би, д. 101", (),
    ),
    DemoOrganisation(
        Kind.OMBUDSMAN, "Служба микрофинансового омбудсмана (учебная)", "Микроқаржы омбудсманының қызметі (оқу)",
        "210740031880", "г. Алматы, пр. Абая, д. 52",
        (DemoMember("officer@ombudsman.kenes.sandbox", "Әбдіқадырова Жанар Мұратқызы", "kk", "Главный специалист"),),
    ),
)  # fmt: skip
CUSTOM_ROLE: Final = {
    "name_ru": "Проверка специалистов",
    "name_kk": "Мамандарды тексеру",
    "name_en": "Checks of specialists",
}
CUSTOM_ABILITIES: Final = ("staff.area", "person.see", "specialist.check", "power.check")


@transaction.atomic
def load() -> None:
    """Make the organisations, their people and the custom role that are not there yet."""
    if not settings.DEMO:
        raise demo.NotADemonstration
    setter = Actor(None, frozenset({Role.ADMIN}), abilities.OF_ROLE[Role.ADMIN], label="demo-data")
    for wished in ORGANISATIONS:
        organisation = Organisation.objects.filter(bin=wished.bin).first() or _make(setter, wished)
        for person in wished.people:
            user = _join(organisation, person)
            if wished.kind == Kind.OMBUDSMAN:
                # Joining the office gives no role: an administrator does.
                services.grant_role(actor=demo.ACTOR, user_id=user.pk, role=Role.OMBUDSMAN_OFFICER)
        if wished.kind == Kind.LAW_OFFICE:
            _join_lawyer(organisation)
    if not CustomRole.objects.filter(name_en=CUSTOM_ROLE["name_en"]).exists():
        roles.create_role(actor=setter, wanted=CUSTOM_ABILITIES, **CUSTOM_ROLE)


def _make(setter: Actor, wished: DemoOrganisation) -> Organisation:
    made = organisations.create(
        actor=setter, kind=wished.kind, name=wished.name, name_kk=wished.name_kk, bin=wished.bin,
        address=wished.address,
    )  # fmt: skip
    organisations.check(actor=setter, organisation_id=made.pk, note="Демонстрационные данные")
    return made


def _join(organisation: Organisation, wished: DemoMember) -> User:
    user = User.objects.filter(email=wished.email).first()
    if user is None:
        user = User.objects.create_user(
            wished.email, demo.PASSWORD, full_name=wished.full_name, language=wished.language,
            email_verified_at=clock.now(),
        )  # fmt: skip
    _ensure_member(organisation, user, wished.post, is_administrator=wished.is_administrator)
    return user


def _join_lawyer(office: Organisation) -> None:
    lawyer = selectors.find_by_phone(PhoneNumber.parse(LAWYER_PHONE))
    if lawyer is not None:
        _ensure_member(office, lawyer, "Юридический консультант", is_administrator=True)


def _ensure_member(organisation: Organisation, user: User, post: str, *, is_administrator: bool) -> None:
    if not Membership.objects.filter(user=user, organisation=organisation, ended_at__isnull=True).exists():
        memberships.join(
            actor=demo.ACTOR, user=user, organisation=organisation, post=post, is_administrator=is_administrator,
            granted_by_id=None,
        )  # fmt: skip


def login_lines() -> list[str]:
    """Who of the organisations can sign in, one line per person."""
    people = [(person, wished) for wished in ORGANISATIONS for person in wished.people]
    width = max(len(person.email) for person, _organisation in people)
    return [
        f"  {person.email:<{width}}  {demo.PASSWORD}  {wished.name}"
        + (" (administrator)" if person.is_administrator else "")
        for person, wished in people
    ]
