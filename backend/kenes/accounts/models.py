"""People, what they may do, organisations, consents and one-time codes."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from kenes.foundation import actor as actors
from kenes.foundation import clock
from kenes.foundation.fields import EncryptedTextField
from kenes.foundation.identifiers import new_id


class Role(models.TextChoices):
    """What a grant can give. `guest` and `system` are kinds of actors and are never granted."""

    BORROWER = actors.BORROWER, _("Borrower")
    REPRESENTATIVE = actors.REPRESENTATIVE, _("Representative")
    CREDITOR_OFFICER = actors.CREDITOR_OFFICER, _("Creditor's officer")
    CREDITOR_ADMIN = actors.CREDITOR_ADMIN, _("Creditor's administrator")
    LAWYER = actors.LAWYER, _("Lawyer")
    MEDIATOR = actors.MEDIATOR, _("Mediator")
    NOTARY = actors.NOTARY, _("Notary")
    OMBUDSMAN_OFFICER = actors.OMBUDSMAN_OFFICER, _("Ombudsman's officer")
    MANAGER = actors.MANAGER, _("Manager")
    SUPERVISOR = actors.SUPERVISOR, _("Supervisor")
    ACCOUNTANT = actors.ACCOUNTANT, _("Accountant")
    CONTENT_EDITOR = actors.CONTENT_EDITOR, _("Content editor")
    ADMIN = actors.ADMIN, _("Administrator")


class Language(models.TextChoices):
    RU = "ru", "Русский"
    KK = "kk", "Қазақша"
    EN = "en", "English"


class UserManager(BaseUserManager["User"]):
    """Makes accounts that sign in by e-mail and password; borrowers come through the phone step instead."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """The first administrator: an account with the role `admin` (used by `createsuperuser`)."""
        user = self.create_user(email, password, **fields)
        RoleGrant.objects.using(self._db).create(user=user, role=Role.ADMIN)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person. Signs in by a code on the phone (borrowers) or by e-mail and password (staff).

    Name, phone and ИИН are encrypted; the hash columns are keyed and serve exact look-up and uniqueness.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(max_length=254, unique=True, null=True, blank=True)
    full_name = EncryptedTextField(default="")
    phone = EncryptedTextField(null=True)
    phone_hash = models.CharField(max_length=64, unique=True, null=True, editable=False)
    phone_verified_at = models.DateTimeField(null=True)
    code_requested_at = models.DateTimeField(null=True)
    iin = EncryptedTextField(null=True)
    iin_hash = models.CharField(max_length=64, unique=True, null=True, editable=False)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.RU)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="accounts_user_language_known", condition=Q(language__in=Language.values)
            ),
            models.CheckConstraint(
                name="accounts_user_email_lower_case",
                condition=Q(email__isnull=True) | Q(email=Lower("email")),
            ),
            # An ИИН on an unconfirmed number would let anybody block the person it belongs to.
            models.CheckConstraint(
                name="accounts_user_iin_needs_phone",
                condition=Q(iin_hash__isnull=True) | Q(phone_verified_at__isnull=False),
            ),
            models.CheckConstraint(
                name="accounts_user_phone_with_hash",
                condition=Q(phone__isnull=True, phone_hash__isnull=True)
                | Q(phone__isnull=False, phone_hash__isnull=False),
            ),
            models.CheckConstraint(
                name="accounts_user_iin_with_hash",
                condition=Q(iin__isnull=True, iin_hash__isnull=True)
                | Q(iin__isnull=False, iin_hash__isnull=False),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                name="accounts_user_unconfirmed",
                fields=["code_requested_at"],
                condition=Q(phone_verified_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class RoleGrant(models.Model):
    """A role given to a person. Never deleted: taking it away sets `revoked_at`. No granter means the system."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    granted_at = models.DateTimeField(default=clock.now)
    revoked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="accounts_role_known", condition=Q(role__in=Role.values)),
            models.UniqueConstraint(
                name="accounts_role_granted_once",
                fields=["user", "role"],
                condition=Q(revoked_at__isnull=True),
            ),
        ]


class Organisation(models.Model):
    """A creditor, law office or other body whose people work here."""

    class Kind(models.TextChoices):
        CREDITOR = "creditor", _("Creditor")
        LAW_OFFICE = "law_office", _("Law office")
        OMBUDSMAN = "ombudsman", _("Ombudsman's office")
        PLATFORM = "platform", _("Kenes Hub")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(max_length=300)
    bin = models.CharField(max_length=12, unique=True, null=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="accounts_organisation_kind_known",
                condition=Q(kind__in=["creditor", "law_office", "ombudsman", "platform"]),
            ),
            models.CheckConstraint(
                name="accounts_organisation_bin_form",
                condition=Q(bin__isnull=True) | Q(bin__regex=r"^[0-9]{12}$"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person who acts for an organisation, from one moment to another."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    since = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="accounts_membership_once",
                fields=["user", "organisation"],
                condition=Q(ended_at__isnull=True),
            )
        ]


class ConsentKind(models.TextChoices):
    PERSONAL_DATA = "personal_data", _("Processing of personal data")
    CREDITOR_TRANSFER = "creditor_transfer", _("Passing data to the creditor")
    SMS_AGREEMENT = "sms_agreement", _("Signing by a code from an SMS")


class ConsentText(models.Model):
    """One version of one text in one language, exactly as shown. A trigger refuses changes and deletion."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=20, choices=ConsentKind.choices)
    version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=2, choices=Language.choices)
    title = models.CharField(max_length=300)
    body = models.TextField()
    sha256 = models.CharField(max_length=64)
    needs_lawyer_review = models.BooleanField()
    published_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="accounts_consent_text_kind_known", condition=Q(kind__in=ConsentKind.values)
            ),
            models.CheckConstraint(
                name="accounts_consent_text_language_known", condition=Q(language__in=Language.values)
            ),
            models.UniqueConstraint(
                name="accounts_consent_text_once", fields=["kind", "version", "language"]
            ),
        ]


class OneTimeCode(models.Model):
    """A six-digit code sent by SMS to confirm one exact thing. The code itself is never stored, only a keyed hash.

    `bound_hash` is the SHA-256 (hex) of what is confirmed: a code for one text does not confirm another.
    """

    class Purpose(models.TextChoices):
        SMS_AGREEMENT = "sms_agreement", _("Agreement to sign by SMS")
        SIGNATURE = "signature", _("Signature of a document")

    class Closed(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmed")
        SPENT = "spent", _("No tries left")
        EXPIRED = "expired", _("Expired")
        REPLACED = "replaced", _("Replaced by a newer code")
        CANCELLED = "cancelled", _("Cancelled")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    bound_hash = models.CharField(max_length=64)
    code_hash = models.CharField(max_length=64)
    phone = EncryptedTextField()
    message_id = models.UUIDField(null=True)
    tries_limit = models.PositiveSmallIntegerField()
    tries_used = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    resend_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_as = models.CharField(max_length=10, choices=Closed.choices, default="")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # One open code per person and thing: the newest one counts, older ones are closed as replaced.
            models.UniqueConstraint(
                name="accounts_code_one_open",
                fields=["person", "purpose", "bound_hash"],
                condition=Q(closed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="accounts_code_tries_in_limit",
                condition=Q(tries_used__lte=models.F("tries_limit")),
            ),
            models.CheckConstraint(
                name="accounts_code_closed_has_reason",
                condition=Q(closed_at__isnull=True, closed_as="")
                | Q(
                    closed_at__isnull=False,
                    closed_as__in=["confirmed", "spent", "expired", "replaced", "cancelled"],
                ),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="accounts_code_of_person", fields=["person", "-created_at"])
        ]


class Consent(models.Model):
    """A person accepted one version of one text. Append-only; withdrawal sets `withdrawn_at`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=ConsentKind.choices)
    version = models.PositiveSmallIntegerField()
    accepted_at = models.DateTimeField(default=clock.now)
    ip = EncryptedTextField(default="")
    user_agent = EncryptedTextField(default="")
    code = models.OneToOneField(OneTimeCode, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="accounts_consent_once",
                fields=["person", "kind", "version"],
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="accounts_sms_agreement_has_code",
                condition=~Q(kind="sms_agreement") | Q(code__isnull=False),
            ),
        ]
