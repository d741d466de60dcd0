"""Powers of attorney: given, checked where they let somebody sign, taken back.

The number of a representative is never answered with a name: whoever gives a power knows only the number he typed.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kenes.accounts import allowances, selectors, services
from kenes.accounts.errors_profile import DocumentMissing, PowerNotFound, PowerStepNotAllowed
from kenes.accounts.events_profile import (
    PowerDecided,
    PowerDocumentAttached,
    PowerExpired,
    PowerGiven,
    PowerRevoked,
)
from kenes.accounts.models import PowerOfAttorney, PowerScope, Role, RoleGrant, User
from kenes.accounts.specialists import require_paper
from kenes.event_log import services as event_log
from kenes.files import selectors as file_selectors
from kenes.files import services as files
from kenes.files.errors import FileNotReady
from kenes.files.models import StoredFile
from kenes.foundation import clock
from kenes.foundation.actor import Actor, SystemActor
from kenes.foundation.errors import FieldError, FieldErrors, Forbidden
from kenes.foundation.values import PhoneNumber

Status = PowerOfAttorney.Status
EXPIRED: Final = "expired"
# Civil Code art. 169: a power of attorney is given for at most three years.
MAX_YEARS: Final = 3
KEEPER: Final = SystemActor("powers")
_OPEN: Final = frozenset({Status.SUBMITTED, Status.ACTIVE})


@dataclass(frozen=True, slots=True)
class Terms:
    """What is written in a power."""

    scope: tuple[str, ...]
    number: str
    issued_by: str
    valid_from: date
    valid_until: date


def shown_status(power: PowerOfAttorney) -> str:
    """The status as people see it: one whose last day has passed is expired."""
    if power.status in _OPEN and power.valid_until < clock.today():
        return EXPIRED
    return power.status


def _with_people() -> QuerySet[PowerOfAttorney]:
    return PowerOfAttorney.objects.select_related("principal", "representative")


def given_by(person_id: UUID) -> list[PowerOfAttorney]:
    """Powers the person has given, newest first."""
    return list(_with_people().filter(principal_id=person_id).order_by("-created_at", "id")[:100])


def received_by(person_id: UUID) -> list[PowerOfAttorney]:
    """Powers the person has received and that are or were in force, newest first."""
    received = _with_people().filter(representative_id=person_id).exclude(status=Status.REJECTED)
    return list(received.order_by("-created_at", "id")[:100])


def queue(*, actor: Actor, status: str = "") -> QuerySet[PowerOfAttorney]:
    """Powers for those who check them. Forbidden for others."""
    _require_checker(actor)
    rows = _with_people()
    if status == EXPIRED:
        return rows.filter(status__in=_OPEN, valid_until__lt=clock.today())
    if status in _OPEN:
        return rows.filter(status=status, valid_until__gte=clock.today())
    return rows.filter(status=status) if status else rows


def document_for_check(*, actor: Actor, power_id: UUID) -> StoredFile:
    """The paper of a power, for those who check it; PowerNotFound without one."""
    power = queue(actor=actor).filter(pk=power_id).first()
    if power is None or power.document_file_id is None:
        raise PowerNotFound
    return file_selectors.get_file(power.document_file_id)


@transaction.atomic
def give(*, actor: Actor, phone: PhoneNumber, language: str, terms: Terms) -> PowerOfAttorney:
    """Give a power to the owner of a number; an unknown number gets an unconfirmed account, as at sign-in.

    Without the scope "sign" it is in force at once, otherwise it waits for its document and a check. Raises FieldErrors,
    Throttled. Known and unknown numbers get the same answer.
    """
    if actor.user_id is None or actor.on_behalf_of is not None:
        raise Forbidden
    _require_sense(terms)
    # The same numbers that can sign in: an account that nobody could ever open would be of no use.
    if not str(phone).startswith("+77"):
        detail = _("Give a mobile number of Kazakhstan: it begins with +7 7.")
        raise FieldErrors([FieldError("/representative_phone", "not_mobile", detail)])
    allowances.spend("power_give", str(actor.user_id))
    person = services.ensure_account(phone=phone, language=language) or selectors.find_by_phone(phone)
    if person is None or person.pk == actor.user_id:
        detail = _("Give the number of another person.")
        raise FieldErrors([FieldError("/representative_phone", "own", detail)])
    scope = normal_scope(terms.scope)
    signs = PowerScope.SIGN in scope
    power = PowerOfAttorney.objects.create(
        principal_id=actor.user_id, representative_id=person.pk, scope=list(scope), number=terms.number,
        issued_by=terms.issued_by, valid_from=terms.valid_from, valid_until=terms.valid_until,
        status=Status.SUBMITTED if signs else Status.ACTIVE, created_by_id=actor.user_id,
    )  # fmt: skip
    _follow(person.pk)
    event = PowerGiven(person_id=actor.user_id, power_id=power.pk, representative_id=person.pk, scope=scope)
    event_log.record(event, actor=actor)
    return power


def normal_scope(scope: tuple[str, ...]) -> tuple[str, ...]:
    """The scope in the order of the table; whoever acts or signs also sees."""
    wanted = {*scope, PowerScope.VIEW.value} if scope else set()
    return tuple(code for code in PowerScope.values if code in wanted)


def _require_sense(terms: Terms) -> None:
    errors = []
    if terms.valid_until < max(terms.valid_from, clock.today()):
        errors.append(FieldError("/valid_until", "past", _("Give a day ahead, after the first day.")))
    elif terms.valid_until > _years_later(terms.valid_from):
        detail = _("A power of attorney is given for at most three years.")
        errors.append(FieldError("/valid_until", "too_long", detail))
    if PowerScope.SIGN in terms.scope:
        errors += [
            FieldError(f"/{name}", "required", _("A power to sign needs its number and who issued it."))
            for name in ("number", "issued_by")
            if not getattr(terms, name)
        ]
    if errors:
        raise FieldErrors(errors)


def _years_later(day: date) -> date:
    try:
        return day.replace(year=day.year + MAX_YEARS)
    except ValueError:  # 29 February
        return day.replace(year=day.year + MAX_YEARS, day=28)


def attach_document(*, actor: Actor, power_id: UUID, data: bytes, name: str) -> PowerOfAttorney:
    """Keep the paper of a power that waits for the check; the bytes of a former one are deleted.

    Raises PowerNotFound for who is not the principal, PowerStepNotAllowed, ProofTypeNotAllowed, FileTooLarge, FileEmpty.
    """
    require_paper(data)
    with transaction.atomic():
        power = _locked(power_id)
        if power.principal_id != actor.user_id:
            raise PowerNotFound
        if power.status != Status.SUBMITTED:
            raise PowerStepNotAllowed
        file = files.store(
            data=data, name=name, mime="", origin="uploaded", owner_kind="person", owner_id=power.principal_id
        )
        former, power.document_file_id = power.document_file_id, file.pk
        power.save(update_fields=["document_file_id"])
        event = PowerDocumentAttached(person_id=power.principal_id, power_id=power.pk)
        event_log.record(event, actor=actor)
    if former is not None:
        files.remove_content(file_id=former)
    return power


@transaction.atomic
def decide(*, actor: Actor, power_id: UUID, decision: str, note: str) -> PowerOfAttorney:
    """Approve or reject a power that lets somebody sign. Nobody checks a power of his own.

    Raises Forbidden, PowerNotFound, PowerStepNotAllowed, DocumentMissing, FileNotReady while the paper is not checked for
    viruses, FieldErrors (/note) when a refusal gives no reason.
    """
    _require_checker(actor)
    power = _locked(power_id)
    if actor.user_id in {power.principal_id, power.representative_id}:
        raise Forbidden
    if power.status != Status.SUBMITTED or power.valid_until < clock.today():
        raise PowerStepNotAllowed
    if decision == "approve":
        if power.document_file_id is None:
            raise DocumentMissing
        if not file_selectors.is_readable(file_selectors.get_file(power.document_file_id)):
            raise FileNotReady
    elif not note:
        raise FieldErrors([FieldError("/note", "required", _("Write down the reason."))])
    power.status = Status.ACTIVE if decision == "approve" else Status.REJECTED
    power.check_note, power.checked_by_id, power.checked_at = note, actor.user_id, clock.now()
    power.save(update_fields=["status", "check_note", "checked_by", "checked_at"])
    _follow(power.representative_id)
    event = PowerDecided(person_id=power.principal_id, power_id=power.pk, decision=decision)
    event_log.record(event, actor=actor)
    return power


@transaction.atomic
def revoke(*, actor: Actor, power_id: UUID) -> PowerOfAttorney:
    """End a power: the principal takes it back, or the representative gives it up. It stops counting at once.

    Doing it again changes nothing. PowerNotFound for anybody else, PowerStepNotAllowed for a rejected one.
    """
    power = _locked(power_id)
    if actor.user_id is None or actor.user_id not in {power.principal_id, power.representative_id}:
        raise PowerNotFound
    if power.status == Status.REVOKED:
        return power
    if power.status not in _OPEN:
        raise PowerStepNotAllowed
    power.status, power.revoked_by_id, power.revoked_at = Status.REVOKED, actor.user_id, clock.now()
    power.save(update_fields=["status", "revoked_by", "revoked_at"])
    _follow(power.representative_id)
    event = PowerRevoked(
        person_id=power.principal_id, power_id=power.pk, representative_id=power.representative_id
    )
    event_log.record(event, actor=actor)
    return power


def end_expired() -> int:
    """Take the role from representatives whose last power has run out; how many. The powers themselves end by their day."""
    holders = RoleGrant.objects.filter(role=Role.REPRESENTATIVE, revoked_at__isnull=True)
    without = holders.exclude(user_id__in=_live().values("representative_id"))
    due = list(without.order_by("user_id").values_list("user_id", flat=True))
    for person_id in due:
        _end(person_id)
    return len(due)


@transaction.atomic
def _end(representative_id: UUID) -> None:
    _follow(representative_id)
    last = PowerOfAttorney.objects.filter(
        representative_id=representative_id, status=Status.ACTIVE, valid_until__lt=clock.today()
    )
    power = last.order_by("-valid_until", "id").first()
    if power is not None:
        event = PowerExpired(
            person_id=power.principal_id, power_id=power.pk, representative_id=representative_id
        )
        event_log.record(event, actor=KEEPER)


def _live() -> QuerySet[PowerOfAttorney]:
    return PowerOfAttorney.objects.filter(status=Status.ACTIVE, valid_until__gte=clock.today())


def _follow(representative_id: UUID) -> None:
    """The role stands while there is a power: granted with the first, taken with the last."""
    # The person's row is locked first: two powers that end at once must not each see the other.
    User.objects.select_for_update().filter(pk=representative_id).first()
    if _live().filter(representative_id=representative_id).exists():
        services.grant_role(actor=KEEPER, user_id=representative_id, role=Role.REPRESENTATIVE)
    else:
        services.revoke_role(
            actor=KEEPER, user_id=representative_id, role=Role.REPRESENTATIVE, end_sessions=False
        )


def _locked(power_id: UUID) -> PowerOfAttorney:
    power = _with_people().select_for_update(of=("self",)).filter(pk=power_id).first()
    if power is None:
        raise PowerNotFound
    return power


def _require_checker(actor: Actor) -> None:
    if not actor.can("power.check"):
        raise Forbidden


def allowed_actions(actor: Actor, power: PowerOfAttorney) -> list[str]:
    """Names of the buttons: of the two people of the power, or of who checks."""
    if power.status not in _OPEN or shown_status(power) == EXPIRED:
        return []
    waits = power.status == Status.SUBMITTED
    if actor.user_id == power.principal_id:
        return ["revoke", *(["attach_document"] if waits else [])]
    if actor.user_id == power.representative_id:
        return ["revoke"]
    return ["approve", "reject"] if waits and actor.can("power.check") else []
