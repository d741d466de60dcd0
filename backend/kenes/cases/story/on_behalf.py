"""A case that a manager gives in for a borrower: the recorded consent first, then a draft that the manager fills and submits."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kenes.accounts import on_behalf as accounts
from kenes.accounts import selectors as account_selectors
from kenes.accounts import services as account_services
from kenes.accounts.errors import IinTaken
from kenes.accounts.models import User
from kenes.cases.errors.cases import PersonalDataConsentWithdrawn
from kenes.cases.errors.intake import BorrowerHasDraft, RecordedConsentAnswered, RecordedConsentNotFound
from kenes.cases.events.cases import CaseDraftCreated
from kenes.cases.events.intake import ConsentRecordAnswered, ConsentRecorded
from kenes.cases.models import Case, CaseSource, Party, PartyRole, RecordedConsent
from kenes.cases.states.case import CaseStatus
from kenes.cases.tracks import progress
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor, SystemActor
from kenes.foundation.errors import FieldError, FieldErrors, Forbidden
from kenes.foundation.values import PhoneNumber

ABILITY: Final = accounts.ABILITY
TAKER: Final = SystemActor("told-identity")


@dataclass(frozen=True, slots=True)
class ConsentWords:
    """What the manager wrote down about the consent: how and when it was given, and in which words."""

    given_by: str
    given_on: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """For whom the case is. `iin` is empty when it is not known yet: the form asks for it."""

    phone: PhoneNumber
    full_name: str
    iin: str = ""


@transaction.atomic
def create_draft_for(
    *, actor: Actor, person: Person, consent: ConsentWords, language: str, source: str = CaseSource.MANAGER
) -> Case:
    """A draft for the borrower, prepared by the actor; the one he is already preparing for this borrower, if any.

    Raises Forbidden, BorrowerHasDraft when the borrower or a colleague has begun one, PersonalDataConsentWithdrawn, and
    FieldErrors (/on_behalf/phone, /on_behalf/iin, /on_behalf/consent/given_on).
    """
    if not actor.can(ABILITY) or actor.user_id is None:
        raise Forbidden
    _require_day(consent)
    borrower = _account(actor, person, language)
    if account_selectors.has_withdrawn(borrower.pk, "personal_data"):
        raise PersonalDataConsentWithdrawn
    existing = Case.objects.filter(borrower_id=borrower.pk, status=CaseStatus.DRAFT).first()
    if existing is not None:
        if not _prepared_by(actor, existing):
            raise BorrowerHasDraft
        return existing
    now = clock.now()
    try:
        with transaction.atomic():
            case = Case.objects.create(
                borrower=borrower, borrower_name=person.full_name, language=language, source=source,
                assignee_id=actor.user_id, created_at=now, updated_at=now,
            )  # fmt: skip
    except IntegrityError:
        raise BorrowerHasDraft from None
    Party.objects.create(case=case, user=borrower, role=PartyRole.BORROWER, added_at=now)
    row = RecordedConsent.objects.create(
        case=case, person=borrower, given_by=consent.given_by, given_on=consent.given_on, note=consent.note,
        recorded_by_id=actor.user_id, recorded_at=now,
    )  # fmt: skip
    event_log.record(CaseDraftCreated(case_id=case.id), actor=actor)
    event_log.record(ConsentRecorded(case_id=case.id, consent_id=row.pk, given_by=row.given_by), actor=actor)
    return case


def _require_day(consent: ConsentWords) -> None:
    if consent.given_on > clock.today():
        text = _("This date has not come yet.")
        raise FieldErrors([FieldError("/on_behalf/consent/given_on", "future", text)])


def _account(actor: Actor, person: Person, language: str) -> User:
    try:
        found = accounts.account_for(
            actor=actor, phone=person.phone, full_name=person.full_name, iin=person.iin, language=language
        )
    except FieldErrors as problem:
        raise FieldErrors(
            [FieldError(f"/on_behalf{one.pointer}", one.code, one.detail) for one in problem.errors]
        ) from problem
    if found.pk == actor.user_id:
        text = _("This is your own account. Give in your own case as a borrower.")
        raise FieldErrors([FieldError("/on_behalf/phone", "oneself", text)])
    return found


def _prepared_by(actor: Actor, case: Case) -> bool:
    return case.source != CaseSource.WEB and case.assignee_id == actor.user_id


def consents_of(*, actor: Actor) -> QuerySet[RecordedConsent]:
    """Consents that staff wrote down for this person, newest first."""
    rows = (
        RecordedConsent.objects.filter(person_id=actor.user_id)
        if actor.user_id
        else RecordedConsent.objects.none()
    )
    return rows.select_related("case", "recorded_by").order_by("-recorded_at", "pk")


@transaction.atomic
def answer_recorded(*, actor: Actor, consent_id: UUID, agreed: bool, words: str = "") -> RecordedConsent:
    """The person confirms a consent that staff wrote down for him, or objects and says why: then nothing new is sent in on it.

    Only the person himself, never a representative. Raises RecordedConsentNotFound, RecordedConsentAnswered, FieldErrors (/words).
    """
    case_id = (
        RecordedConsent.objects.filter(pk=consent_id, person_id=actor.user_id).values_list("case_id", flat=True).first()
        if actor.user_id
        else None
    )  # fmt: skip
    if case_id is None:
        raise RecordedConsentNotFound
    case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
    row = RecordedConsent.objects.select_for_update(of=("self",)).select_related("case").get(pk=consent_id)
    if row.confirmed_at is not None or row.objected_at is not None:
        raise RecordedConsentAnswered
    if not agreed and not words:
        raise FieldErrors([FieldError("/words", "required", _("Write down the reason."))])
    if agreed:
        row.confirmed_at = clock.now()
    else:
        row.objected_at, row.objection = clock.now(), words
    row.save(update_fields=["confirmed_at", "objected_at", "objection"])
    event_log.record(ConsentRecordAnswered(case_id=case.id, consent_id=row.pk, agreed=agreed), actor=actor)
    progress.hint_changed(case)
    return row


def people_with_cases() -> QuerySet[User, UUID]:
    """Borrowers of prepared cases: their unconfirmed accounts stay until they come."""
    cases = Case.objects.exclude(source=CaseSource.WEB)
    return User.objects.filter(pk__in=cases.values("borrower_id")).values_list("pk", flat=True)


@transaction.atomic
def take_told_identity(person_id: UUID) -> bool:
    """The person has confirmed the number: what he told the manager becomes his name and ИИН; whether it did.

    An ИИН that meanwhile belongs to another account is left alone; the manager sees it when the person signs in.
    """
    told = RecordedConsent.objects.filter(person_id=person_id).select_related("case").order_by("-recorded_at")
    row = next((one for one in told if one.told_iin), None)
    person = account_selectors.get_person(person_id)
    if row is None or person.iin:
        return False
    try:
        with transaction.atomic():
            account_services.set_identity(
                actor=TAKER,
                user_id=person_id,
                full_name=person.full_name or row.case.borrower_name,
                iin=row.told_iin,
            )
    except (IinTaken, FieldErrors):
        return False
    return True
