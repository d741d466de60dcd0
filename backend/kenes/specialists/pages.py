"""Pages and hours of specialists: written by themselves, read by borrowers in the directory."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from kenes.accounts import representation
from kenes.accounts.models import Membership, RoleGrant, SpecialistProfile
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import FieldError, FieldErrors, Forbidden
from kenes.specialists import slots
from kenes.specialists.errors import SpecialistPageNotFound
from kenes.specialists.models import Absence, Booking, Host, HostKind, SlotRule
from kenes.specialists.states import BookingStatus

HORIZON_DAYS: Final = 30
LEAD: Final = timedelta(hours=2)
MOST_RULES: Final = 28
MOST_ABSENCES: Final = 60
_KINDS: Final = (HostKind.LAWYER.value, HostKind.MEDIATOR.value, HostKind.NOTARY.value)


@dataclass(frozen=True, slots=True)
class PageForm:
    """What a specialist writes of himself."""

    about: str
    languages: tuple[str, ...]
    city: str
    online: bool
    works_since: int | None
    listed: bool
    minutes: int
    break_minutes: int
    fee_tiyn: int
    office: str
    link: str


@dataclass(frozen=True, slots=True)
class DirectoryFilters:
    """What the directory is narrowed to; empty means everything."""

    kind: str = ""
    topic: str = ""
    language: str = ""
    city: str = field(default="")
    online: bool = False


def kinds_of(actor: Actor) -> list[str]:
    """As what the actor gives consultations; the platform's own people do it for the platform."""
    own = [kind for kind in _KINDS if actor.can("consultation.host") and actor.has_role(kind)]
    return [*own, *([HostKind.PLATFORM.value] if actor.can("consultation.platform") else [])]


def directory(filters: DirectoryFilters) -> QuerySet[Host]:
    """Listed pages of specialists whose entry is in force now, and of Kenes Hub itself, unordered."""
    entry = SpecialistProfile.objects.filter(representation.specialist_in_force())
    entry = entry.filter(user_id=OuterRef("user_id"), kind=OuterRef("kind"))
    granted = RoleGrant.objects.filter(
        user_id=OuterRef("user_id"), role=OuterRef("kind"), revoked_at__isnull=True
    )
    if filters.topic:
        entry = entry.filter(specialisations__contains=[filters.topic])
    works = Q(Exists(entry)) & Q(Exists(granted)) & Q(user__is_active=True)
    found = Host.objects.filter(listed=True).select_related("user")
    found = found.filter(works if filters.topic else works | Q(kind=HostKind.PLATFORM))
    if filters.kind:
        found = found.filter(kind=filters.kind)
    if filters.language:
        found = found.filter(languages__contains=[filters.language])
    if filters.city:
        found = found.filter(city__iexact=filters.city)
    return found.filter(online=True) if filters.online else found


def get_listed(host_id: UUID) -> Host:
    """One page of the directory. SpecialistPageNotFound."""
    host = directory(DirectoryFilters()).filter(pk=host_id).first()
    if host is None:
        raise SpecialistPageNotFound
    return host


def entries_of(hosts: list[Host]) -> dict[tuple[UUID | None, str], SpecialistProfile]:
    """Checked entries of these people by person and kind; one query."""
    people = {host.user_id for host in hosts if host.user_id}
    rows = SpecialistProfile.objects.filter(representation.specialist_in_force(), user_id__in=people)
    return {(row.user_id, row.kind): row for row in rows}


def offices_of(hosts: list[Host]) -> dict[UUID, str]:
    """Checked organisations of these people; one query."""
    members = Membership.objects.filter(
        user_id__in={host.user_id for host in hosts if host.user_id}, ended_at__isnull=True,
        organisation__checked_at__isnull=False, organisation__closed_at__isnull=True,
    ).order_by("since", "id")  # fmt: skip
    return dict(members.values_list("user_id", "organisation__name"))


def own_page(*, actor: Actor, kind: str) -> Host:
    """The actor's page of a kind, made at the first need. Forbidden for who hosts nothing, SpecialistPageNotFound."""
    kinds = kinds_of(actor)
    if not kinds:
        raise Forbidden
    if kind not in kinds:
        raise SpecialistPageNotFound
    person_id = None if kind == HostKind.PLATFORM else actor.user_id
    host, _made = Host.objects.get_or_create(  # type: ignore[misc]
        user_id=person_id, kind=kind, defaults={"updated_at": clock.now(), "languages": ["ru"]}
    )
    return host


@transaction.atomic
def write_page(*, actor: Actor, kind: str, form: PageForm) -> Host:
    """Write the own page. Raises Forbidden, FieldErrors (/languages, /office, /works_since)."""
    own_page(actor=actor, kind=kind)
    host = _locked(actor, kind)
    errors = []
    if not form.languages:
        errors.append(FieldError("/languages", "required", _("Choose at least one language.")))
    if not form.online and not form.office:
        errors.append(
            FieldError("/office", "required", _("Say where one meets you, or offer meetings online."))
        )
    if form.works_since is not None and not 1950 <= form.works_since <= clock.today().year:
        errors.append(FieldError("/works_since", "out_of_range", _("Give a year that has been.")))
    if errors:
        raise FieldErrors(errors)
    for name in PageForm.__dataclass_fields__:
        value = getattr(form, name)
        setattr(host, name, list(value) if name == "languages" else value)
    if host.kind == HostKind.PLATFORM:
        host.fee_tiyn = 0
    host.updated_at = clock.now()
    host.save()
    return host


def _locked(actor: Actor, kind: str) -> Host:
    person_id = None if kind == HostKind.PLATFORM else actor.user_id
    return Host.objects.select_for_update(of=("self",)).get(user_id=person_id, kind=kind)  # type: ignore[misc]


@transaction.atomic
def write_hours(*, actor: Actor, kind: str, rules: list[tuple[int, time, time, date, date | None]]) -> Host:
    """Put the weekly hours in place of those before; what is booked stays booked. Forbidden, FieldErrors (/rules/…)."""
    own_page(actor=actor, kind=kind)
    host = _locked(actor, kind)
    errors = []
    for place, (_weekday, starts, ends, valid_from, valid_until) in enumerate(rules):
        if ends <= starts:
            errors.append(
                FieldError(f"/rules/{place}/ends", "before_start", _("The end is before the beginning."))
            )
        if valid_until is not None and valid_until < valid_from:
            text = _("The last day is before the first one.")
            errors.append(FieldError(f"/rules/{place}/valid_until", "before_start", text))
    if errors:
        raise FieldErrors(errors)
    host.rules.all().delete()
    SlotRule.objects.bulk_create(
        SlotRule(host=host, weekday=weekday, starts=starts, ends=ends, valid_from=since, valid_until=until)
        for weekday, starts, ends, since, until in rules
    )
    return host


@transaction.atomic
def add_absence(*, actor: Actor, kind: str, starts_at: datetime, ends_at: datetime) -> Absence:
    """Be away for a time; what is booked in it stays and is cancelled by hand. Forbidden, FieldErrors."""
    own_page(actor=actor, kind=kind)
    host = _locked(actor, kind)
    if ends_at <= starts_at:
        raise FieldErrors([FieldError("/ends_at", "before_start", _("The end is before the beginning."))])
    if ends_at <= clock.now():
        raise FieldErrors([FieldError("/ends_at", "past", _("This time is over already."))])
    if host.absences.filter(ends_at__gte=clock.now()).count() >= MOST_ABSENCES:
        raise FieldErrors([FieldError("/starts_at", "too_many", _("There are too many absences already."))])
    return Absence.objects.create(host=host, starts_at=starts_at, ends_at=ends_at)


def absences_ahead(host: Host) -> QuerySet[Absence]:
    """Absences that are not over, the nearest first, each with `booked`: consultations that stand in it."""
    inside = Booking.objects.filter(
        host=OuterRef("host"), status=BookingStatus.BOOKED, starts_at__lt=OuterRef("ends_at"),
        ends_at__gt=OuterRef("starts_at"),
    ).order_by()  # fmt: skip
    count = inside.values("host").annotate(number=Count("pk")).values("number")
    ahead = host.absences.filter(ends_at__gte=clock.now())
    return ahead.annotate(booked=Coalesce(Subquery(count), 0)).order_by("starts_at", "id")


@transaction.atomic
def remove_absence(*, actor: Actor, kind: str, absence_id: UUID) -> None:
    """Take an absence back. Forbidden, SpecialistPageNotFound."""
    host = own_page(actor=actor, kind=kind)
    if not host.absences.filter(pk=absence_id).delete()[0]:
        raise SpecialistPageNotFound


def free_slots(host: Host, *, first: date, days: int, leave_out: UUID | None = None) -> list[slots.Span]:
    """Times that can be booked; `leave_out` is a booking that is being moved. Four queries."""
    days = min(days, HORIZON_DAYS)
    rules = [
        slots.Hours(row.weekday, row.starts, row.ends, row.valid_from, row.valid_until)
        for row in host.rules.all()
    ]
    first = max(first, clock.almaty(clock.now()).date())
    spans = slots.offered(
        rules, first=first, days=days, minutes=host.minutes, pause=host.break_minutes, zone=clock.zone()
    )
    if not spans:
        return []
    until = spans[-1].ends_at
    away = host.absences.filter(ends_at__gt=spans[0].starts_at, starts_at__lt=until)
    taken = [slots.Span(row.starts_at, row.ends_at) for row in away]
    # A person can have pages of several kinds and be in one place only.
    same = Q(host=host) if host.user_id is None else Q(host__user_id=host.user_id)
    booked = Booking.objects.filter(
        same, status=BookingStatus.BOOKED, ends_at__gt=spans[0].starts_at, starts_at__lt=until
    )
    taken += [slots.Span(row.starts_at, row.ends_at) for row in booked.exclude(pk=leave_out)]  # type: ignore[misc]
    return slots.free(spans, taken, not_before=clock.now() + LEAD)


def hours_of(host: Host) -> list[dict[str, Any]]:
    """Weekly hours in order."""
    rows = host.rules.order_by("weekday", "starts")
    return [dict(row) for row in rows.values("weekday", "starts", "ends", "valid_from", "valid_until")]
