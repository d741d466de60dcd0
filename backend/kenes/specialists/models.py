"""Specialists' pages and hours, requests for help and proposals, bookings, sessions and notes of mediators.

What people write is encrypted; what lists filter and sort by is not.
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kenes.cases.models import Case, Track
from kenes.foundation import actor as actors
from kenes.foundation.fields import EncryptedTextField
from kenes.foundation.identifiers import new_id
from kenes.specialists.states import BookingStatus, ProposalStatus, RequestStatus


class HostKind(models.TextChoices):
    """Who gives consultations."""

    LAWYER = actors.LAWYER, _("Lawyer")
    MEDIATOR = actors.MEDIATOR, _("Mediator")
    NOTARY = actors.NOTARY, _("Notary")
    PLATFORM = "platform", _("Kenes Hub, free of charge")


class HelpKind(models.TextChoices):
    """Whom a borrower looks for."""

    LAWYER = actors.LAWYER, _("Lawyer")
    MEDIATOR = actors.MEDIATOR, _("Mediator")


class Way(models.TextChoices):
    """How one meets."""

    ONLINE = "online", _("By video")
    PHONE = "phone", _("By phone")
    OFFICE = "office", _("In the office")


class FeeKind(models.TextChoices):
    """What a fee is for."""

    FREE = "free", _("Free of charge")
    FIXED = "fixed", _("For the whole work")
    HOURLY = "hourly", _("For an hour")


class Host(models.Model):
    """What a specialist tells of himself, and how his hours are cut; one entry of Kenes Hub itself has no person."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=10, choices=HostKind.choices)
    about = models.CharField(max_length=1000, blank=True, default="")
    languages = ArrayField(models.CharField(max_length=2), default=list)
    city = models.CharField(max_length=100, blank=True, default="")
    online = models.BooleanField(default=True)
    works_since = models.PositiveSmallIntegerField(null=True)
    listed = models.BooleanField(default=False)
    minutes = models.PositiveSmallIntegerField(default=45)
    break_minutes = models.PositiveSmallIntegerField(default=15)
    fee_tiyn = models.BigIntegerField(default=0)
    # Where one meets: an address, or a link that only who has booked is shown.
    office = models.CharField(max_length=300, blank=True, default="")
    link = models.CharField(max_length=300, blank=True, default="")
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="host_once"),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(user__isnull=True), name="host_platform_once"
            ),
            models.CheckConstraint(
                condition=Q(kind=HostKind.PLATFORM, user__isnull=True)
                | (~Q(kind=HostKind.PLATFORM) & Q(user__isnull=False)),
                name="host_platform_has_no_person",
            ),
            models.CheckConstraint(condition=Q(minutes__gte=10, minutes__lte=240), name="host_minutes"),
            models.CheckConstraint(condition=Q(fee_tiyn__gte=0), name="host_fee_not_negative"),
        ]


class SlotRule(models.Model):
    """Hours of a day of the week, on the Almaty clock, cut into slots with a break between them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    host = models.ForeignKey(Host, on_delete=models.CASCADE, related_name="rules")
    # 0 is Monday.
    weekday = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    ends = models.TimeField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="slot_rule_weekday"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="slot_rule_ends_later"),
        ]
        indexes = [models.Index(fields=["host", "weekday"], name="slot_rule_of_host")]


class Absence(models.Model):
    """Time in which a host meets nobody, whatever the rules say."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    host = models.ForeignKey(Host, on_delete=models.CASCADE, related_name="absences")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="absence_ends_later")
        ]
        indexes = [models.Index(fields=["host", "ends_at"], name="absence_of_host")]


class HelpRequest(models.Model):
    """A borrower looks for a specialist. Specialists see only the summary that he approved, and rounded figures."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    borrower = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=HelpKind.choices)
    topics = ArrayField(models.CharField(max_length=40), default=list)
    summary = EncryptedTextField()
    # Rounded figures of the case as they were: kinds of creditors, a band of the debt, a band of the delay.
    figures = models.JSONField(default=dict)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    city = models.CharField(max_length=100, blank=True, default="")
    online = models.BooleanField(default=True)
    status = models.CharField(max_length=10, choices=RequestStatus.choices, default=RequestStatus.OPEN)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=RequestStatus.values), name="help_status_known"),
            models.UniqueConstraint(
                fields=["case", "kind"], condition=Q(status=RequestStatus.OPEN), name="help_open_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["kind", "-created_at", "id"], condition=Q(status=RequestStatus.OPEN), name="help_open"
            ),
            models.Index(fields=["case", "created_at"], name="help_of_case"),
        ]


class Proposal(models.Model):
    """What a specialist proposes for a request: fee, time, words."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.ForeignKey(HelpRequest, on_delete=models.CASCADE, related_name="proposals")
    specialist = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    fee_kind = models.CharField(max_length=8, choices=FeeKind.choices)
    fee_tiyn = models.BigIntegerField(default=0)
    days = models.PositiveSmallIntegerField()
    words = EncryptedTextField()
    status = models.CharField(max_length=10, choices=ProposalStatus.choices, default=ProposalStatus.PENDING)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    # The borrower let his data go to the chosen specialist at this moment, and as whom he takes part since.
    transfer_consent_at = models.DateTimeField(null=True)
    party_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ProposalStatus.values), name="proposal_status_known"
            ),
            models.CheckConstraint(
                condition=Q(fee_kind=FeeKind.FREE, fee_tiyn=0)
                | (~Q(fee_kind=FeeKind.FREE) & Q(fee_tiyn__gt=0)),
                name="proposal_fee_fits_kind",
            ),
            models.UniqueConstraint(
                fields=["request", "specialist"],
                condition=Q(status=ProposalStatus.PENDING),
                name="proposal_pending_once",
            ),
            models.UniqueConstraint(
                fields=["request"], condition=Q(status=ProposalStatus.ACCEPTED), name="proposal_accepted_once"
            ),
            models.CheckConstraint(
                condition=~Q(status=ProposalStatus.ACCEPTED) | Q(transfer_consent_at__isnull=False),
                name="proposal_accepted_with_consent",
            ),
        ]
        indexes = [
            models.Index(fields=["specialist", "-created_at", "id"], name="proposal_of_specialist"),
            models.Index(
                fields=["expires_at"], condition=Q(status=ProposalStatus.PENDING), name="proposal_pending"
            ),
        ]


class Booking(models.Model):
    """A consultation at a time. No money is taken here: the fee is what both have agreed on."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    host = models.ForeignKey(Host, on_delete=models.PROTECT, related_name="bookings")
    borrower = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, related_name="+")
    track = models.ForeignKey(Track, on_delete=models.SET_NULL, null=True, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    way = models.CharField(max_length=8, choices=Way.choices)
    topic = EncryptedTextField(default="")
    fee_tiyn = models.BigIntegerField(default=0)
    status = models.CharField(max_length=14, choices=BookingStatus.choices, default=BookingStatus.BOOKED)
    moved_times = models.PositiveSmallIntegerField(default=0)
    reason = EncryptedTextField(default="")
    cancelled_by_host = models.BooleanField(default=False)
    summary = EncryptedTextField(default="")
    reminded_day_at = models.DateTimeField(null=True)
    reminded_hour_at = models.DateTimeField(null=True)
    # Counts changes for calendars that the .ics file was put into.
    sequence = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=BookingStatus.values), name="booking_status_known"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="booking_ends_later"),
            models.UniqueConstraint(
                fields=["host", "starts_at"],
                condition=Q(status=BookingStatus.BOOKED),
                name="booking_slot_once",
            ),
        ]
        indexes = [
            models.Index(fields=["host", "starts_at", "id"], name="booking_of_host"),
            models.Index(fields=["borrower", "starts_at", "id"], name="booking_of_borrower"),
            models.Index(
                fields=["starts_at"], condition=Q(status=BookingStatus.BOOKED), name="booking_ahead"
            ),
        ]


class SessionStatus(models.TextChoices):
    """Where a session of mediation stands."""

    PLANNED = "planned", _("Planned")
    HELD = "held", _("Took place")
    CANCELLED = "cancelled", _("Called off")


class MediationSession(models.Model):
    """A meeting of the sides with the mediator."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    track = models.ForeignKey(Track, on_delete=models.CASCADE, related_name="+")
    mediator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=60)
    way = models.CharField(max_length=8, choices=Way.choices)
    place = EncryptedTextField(default="")
    status = models.CharField(max_length=10, choices=SessionStatus.choices, default=SessionStatus.PLANNED)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["track", "starts_at"], name="session_of_track"),
            models.Index(fields=["mediator", "starts_at"], name="session_of_mediator"),
        ]
