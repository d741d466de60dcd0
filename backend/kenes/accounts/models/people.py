"""People."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from kenes.accounts import hash_uniqueness, name_words
from kenes.foundation import actor as actors
from kenes.foundation import clock
from kenes.foundation.fields import EncryptedJSONField, EncryptedTextField
from kenes.foundation.identifiers import new_id


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
        user = self.create_user(email, password, email_verified_at=clock.now(), **fields)
        user.role_grants.db_manager(self._db).create(role=actors.ADMIN)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person. Signs in by a code on the phone (borrowers) or by e-mail and password (staff).

    Name, phone and ИИН are encrypted; the hash columns are keyed and serve exact look-up and uniqueness.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(max_length=254, unique=True, null=True, blank=True)
    # The only truth about an address (allauth's own table stays empty). Unconfirmed ones never open a door.
    email_verified_at = models.DateTimeField(null=True)
    full_name = EncryptedTextField(default="")
    full_name_kk = EncryptedTextField(default="")
    # Keyed hashes of the words of both names, for search; `save` keeps them in step.
    name_words = ArrayField(models.CharField(max_length=name_words.LENGTH), default=list, editable=False)
    phone = EncryptedTextField(null=True)
    phone_hash = models.CharField(max_length=64, unique=True, null=True, editable=False)
    phone_verified_at = models.DateTimeField(null=True)
    # A number that changed lately is a sign of a stolen SIM card: signing by SMS looks at it.
    phone_changed_at = models.DateTimeField(null=True)
    code_requested_at = models.DateTimeField(null=True)
    iin = EncryptedTextField(null=True)
    iin_hash = models.CharField(max_length=64, unique=True, null=True, editable=False)
    # Proved by a signature key. One that was only typed may be another person's, and no key signs in by it.
    iin_confirmed_at = models.DateTimeField(null=True)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.RU)
    # Addresses, papers and channels of the person: shapes in `accounts.profile`.
    profile = EncryptedJSONField(default=dict)
    photo_file_id = models.UUIDField(null=True)
    is_active = models.BooleanField(default=True)
    deactivated_at = models.DateTimeField(null=True)
    # A service account acts for a partner's program; nobody can sign in with it.
    is_service = models.BooleanField(default=False)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    erased_at = models.DateTimeField(null=True)
    # Part of the hash that every session carries: one more ends all sessions and the tokens that hang on them.
    session_epoch = models.PositiveIntegerField(default=0)
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
            # An ИИН that was typed on an unconfirmed number would let anybody block the person it belongs to.
            models.CheckConstraint(
                name="accounts_user_iin_needs_proof",
                condition=Q(iin_hash__isnull=True)
                | Q(phone_verified_at__isnull=False)
                | Q(iin_confirmed_at__isnull=False),
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
            models.CheckConstraint(
                name="accounts_user_confirmed_iin_is_there",
                condition=Q(iin_confirmed_at__isnull=True) | Q(iin_hash__isnull=False),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                name="accounts_user_unconfirmed",
                fields=["code_requested_at"],
                condition=Q(phone_verified_at__isnull=True),
            ),
            GinIndex(name="accounts_user_name_words", fields=["name_words"], fastupdate=False),
            models.Index(name="accounts_user_newest", fields=["-created_at", "id"]),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the searchable words in step with the names, and numbers unique also while keys are rotated."""
        fields = kwargs.get("update_fields")
        if fields is None or not {"full_name", "full_name_kk"}.isdisjoint(fields):
            self.name_words = name_words.hashed(self.full_name, self.full_name_kk)
            if fields is not None:
                kwargs["update_fields"] = {*fields, "name_words"}
        hash_uniqueness.require_free(self, fields)
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return str(self.pk)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        salt = "kenes.accounts.User.session"
        value = f"{self.password}|{self.session_epoch}"
        return salted_hmac(salt, value, secret=secret, algorithm="sha256").hexdigest()


class DuplicateClaim(models.Model):
    """Somebody gave an ИИН that another account holds: one person with two accounts, or a mistake or a fraud."""

    class Resolution(models.TextChoices):
        MERGED = "merged", _("Merged")
        DISMISSED = "dismissed", _("Different people")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    claimant = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    holder = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    resolution = models.CharField(max_length=10, choices=Resolution.choices, default="")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="accounts_claim_open_once",
                fields=["claimant", "holder"],
                condition=Q(resolved_at__isnull=True),
            )
        ]
